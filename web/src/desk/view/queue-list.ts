/** The left column: one's own cases, who waits, and for a manager what colleagues have. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { define } from "../element.js";
import { address } from "../router.js";
import type { Held, Waiting } from "../store/protocol.js";
import { CHANNELS, filtered, fits, NO_FILTER, REASONS, URGENCIES, type Filter } from "../store/queue.js";
import { StoreElement } from "./store-element.js";
import { channelMark, shortMoment, urgencyMark, visitorName, waits } from "./words.js";

const TICK_MS = 20_000;

export class DeskQueue extends StoreElement {
  static override properties = {
    ...StoreElement.properties, open: { attribute: false }, filter: { state: true }, filtering: { state: true },
  };
  /** The case on the screen. */
  declare open: string | null;
  declare filter: Filter;
  declare filtering: boolean;
  private tick: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.open = null;
    this.filter = NO_FILTER;
    this.filtering = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tick = setInterval(() => { this.requestUpdate(); }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.tick);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("open")) this.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  private get waiting(): Waiting[] { return this.store.waiting.filter((row) => fits(row, this.filter)); }
  private get mine(): Held[] { return this.store.mine.filter((row) => fits(row, this.filter)); }
  private get others(): Held[] {
    return this.store.manager && this.filter.whose === "all" ? this.store.others.filter((row) => fits(row, this.filter)) : [];
  }

  /** The rows from top to bottom, for stepping through them. */
  get ids(): string[] {
    return [...this.mine, ...this.waiting, ...this.others].map((row) => row.case);
  }

  /** Open the filters, or put the keyboard there. */
  async showFilters(): Promise<void> {
    this.filtering = true;
    await this.updateComplete;
    this.querySelector<HTMLSelectElement>(".filters select")?.focus();
  }

  private claim(id: string): void {
    this.dispatchEvent(new CustomEvent("claim", { detail: id }));
  }

  override render(): TemplateResult {
    const on = filtered(this.filter);
    return html`
      <header class="column-head">
        <p class="title" aria-hidden="true">Work</p>
        ${this.store.manager
          ? html`<div class="switch" role="group" aria-label="Whose cases">
              ${(["mine", "all"] as const).map(
                (whose) => html`<button aria-pressed=${this.filter.whose === whose ? "true" : "false"}
                  @click=${() => { this.filter = { ...this.filter, whose }; }}>${whose === "mine" ? "Mine" : "All"}</button>`,
              )}
            </div>`
          : nothing}
        <button class="plain" aria-expanded=${this.filtering ? "true" : "false"} aria-controls="filters"
          aria-label=${on ? `Filters, ${String(on)} set` : "Filters"} title="Filters (F)" @click=${() => { this.filtering = !this.filtering; }}>
          <wa-icon name="settings"></wa-icon>${on ? html`<span class="dot" aria-hidden="true"></span>` : nothing}
        </button>
      </header>
      <div id="filters" class="filters" ?hidden=${!this.filtering}>${this.filtering ? this.filters(on) : nothing}</div>
      <div class="rows">${this.store.joined ? this.lists(on) : html`<p class="empty quiet">Reading the lists</p>`}</div>
    `;
  }

  private filters(on: number): TemplateResult {
    const select = (name: "rank" | "why" | "channel", label: string, any: string, options: [string, string][]): TemplateResult => html`<label>
      <span>${label}</span>
      <select .value=${this.filter[name]} @change=${(e: Event) => { this.filter = { ...this.filter, [name]: (e.target as HTMLSelectElement).value }; }}>
        <option value="">${any}</option>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${this.filter[name] === value}>${words}</option>`)}
      </select>
    </label>`;
    return html`
      ${select("rank", "Urgency", "Any", URGENCIES.map((u, i) => [String(i), u.words]))}
      ${select("why", "Reason", "Any", Object.entries(REASONS))}
      ${select("channel", "Channel", "Any", Object.entries(CHANNELS))}
      ${on ? html`<button class="link" @click=${() => { this.filter = { ...NO_FILTER, whose: this.filter.whose }; }}>Show all</button>` : nothing}
    `;
  }

  private lists(on: number): TemplateResult {
    const { mine, waiting, others } = this;
    const hidden = this.store.waiting.length - waiting.length;
    return html`
      ${this.section("My cases", mine.length, mine.length
        ? html`<ul>${repeat(mine, (r) => r.case, (r) => this.held(r))}</ul>`
        : html`<p class="empty quiet">${on ? "None of your cases fits the filters." : "You have no open case."}</p>`)}
      ${this.section("Waiting", waiting.length, html`
        ${waiting.length
          ? html`<ul>${repeat(waiting, (r) => r.case, (r) => this.waits(r))}</ul>`
          : hidden ? nothing : html`<div class="empty nobody"><wa-icon name="check"></wa-icon><p>Nobody waits.</p>
              <p class="quiet">Who asks for a person appears here by themselves.</p></div>`}
        ${hidden ? html`<p class="empty quiet">${hidden} more ${hidden === 1 ? "does" : "do"} not fit the filters.</p>` : nothing}`)}
      ${this.store.manager && this.filter.whose === "all"
        ? this.section("With colleagues", others.length, others.length
            ? html`<ul>${repeat(others, (r) => r.case, (r) => this.held(r))}</ul>`
            : html`<p class="empty quiet">No colleague has an open case.</p>`)
        : nothing}
    `;
  }

  private section(title: string, count: number, body: TemplateResult): TemplateResult {
    return html`<section><h2>${title} <span class="count">${count}</span></h2>${body}</section>`;
  }

  private waits(row: Waiting): TemplateResult {
    const here = row.case === this.open;
    return html`<li class="row ${here ? "here" : ""}">
      <a href=${address("work", row.case)} aria-current=${here ? "true" : nothing}>
        <span class="line"><span class="place-no" aria-hidden="true">${row.place}</span>
          <span class="who">${REASONS[row.why] ?? row.why_words}</span>${channelMark(row.channel)}</span>
        ${urgencyMark(row.rank, row.rank === 0 ? "" : row.urgency)}
        <span class="line quiet"><span>${waits(row.since)}</span>${row.callback ? html`<span class="tag plain-tag">Wants a call back</span>` : nothing}</span>
      </a>
      <wa-button class="claim" size="xs" variant="brand" appearance="outlined" ?loading=${this.store.acts.busy(row.case)}
        @click=${() => { this.claim(row.case); }}>Claim<span class="unseen"> number ${row.place}</span></wa-button>
    </li>`;
  }

  private held(row: Held): TemplateResult {
    const here = row.case === this.open;
    const view = this.store.cases.get(row.case);
    const last = view?.talk.messages.filter((m) => m.author !== "notice").at(-1);
    const unread = this.store.unread(row.case);
    const own = row.advisor_id === this.store.me.id;
    const unsent = this.store.says.of(row.case).length;
    const info = view?.info;
    const urgency = info?.urgency ?? row.urgency;
    return html`<li class="row ${here ? "here" : ""} ${unread ? "unread" : ""}">
      <a href=${address("work", row.case)} aria-current=${here ? "true" : nothing}>
        <span class="line">
          ${view?.here === true ? html`<span class="presence on" title="Their page is open"></span>` : nothing}
          <span class="who">${visitorName(info?.name ?? row.name, row.case)}</span>
          ${unread ? html`<wa-badge variant="brand" pill>${unread}<span class="unseen"> unread</span></wa-badge>` : nothing}
          ${channelMark(row.channel)}
          <span class="quiet when">${shortMoment(last?.at ?? row.since)}</span>
        </span>
        ${urgencyMark(info?.rank ?? row.rank, (info?.rank ?? row.rank) === 0 ? "" : urgency)}
        <span class="line quiet snippet">${own
          ? html`${view?.typing ? html`<em>is typing</em>` : html`${last ? `${last.author === "advisor" ? "You: " : last.author === "assistant" ? "Bot: " : ""}${last.text}` : row.why_words}`}
              ${unsent ? html`<span class="tag unsent-tag">${unsent} not sent</span>` : nothing}`
          : html`with ${row.advisor ?? "a colleague"}`}</span>
      </a>
    </li>`;
  }
}
define("desk-queue", DeskQueue);
