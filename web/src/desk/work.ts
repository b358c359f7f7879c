/** The page "Work": the lists, one conversation, its facts and notes; on a phone one after another. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { define } from "./element.js";
import { deedOf, typing, type Deed } from "./keys.js";
import { address, go } from "./router.js";
import { dayWords } from "./store/facts.js";
import { step } from "./store/queue.js";
import { prefs } from "./store/prefs.js";
import { tell } from "./toasts.js";
import type { DeskConversation, Move } from "./view/conversation.js";
import "./view/conversation.js";
import type { DeskMoves } from "./view/moves.js";
import "./view/moves.js";
import type { DeskPanel } from "./view/panel.js";
import "./view/panel.js";
import type { DeskQueue } from "./view/queue-list.js";
import "./view/queue-list.js";
import { StoreElement } from "./view/store-element.js";
import { visitorName } from "./view/words.js";

const MOVES: Partial<Record<Deed, Move>> = { close: "close", transfer: "transfer", release: "release", return: "return" };

export class DeskWork extends StoreElement {
  static override properties = { ...StoreElement.properties, open: { attribute: false }, panel: { state: true } };
  /** The case of the address. */
  declare open: string | null;
  /** Whether the panel is shown where there is no room for it beside the conversation. */
  declare panel: boolean;

  constructor() {
    super();
    this.open = null;
    this.panel = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.onKey);
    void this.store.look(null);
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has("open")) return;
    this.panel = false;
    void this.store.look(this.open).then(() => { this.focusIn(); });
  }

  /** After a case was opened the keyboard is where one goes on: in the box, else in the conversation. */
  private focusIn(): void {
    const lost = document.activeElement === document.body || !document.activeElement?.checkVisibility();
    if (!this.open || !lost) return;
    if (matchMedia("(min-width: 720px)").matches && this.conversation?.composer) this.conversation.composer.focus();
    else this.conversation?.querySelector<HTMLElement>("h2")?.focus();
  }


  private get conversation(): DeskConversation | null { return this.querySelector("desk-conversation"); }
  private get queue(): DeskQueue | null { return this.querySelector("desk-queue"); }
  private get casePanel(): DeskPanel | null { return this.querySelector("desk-panel"); }

  private readonly onKey = (event: KeyboardEvent): void => {
    const deed = deedOf(event);
    if (!deed || event.defaultPrevented) return;
    const path = event.composedPath();
    if (deed === "back") this.back(path);
    else if (!typing(path) && prefs().keys && this.does(deed, event)) event.preventDefault();
  };

  /** Esc leaves a box first, then the panel, then the case. */
  private back(path: EventTarget[]): void {
    if (path.some((t) => t instanceof HTMLElement && /^(WA-DIALOG|WA-DROPDOWN)$/.test(t.tagName))) return;
    const at = document.activeElement;
    if (at instanceof HTMLElement && typing(path)) at.blur();
    else if (this.panel) this.panel = false;
    else if (this.open) go("work");
  }

  private does(deed: Deed, event: KeyboardEvent): boolean {
    const move = MOVES[deed];
    const view = this.open ? this.store.cases.get(this.open) : undefined;
    if (deed === "next" || deed === "previous") {
      if (event.key.startsWith("Arrow") && !this.queue?.contains(event.target as Node)) return false;
      const to = step(this.queue?.ids ?? [], this.open, deed === "next" ? 1 : -1);
      if (to) go("work", to);
    } else if (deed === "filter") void this.queue?.showFilters();
    else if (deed === "help") window.dispatchEvent(new Event("desk-help"));
    else if (!view?.info) return false;
    else if (deed === "claim") this.conversation?.claim();
    else if (deed === "write") this.conversation?.composer?.focus();
    else if (deed === "panel") this.panel = !this.panel;
    else if (deed === "note") this.note();
    else if (move && (view.mine || (this.store.manager && view.info.state === "with_advisor"))) this.ask(move);
    return true;
  }

  private note(): void {
    this.panel = true;
    void this.updateComplete.then(() => this.casePanel?.note());
  }

  private ask(move: Move): void {
    if (this.open) void this.querySelector<DeskMoves>("desk-moves")?.ask(move, this.open);
  }

  private async claim(id: string): Promise<void> {
    const problem = await this.store.acts.claim(id);
    if (problem) {
      tell(problem, "wrong");
      return;
    }
    go("work", id);
    await this.updateComplete;
    await this.conversation?.updateComplete;
    this.conversation?.composer?.focus();
  }

  private point(seq: number): void {
    this.panel = false;
    const message = this.querySelector<HTMLElement>(`.message[data-seq="${String(seq)}"]`);
    message?.scrollIntoView({ block: "center" });
    message?.classList.add("pointed");
    setTimeout(() => { message?.classList.remove("pointed"); }, 2_000);
  }

  override render(): TemplateResult {
    return html`<div class="work ${this.open ? "with-case" : ""} ${this.panel ? "with-panel" : ""}"
      @claim=${(e: CustomEvent<string>) => { void this.claim(e.detail); }}
      @move=${(e: CustomEvent<Move>) => { this.ask(e.detail); }}
      @panel=${() => { this.panel = !this.panel; }}
      @point=${(e: CustomEvent<number>) => { this.point(e.detail); }}>
      <h1 class="unseen" tabindex="-1">Work</h1>
      <desk-queue .store=${this.store} .open=${this.open} @claim=${(e: CustomEvent<string>) => { void this.claim(e.detail); }}></desk-queue>
      ${this.open
        ? html`<desk-conversation .store=${this.store} .case=${this.open}></desk-conversation>
            <aside class="about" aria-label="Facts, plan and notes"><desk-panel .store=${this.store} .case=${this.open}></desk-panel></aside>`
        : html`<div class="blank start">${this.start()}</div>`}
      <desk-moves .store=${this.store} @moved=${() => { go("work", null, true); }} @ended=${() => { this.querySelector<HTMLElement>("h1")?.focus(); }}></desk-moves>
    </div>`;
  }

  private start(): TemplateResult {
    const { waiting, mine } = this.store;
    const day = (ms: number): string => new Date(ms - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    const due = this.store.followUps(day(Date.now()), day(Date.now() + 7 * 86_400_000));
    if (!this.store.joined) return html`<p class="quiet">Reading the lists</p>`;
    return html`<wa-icon name=${waiting.length ? "hand" : "check"}></wa-icon>
      <p>${waiting.length ? `${String(waiting.length)} ${waiting.length === 1 ? "person waits" : "people wait"}.` : mine.length ? "Nobody waits." : "Nobody waits, and you have no open case."}</p>
      ${due.length
        ? html`<section class="follow-ups"><h2>To come back to</h2><ul>${due.map(
            (row) => html`<li><a href=${address("work", row.case)}>${visitorName(row.name, row.case)}</a> <span class="quiet">${dayWords(row.follow_up ?? "")}</span></li>`)}</ul></section>`
        : nothing}
      ${prefs().keys ? html`<p class="quiet"><kbd>J</kbd> opens the next case, <kbd>?</kbd> shows all shortcuts.</p>` : nothing}`;
  }
}
define("desk-work", DeskWork);
