/** The facts of a case, where each came from, corrected in place or tried out. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { define } from "../element.js";
import { grouped, nameOf, read, READS, shown, unknownOf, written, type FactName } from "../store/facts.js";
import type { Fact, FactValue } from "../store/protocol.js";
import { DeskElement } from "../element.js";
import { momentWords } from "./words.js";

const FROM = { visitor: "Visitor", assumed: "Assumed", advisor: "Advisor" } as const;
export interface Change { fact: string; value: FactValue; try: boolean }

/** Fires "change" (a Change) and "point" (the number of the message a fact came with). */
export class DeskFacts extends DeskElement {
  static override properties = {
    facts: { attribute: false }, tried: { attribute: false }, may: { attribute: false }, error: { attribute: false },
    editing: { state: true }, text: { state: true }, problem: { state: true },
  };
  declare facts: Fact[];
  /** What is tried out and not kept. */
  declare tried: Record<string, FactValue>;
  /** Whether facts may be corrected here; trying out is always possible. */
  declare may: boolean;
  /** Why the server did not take the last change. */
  declare error: string;
  declare editing: string;
  declare text: string;
  declare problem: string;

  constructor() {
    super();
    this.facts = [];
    this.tried = {};
    this.may = false;
    this.error = this.editing = this.text = this.problem = "";
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("error") && this.error) this.problem = this.error;
  }

  async edit(fact: string): Promise<void> {
    if (!fact) return;
    this.editing = fact;
    this.problem = "";
    const known = this.facts.find((f) => f.fact === fact)?.value;
    this.text = written(fact, fact in this.tried ? this.tried[fact] : known);
    await this.updateComplete;
    const box = this.querySelector<HTMLElement>(".editor input, .editor select");
    box?.focus();
    box?.scrollIntoView({ block: "nearest" });
  }

  /** The change was taken; the keyboard goes back to where it was. */
  async done(): Promise<void> {
    const fact = this.editing;
    this.editing = this.problem = "";
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-fact="${fact}"] button`)?.focus();
  }

  private give(trying: boolean): void {
    const value = read(this.editing, this.text);
    if (value === undefined) {
      this.problem = READS[nameOf(this.editing).kind];
      return;
    }
    this.problem = "";
    this.dispatchEvent(new CustomEvent<Change>("change-fact", { detail: { fact: this.editing, value, try: trying } }));
  }

  override render(): TemplateResult {
    const known = new Set(this.facts.map((f) => f.fact));
    const added: Fact[] = Object.entries(this.tried).filter(([fact, value]) => !known.has(fact) && value !== null)
      .map(([fact]) => ({ fact, value: null, from: "assumed", seq: null }));
    const assumed = this.facts.filter((f) => this.folded(f));
    const editingNew = this.editing && !known.has(this.editing) && !(this.editing in this.tried);
    return html`
      ${this.groups([...this.facts.filter((f) => !this.folded(f)), ...added])}
      ${assumed.length ? html`<details class="assumed"><summary>Assumed by the bot (${assumed.length})</summary>${this.groups(assumed)}</details>` : nothing}
      ${editingNew ? html`<div class="facts"><div class="fact" data-fact=${this.editing}><span class="fact-name">${nameOf(this.editing).label}</span>${this.editor(nameOf(this.editing))}</div></div>` : nothing}
      ${this.facts.length ? nothing : html`<p class="quiet">No facts are known yet: the bot has not worked out a plan.</p>`}
      <label class="add-fact"><span>Add a fact</span>
        <select .value=${""} @change=${(e: Event) => { const s = e.target as HTMLSelectElement; void this.edit(s.value); s.value = ""; }}>
          <option value="">Choose</option>
          ${unknownOf(this.facts).map((f) => html`<option value=${f.fact}>${f.label}</option>`)}
        </select></label>
    `;
  }

  /** The usual answers nobody asked for stand aside, until one of them is tried out. */
  private folded(f: Fact): boolean {
    return f.from === "assumed" && !(f.fact in this.tried);
  }

  private groups(facts: readonly Fact[]): TemplateResult[] {
    return grouped(facts).map((g) => html`<section class="fact-group"><h4>${g.title}</h4>
      <div class="facts">${g.facts.map((f) => this.row(f))}</div></section>`);
  }

  private row(f: Fact): TemplateResult {
    const name = nameOf(f.fact);
    const tried = f.fact in this.tried;
    const changed = tried ? this.tried[f.fact] ?? null : f.value;
    return html`<div class="fact ${tried ? "tried" : ""}" data-fact=${f.fact}>
      <span class="fact-name">${name.label}</span>
      ${this.editing === f.fact
        ? this.editor(name)
        : html`<span class="fact-value">
            ${tried ? html`<del><span class="unseen">was </span>${f.value === null ? "unknown" : shown(f.fact, f.value)}</del> ` : nothing}
            <button class="value" title="Correct or try out" @click=${() => { void this.edit(f.fact); }}>${shown(f.fact, changed)}<span class="unseen">, change ${name.label}</span></button>
          </span>
          ${this.source(f, tried)}`}
    </div>`;
  }

  private source(f: Fact, tried: boolean): TemplateResult {
    if (tried) return html`<span class="source tried-mark">What if</span>`;
    const words = f.from === "advisor" ? `Corrected by ${f.by ?? "an advisor"}${f.at ? `, ${momentWords(f.at)}` : ""}` : f.from === "assumed" ? "Assumed by the bot, not told by the visitor" : "Told by the visitor";
    const mark = html`<span class="source ${f.from}" title=${words}>${f.from === "advisor" ? f.by ?? FROM.advisor : FROM[f.from]}</span>`;
    if (!f.seq || f.from !== "visitor") return mark;
    return html`<button class="source visitor" title="${words}. Show where" @click=${() => { this.dispatchEvent(new CustomEvent("point", { detail: f.seq })); }}>${FROM.visitor}</button>`;
  }

  private editor(name: FactName): TemplateResult {
    const id = `edit-${name.fact}`;
    const options: [string, string][] | undefined = name.kind === "yes_no" ? [["yes", "Yes"], ["no", "No"]] : name.kind === "choice" ? name.choices : undefined;
    const put = (e: Event): void => { this.text = (e.target as HTMLInputElement | HTMLSelectElement).value; };
    return html`<form class="editor" @submit=${(e: Event) => { e.preventDefault(); this.give(!this.may); }}
      @keydown=${(e: KeyboardEvent) => { if (e.key === "Escape") { e.stopPropagation(); void this.done(); } }}>
      <label class="unseen" for=${id}>${name.label}</label>
      ${options
        ? html`<select id=${id} @change=${put}><option value="">Unknown</option>${options.map(([v, words]) => html`<option value=${v} ?selected=${this.text === v}>${words}</option>`)}</select>`
        : html`<input id=${id} .value=${this.text} type=${name.kind === "day" ? "date" : "text"} inputmode=${name.kind === "money" ? "decimal" : name.kind === "whole" ? "numeric" : nothing}
            autocomplete="off" placeholder="Unknown" aria-invalid=${this.problem ? "true" : "false"} aria-describedby="${id}-problem" @input=${put} />`}
      <span class="editor-acts">
        ${this.may ? html`<wa-button size="xs" variant="brand" type="submit">Correct</wa-button>` : nothing}
        <wa-button size="xs" appearance="outlined" type=${this.may ? "button" : "submit"} @click=${(e: Event) => { if (this.may) { e.preventDefault(); this.give(true); } }}>What if</wa-button>
        <button type="button" class="plain" aria-label="Cancel" @click=${() => { void this.done(); }}><wa-icon name="xmark"></wa-icon></button>
      </span>
      <p id="${id}-problem" class="problem" role="alert">${this.problem}</p>
    </form>`;
  }
}
define("desk-facts", DeskFacts);
