/** The plan beneath the message that brought it. Draws into the conversation, so that its styles hold here. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { isoDay } from "../dates.js";
import { download, openTab } from "../documents.js";
import { rendered } from "../markdown.js";
import { fill } from "../texts.js";
import type { Message, Plan, Step } from "../types.js";
import type { Context } from "../view/context.js";
import { link } from "../view/messages.js";
import type { Drawn } from "./chart.js";
import { chartFigure, chartTable, drawInto } from "./figure.js";
import { linesOf } from "./numbers.js";
import { waysTable } from "./ways.js";

const LOOKS = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

export class PlanCard extends LitElement {
  static override properties = {
    message: { attribute: false }, context: { attribute: false, hasChanged: () => true }, latest: { attribute: false },
    plan: { state: true }, state: { state: true }, open: { state: true },
    chart: { state: true }, table: { state: true },
  };
  declare message: Message;
  declare context: Context;
  declare latest: boolean;
  declare plan: Plan | null;
  declare state: "new" | "loading" | "ready" | "failed";
  declare open: boolean;
  declare chart: "off" | "on" | "failed";
  declare table: boolean;
  private again = false; // failed for want of a connection: ask again when it is back
  private drawn: Drawn | null = null;
  private drawing = 0;

  constructor() {
    super();
    this.plan = null;
    this.state = "new";
    this.chart = "off";
    this.open = this.table = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.context.connection.addEventListener("changed", this.onChange);
    for (const query of LOOKS) matchMedia(query).addEventListener("change", this.onLook);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.connection.removeEventListener("changed", this.onChange);
    for (const query of LOOKS) matchMedia(query).removeEventListener("change", this.onLook);
    this.erase();
  }

  private readonly onChange = (): void => {
    if (this.again && this.context.connection.online) void this.load();
  };

  private readonly onLook = (): void => {
    if (this.chart === "on") void this.paint();
  };

  private async load(): Promise<void> {
    this.again = false;
    this.state = "loading";
    const reply = await this.context.connection.marks.plan(this.message.seq);
    this.state = reply.ok ? "ready" : "failed";
    if (reply.ok) this.plan = reply.plan;
    else this.again = ["offline", "no_answer"].includes(reply.error.code);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("latest")) this.open = this.latest;
    if (this.open && this.state === "new") void this.load();
  }

  override updated(changed: PropertyValues): void {
    if (this.chart === "on" && this.open) {
      if (changed.has("chart") || changed.has("open")) void this.paint();
    } else {
      this.erase();
    }
  }

  private erase(): void {
    this.drawing += 1;
    this.drawn?.destroy();
    this.drawn = null;
  }

  private async paint(): Promise<void> {
    this.erase();
    const turn = this.drawing;
    try {
      if (!this.plan) return;
      const drawn = await drawInto(this, this.plan, this.context.texts);
      if (turn === this.drawing) this.drawn = drawn;
      else drawn?.destroy();
    } catch {
      this.chart = "failed"; // not loaded: the table has the same numbers
      this.table = true;
    }
  }

  private async tick(step: number, event: Event): Promise<void> {
    const box = event.target as HTMLInputElement;
    const { connection, texts, tell } = this.context;
    if (await connection.marks.tick(this.message.seq, step, box.checked)) return;
    box.checked = this.message.ticked?.includes(step) ?? false;
    tell(connection.online ? texts.problem : texts.needsConnection);
  }

  override render(): TemplateResult {
    const { texts: t } = this.context;
    const toggle = html`<button class="text" aria-expanded=${this.open ? "true" : "false"} @click=${() => { this.open = !this.open; }}>
      ${this.open ? t.planHide : t.planShow}
    </button>`;
    if (!this.open) return html`<div class="card folded"><span>${t.planEarlier}</span> ${toggle}</div>`;
    return html`<section class="card" role="group" aria-labelledby="plan-${this.message.seq}">
      ${this.plan ? this.body(this.plan) : this.waiting()} ${this.latest ? nothing : toggle}
    </section>`;
  }

  private waiting(): TemplateResult {
    const { texts: t } = this.context;
    const id = `plan-${String(this.message.seq)}`;
    if (this.state !== "failed") return html`<p id=${id} class="quiet">${t.planLoading}</p>`;
    return html`<p id=${id}>${t.planFailed}</p>
      <button class="small" @click=${() => { void this.load(); }}>${t.planRetry}</button>`;
  }

  private body(plan: Plan): TemplateResult {
    const { texts: t } = this.context;
    const seq = this.message.seq;
    return html`
      <h3 id="plan-${seq}">${plan.title}</h3>
      <p class="summary">${plan.summary}</p>
      ${waysTable(plan, t)}
      ${linesOf(plan).length ? this.course(plan) : nothing}
      ${plan.steps.length
        ? html`<h4>${t.stepsHeading}</h4>
            <ol class="steps" part="steps">${plan.steps.map((step, i) => this.step(step, i))}</ol>`
        : nothing}
      ${plan.papers.length
        ? html`<h4>${t.papersHeading}</h4>
            <ul class="papers">${plan.papers.map((paper) => html`<li>${paper}</li>`)}</ul>`
        : nothing}
      <div class="buttons">
        <button class="small" @click=${() => { void download(this.context, "pdf", seq); }}>${t.pdf}</button>
        ${plan.dates
          ? html`<button class="small" @click=${() => { void download(this.context, "calendar", seq); }}>${t.calendar}</button>`
          : nothing}
        <button class="small" @click=${() => { void openTab(this.context, "pdf", seq); }}>${t.planPrint}</button>
      </div>
      ${this.sources(plan)}
    `;
  }

  private course(plan: Plan): TemplateResult {
    const { texts: t, lang } = this.context;
    const shown = this.chart === "on";
    return html`<div class="buttons">
        <button class="small" aria-expanded=${shown ? "true" : "false"} @click=${() => { this.chart = shown ? "off" : "on"; }}>
          ${shown ? t.chartHide : t.chartShow}
        </button>
        ${this.chart !== "off"
          ? html`<button class="small" aria-expanded=${this.table ? "true" : "false"} @click=${() => { this.table = !this.table; }}>
              ${this.table ? t.chartTableHide : t.chartTable}
            </button>`
          : nothing}
      </div>
      ${this.chart === "failed" ? html`<p role="status">${t.chartFailed}</p>` : nothing}
      ${shown ? chartFigure(plan, t, lang) : nothing}
      ${this.chart !== "off" && this.table ? chartTable(plan, t, lang) : nothing}`;
  }

  private step(step: Step, i: number): TemplateResult {
    const { texts: t, phone } = this.context;
    const more = [step.by_words ?? "", step.takes ? fill(t.stepTakes, { time: step.takes }) : ""].filter(Boolean);
    const where = step.where ?? "";
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${this.message.ticked?.includes(i) ?? false}
          @change=${(e: Event) => { void this.tick(i, e); }}
        />
        <span>${step.what}</span>
      </label>
      ${where || more.length
        ? html`<div class="more">
            ${where ? html`<div class="said">${/^https?:/.test(where) ? link(where, where) : rendered(where, phone)}</div>` : nothing}
            ${more.length ? html`<p>${more.join(" · ")}</p>` : nothing}
          </div>`
        : nothing}
    </li>`;
  }

  private sources(plan: Plan): TemplateResult {
    const { texts: t, lang } = this.context;
    return html`<details part="sources">
      <summary>${t.sources}</summary>
      <ul>
        ${plan.estimates.map((e) => html`<li>${e}</li>`)}
        ${plan.nothing ? html`<li>${plan.nothing.name}: ${plan.nothing.words}</li>` : nothing}
        ${plan.references.map(
          (r) => html`<li>${link(r.title, r.url)}, ${fill(t.asOf, { day: isoDay(r.as_of, lang) })}</li>`,
        )}
      </ul>
      <p>${plan.disclaimer}</p>
    </details>`;
  }
}
