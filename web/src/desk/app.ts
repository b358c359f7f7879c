/** The shell: who is here, where they are, and the way to the other pages. */
import { html, nothing, type TemplateResult } from "lit";
import { call, DeskError, whoAmI, type Me } from "./api.js";
import { DeskElement, define } from "./element.js";
import { typing } from "./keys.js";
import { look, setLook, type Look } from "./look.js";
import { Notify } from "./notify.js";
import { entriesFor, type Entry } from "./pages.js";
import { address, go, parse, type Page, type Route } from "./router.js";
import { DeskStore, type Told } from "./store/desk.js";
import type { LineState } from "./store/line.js";
import { prefs } from "./store/prefs.js";
import { tell } from "./toasts.js";
import "./view/help.js";
import "./work.js";

const SIGN_IN = "/desk/sign-in";
const BACK = "cp503-desk-back";
const AFTER_G_MS = 1_500;
const LINES: Partial<Record<LineState, string>> = {
  offline: "No connection to the desk. What you write is kept in this browser and sent when it is back.",
  off: "The hand-over is switched off on this server (HANDOFF), so no case comes here.",
  signed_out: "You are signed out. What you wrote is kept in this browser.",
};
const LOOKS: { look: Look; label: string; icon: string }[] = [
  { look: "system", label: "Look: as the system", icon: "screen" },
  { look: "light", label: "Look: light", icon: "sun" },
  { look: "dark", label: "Look: dark", icon: "moon" },
];

export class DeskApp extends DeskElement {
  static override properties = { me: { state: true }, route: { state: true }, failed: { state: true } };
  declare me: Me | null;
  declare route: Route;
  declare failed: string;
  private store: DeskStore | null = null;
  private lineState: LineState = "connecting";
  private unread = 0;
  private g = 0;

