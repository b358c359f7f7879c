/** The conversation's messages: who wrote what can be seen without reading it. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { dayOf, timeWords } from "../../dates.js";
import { rendered } from "../../markdown.js";
import { safeUrl } from "../../text.js";
import type { Draft } from "../store/outbox.js";
import type { Message } from "../store/protocol.js";

const DAY = new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric" });

export interface Acts {
  again: (id: string) => void;
  drop: (draft: Draft) => void;
}

export interface Talked {
  messages: readonly Message[];
  drafts: readonly Draft[];
  visitor: string;
  me: string;
  /** Up to which number it was read when it was opened. */
  read: number;
  online: boolean;
  acts: Acts;
}

export function messages(t: Talked): TemplateResult {
  let day = "";
  let before = "";
  const firstNew = t.messages.find((m) => m.seq > t.read && m.author === "visitor")?.seq;
  const rows = t.messages.map((m) => {
    const its = dayOf(m.at);
    const by = m.author === "advisor" ? `advisor ${m.by ?? ""}` : m.author;
    const row = { m, day: its !== day ? m.at : "", head: by !== before || its !== day, fresh: m.seq === firstNew && t.read > 0 };
    day = its;
    before = by;
    return row;
  });
  return html`
    ${repeat(rows, (r) => r.m.seq, ({ m, day: at, head, fresh }) => html`
      ${at ? html`<p class="day"><span>${DAY.format(Date.parse(at))}</span></p>` : nothing}
      ${fresh ? html`<p class="fresh"><span>New</span></p>` : nothing}
      ${m.author === "notice" ? notice(m) : bubble(m, head, t)}`)}
    ${repeat(t.drafts, (d) => d.client_id, (d) => unsent(d, t))}
  `;
}

function author(m: Message, t: Talked): string {
  if (m.author === "visitor") return t.visitor;
  if (m.author === "assistant") return "Bot";
  return m.by === t.me ? "You" : m.by ?? "Advisor";
}

function notice(m: Message): TemplateResult {
  return html`<div class="message notice" data-seq=${m.seq}>
    <span class="unseen">Notice: </span><p>${m.text}</p>
    ${chips(m)}
    <time datetime=${m.at}>${timeWords(m.at, "en-US")}</time>
  </div>`;
}

function bubble(m: Message, head: boolean, t: Talked): TemplateResult {
  const mine = m.author === "advisor";
  return html`<div class="message ${m.author} ${mine ? "own" : ""} ${head ? "head" : ""}" data-seq=${m.seq}>
    <p class="by ${head ? "" : "unseen"}">${m.author === "assistant" ? html`<wa-icon name="bot"></wa-icon>` : nothing}${author(m, t)}</p>
    <div class="bubble">
      ${m.author === "assistant" ? html`<div class="text">${guard([m.text], () => rendered(m.text))}</div>` : html`<div class="text typed">${m.text}</div>`}
      ${links(m)} ${chips(m)}
    </div>
    <time datetime=${m.at}>${timeWords(m.at, "en-US")}</time>
  </div>`;
}

/** What the visitor was offered to tap, and what they took. */
function chips(m: Message): TemplateResult | typeof nothing {
  if (!m.buttons.length) return nothing;
  return html`<ul class="chips" aria-label="Offered to tap">${m.buttons.map(
    (b, i) => html`<li class=${m.chosen === i ? "chosen" : ""}>${b.title}${m.chosen === i ? html`<span class="unseen"> (chosen)</span>` : nothing}</li>`,
  )}</ul>`;
}

function links(m: Message): TemplateResult | typeof nothing {
  const safe = m.links.flatMap((l) => { const url = safeUrl(l.url); return url ? [{ ...l, url }] : []; });
  if (!safe.length) return nothing;
  return html`<p class="links">${safe.map((l) => html`<a href=${l.url} target="_blank" rel="noopener noreferrer">${l.title}</a> `)}</p>`;
}

function unsent(d: Draft, t: Talked): TemplateResult {
  const failed = d.state === "failed";
  return html`<div class="message advisor own head unsent ${d.state}" data-draft=${d.client_id}>
    <p class="by">You</p>
    <div class="bubble"><div class="text typed">${d.text}</div></div>
    ${failed
      ? html`<p class="state wrong" role="alert">Not sent. ${d.why}
          <button class="link" @click=${() => { t.acts.again(d.client_id); }}>Send again</button>
          <button class="link" @click=${() => { t.acts.drop(d); }}>Take back into the box</button></p>`
      : html`<p class="state">${t.online ? "Sending" : "Kept here, sent when the connection is back"}</p>`}
  </div>`;
}
