/** One row of the conversation. A row is drawn again only when something of its own changed. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { dayWords, timeWords } from "../dates.js";
import { rendered } from "../markdown.js";
import { rowsOf, type Row } from "../rows.js";
import { safeUrl } from "../text.js";
import { fill } from "../texts.js";
import type { Draft, Message } from "../types.js";
import type { Context } from "./context.js";
import { helped, offer } from "./hands.js";

const MANY_LINES = 12;
const MANY_CHARACTERS = 700;

export function conversation(c: Context): unknown {
  const { messages, drafts, online, people } = c.connection;
  return guard([messages, drafts, online, people.handoff, people.mail, c.texts, c.lang, c.phone, c.expanded], () =>
    repeat(
      rowsOf(messages, drafts),
      (row) => row.key,
      (row) =>
        guard(
          [
            row.message, row.draft, row.day, row.last, row.ratable, row.latestPlan, row.far, c.texts, c.lang, c.phone,
            c.expanded.has(row.key), row.draft ? online : null, handsOver(row.message) ? c.connection.people.handoff : null,
            handsOver(row.message) ? c.connection.people.mail : null,
          ],
          () => drawn(row, c),
        ),
    ),
  );
}

/** What stands beneath it depends on how it stands with a person. */
function handsOver(message: Message | null): boolean {
  return message?.card === "offer" || message?.card === "rating";
}

function drawn(row: Row, c: Context): TemplateResult {
  const author = row.message?.author ?? "visitor";
  return html`<div class="row ${author} ${row.far ? "far" : ""}" data-seq=${row.message?.seq ?? nothing}>
    ${row.day
      ? html`<p class="day" part="day"><time datetime=${row.day}>${dayWords(row.day, c.texts, c.lang)}</time></p>`
      : nothing}
    <div class="bubble ${author}" part="message message-${author}">
      ${author === "visitor" ? visitorText(row, c) : row.message ? assistantText(row.message, c) : nothing}
    </div>
    <div class="extras" aria-live="off">
      ${row.draft ? draftState(row.draft, c) : row.message ? extras(row, row.message, c) : nothing}
    </div>
  </div>`;
}

function visitorText(row: Row, c: Context): TemplateResult {
  const text = row.message?.text ?? row.draft?.text ?? "";
  const long = text.length > MANY_CHARACTERS || text.split("\n").length > MANY_LINES;
  const open = c.expanded.has(row.key);
  return html`<span class="hidden">${c.texts.you} </span>
    <p class="typed ${long && !open ? "short" : ""}" dir="auto">${text}</p>
    ${long
      ? html`<button class="text" aria-expanded=${open ? "true" : "false"} @click=${() => { c.expand(row.key); }}>
          ${open ? c.texts.showLess : c.texts.showAll}
        </button>`
      : nothing}`;
}

function assistantText(message: Message, c: Context): TemplateResult {
  const who = message.author === "notice" ? c.texts.notice : c.texts.assistant;
  return html`${message.author === "advisor"
      ? html`<p class="by" part="by">${fill(c.texts.advisor, { name: message.by ?? "" })}</p>`
      : html`<span class="hidden">${who} </span>`}
    <div class="said" dir="auto" lang="en">${guard([message.text, c.phone], () => rendered(message.text, c.phone))}</div>
    ${message.links.length
      ? html`<ul class="links">
          ${message.links.map((l) => html`<li>${link(l.title, l.url)}</li>`)}
        </ul>`
      : nothing}`;
}

/** A link that opens safely, or its words. */
export function link(title: string, url: string): TemplateResult {
  const safe = safeUrl(url);
  if (!safe) return html`${title}`;
  return /^https?:/.test(safe)
    ? html`<a href=${safe} target="_blank" rel="noopener noreferrer">${title}</a>`
    : html`<a href=${safe}>${title}</a>`;
}

function draftState(draft: Draft, c: Context): TemplateResult {
  if (draft.state === "failed")
    return html`<p class="state failed" part="state">
      <span>${c.texts.notSent}</span>
      <button class="text" @click=${() => { c.tryAgain(draft); }}>${c.texts.tryAgain}</button>
      <button class="text" @click=${() => { c.takeBack(draft); }}>${c.texts.edit}</button>
    </p>`;
  return html`<p class="state" part="state">
    ${c.connection.online ? c.texts.sending : c.texts.waiting}
  </p>`;
}

function extras(row: Row, message: Message, c: Context): TemplateResult | typeof nothing {
  if (message.author === "visitor")
    return html`<p class="state" part="state">
      ${c.texts.sent} <time datetime=${message.at}>${timeWords(message.at, c.lang)}</time>
    </p>`;
  if (message.card === "offer") return offer(message, c);
  if (message.card === "rating") return helped(message, c);
  const used = message.chosen !== null || !row.last;
  return html`
    ${message.card === "plan"
      ? html`<cp503-plan-card part="card" .message=${message} .context=${c} .latest=${row.latestPlan}></cp503-plan-card>`
      : nothing}
    ${row.ratable ? html`<cp503-rating .message=${message} .context=${c}></cp503-rating>` : nothing}
    ${message.buttons.length
      ? html`<div class="choices ${used ? "used" : ""}" part="suggestions" role="group" aria-label=${c.texts.suggestions}>
          ${message.buttons.map(
            (b, n) => html`<button
              part="suggestion"
              ?disabled=${used}
              aria-pressed=${message.chosen === n ? "true" : nothing}
              @click=${() => { c.choose(message, n); }}
            >${b.title}</button>`,
          )}
        </div>`
      : nothing}
  `;
}
