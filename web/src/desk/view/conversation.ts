/** The middle column: one case's conversation, who is there, and what can be done with it. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { define } from "../element.js";
import { address } from "../router.js";
import type { CaseView } from "../store/view.js";
import type { DeskComposer } from "./composer.js";
import "./composer.js";
import { messages } from "./messages.js";
import { StoreElement } from "./store-element.js";
import { channelMark, urgencyMark, visitorName } from "./words.js";

export type Move = "transfer" | "release" | "return" | "close";
export const MOVES: { move: Move; label: string; icon: string; key: string }[] = [
  { move: "transfer", label: "Transfer", icon: "transfer", key: "T" },
  { move: "return", label: "Return to the bot", icon: "bot", key: "B" },
  { move: "release", label: "Back to the queue", icon: "release", key: "U" },
  { move: "close", label: "Close the case", icon: "close-case", key: "E" },
];
const NEAR_PX = 80;

export class DeskConversation extends StoreElement {
  static override properties = { ...StoreElement.properties, case: { attribute: false }, away: { state: true } };
  declare case: string;
  /** Scrolled up: what comes is not followed. */
  declare away: boolean;
  private read = 0;
  private drawn = 0;
  /** The box grew, or the window turned: what was at the end stays there. */
  private readonly resized = new ResizeObserver(() => { if (!this.away) this.toEnd(); });
  private watched: Element | null = null;

  constructor() {
    super();
    this.away = false;
  }

  get composer(): DeskComposer | null { return this.querySelector("desk-composer"); }
  private get view(): CaseView | undefined { return this.store.cases.get(this.case); }
  private get scroller(): HTMLElement | null { return this.querySelector(".talk"); }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("case")) return;
    this.read = this.store.seen(this.case);
    this.away = false;
    this.drawn = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.watched = null;
  }

  override updated(): void {
    if (this.scroller !== this.watched) {
      this.resized.disconnect();
      this.watched = this.scroller;
      if (this.watched) this.resized.observe(this.watched);
    }
    const count = (this.view?.talk.messages.length ?? 0) + this.store.says.of(this.case).length;
    if (count !== this.drawn && !this.away) this.toEnd();
    this.drawn = count;
  }

  private toEnd(): void {
    const talk = this.scroller;
    if (talk) talk.scrollTop = talk.scrollHeight;
    this.away = false;
  }

  private onScroll(): void {
    const talk = this.scroller;
    if (talk) this.away = talk.scrollHeight - talk.scrollTop - talk.clientHeight > NEAR_PX;
  }

  private ask(kind: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(kind, { detail, bubbles: true }));
  }

  claim(): void {
    if (this.view?.info?.state === "waiting") this.ask("claim", this.case);
  }

  override render(): TemplateResult {
    const view = this.view;
    if (!view || view.gone) return this.gone(view?.gone ?? "");
    if (!view.info) return html`<div class="blank"><p class="quiet">${this.store.line.online ? "Opening the case" : "The case is read when the connection is back."}</p></div>`;
    const online = this.store.line.online;
    return html`
      ${this.head(view)}
      <div class="talk" role="log" aria-label="Conversation" tabindex="0" @scroll=${() => { this.onScroll(); }}>
        ${messages({
          messages: view.talk.messages, drafts: this.store.says.of(this.case), visitor: visitorName(view.info.name, this.case),
          me: this.store.me.display_name, read: this.read, online,
          acts: {
            again: (id) => { this.store.says.again(id); },
            drop: (draft) => { this.store.says.drop(draft.client_id); this.composer?.put(draft.text); },
          },
        })}
      </div>
      ${this.away ? html`<button class="to-end" @click=${() => { this.toEnd(); }}><wa-icon name="chevron-down"></wa-icon>To the end</button>` : nothing}
      <p class="typing" aria-live="polite">${view.typing ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${visitorName(view.info.name, this.case)} is typing` : nothing}</p>
      ${this.foot(view)}
    `;
  }

  private gone(why: string): TemplateResult {
    return html`<div class="blank">
      <wa-icon name="info"></wa-icon>
      <p role="status">${why || "This case is not here."}</p>
      ${this.unsentOf()}
      <a href=${address("work")}>Back to the list</a>
    </div>`;
  }

  /** What was written for a case that is somebody else's now is not lost. */
  private unsentOf(): TemplateResult | typeof nothing {
    const drafts = this.store.says.of(this.case);
    if (!drafts.length) return nothing;
    return html`<div class="left-over"><h2>Not sent</h2>
      ${drafts.map((d) => html`<p class="typed">${d.text}</p><button class="link" @click=${() => { this.store.says.drop(d.client_id); }}>Discard</button>`)}</div>`;
  }

  private head(view: CaseView): TemplateResult {
    const info = view.info;
    if (!info) return html``;
    const presence = view.here === null ? nothing : html`<span class="presence ${view.here ? "on" : ""}"></span>${view.here ? "On the page" : "Away"}`;
    return html`<header class="column-head talk-head">
      <a class="back plain" href=${address("work")} aria-label="Back to the list"><wa-icon name="chevron-left"></wa-icon></a>
      <div class="who-head">
        <h2 tabindex="-1">${visitorName(info.name, this.case)} ${channelMark(info.channel)} <span class="quiet presence-line" role="status">${presence}</span></h2>
        <p class="line">${urgencyMark(info.rank, info.rank === 0 ? "" : info.urgency)}</p>
      </div>
      ${view.mine || (this.store.manager && info.state === "with_advisor") ? this.moves() : nothing}
      <button class="plain panel-toggle" aria-label="Facts, plan and notes" title="Facts, plan and notes (P)" @click=${() => { this.ask("panel"); }}>
        <wa-icon name="panel"></wa-icon></button>
    </header>`;
  }

  private moves(): TemplateResult {
    return html`<div class="moves">
      ${MOVES.slice(0, 3).map((m) => html`<button class="plain wide-only" title="${m.label} (${m.key})" aria-label=${m.label} @click=${() => { this.ask("move", m.move); }}>
        <wa-icon name=${m.icon}></wa-icon></button>`)}
      <wa-button class="wide-only" size="s" appearance="outlined" title="Close the case (E)" @click=${() => { this.ask("move", "close"); }}>
        <wa-icon slot="start" name="check"></wa-icon>Close</wa-button>
      <wa-dropdown class="narrow-only" placement="bottom-end" @wa-select=${(e: CustomEvent<{ item: { value: string } }>) => { this.ask("move", e.detail.item.value); }}>
        <button slot="trigger" class="plain" aria-label="What to do with the case"><wa-icon name="ellipsis"></wa-icon></button>
        ${MOVES.map((m) => html`<wa-dropdown-item value=${m.move}><wa-icon slot="icon" name=${m.icon}></wa-icon>${m.label}</wa-dropdown-item>`)}
      </wa-dropdown>
    </div>`;
  }

  private foot(view: CaseView): TemplateResult {
    const info = view.info;
    if (view.mine) return html`<desk-composer .store=${this.store} .case=${this.case} @sent=${() => { this.toEnd(); }}></desk-composer>`;
    if (info?.state === "waiting")
      return html`<div class="claim-bar"><p>The bot answers until somebody claims the case. Nothing you do here is seen by the visitor.</p>
        <wa-button variant="brand" ?loading=${this.store.acts.busy(this.case)} @click=${() => { this.claim(); }}><wa-icon slot="start" name="hand"></wa-icon>Claim this case<kbd slot="end">C</kbd></wa-button></div>`;
    if (info?.state === "with_advisor")
      return html`<div class="claim-bar"><p>${info.advisor ?? "A colleague"} has this case. You read along; the visitor does not see you.</p></div>`;
    return html`<div class="claim-bar"><p>This case is closed${info?.outcome ? html`: ${this.store.outcomes[info.outcome] ?? info.outcome}` : nothing}.</p></div>`;
  }
}
define("desk-conversation", DeskConversation);
