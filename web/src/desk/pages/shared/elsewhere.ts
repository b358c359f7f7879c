/** What is told elsewhere (mail, webhook, Chatwoot) and did not arrive; nothing to see where all did. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api.js";
import { define } from "../../element.js";
import { tell } from "../../toasts.js";
import { DeskPage } from "./page.js";
import { moment } from "./times.js";

interface Kind { on: boolean; waiting: number; given_up: number; oldest: string | null; error: { code: string; at: string } | null }
const NAMES: Record<string, string> = { mail: "E-mail", webhook: "Webhook", chatwoot: "Chatwoot" };

export class DeskElsewhere extends DeskPage {
  static override properties = { kinds: { state: true } };
  declare kinds: Record<string, Kind>;

  constructor() {
    super();
    this.kinds = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(() => this.load());
  }

  private async load(): Promise<void> {
    this.kinds = (await call<{ kinds: Record<string, Kind> }>("outward")).kinds;
  }

  private async again(): Promise<void> {
    await this.act(async () => {
      const { again } = await call<{ again: number }>("outward/retry", {});
      tell(again ? `${String(again)} are tried again now.` : "There was nothing to try again.");
      await this.load();
    });
  }

  private one(name: string, kind: Kind): TemplateResult {
    const counts = [kind.waiting ? `${String(kind.waiting)} waiting` : "", kind.given_up ? `${String(kind.given_up)} given up` : ""].filter(Boolean).join(", ");
    const since = kind.oldest && kind.waiting ? `, the oldest since ${moment(kind.oldest)}` : "";
    const error = kind.error ? ` Last failure: ${kind.error.code}, ${moment(kind.error.at)}.` : "";
    return html`<li><strong>${NAMES[name] ?? name}</strong> <span class="quiet">${counts}${since}.${error}</span></li>`;
  }

  override render(): TemplateResult | typeof nothing {
    const late = Object.entries(this.kinds).filter(([, kind]) => kind.given_up || (kind.waiting && kind.error));
    if (!late.length) return this.wrong();
    return html`<section class="card" aria-labelledby="elsewhere-title"><div class="in-line spread">
        <div><h2 id="elsewhere-title">Not told elsewhere yet</h2><p class="quiet">Nothing is lost: it is tried again by itself, for three days.</p></div>
        <wa-button appearance="outlined" size="s" ?loading=${this.busy} @click=${() => { void this.again(); }}>Try again now</wa-button></div>
      <ul class="plain stack">${late.map(([name, kind]) => this.one(name, kind))}</ul>
      ${this.wrong()}</section>`;
  }
}
define("desk-elsewhere", DeskElsewhere);
