/** The sheet of shortcuts ("?"), and what somebody wants to be told about. */
import { html, type TemplateResult } from "lit";
import { DeskElement, define } from "../element.js";
import { HELP } from "../keys.js";
import { prefs, setPref, type Prefs } from "../store/prefs.js";

type Sheet = "keys" | "notify";

export class DeskHelp extends DeskElement {
  static override properties = { sheet: { state: true }, told: { state: true } };
  declare sheet: Sheet | null;
  declare told: string;

  constructor() {
    super();
    this.sheet = null;
    this.told = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("desk-help", this.onHelp);
    window.addEventListener("desk-notify", this.onNotify);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("desk-help", this.onHelp);
    window.removeEventListener("desk-notify", this.onNotify);
  }

  private readonly onHelp = (): void => { this.sheet = "keys"; };
  private readonly onNotify = (): void => { this.sheet = "notify"; };

  private async choose(name: keyof Prefs, on: boolean): Promise<void> {
    this.told = "";
    setPref(name, on);
    if (name === "notify" && on && "Notification" in window && (await Notification.requestPermission()) !== "granted") {
      setPref("notify", false);
      this.told = "The browser does not allow notifications for this page. You can allow them in its settings for this site.";
    }
    window.dispatchEvent(new Event("desk-prefs"));
    this.requestUpdate();
  }

  private switch(name: keyof Prefs, label: string, hint: string): TemplateResult {
    return html`<wa-switch .checked=${prefs()[name]} hint=${hint} @change=${(e: Event) => { void this.choose(name, (e.target as HTMLInputElement).checked); }}>${label}</wa-switch>`;
  }

  override render(): TemplateResult {
    const hide = (e: Event): void => { if ((e.target as HTMLElement).tagName === "WA-DIALOG") this.sheet = null; };
    return html`
      <wa-dialog class="wide-dialog" label="Keyboard shortcuts" ?open=${this.sheet === "keys"} light-dismiss @wa-after-hide=${hide}>
        <div class="dialog sheet">
          ${HELP.map((g) => html`<section><h3>${g.title}</h3><dl class="keys">${g.keys.map(
            ([keys, words]) => html`<div><dt>${keys.split(" ").map((k) => html`<kbd>${k}</kbd> `)}</dt><dd>${words}</dd></div>`)}</dl></section>`)}
          ${this.switch("keys", "Shortcuts of a single key", "Off: letters do nothing outside of boxes.")}
        </div>
      </wa-dialog>
      <wa-dialog label="Sound and notifications" ?open=${this.sheet === "notify"} light-dismiss @wa-after-hide=${hide}>
        <div class="dialog">
          ${this.switch("sound", "A sound", "When somebody new waits, and when a visitor writes while you look elsewhere.")}
          ${this.switch("notify", "Notifications of the browser", "They say that something came, and nothing of what was written.")}
          <p role="alert" class="problem">${this.told}</p>
        </div>
      </wa-dialog>`;
  }
}
define("desk-help", DeskHelp);
