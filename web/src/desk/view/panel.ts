/** The right column: the case at a glance, its facts and plan with "what if", and private notes. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { define } from "../element.js";
import { nameOf, shown } from "../store/facts.js";
import type { Assessment, CaseInfo, Fact, FactValue } from "../store/protocol.js";
import { CHANNELS } from "../store/queue.js";
import type { CaseView } from "../store/view.js";
import { openQuestions, options, plan, urgent } from "./assessment.js";
import type { Change, DeskFacts } from "./facts.js";
import "./facts.js";
import type { DeskNotes } from "./notes.js";
import "./notes.js";
import { StoreElement } from "./store-element.js";
import { contactLink, momentWords, urgencyMark, visitorName, waits } from "./words.js";

type Tab = "case" | "notes";

export class DeskPanel extends StoreElement {
  static override properties = {
    ...StoreElement.properties, case: { attribute: false }, tab: { state: true }, tried: { state: true }, found: { state: true },
    error: { state: true }, busy: { state: true },
  };
  declare case: string;
  declare tab: Tab;
  /** Facts that are tried out: never kept until "Apply". */
  declare tried: Record<string, FactValue>;
  declare found: Assessment | null;
  declare error: string;
  declare busy: boolean;
  private asked = 0;

  constructor() {
    super();
    this.tab = "case";
    this.reset();
    this.busy = false;
    this.error = "";
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("case")) this.reset();
  }

  private get view(): CaseView | undefined { return this.store.cases.get(this.case); }
  private get trying(): boolean { return Object.keys(this.tried).length > 0; }
  private get facts(): DeskFacts | null { return this.querySelector("desk-facts"); }

  private reset(): void {
    this.tried = {};
    this.found = null;
    this.error = "";
    this.asked += 1;
  }

  async note(): Promise<void> {
    this.tab = "notes";
    await this.updateComplete;
    this.querySelector<DeskNotes>("desk-notes")?.focus();
  }

  private async change({ fact, value, try: trying }: Change): Promise<void> {
    this.error = "";
    if (trying) await this.tryOut({ ...this.tried, [fact]: value });
    else await this.keep({ [fact]: value });
  }

  private async tryOut(tried: Record<string, FactValue>): Promise<void> {
    const asked = (this.asked += 1);
    const answer = await this.store.acts.whatIf(this.case, tried);
    if (asked !== this.asked) return;
    if (!answer.ok) {
      this.error = answer.error.message;
      return;
    }
    this.tried = tried;
    this.found = answer.assessment;
    await this.facts?.done();
  }

  private async keep(facts: Record<string, FactValue>): Promise<void> {
    this.busy = true;
    this.error = await this.store.acts.correct(this.case, facts);
    this.busy = false;
    if (this.error) return;
    const left = Object.fromEntries(Object.entries(this.tried).filter(([fact]) => !(fact in facts)));
    this.reset();
    await this.facts?.done();
    if (Object.keys(left).length) await this.tryOut(left);
  }

  override render(): TemplateResult {
    const view = this.view;
    if (!view?.info) return html`<div class="blank"></div>`;
    const count = view.notes.length + this.store.notes.of(this.case).length;
    const tab = (name: Tab, words: TemplateResult): TemplateResult => html`<button role="tab" id="tab-${name}" aria-controls="tabpanel"
      aria-selected=${this.tab === name ? "true" : "false"} tabindex=${this.tab === name ? 0 : -1}
      @click=${() => { this.tab = name; }}
      @keydown=${(e: KeyboardEvent) => { if (e.key.startsWith("Arrow")) { this.tab = this.tab === "case" ? "notes" : "case"; void this.updateComplete.then(() => { this.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(); }); } }}>${words}</button>`;
    return html`
      <header class="column-head panel-head">
        <button class="plain panel-back" aria-label="Back to the conversation" @click=${() => { this.dispatchEvent(new CustomEvent("panel", { bubbles: true })); }}><wa-icon name="xmark"></wa-icon></button>
        <div role="tablist" aria-label="About the case">${tab("case", html`Case`)}${tab("notes", html`Notes${count ? html` <span class="count">${count}</span>` : nothing}`)}</div>
      </header>
      <div id="tabpanel" role="tabpanel" aria-labelledby="tab-${this.tab}" tabindex="0" class="panel-body ${this.tab}">
        ${this.tab === "case" ? this.caseTab(view, view.info) : html`<desk-notes .store=${this.store} .case=${this.case}></desk-notes>`}
      </div>`;
  }

  private caseTab(view: CaseView, info: CaseInfo): TemplateResult {
    const a = this.trying ? this.found : view.assessment;
    const mark = this.trying ? "what-if" : "";
    return html`
      ${this.glance(info, view.facts)}
      ${this.trying ? this.banner(view) : nothing}
      ${a ? html`<div class=${mark}>${urgent(a)}</div>` : nothing}
      <section class="part"><h3>Facts</h3>
        <desk-facts .facts=${view.facts} .tried=${this.tried} .may=${view.mine} .error=${this.error}
          @change-fact=${(e: CustomEvent<Change>) => { void this.change(e.detail); }}
          @point=${(e: CustomEvent<number>) => { this.dispatchEvent(new CustomEvent("point", { detail: e.detail, bubbles: true })); }}></desk-facts>
      </section>
      <div class=${mark}>
        ${a
          ? html`${plan(a)} ${openQuestions(a, (fact) => { void this.facts?.edit(fact); })} ${options(a)}`
          : html`<section class="part"><p class="quiet">${view.facts.length || this.trying ? "These facts lead to no plan yet." : "No plan was worked out in this conversation."}</p></section>`}
      </div>
    `;
  }

  private banner(view: CaseView): TemplateResult {
    const with_ = Object.entries(this.tried).map(([fact, value]) => `${nameOf(fact).label}: ${shown(fact, value)}`).join("; ");
    return html`<div class="what-if-banner" role="status">
      <p><strong>What if, not kept.</strong> ${with_}</p>
      <p>${outcome(this.found) === outcome(view.assessment) ? "The same as before: " : ""}${outcome(this.found)}${this.instead(view)}</p>
      <div class="acts">
        ${view.mine ? html`<wa-button size="s" variant="brand" ?loading=${this.busy} @click=${() => { void this.keep(this.tried); }}>Apply as correction</wa-button>` : nothing}
        <wa-button size="s" appearance="outlined" @click=${() => { this.reset(); }}><wa-icon slot="start" name="reset"></wa-icon>Reset</wa-button>
      </div>
      ${this.error ? html`<p class="problem" role="alert">${this.error}</p>` : nothing}
    </div>`;
  }

  /** What it was, where it is another now; the name only where that changed too. */
  private instead({ assessment }: CaseView): TemplateResult | typeof nothing {
    if (!assessment || outcome(assessment) === outcome(this.found)) return nothing;
    const was = assessment.title === this.found?.title ? costs(assessment) : outcome(assessment);
    return was ? html` <del><span class="unseen">instead of </span>${was}</del>` : nothing;
  }

  private glance(info: CaseInfo, facts: readonly Fact[]): TemplateResult {
    const row = (label: string, value: unknown): TemplateResult | typeof nothing => (value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : nothing);
    return html`<section class="part glance">
      ${urgencyMark(info.rank, info.rank === 0 ? "" : info.urgency)}
      <dl>
        ${row("In short", inShort(facts))}
        ${row("Why", info.why_words)}
        ${row("Visitor", visitorName(info.name, info.case))}
        ${row("Reach them", info.contact ? contactLink(info.contact) : info.callback ? "Asked for a call back, gave no number" : "")}
        ${row("Waiting", info.state === "waiting" ? `${waits(info.since)}, number ${String(info.place ?? 0)} of ${String(info.of)}` : "")}
        ${row("With", info.state === "with_advisor" && !info.mine ? info.advisor : "")}
        ${row("Agreed to pass on", momentWords(info.consented_at))}
        ${row("Asked on", CHANNELS[info.channel] ?? info.channel)}
        ${row("Outcome", info.outcome ? this.store.outcomes[info.outcome] ?? info.outcome : "")}
        ${row("Follow up on", info.follow_up)}
      </dl>
    </section>`;
  }
}
define("desk-panel", DeskPanel);

/** The plan in a line: its name, and what the way at one's own pace costs. */
function outcome(a: Assessment | null): string {
  if (!a) return "No plan.";
  return costs(a) ? `${a.title}: ${costs(a)}.` : `${a.title}.`;
}

function costs(a: Assessment): string {
  const way = a.card?.ways[0];
  return way ? `${way.pay_words}, ${way.total_words} in all` : "";
}

/** What decides most, as far as it is known. */
function inShort(facts: readonly Fact[]): string {
  const value = (name: string): Fact["value"] | undefined => facts.find((f) => f.fact === name)?.value;
  const of = (name: string, words: (text: string) => string): string => {
    const found = value(name);
    return found === undefined || found === null ? "" : words(shown(name, found));
  };
  const returns = value("returns_filed");
  return [
    of("amount_owed", (t) => `owes ${t}`), of("tax_year", (t) => `for ${t}`), of("days_to_pay", (t) => `needs ${t}`),
    of("monthly_payment", (t) => `can pay ${t} a month`), returns === false ? "a return is missing" : "", of("due_date", (t) => `due ${t}`),
  ].filter(Boolean).join(", ");
}
