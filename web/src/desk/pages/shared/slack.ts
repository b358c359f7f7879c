/** One's own account in Slack: linked once, so that a case can be claimed on its card there. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api.js";
import { define } from "../../element.js";
import { tell } from "../../toasts.js";
import { DeskPage } from "./page.js";
import { moment } from "./times.js";

interface Linked { on: boolean; linked: boolean; linked_at: string | null }
interface Offered { code: string; type: string; minutes: number }

export class DeskSlack extends DeskPage {
  static override properties = { linked: { state: true }, offered: { state: true } };
  declare linked: Linked | null;
  declare offered: Offered | null;

  constructor() {
    super();
    this.linked = this.offered = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(() => this.load());
  }

  private async load(): Promise<void> {
    this.linked = await call<Linked>("me/slack");
  }

  private async make(): Promise<void> {
    await this.act(async () => { this.offered = await call<Offered>("me/slack", {}); });
  }

  private async typedIt(): Promise<void> {
    await this.act(() => this.load());
    if (!this.linked?.linked) this.failed = "Slack has not told us of the code yet. Type it there, then press the button again.";
    else {
      this.offered = null;
      tell("Your Slack account is linked.");
    }
  }

  private async unlink(): Promise<void> {
    await this.act(async () => {
      await call("me/slack/remove", {});
      await this.load();
      tell("Your Slack account is not linked any more.");
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { linked, offered } = this;
    if (!linked?.on) return nothing;
    const since = linked.linked && linked.linked_at ? `Linked since ${moment(linked.linked_at)}.` : "Not linked. Who is linked can claim a case on its card in Slack.";
    return html`<section class="card" aria-labelledby="slack-title"><div class="in-line spread">
        <div><h2 id="slack-title">Slack</h2><p class="quiet">${since}</p></div>
        ${linked.linked
          ? html`<wa-button appearance="outlined" size="s" ?loading=${this.busy} @click=${() => { void this.unlink(); }}>Remove<span class="unseen"> the link to Slack</span></wa-button>`
          : html`<wa-button appearance="outlined" size="s" ?loading=${this.busy} @click=${() => { void this.make(); }}>${offered ? "Another code" : "Link"}<span class="unseen"> for Slack</span></wa-button>`}</div>
      ${offered && !linked.linked
        ? html`<div class="inset stack"><p>Type this in Slack within ${String(offered.minutes)} minutes, in any channel. Only you see the answer.</p>
            <p><code class="one-line">${offered.type}</code></p>
            <div class="in-line"><wa-button variant="brand" ?loading=${this.busy} @click=${() => { void this.typedIt(); }}>I typed it</wa-button></div></div>`
        : nothing}
      ${this.wrong()}</section>`;
  }
}
define("desk-slack", DeskSlack);
