/** What the rules say of a case: what cannot wait, the plan, what it costs, what is still open. */
import { html, nothing, type TemplateResult } from "lit";
import { rendered } from "../../markdown.js";
import { safeUrl } from "../../text.js";
import { dayWords, nameOf } from "../store/facts.js";
import type { Assessment, Deadline, Option, Plan } from "../store/protocol.js";

const VERDICTS = { available: "Open to them", needs_facts: "Depends", not_available: "Not open" } as const;
const BASIS: Record<string, string> = { printed: "printed on the notice", law: "set by law", usual: "usual, not promised", assumed: "assumed" };
const BEST: Record<string, string> = { cheapest: "Cheapest that fits", easiest: "Easiest a month" };

/** Referrals and deadlines: what an advisor must see first. */
export function urgent(a: Assessment): TemplateResult | typeof nothing {
  // A right that is lost with its day is shown though the day stands on a letter we do not have.
  const dated = a.deadlines.filter((d) => d.on || d.earliest || d.id.endsWith("hearing_request"));
  const days = [...dated.filter((d) => !d.passed), ...dated.filter((d) => d.passed)];
  const undated = a.deadlines.filter((d) => !dated.includes(d));
  if (!a.referrals.length && !a.deadlines.length) return nothing;
  return html`<section class="part">
    ${a.referrals.length
      ? html`<h3>Why a professional</h3><ul class="referrals">${a.referrals.map(
          (r) => html`<li class=${r.same_day ? "today" : ""}>${r.same_day ? html`<span class="tag hot-tag">Today</span> ` : nothing}${r.reason}</li>`)}</ul>`
      : nothing}
    ${a.deadlines.length ? html`<h3>Days that matter</h3>` : nothing}
    ${days.length ? html`<ul class="deadlines">${days.map((d) => deadline(d, a.as_of))}</ul>` : nothing}
    ${undated.length ? html`<details><summary>Without a known day (${undated.length})</summary><ul class="deadlines">${undated.map((d) => deadline(d, a.as_of))}</ul></details>` : nothing}
  </section>`;
}

function deadline(d: Deadline, asOf: string): TemplateResult {
  const when = d.on ? dayWords(d.on) : d.earliest ? `${dayWords(d.earliest)}${d.latest ? ` to ${dayWords(d.latest)}` : " or later"}` : "";
  const left = d.on ? Math.round((Date.parse(d.on) - Date.parse(asOf)) / 86_400_000) : null;
  const soon = !d.passed && (left === null ? d.id.endsWith("hearing_request") : left <= 30 && d.basis !== "assumed");
  return html`<li class="${d.passed ? "passed" : ""} ${soon ? "soon" : ""}">
    <span class="when" ?hidden=${!when}>${when}${left !== null && !d.passed ? html` <span class="left">${left === 0 ? "today" : left === 1 ? "1 day" : `${String(left)} days`}</span>` : d.passed ? html` <span class="left">passed</span>` : nothing}</span>
    <span>${d.words}</span>${BASIS[d.basis] ? html`<span class="quiet">${BASIS[d.basis]}</span>` : nothing}
  </li>`;
}

/** The plan: its name, why, what it costs in each way. */
export function plan(a: Assessment): TemplateResult {
  const card = a.card;
  return html`<section class="part">
    <h3 class="plan-title">${a.title}</h3>
    <p>${a.summary}</p>
    ${card?.ways.length ? ways(card) : nothing}
    ${points("Why", a.reasons)} ${points("Why not another", a.why_not)} ${points("Rests on", a.notes)}
    ${card ? rest(card) : nothing}
  </section>`;
}

function points(title: string, lines: readonly string[]): TemplateResult | typeof nothing {
  return lines.length ? html`<h4>${title}</h4><ul class="points">${lines.map((l) => html`<li>${l}</li>`)}</ul>` : nothing;
}

function ways(card: Plan): TemplateResult {
  return html`<table class="ways"><caption class="unseen">Ways to pay and what each costs</caption>
    <thead><tr><th scope="col">Way</th><th scope="col">Pays</th><th scope="col">In all</th></tr></thead>
    <tbody>${card.ways.map((w) => html`<tr>
      <th scope="row">${w.name}${w.best.map((b) => html` <span class="tag good-tag">${BEST[b] ?? b}</span>`)}</th>
      <td>${w.pay_words}<span class="quiet">${w.time_words}</span></td>
      <td>${w.total_words}<span class="quiet">set-up ${w.fee_words}</span></td></tr>`)}</tbody></table>`;
}

function rest(card: Plan): TemplateResult {
  return html`
    ${card.steps.length ? html`<details><summary>What the visitor was told to do (${card.steps.length})</summary><ol class="points">${card.steps.map(
      (s) => html`<li>${s.what}${s.by_words ? html` <span class="quiet">${s.by_words}</span>` : nothing}${where(s.where ?? "")}</li>`)}</ol></details>` : nothing}
    ${card.papers.length ? html`<details><summary>Papers to have ready (${card.papers.length})</summary><ul class="points">${card.papers.map((p) => html`<li>${p}</li>`)}</ul></details>` : nothing}
    <details><summary>Estimates and sources</summary><ul class="points">
      ${card.estimates.map((e) => html`<li>${e}</li>`)}
      ${card.nothing ? html`<li>${card.nothing.name}: ${card.nothing.words}</li>` : nothing}
      ${card.references.map((r) => { const url = safeUrl(r.url); return html`<li>${url ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${r.title}</a>` : r.title}, ${dayWords(r.as_of)}</li>`; })}
    </ul></details>`;
}

function where(words: string): TemplateResult | typeof nothing {
  return words ? html`<div class="quiet where">${rendered(words)}</div>` : nothing;
}

/** Facts that would decide something, each with a way to answer it. */
export function openQuestions(a: Assessment, answer: (fact: string) => void): TemplateResult | typeof nothing {
  if (!a.open.length) return nothing;
  const names = new Map(a.options.map((o) => [o.id, o.name]));
  const decides = (o: Assessment["open"][number]): string =>
    o.options.length ? o.options.map((id) => names.get(id) ?? id).join("; ") : o.decides === "cost" ? "what it costs" : o.decides === "plan" ? "which plan fits" : "";
  return html`<section class="part"><h3>Open questions <span class="count">${a.open.length}</span></h3>
    <ul class="questions">${a.open.map((o) => html`<li><button class="link" @click=${() => { answer(o.fact); }}>${nameOf(o.fact).label}</button>
      ${decides(o) ? html`<span class="quiet">decides ${decides(o)}</span>` : nothing}</li>`)}</ul></section>`;
}

/** Every way the rules know, those open to the visitor first. */
export function options(a: Assessment): TemplateResult {
  const of = (verdict: Option["verdict"]): Option[] => a.options.filter((o) => o.verdict === verdict);
  const list = (verdict: Option["verdict"]): TemplateResult | typeof nothing => {
    const found = of(verdict);
    if (!found.length) return nothing;
    return html`<details ?open=${verdict === "available"}><summary>${VERDICTS[verdict]} (${found.length})</summary>
      <ul class="options">${found.map((o) => html`<li><strong>${o.name}</strong>
        ${o.reasons.map((r) => html`<span>${r}</span>`)}
        ${verdict !== "not_available" && o.where ? html`<span class="quiet">At: ${o.where}</span>` : nothing}</li>`)}</ul></details>`;
  };
  return html`<section class="part"><h3>All options</h3>${list("available")} ${list("needs_facts")} ${list("not_available")}</section>`;
}
