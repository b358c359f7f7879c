/** The audit log: who did what, newest first. Only ids and kinds stand in it, never a word of anybody. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../api.js";
import { define } from "../../element.js";
import { moveWords } from "./cases.js";
import { DeskPage, typed } from "./page.js";
import { moment } from "./times.js";

interface Entry { id: number; at: string; user: string | null; what: string; about: string | null; details: Record<string, unknown> }
interface Told { entries: Entry[]; before: number | null }
interface Named { id: string; display_name: string }

const WORDS: Record<string, string> = {
  "account.set_up": "Account set up", "account.joined": "Account made by the firm's provider", "sign_in.failed": "Sign-in failed",
  "password.changed": "Password changed", "password.failed": "Own password wrong", "factor.added": "Second factor added",
  "factor.removed": "Second factor removed", "recovery.renewed": "New recovery codes", "user.created": "Account made", "user.disabled": "Account closed",
  "user.enabled": "Account opened again", "user.reset": "Account reset", "user.role": "Role changed", "user.role_kept": "Role kept: the last manager",
  "hours.changed": "Opening hours changed", "reply.created": "Reply written", "reply.changed": "Reply changed", "reply.removed": "Reply removed",
  "audit.trimmed": "Old entries deleted for their age",
};
const ALL = "all";

export class DeskAudit extends DeskPage {
  static override properties = { users: { attribute: false }, told: { state: true }, of: { state: true }, about: { state: true } };
  declare users: Named[];
  declare told: Told | null;
  declare of: string;
  declare about: string;

  constructor() {
    super();
    this.users = [];
    this.told = null;
    this.of = this.about = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(() => this.load());
  }

  private async load(before: number | null = null): Promise<void> {
    const asked = new URLSearchParams();
    if (before !== null) asked.set("before", String(before));
    if (this.of) asked.set("user", this.of);
    if (this.about) asked.set("about", this.about);
    const told = await call<Told>(`audit?${asked.toString()}`);
    this.told = before !== null && this.told ? { entries: [...this.told.entries, ...told.entries], before: told.before } : told;
  }

  private narrow(part: { of?: string; about?: string }): void {
    Object.assign(this, part);
    void this.act(() => this.load());
  }

  private named(id: string | null): string {
    return this.users.find((u) => u.id === id)?.display_name ?? id ?? "The desk";
  }

  private row(e: Entry): TemplateResult {
    const details = Object.entries(e.details).filter(([, v]) => v !== null && v !== "");
    return html`<tr>
      <td data-label="When">${moment(e.at)}</td>
      <td data-label="Who">${e.user === null && e.what === "sign_in.failed" ? "Somebody" : this.named(e.user)}</td>
      <td data-label="What">${WORDS[e.what] ?? moveWords(e.what)}
        ${details.length ? html`<span class="quiet">${details.map(([k, v]) => `${k.replaceAll("_", " ")}: ${String(v)}`).join(", ")}</span>` : nothing}</td>
      <td data-label="About">${e.about ? html`<button class="link" @click=${() => { this.narrow({ about: e.about ?? "" }); }}>${this.named(e.about)}</button>` : "–"}</td>
    </tr>`;
  }

  override render(): TemplateResult {
    return html`<section class="stack" aria-label="What was done" aria-busy=${this.busy ? "true" : "false"}>
      <div class="in-line">
        <wa-select label="Who" .value=${this.of || ALL} @change=${(e: Event) => { this.narrow({ of: typed(e) === ALL ? "" : typed(e) }); }}>
          <wa-option value=${ALL}>Everybody</wa-option>
          ${this.users.map((u) => html`<wa-option value=${u.id}>${u.display_name}</wa-option>`)}
        </wa-select>
        ${this.about ? html`<wa-button appearance="outlined" @click=${() => { this.narrow({ about: "" }); }}>Only ${this.named(this.about)}<wa-icon slot="end" name="xmark" label="Show everything"></wa-icon></wa-button>` : nothing}
      </div>
      ${this.wrong()}
      <table class="audit">
        <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">About</th></tr></thead>
        <tbody>${this.told?.entries.map((e) => this.row(e))}</tbody>
      </table>
      ${this.told?.entries.length === 0 ? html`<p>Nothing was done.</p>` : nothing}
      ${this.told?.before ? html`<wa-button appearance="outlined" ?loading=${this.busy} @click=${() => { void this.act(() => this.load(this.told?.before)); }}>Show older</wa-button>` : nothing}
    </section>`;
  }
}
define("desk-audit", DeskAudit);