  constructor() {
    super();
    this.me = null;
    this.failed = "";
    const back = sessionStorage.getItem(BACK);
    if (back && !location.hash) history.replaceState(null, "", back);
    sessionStorage.removeItem(BACK);
    this.route = parse(location.hash);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.onHash);
    window.addEventListener("desk-signed-out", this.onSignedOut);
    document.addEventListener("keydown", this.onKey);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.onHash);
    window.removeEventListener("desk-signed-out", this.onSignedOut);
    document.removeEventListener("keydown", this.onKey);
    this.store?.stop();
  }

  private readonly onHash = (): void => {
    this.route = parse(location.hash);
  };

  /** What was typed stays in this browser, and where they were in this tab, for when they come back. */
  private readonly onSignedOut = (): void => {
    sessionStorage.setItem(BACK, location.hash);
    location.assign(SIGN_IN);
  };

  private async begin(): Promise<void> {
    this.failed = "";
    try {
      const me = await whoAmI();
      this.startStore(new DeskStore(me));
      this.me = me;
    } catch (error) {
      if (error instanceof DeskError && error.code === "unreachable") this.failed = error.message;
    }
  }

  private startStore(store: DeskStore): void {
    this.store = store;
    store.addEventListener("told", (event) => { const t = (event as CustomEvent<Told>).detail; tell(t.text, t.kind); });
    store.addEventListener("changed", () => {
      if (store.line.state === this.lineState && store.unreadAll === this.unread) return;
      this.lineState = store.line.state;
      this.unread = store.unreadAll;
      this.requestUpdate();
    });
    new Notify(store);
    store.start();
  }

  /** "g" and a letter go to another page. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (!this.me || event.ctrlKey || event.metaKey || event.altKey || !prefs().keys || typing(event.composedPath())) return;
    const key = event.key.toLowerCase();
    const entry = Date.now() - this.g < AFTER_G_MS ? entriesFor(this.me).find((e) => e.key === key) : undefined;
    this.g = key === "g" && !entry ? Date.now() : 0;
    if (!entry) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    go(entry.page);
  };

  private async signOut(): Promise<void> {
    const unsent = (this.store?.says.drafts.length ?? 0) + (this.store?.notes.drafts.length ?? 0);
    if (unsent && !confirm("Something you wrote is not sent yet, and signing out discards it. Sign out?")) return;
    try {
      await call("sign-out", {});
      this.store?.stop();
      this.store?.kept.clear();
      location.assign(SIGN_IN);
    } catch (error) {
      tell(error instanceof Error ? error.message : "", "wrong");
    }
  }

  private link(entry: Entry): TemplateResult {
    const here = this.route.page === entry.page;
    return html`<a href=${address(entry.page)} class="place ${entry.rare ? "rare" : ""}" aria-current=${here ? "page" : nothing}>
      <wa-icon name=${entry.icon}></wa-icon><span>${entry.label}</span>
      ${entry.page === "work" && this.unread ? html`<wa-badge variant="brand" pill>${this.unread}<span class="unseen"> unread</span></wa-badge>` : nothing}
    </a>`;
  }

  private menu(me: Me): TemplateResult {
    const choose = (event: CustomEvent<{ item: { value: string } }>): void => {
      const { value } = event.detail.item;
      if (value === "out") void this.signOut();
      else if (value === "keys") window.dispatchEvent(new Event("desk-help"));
      else if (value === "notify") window.dispatchEvent(new Event("desk-notify"));
      else if (value.startsWith("go:")) go(value.slice(3) as Page);
      else setLook(value as Look);
      this.requestUpdate();
    };
    return html`<div class="self"><wa-dropdown placement="right-end" @wa-select=${choose}>
      <button slot="trigger" class="plain who" aria-label="${me.display_name}: settings and sign-out">
        <span class="initials" aria-hidden="true">${initials(me.display_name)}</span>
      </button>
      <wa-dropdown-item disabled>${me.display_name}, ${me.role}</wa-dropdown-item>
      ${entriesFor(me).filter((e) => e.rare).map(
        (e) => html`<wa-dropdown-item class="on-phone" value="go:${e.page}"><wa-icon slot="icon" name=${e.icon}></wa-icon>${e.label}</wa-dropdown-item>`,
      )}
      ${LOOKS.map(
        (l) => html`<wa-dropdown-item type="checkbox" value=${l.look} ?checked=${look() === l.look}>
          <wa-icon slot="icon" name=${l.icon}></wa-icon>${l.label}</wa-dropdown-item>`,
      )}
      <wa-dropdown-item value="notify"><wa-icon slot="icon" name="bell"></wa-icon>Sound and notifications</wa-dropdown-item>
      <wa-dropdown-item value="keys"><wa-icon slot="icon" name="help"></wa-icon>Keyboard shortcuts</wa-dropdown-item>
      <wa-dropdown-item value="out"><wa-icon slot="icon" name="out"></wa-icon>Sign out</wa-dropdown-item>
    </wa-dropdown></div>`;
  }

  override render(): TemplateResult {
    if (!this.me || !this.store)
      return html`<main class="alone" aria-busy=${this.failed ? "false" : "true"}>
        ${this.failed
          ? html`<h1>The desk cannot be reached</h1><p role="alert">${this.failed}</p>
              <wa-button variant="brand" @click=${() => { void this.begin(); }}>Try again</wa-button>`
          : html`<p class="quiet">Opening the desk</p>`}
      </main>`;
    const entries = entriesFor(this.me);
    const entry = entries.find((e) => e.page === this.route.page) ?? entries[0];
    const line = LINES[this.lineState];
    return html`
      <div class="line-state" role="status">${line ? html`<p><wa-icon name="offline"></wa-icon>${line}</p>` : nothing}</div>
      <nav class="places" aria-label="Desk">${entries.map((e) => this.link(e))} ${this.menu(this.me)}</nav>
      <main class="page" id="page">${entry?.draw(this.me, this.store, this.route) ?? nothing}</main>
      <desk-help></desk-help>
      <desk-toasts></desk-toasts>
    `;
  }
}
define("desk-app", DeskApp);

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((w) => w?.[0] ?? "").join("").toUpperCase();
}
