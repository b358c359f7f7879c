/** The box, what stands beneath it, and the line above it that tells what is the matter. */
import { html, nothing, type TemplateResult } from "lit";
import { lengthOf } from "../text.js";
import { fill } from "../texts.js";
import type { Context } from "./context.js";

export const MOST = 2000;
const WARN = 1800;
const ROWS = 6;
const PER_ROW = 34; // characters, about; browsers that size the box by its content do not need it

/** Whether the box holds something the server takes. */
export function sendable(text: string): boolean {
  return text.trim() !== "" && lengthOf(text.trim()) <= MOST;
}

function rowsFor(text: string): number {
  let rows = 0;
  for (const line of text.split("\n", ROWS)) rows += Math.max(1, Math.ceil(line.length / PER_ROW));
  return Math.min(ROWS, rows);
}

export function composer(c: Context, send: () => void, typed: (text: string) => void): TemplateResult {
  const { texts: t } = c;
  const text = c.connection.box;
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return html`<div class="composer" part="composer">
    <form @submit=${(e: Event) => { e.preventDefault(); send(); }}>
      <textarea
        part="input" dir="auto" rows=${rowsFor(text)}
        aria-label=${t.box} aria-describedby="hint" placeholder=${placeholder(c)}
        autocomplete="off" enterkeyhint="send"
        .value=${text}
        @input=${(e: Event) => { typed((e.target as HTMLTextAreaElement).value); }}
        @keydown=${key}
      ></textarea>
      <button class="main" part="send" type="submit" ?disabled=${!sendable(text)}>${t.send}</button>
    </form>
    ${hint(c, lengthOf(text.trim()))}
  </div>`;
}

/** Whom one writes to. */
function placeholder(c: Context): string {
  const { state, handoff } = c.connection.people;
  return state === "with_advisor" ? fill(c.texts.writeTo, { name: handoff?.advisor ?? "" }) : c.texts.placeholder;
}

function hint(c: Context, length: number): TemplateResult {
  const { texts: t, lang } = c;
  const n = (value: number): string => value.toLocaleString(lang.startsWith("en") ? "en-US" : undefined);
  if (length > MOST)
    return html`<p id="hint" class="hint over" role="alert">${fill(t.over, { n: n(length), most: n(MOST) })}</p>`;
  if (length >= WARN)
    return html`<p id="hint" class="hint">${fill(t.left, { n: n(MOST - length) })}</p>`;
  return html`<p id="hint" class="hint">${t.hint}</p>`;
}

export interface Told {
  words: string;
  url: string | undefined;
}

export function statusBar(c: Context, told: Told | null): TemplateResult {
  const words = told ?? trouble(c);
  return html`<div role="status" class=${words ? "bar" : ""} part="status">
    ${words
      ? html`<p>
          ${words.words}
          ${words.url ? html`<a href=${words.url} target="_blank" rel="noopener noreferrer">${c.texts.openIt}</a>` : nothing}
        </p>`
      : nothing}
  </div>`;
}

function trouble(c: Context): Told | null {
  const { connection, texts: t } = c;
  const say = (words: string): Told => ({ words, url: undefined });
  const { refused, drafts } = connection;
  if (refused?.code === "too_fast") return say(t.slow);
  if (refused?.message) return say(refused.message);
  if (drafts.some((d) => d.state === "failed")) return say(t.failed);
  if (connection.online || connection.failing || !connection.started) return null;
  if (drafts.length) return say(t.offlineDrafts);
  return connection.messages.length ? say(t.offline) : null;
}

/** In the conversation, when no connection can be had at all: how to reach the firm instead. */
export function unreachable(c: Context, phone: TemplateResult | null): TemplateResult | typeof nothing {
  const { connection, texts: t } = c;
  if (!connection.failing) return nothing;
  const firm = connection.firm.name;
  const [before = "", after = ""] = fill(firm ? t.reach : t.reachPhone, { firm }).split("{phone}");
  return html`<div class="unreachable" part="unreachable" role="status">
    <p>${t.unreachable}</p>
    ${phone ? html`<p>${before}${phone}${after}</p>` : nothing}
    <slot></slot>
  </div>`;
}
