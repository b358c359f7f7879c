/** `<cp503-chat>`: the launcher, the panel and what holds them together. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Cp503ChatElement } from "./api.js";
import { Announcing } from "./announcing.js";
import { Attached } from "./attached.js";
import type { Connection } from "./connection.js";
import { Menu } from "./menu.js";
import { Sight } from "./sight.js";
import { styles } from "./styles/index.js";
import { TEXTS, withOverrides, type Texts } from "./texts.js";
import type { Draft, Message, Refusal } from "./types.js";
import { Arrivals } from "./view/arrivals.js";
import { sendable, type Told } from "./view/composer.js";
import type { Context } from "./view/context.js";
import { launcher } from "./view/launcher.js";
import { panel, type PanelActions } from "./view/panel.js";
import { Scrolling } from "./view/scrolling.js";
import { Viewport } from "./view/viewport.js";

type Public = Omit<Cp503ChatElement, keyof HTMLElement>;

export class Chat extends LitElement implements Public {
  static override styles = styles;
  static override properties = {
    heading: {}, greeting: {}, position: { reflect: true }, mode: { reflect: true }, server: {}, phone: {},
    texts: {}, isOpen: { state: true }, calling: { state: true },
    told: { state: true }, expanded: { state: true },
  };
  declare heading: string;
  declare greeting: string;
  declare position: "right" | "left";
  declare mode: "launcher" | "inline";
  declare server: string;
  declare phone: string;
  declare texts: Record<string, string> | string;
  declare isOpen: boolean;
  declare calling: boolean; // the form for a call back is open
  declare told: Told | null;
  declare expanded: ReadonlySet<string>;

  private readonly attached = new Attached(
    () => this.origin, () => { this.onChange(); }, (event) => { this.onArrived(event); },
  );
  private words: Texts = TEXTS;
  private opened = false; // the panel has been drawn once
  private removing = false; // a deletion was asked for here
  private readonly announcing = new Announcing(() => { this.requestUpdate(); });
  private readonly sight = new Sight();
  private viewport: Viewport | null = null;
  private readonly scrolling = new Scrolling(() => { this.requestUpdate(); });
  private readonly arrivals = new Arrivals(this.scrolling);
  private readonly context: Context;
  private readonly menu: Menu;
  private readonly actions: PanelActions;

  constructor() {
    super();
    this.heading = this.greeting = this.server = this.phone = "";
    this.position = "right";
    this.mode = "launcher";
    this.texts = "";
    this.isOpen = this.calling = false;
    this.told = null;
    this.expanded = new Set();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters below need the element
    const chat = this;
    this.context = {
      get connection() { return chat.line; },
      get texts() { return chat.words; },
      get lang() { return chat.closest<HTMLElement>("[lang]")?.lang || navigator.language || "en-US"; },
      get phone() { return chat.line.firm.phone || chat.phone; },
      get server() { return chat.origin; },
      get expanded() { return chat.expanded; },
      choose: (message, button) => { this.choose(message, button); },
      expand: (key) => { this.expand(key); },
      tryAgain: (draft) => { this.line.tryAgain(draft); },
      takeBack: (draft) => { this.takeBack(draft); },
      tell: (words, url) => { this.told = { words, url }; },
      failed: (error) => { this.failed(error); },
      focusBox: () => { this.focusBox(); },
      mail: () => { this.menu.ask("mail"); },
    };
    this.menu = new Menu({
      context: this.context,
      get closable() { return !chat.inline; },
      close: () => { this.close(); },
      redraw: () => { this.requestUpdate(); },
      focusTo: (selector) => { this.focusTo(selector); },
      set removing(on: boolean) { chat.removing = on; },
    });
    this.actions = {
      menu: this.menu,
      key: (event) => { this.onKey(event); },
      jump: () => { this.scrolling.jump(); },
      submit: () => { this.submit(); },
      typed: (text) => { this.typed(text); },
      agree: (yes) => { this.agree(yes); },
      call: (on) => {
        this.calling = on;
        this.focusTo(on ? "[name=contact]" : ".call, textarea");
      },
      startAnew: () => {
        this.line.startAnew();
        this.focusTo("textarea");
      },
    };
  }

  /** The server's origin: where this script came from, unless the host names another. */
  private get origin(): string {
    try {
      return new URL(this.server || import.meta.url, document.baseURI).origin;
    } catch {
      return new URL(import.meta.url).origin;
    }
  }

  private get inline(): boolean {
    return this.mode === "inline";
  }

  private get line(): Connection {
    return this.attached.line;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.attached.attach();
    window.addEventListener("beforeunload", this.onLeave);
    window.addEventListener("online", this.onOnline);
    document.addEventListener("visibilitychange", this.onChange);
    document.addEventListener("keydown", this.onPageKey);
    this.watchSight();
    if (this.isOpen) this.viewport?.start();
    // A visitor from before may have an answer waiting; somebody new is not made one by looking at a page.
    if (this.line.known || this.isOpen) this.line.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("beforeunload", this.onLeave);
    window.removeEventListener("online", this.onOnline);
    document.removeEventListener("visibilitychange", this.onChange);
    document.removeEventListener("keydown", this.onPageKey);
    this.sight.stop();
    this.scrolling.detach();
    this.viewport?.stop();
    this.announcing.stop();
    this.attached.detach();
  }

  /** An inline panel counts as opened once somebody can see it. */
  private watchSight(): void {
    if (this.inline) this.sight.watch(this, () => { this.open(); });
    else this.sight.stop();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("texts")) this.words = withOverrides(this.texts);
    if (changed.has("server")) this.attached.follow();
    if (changed.has("mode") && this.hasUpdated) this.watchSight();
    if (this.isOpen || this.inline) this.opened = true;
    // Before it is drawn: history must not be read out.
    if (this.arrivals.isNew(this.line)) this.announcing.settle();
    // What was refused with the one state may be possible in the other.
    if (this.announcing.stand(this.line, this.words)) {
      this.told = null;
      this.menu.moved();
    }
    if (this.line.people.state !== "waiting") this.calling = false;
  }

  // What a host page may call.

  open(): void {
    this.line.start();
    if (this.isOpen) return;
    this.isOpen = true;
    this.look();
    if (!this.inline) this.viewport?.start();
    this.announcing.settle();
    void this.updateComplete.then(() => {
      if (!this.inline) this.focusBox();
      this.tellHost("cp503-opened", null);
    });
  }

  close(): void {
    if (!this.isOpen || this.inline) return;
    const focused = this.shadowRoot?.activeElement !== null;
    this.isOpen = false;
    this.menu.shut();
    this.viewport?.stop();
    void this.updateComplete.then(() => {
      if (focused) this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
      this.tellHost("cp503-closed", null);
    });
  }

  send(text: string): boolean {
    if (!sendable(text) || this.line.deleted) return false;
    this.line.start();
    this.line.say(text.trim());
    return true;
  }

  private tellHost(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // What happens on the connection and in the page.

  private readonly onChange = (): void => {
    this.look();
    if (this.told && this.line.typing) this.told = null;
    this.requestUpdate();
  };

  /** What is in view is not new. */
  private look(): void {
    if (this.isOpen && !document.hidden) this.line.seen = this.line.messages.at(-1)?.seq ?? 0;
  }

  private readonly onArrived = (event: Event): void => {
    const { seq, author, handoff, card } = (event as CustomEvent<Message>).detail;
    this.tellHost("cp503-message", { seq, author });
    if (handoff) this.tellHost("cp503-handoff", null);
    if (card === "plan") this.tellHost("cp503-plan", { seq });
  };

  private readonly onOnline = (): void => {
    if (this.line.started) this.line.start();
  };

  /** Ask before something unsent is lost. */
  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    if (this.line.drafts.length || this.line.box.trim()) event.preventDefault();
  };

  /** Full screen, the panel covers whatever has the focus: Escape takes it away from anywhere. */
  private readonly onPageKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !this.isOpen || this.inline) return;
    const panel = this.renderRoot.querySelector<HTMLElement>(".panel");
    if (panel && panel.clientWidth >= window.innerWidth - 2) this.close();
  };

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    if (!this.menu.leave()) {
      if (this.calling) this.actions.call(false);
      else if (this.inline) return;
      else this.close();
    }
    event.preventDefault();
  }

  // The box and the messages.

  private submit(): void {
    if (!this.send(this.line.box)) return;
    this.typed("");
    this.told = null;
    this.announcing.listen();
    this.requestUpdate();
    this.focusBox();
  }

  private choose(message: Message, button: number): void {
    this.told = null;
    this.announcing.listen();
    this.line.choose(message, button);
    this.focusBox();
  }

  private takeBack(draft: Draft): void {
    this.line.box = [this.line.box, draft.text].filter((s) => s.trim()).join("\n");
    this.line.takeBack(draft);
    this.focusBox();
  }

  private expand(key: string): void {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(key)) expanded.add(key);
    this.expanded = expanded;
  }

  private agree(yes: boolean): void {
    void this.line.agree(yes);
    this.focusBox();
  }

  private focusBox(): void {
    this.renderRoot.querySelector("textarea")?.focus({ preventScroll: true });
  }

  /** Once it is drawn; redraws. */
  private focusTo(selector: string): void {
    this.requestUpdate();
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>(selector)?.focus(); });
  }

  private typed(text: string): void {
    this.line.box = text;
    this.line.people.typed(text);
    this.requestUpdate();
  }

  /** Say why something was not done, or that nothing is the matter. */
  private failed(error: Refusal | null): void {
    const { texts, tell } = this.context;
    if (!error) this.told = null;
    else if (error.code === "offline") tell(texts.needsConnection);
    else if (error.code !== "no_answer") tell(error.message || texts.problem);
    this.requestUpdate();
  }

  // Drawing.

  override firstUpdated(): void {
    if (this.shadowRoot) this.viewport = new Viewport(this.shadowRoot);
    if (this.isOpen && !this.inline) this.viewport?.start();
  }

  override updated(changed: PropertyValues): void {
    const box = this.renderRoot.querySelector<HTMLElement>(".scroller");
    if (!box || !this.isOpen) return;
    if (this.removing && this.line.deleted) {
      this.removing = false; // the box is gone, and the focus with it
      box.querySelector<HTMLElement>(".deleted button")?.focus();
    }
    this.arrivals.drawn(box, this.line, changed.has("isOpen"));
  }

  override render(): TemplateResult {
    return html`
      ${this.inline ? nothing : launcher(this.context, this.isOpen, () => { this.open(); })}
      ${this.opened ? this.panel() : nothing}
    `;
  }

  private panel(): TemplateResult {
    return panel(
      this.context,
      {
        inline: this.inline, open: this.isOpen, heading: this.heading, greeting: this.greeting, live: this.announcing.live,
        missed: this.scrolling.missed, told: this.told, news: this.announcing.news, calling: this.calling,
      },
      this.actions,
    );
  }
}
