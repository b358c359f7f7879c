/** Past cases: whom somebody has to come back to, a search, and a case to read. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api.js";
import { define } from "../element.js";
import { dayWords } from "../store/facts.js";
import { tell } from "../toasts.js";
import { marked, NOTHING, query, STATES, type Asked, type Due, type Found, type PastCase, type Row } from "./shared/cases.js";
import { DeskPage, typed } from "./shared/page.js";
import { pastCase } from "./shared/past-case.js";
import { moment } from "./shared/times.js";

const ANY = "any"; // a choice of Web Awesome cannot be empty
let last: Asked = NOTHING; // so that it still stands when they come back from another page

export class DeskSearch extends DeskPage {
  static override properties = { asked: { state: true }, found: { state: true }, due: { state: true }, reading: { state: true }, more: { state: true } };
  declare asked: Asked;
  declare found: Found | null;
  declare due: Due | null;
  declare reading: PastCase | null;
  declare more: boolean;
  private looked = NOTHING;

  constructor() {
    super();
    this.asked = last;
    this.found = this.due = this.reading = null;
    this.more = Boolean(last.state || last.outcome || last.advisor || last.from || last.to);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(async () => {
      this.due = await call<Due>("follow-ups");
      await this.look();
    });
  }

  private async look(before = ""): Promise<void> {
    if (!before) last = this.looked = this.asked;
    const found = await call<Found>(`cases?${query(this.looked, before)}`);
    this.found = before && this.found ? { ...found, cases: [...this.found.cases, ...found.cases] } : found;
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.reading = null;
    void this.act(() => this.look());
  }

  private async read(row: Row): Promise<void> {
    await this.act(async () => { this.reading = await call<PastCase>(`cases/${encodeURIComponent(row.case)}`); });
    await this.updateComplete;
    this.querySelector<HTMLElement>(".reading")?.focus();
  }

  private async back(): Promise<void> {
    const { reading } = this;
    this.reading = null;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-case="${reading?.case.case ?? ""}"]`)?.focus();
  }

  private async followed(row: Row): Promise<void> {
    const done = await this.act(async () => {
      await call(`cases/${encodeURIComponent(row.case)}/followed`, {});
      this.due = await call<Due>("follow-ups");
    });
    if (done) tell(`${row.name ?? "This case"} is off the list.`);
  }

  private set(part: keyof Asked) {
    return (event: Event): void => { this.asked = { ...this.asked, [part]: typed(event) === ANY ? "" : typed(event) }; };
  }

  private select(part: keyof Asked, label: string, any: string, choices: [string, string][]): TemplateResult {
    return html`<wa-select label=${label} .value=${this.asked[part] || ANY} @change=${this.set(part)}>
      <wa-option value=${ANY}>${any}</wa-option>
      ${choices.map(([value, words]) => html`<wa-option value=${value}>${words}</wa-option>`)}
    </wa-select>`;
  }

  private form(): TemplateResult {
    const { found } = this;
    return html`<form role="search" aria-label="Cases" @submit=${(e: Event) => { this.submit(e); }}>
      <div class="words">
        <wa-input type="search" label="Words" with-clear .value=${this.asked.q} @input=${this.set("q")} @wa-clear=${this.set("q")}></wa-input>
        <wa-button type="submit" variant="brand" ?loading=${this.busy}>Search</wa-button>
        <p class="quiet">In what was said or noted, a name, a contact. “Several words” together in quotes.</p>
      </div>
      <button type="button" class="link" aria-expanded=${this.more ? "true" : "false"} @click=${() => { this.more = !this.more; }}>
        ${this.more ? "Fewer choices" : "More choices"}</button>
      <div class="choices" ?hidden=${!this.more}>
        ${this.select("state", "State", "Any state", STATES)}
        ${this.select("outcome", "Outcome", "Any outcome", Object.entries(found?.outcomes ?? {}))}
        ${found?.advisors.length ? this.select("advisor", "Advisor", "Anybody", found.advisors.map((a) => [a.id, a.name])) : nothing}
        <wa-input type="date" label="Asked from" .value=${this.asked.from} @change=${this.set("from")}></wa-input>
        <wa-input type="date" label="Asked until" .value=${this.asked.to} @change=${this.set("to")}></wa-input>
      </div>
    </form>`;
  }

  private dueList(due: Due): TemplateResult | typeof nothing {
    if (!due.cases.length) return nothing;
    return html`<section class="due" aria-labelledby="due-title">
      <h2 id="due-title">To come back to</h2>
      <ul class="list">${due.cases.map(
        (row) => html`<li class="card in-line spread">
          <div><button class="link" @click=${() => { void this.read(row); }}>${row.name ?? "A visitor"}</button>
            <p class="quiet">${late(row, due.today)} ${row.contact ?? ""}${this.manager && row.advisor ? ` · ${row.advisor}` : ""}</p></div>
          <wa-button size="s" appearance="outlined" @click=${() => { void this.followed(row); }}>Done<span class="unseen"> with ${row.name ?? "a visitor"}</span></wa-button>
        </li>`,
      )}</ul>
    </section>`;
  }

  private row(row: Row): TemplateResult {
    const open = this.reading?.case.case === row.case;
    return html`<li><button class="found" data-case=${row.case} aria-current=${open ? "true" : nothing} @click=${() => { void this.read(row); }}>
      <span class="in-line spread"><b>${row.name ?? "A visitor"}</b><span class="quiet">${moment(row.asked_at)}</span></span>
      <span class="quiet">${[row.outcome_words ?? STATES.find(([s]) => s === row.state)?.[1], row.advisor].filter(Boolean).join(" · ")}</span>
      ${row.matched
        ? html`<span class="match">${row.matched_in === "note" ? html`<i>Note: </i>` : nothing}${marked(row.matched, this.looked.q).map((p) => (p.hit ? html`<mark>${p.text}</mark>` : p.text))}</span>`
        : html`<span class="match">${row.why_words}</span>`}
    </button></li>`;
  }

  override render(): TemplateResult {
    const { found, reading } = this;
    return html`<div class="two-sides" ?data-reading=${Boolean(reading)} aria-busy=${this.busy ? "true" : "false"}>
      <div class="side">
        <h1>Past cases</h1>
        ${this.due ? this.dueList(this.due) : nothing}
        ${this.form()} ${this.wrong()}
        <p class="quiet" role="status">${found ? counted(found) : ""}</p>
        <ul class="list">${found?.cases.map((row) => this.row(row))}</ul>
        ${found?.next ? html`<wa-button appearance="outlined" ?loading=${this.busy} @click=${() => { void this.act(() => this.look(found.next ?? "")); }}>Show more</wa-button>` : nothing}
      </div>
      ${reading
        ? html`<article class="reading" tabindex="-1" aria-label="The case of ${reading.case.name ?? "a visitor"}">
            <wa-button class="to-list" size="s" appearance="outlined" @click=${() => { void this.back(); }}><wa-icon slot="start" name="chevron-left"></wa-icon>All cases</wa-button>
            ${pastCase(reading, found?.outcomes ?? {})}
          </article>`
        : html`<p class="reading nothing-open quiet">Choose a case to read it.</p>`}
    </div>`;
  }
}
define("desk-search", DeskSearch);

function counted(found: Found): string {
  const n = found.cases.length;
  if (!n) return "No case fits.";
  return found.next ? `The last ${String(n)} cases that fit.` : n === 1 ? "1 case." : `${String(n)} cases.`;
}

function late(row: Row, today: string): string {
  const day = row.follow_up ?? "";
  return day < today ? `Since ${dayWords(day)}.` : day === today ? "Today." : `On ${dayWords(day)}.`;
}
