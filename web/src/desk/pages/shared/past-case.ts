/** A past case to read: what was said, what was known, what was noted, what happened. */
import { html, nothing, type TemplateResult } from "lit";
import { address } from "../../router.js";
import { dayWords, grouped, nameOf, shown } from "../../store/facts.js";
import type { Fact, Message } from "../../store/protocol.js";
import { moveWords, type PastCase } from "./cases.js";
import { moment } from "./times.js";

export function pastCase(one: PastCase, outcomes: Record<string, string>): TemplateResult {
  const { case: c, assessment } = one;
  return html`
    <header>
      <h2 class="case-title">${c.name ?? "A visitor"}</h2>
      <p class="quiet">${c.why_words} ${channel(c.channel)}</p>
      ${c.state === "closed" ? nothing : html`<p><a href=${address("work", c.case)}>Open it at the work place</a></p>`}
    </header>
    <dl class="pairs">
      ${pair("Asked", moment(c.since))} ${pair("Advisor", c.advisor)} ${pair("Contact", c.contact)}
      ${pair("Closed", moment(c.closed_at))} ${pair("Outcome", c.outcome ? (outcomes[c.outcome] ?? c.outcome) : null)}
      ${pair("Come back on", c.follow_up ? dayWords(c.follow_up) : null)} ${pair("Come back to", c.followed_at ? `${moment(c.followed_at)}, ${c.followed_by ?? ""}` : null)}
    </dl>
    ${one.notes.length
      ? html`<section><h3>Notes</h3><ul class="remarks">${one.notes.map((n) => html`<li><p class="as-typed">${n.text}</p><p class="quiet">${n.by}, ${moment(n.at)}</p></li>`)}</ul></section>`
      : nothing}
    ${one.facts.length ? html`<section><h3>Facts</h3>${facts(one.facts)}</section>` : nothing}
    ${assessment
      ? html`<details><summary>What the rules say today</summary><p><b>${assessment.title}</b></p><p>${assessment.summary}</p>
          ${assessment.deadlines.length ? html`<ul class="plain">${assessment.deadlines.map((d) => html`<li>${d.words}${d.passed ? " (passed)" : ""}</li>`)}</ul>` : nothing}</details>`
      : nothing}
    <section><h3>What was said</h3><ol class="said">${one.messages.map(said)}</ol></section>
    <section><h3>What happened</h3>
      <ol class="happened">${one.moves.map((m) => html`<li><span class="quiet">${moment(m.at)}</span> ${moveWords(m.what)}${m.by ? `: ${m.by}` : ""}</li>`)}</ol>
    </section>
  `;
}

function pair(name: string, value: string | null): TemplateResult | typeof nothing {
  return value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing;
}

function channel(name: string): string {
  return name === "website" ? "On the website." : name === "slack" ? "In Slack." : `By ${name}.`;
}

const FROM: Record<Fact["from"], string> = { visitor: "", assumed: "assumed", advisor: "corrected" };

function facts(all: readonly Fact[]): TemplateResult {
  return html`<dl class="pairs">${grouped(all).flatMap((g) => g.facts).map(
    (f) => html`<div><dt>${nameOf(f.fact).label}</dt><dd>${shown(f.fact, f.value)}
      ${FROM[f.from] ? html`<span class="quiet">${FROM[f.from]}${f.by ? ` by ${f.by}` : ""}</span>` : nothing}</dd></div>`,
  )}</dl>`;
}

const WHO: Record<Message["author"], string> = { visitor: "Visitor", assistant: "Bot", advisor: "Advisor", notice: "Notice" };

function said(m: Message): TemplateResult {
  const who = m.author === "advisor" ? (m.by ?? WHO.advisor) : WHO[m.author];
  return html`<li class=${m.author}><p class="quiet">${who}, ${moment(m.at)}</p><p class="as-typed">${m.text}</p></li>`;
}
