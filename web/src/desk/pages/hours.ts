/** When the desk is open. Times are by the firm's clock, Monday first. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api.js";
import { define } from "../element.js";
import { dayWords } from "../store/facts.js";
import { tell } from "../toasts.js";
import { DeskPage, typed } from "./shared/page.js";

type Span = [from: string, until: string];
interface Hours { zone: string; weekly: Span[][]; holidays: boolean; closed: string[]; open: boolean; next: string | null }

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MIDNIGHT = "24:00";

export class DeskHours extends DeskPage {
  static override properties = { told: { state: true }, changed: { state: true }, fresh: { state: true } };
  declare told: Hours | null;
  declare changed: boolean;
  declare fresh: string;

  constructor() {
    super();
    this.told = null;
    this.changed = false;
    this.fresh = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    await this.act(async () => { this.told = await call<Hours>("hours"); });
    this.changed = false;
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const { told } = this;
    if (!told) return;
    const saved = await this.act(async () => {
      this.told = await call<Hours>("hours", { weekly: told.weekly, holidays: told.holidays, closed: told.closed }, "PUT");
    });
    if (!saved) return;
    this.changed = false;
    tell("The opening hours are saved.");
  }

  private change(part: Partial<Hours>): void {
    if (this.told) this.told = { ...this.told, ...part };
    this.changed = true;
  }

  private day(n: number, spans: Span[]): void {
    this.change({ weekly: (this.told?.weekly ?? []).map((old, i) => (i === n ? spans : old)) });
  }

  private span(n: number, k: number, spans: Span[], locked: boolean): TemplateResult {
    const name = `${DAYS[n] ?? ""}${spans.length > 1 ? `, ${String(k + 1)}.` : ""}`;
    const put = (end: 0 | 1) => (event: Event): void => {
      const value = end === 1 && typed(event) === "00:00" ? MIDNIGHT : typed(event);
      this.day(n, spans.map((s, i) => (i === k ? (end ? [s[0], value] : [value, s[1]]) : s)));
    };
    const [from, until] = spans[k] ?? ["", ""];
    return html`<div class="in-line span">
      <input type="time" aria-label="${name} from" required .value=${from} ?disabled=${locked} @change=${put(0)} />
      <span>to</span>
      <input type="time" aria-label="${name} until" required .value=${until === MIDNIGHT ? "00:00" : until} ?disabled=${locked} @change=${put(1)} />
      ${locked ? nothing : html`<button type="button" class="plain" aria-label="Take away ${name}" @click=${() => { this.day(n, spans.filter((_, i) => i !== k)); }}><wa-icon name="xmark"></wa-icon></button>`}
    </div>`;
  }

  private add(): void {
    if (!this.fresh || !this.told) return;
    this.change({ closed: [...new Set([...this.told.closed, this.fresh])].sort() });
    this.fresh = "";
  }

  override render(): TemplateResult {
    return html`<div class="plain-page" aria-busy=${this.busy ? "true" : "false"}>
      <header><h1>Opening hours</h1><p class="quiet">${this.told ? now(this.told) : "…"}</p></header>
      ${this.told ? this.form(this.told) : this.wrong()}
    </div>`;
  }

  private form(told: Hours): TemplateResult {
    const locked = !this.manager;
    return html`<form class="stack" @submit=${(e: Event) => { void this.save(e); }}>
      ${locked ? html`<p>A manager of your firm can change them.</p>` : nothing}
      <ul class="week">${told.weekly.map(
        (spans, n) => html`<li><b>${DAYS[n]}</b>
          <div>${spans.length ? spans.map((_, k) => this.span(n, k, spans, locked)) : html`<span class="quiet">Closed</span>`}</div>
          ${locked ? nothing : html`<wa-button size="s" appearance="plain" @click=${() => { this.day(n, [...spans, next(spans)]); }}>Add a time<span class="unseen"> on ${DAYS[n]}</span></wa-button>`}
        </li>`,
      )}</ul>
      <wa-switch ?checked=${told.holidays} ?disabled=${locked} @change=${(e: Event) => { this.change({ holidays: (e.target as HTMLInputElement).checked }); }}>Closed on US federal holidays</wa-switch>
      <section aria-labelledby="closed-title"><h2 id="closed-title">Closed on these days, too</h2>
        <ul class="pills">${told.closed.map(
          (day) => html`<li class="pill">${dayWords(day)}${locked ? nothing : html`<button type="button" class="plain" aria-label="Open again on ${dayWords(day)}"
            @click=${() => { this.change({ closed: told.closed.filter((d) => d !== day) }); }}><wa-icon name="xmark"></wa-icon></button>`}</li>`,
        )}${told.closed.length ? nothing : html`<li class="quiet">None.</li>`}</ul>
        ${locked
          ? nothing
          : html`<div class="in-line"><wa-input type="date" label="A day" .value=${this.fresh} @input=${(e: Event) => { this.fresh = typed(e); }}></wa-input>
              <wa-button appearance="outlined" ?disabled=${!this.fresh} @click=${() => { this.add(); }}>Add this day</wa-button></div>`}
      </section>
      ${this.wrong()}
      ${locked ? nothing : html`<div class="in-line"><wa-button type="submit" variant="brand" ?disabled=${!this.changed} ?loading=${this.busy}>Save</wa-button>
        ${this.changed ? html`<wa-button appearance="plain" @click=${() => { void this.load(); }}>Undo</wa-button>` : nothing}</div>`}
    </form>`;
  }
}
define("desk-hours", DeskHours);

function now(told: Hours): string {
  const clock = `Times are by the clock of ${told.zone.replaceAll("_", " ")}.`;
  if (told.open) return `Open now. ${clock}`;
  if (!told.next) return `Never open. ${clock}`;
  const at = new Date(told.next).toLocaleString("en-US", { weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZone: told.zone });
  return `Closed now; opens on ${at}. ${clock}`;
}

/** A time after those there are. */
function next(spans: Span[]): Span {
  const until = spans.at(-1)?.[1];
  if (!until || until >= "22:00") return ["09:00", "17:00"];
  const hour = Number(until.slice(0, 2)) + 1;
  return [`${String(hour).padStart(2, "0")}:00`, `${String(Math.min(hour + 3, 23)).padStart(2, "0")}:00`];
}
