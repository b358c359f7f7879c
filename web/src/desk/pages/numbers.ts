/** A day in numbers. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { call } from "../api.js";
import { define } from "../element.js";
import { DeskPage, typed } from "./shared/page.js";
import { duration, later, longDay } from "./shared/times.js";

interface Numbers {
  day: string;
  zone: string;
  hours: number;
  waiting_now: number;
  with_advisor_now: number;
  asked: number;
  claimed: number;
  closed: number;
  cancelled: number;
  callbacks: number;
  median_wait_seconds: number | null;
  p90_wait_seconds: number | null;
  longest_wait_seconds: number | null;
  outcomes: Record<string, number>;
  outcome_words: Record<string, string>;
  why: Record<string, number>;
  by_hour: { hour: number; asked: number; claimed: number }[];
  by_advisor: { id: string; name: string; claimed: number; closed: number }[];
}

const WHY: Record<string, string> = {
  asked: "Asked for a person", misunderstood: "Not understood twice", case: "Needs a professional", distress: "In distress",
};

export class DeskNumbers extends DeskPage {
  static override properties = { told: { state: true }, day: { state: true } };
  declare told: Numbers | null;
  declare day: string;

  constructor() {
    super();
    this.told = null;
    this.day = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.show("");
  }

  private async show(day: string): Promise<void> {
    await this.act(async () => {
      this.told = await call<Numbers>(`numbers${day ? `?day=${encodeURIComponent(day)}` : ""}`);
      this.day = this.told.day;
    });
  }

  private step(days: number, words: string, icon: string): TemplateResult {
    return html`<button class="plain" aria-label=${words} ?disabled=${this.busy} @click=${() => { void this.show(later(this.day, days)); }}>
      <wa-icon name=${icon}></wa-icon></button>`;
  }

  override render(): TemplateResult {
    const { told } = this;
    return html`<div class="plain-page" aria-busy=${this.busy ? "true" : "false"}>
      <header class="in-line spread">
        <div aria-live="polite"><h1>The day</h1><p class="quiet">${told ? dayWords(told) : "…"}</p></div>
        <div class="in-line">
          ${this.step(-1, "The day before", "chevron-left")}
          <wa-input class="one-day" type="date" label="Day" .value=${this.day}
            @change=${(e: Event) => { if (typed(e)) void this.show(typed(e)); }}></wa-input>
          ${this.step(1, "The day after", "chevron-right")}
          <wa-button appearance="outlined" @click=${() => { void this.show(""); }}>Today</wa-button>
        </div>
      </header>
      ${this.wrong()} ${told ? this.numbers(told) : nothing}
    </div>`;
  }

  private numbers(n: Numbers): TemplateResult {
    return html`
      <section class="now" aria-label="Right now">
        <p><strong>${n.waiting_now}</strong> ${n.waiting_now === 1 ? "waits" : "wait"} right now</p>
        <p><strong>${n.with_advisor_now}</strong> with an advisor right now</p>
      </section>
      <dl class="figures">
        ${figure("Asked for a person", n.asked)} ${figure("Claimed", n.claimed)} ${figure("Closed", n.closed)}
        ${figure("Taken back", n.cancelled)} ${figure("To call back", n.callbacks)}
      </dl>
      <section>
        <h2>How long visitors waited</h2>
        <dl class="figures">
          ${figure("Half waited at most", duration(n.median_wait_seconds))} ${figure("9 of 10 at most", duration(n.p90_wait_seconds))}
          ${figure("The longest", duration(n.longest_wait_seconds))}
        </dl>
      </section>
      <section><h2 id="hours-title">Through the day</h2>${hours(n)}</section>
      <div class="halves">
        <section><h2>Why they came</h2>${bars(n.why, WHY)}</section>
        <section><h2>How it ended</h2>${bars(n.outcomes, n.outcome_words)}</section>
      </div>
      <section><h2 id="people-title">${this.manager ? "Who did what" : "What you did"}</h2>${people(n)}</section>
    `;
  }
}
define("desk-numbers", DeskNumbers);

function dayWords(n: Numbers): string {
  const clocks = n.hours === 24 ? "" : ` Clocks change: it has ${String(n.hours)} hours.`;
  return `${longDay(n.day)}, by the clock of ${n.zone.replaceAll("_", " ")}.${clocks}`;
}

function figure(name: string, value: number | string): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Each kind with its number; the bar beside it says the same to the eye. */
function bars(counts: Record<string, number>, words: Record<string, string>): TemplateResult {
  const found = Object.entries(counts).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  if (!found.length) return html`<p class="quiet">Nobody on this day.</p>`;
  const most = Math.max(...found.map(([, n]) => n));
  return html`<ul class="bars">${found.map(
    ([kind, n]) => html`<li><span>${words[kind] ?? kind}</span><b>${n}</b>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width=${String((100 * n) / most)} height="6" rx="1" /></svg></li>`,
  )}</ul>`;
}

function hours(n: Numbers): TemplateResult {
  const busy = n.by_hour.filter((h) => h.asked || h.claimed);
  if (!busy.length) return html`<p class="quiet">Nobody on this day.</p>`;
  const first = Math.min(8, ...busy.map((h) => h.hour));
  const last = Math.max(17, ...busy.map((h) => h.hour));
  const shown = n.by_hour.filter((h) => h.hour >= first && h.hour <= last);
  const most = Math.max(...shown.map((h) => Math.max(h.asked, h.claimed)));
  const bar = (x: number, count: number, kind: string): TemplateResult | typeof nothing =>
    count ? svg`<rect class=${kind} x=${x} y=${60 - (56 * count) / most} width="8" height=${(56 * count) / most} rx="1.5" />` as unknown as TemplateResult : nothing;
  const width = shown.length * 22;
  const words = busy.map((h) => `${clock(h.hour)}: ${String(h.asked)} asked, ${String(h.claimed)} claimed`).join("; ");
  return html`<figure class="hours-chart">
    <svg viewBox="0 0 ${width} 74" role="img" aria-label=${words}>
      ${shown.map((h, i) => svg`${bar(i * 22 + 2, h.asked, "asked")}${bar(i * 22 + 11, h.claimed, "claimed")}
        <text x=${i * 22 + 11} y="71">${h.hour % 3 === 0 || shown.length < 12 ? clock(h.hour) : ""}</text>`)}
      <line x1="0" x2=${width} y1="60.5" y2="60.5" />
    </svg>
    <figcaption class="quiet"><span class="key asked"></span> asked for a person <span class="key claimed"></span> claimed</figcaption>
  </figure>`;
}

function clock(hour: number): string {
  return `${String(hour % 12 || 12)} ${hour < 12 ? "am" : "pm"}`;
}

function people(n: Numbers): TemplateResult {
  if (!n.by_advisor.length) return html`<p class="quiet">Nobody on this day.</p>`;
  return html`<table aria-labelledby="people-title">
    <thead><tr><th scope="col">Name</th><th scope="col">Claimed</th><th scope="col">Closed</th></tr></thead>
    <tbody>${n.by_advisor.map((p) => html`<tr><th scope="row">${p.name}</th><td>${p.claimed}</td><td>${p.closed}</td></tr>`)}</tbody>
  </table>`;
}
