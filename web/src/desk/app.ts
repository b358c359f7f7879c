/** The shell: who is here, where they are, and the way to the other pages. */
import { html, nothing, type TemplateResult } from "lit";
import { call, DeskError, whoAmI, type Me } from "./api.js";
import { DeskElement, define } from "./element.js";
import { look, setLook, type Look } from "./look.js";
import { entriesFor, type Entry } from "./pages.js";
import { address, parse, type Route } from "./router.js";
import "./toasts.js";
import "./work.js";
import { tell } from "./toasts.js";

const SIGN_IN = "/desk/sign-in";
const LOOKS: { look: Look; label: string; icon: string }[] = [
  { look: "system", label: "As the system has it", icon: "screen" },
  { look: "light", label: "Light", icon: "sun" },
  { look: "dark", label: "Dark", icon: "moon" },
];

export class DeskApp extends DeskElement {
  static override properties = { me: { state: true }, route: { state: true }, failed: { state: true } };
  declare me: Me | null;
  declare route: Route;
  declare failed: string;

  constructor() {
    super();
    this.me = null;
    this.failed = "";
    this.route = parse(location.hash);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.onHash);
    window.addEventListener("desk-signed-out", this.onSignedOut);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.onHash);
    window.removeEventListener("desk-signed-out", this.onSignedOut);
  }

  private readonly onHash = (): void => {
    this.route = parse(location.hash);
  };

  /** What was typed stays in this browser, for when they come back. */
  private readonly onSignedOut = (): void => {
    location.assign(SIGN_IN);
  };

  private async begin(): Promise<void> {
    this.failed = "";
    try {
      this.me = await whoAmI();
    } catch (error) {
      if (error instanceof DeskError && error.code === "unreachable") this.failed = error.message;
    }
  }

  private async signOut(): Promise<void> {
    try {
      await call("sign-out", {});
      window.dispatchEvent(new Event("desk-forget"));
      location.assign(SIGN_IN);
    } catch (error) {
      tell(error instanceof Error ? error.message : "", "wrong");
    }
  }

  private link(entry: Entry): TemplateResult {
    const here = this.route.page === entry.page;
    return html`<a href=${address(entry.page)} class="place" aria-current=${here ? "page" : nothing}>
      <wa-icon name=${entry.icon}></wa-icon><span>${entry.label}</span>
    </a>`;
  }

  private menu(me: Me): TemplateResult {
    const choose = (event: CustomEvent<{ item: { value: string } }>): void => {
      const { value } = event.detail.item;
      if (value === "out") void this.signOut();
      else if (value === "keys") window.dispatchEvent(new Event("desk-help"));
      else if (value === "notify") window.dispatchEvent(new Event("desk-notify"));
      else setLook(value as Look);
      this.requestUpdate();
    };
    return html`<wa-dropdown class="self" placement="right-end" @wa-select=${choose}>
      <button slot="trigger" class="plain who" aria-label="${me.display_name}: settings and sign-out">
        <span class="initials" aria-hidden="true">${initials(me.display_name)}</span>
      </button>
      <h2 class="self-name">${me.display_name}<br /><span class="quiet">${me.role}</span></h2>
      ${LOOKS.map(
        (l) => html`<wa-dropdown-item type="checkbox" value=${l.look} ?checked=${look() === l.look}>
          <wa-icon slot="icon" name=${l.icon}></wa-icon>${l.label}</wa-dropdown-item>`,
      )}
      <wa-dropdown-item value="notify"><wa-icon slot="icon" name="bell"></wa-icon>Sound and notifications</wa-dropdown-item>
      <wa-dropdown-item value="keys"><wa-icon slot="icon" name="help"></wa-icon>Keyboard shortcuts</wa-dropdown-item>
      <wa-dropdown-item value="out"><wa-icon slot="icon" name="out"></wa-icon>Sign out</wa-dropdown-item>
    </wa-dropdown>`;
  }

  override render(): TemplateResult {
    if (!this.me)
      return html`<main class="alone" aria-busy=${this.failed ? "false" : "true"}>
        ${this.failed
          ? html`<h1>The desk cannot be reached</h1><p role="alert">${this.failed}</p>
              <wa-button variant="brand" @click=${() => { void this.begin(); }}>Try again</wa-button>`
          : html`<p class="quiet">Opening the desk</p>`}
      </main>`;
    const entries = entriesFor(this.me);
    const entry = entries.find((e) => e.page === this.route.page) ?? entries[0];
    return html`
      <nav class="places" aria-label="Desk">${entries.map((e) => this.link(e))} ${this.menu(this.me)}</nav>
      <main class="page" id="page">${entry?.draw(this.me) ?? nothing}</main>
      <desk-toasts></desk-toasts>
    `;
  }
}
define("desk-app", DeskApp);

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((w) => w?.[0] ?? "").join("").toUpperCase();
}
