/** The firm's people at the desk, and what was done there: for managers. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api.js";
import { define } from "../element.js";
import { tell } from "../toasts.js";
import { ask } from "./shared/ask.js";
import "./shared/audit.js";
import "./shared/elsewhere.js";
import { DeskPage, typed } from "./shared/page.js";

export interface User {
  id: string;
  name: string;
  display_name: string;
  role: "advisor" | "manager";
  email: string | null;
  disabled: boolean;
  set_up: boolean;
  factors: string[];
}
interface Fresh { name: string; display_name: string; role: User["role"]; email: string }
const EMPTY: Fresh = { name: "", display_name: "", role: "advisor", email: "" };
const FACTORS: Record<string, string> = { totp: "authenticator app", passkey: "passkey" };

export class DeskPeople extends DeskPage {
  static override properties = { users: { state: true }, fresh: { state: true }, link: { state: true }, log: { state: true } };
  declare users: User[] | null;
  declare fresh: Fresh | null;
  declare link: { of: string; url: string } | null;
  declare log: boolean;

  constructor() {
    super();
    this.users = this.fresh = this.link = null;
    this.log = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(() => this.load());
  }

  private async load(): Promise<void> {
    this.users = (await call<{ users: User[] }>("users")).users;
  }

  private async begin(): Promise<void> {
    this.fresh = EMPTY;
    this.failed = "";
    await this.updateComplete;
    this.querySelector<HTMLElement>("#new-name")?.focus();
  }

  private async create(event: Event): Promise<void> {
    event.preventDefault();
    const { fresh } = this;
    if (!fresh) return;
    await this.act(async () => {
      const { email, ...rest } = fresh;
      const made = await call<{ user: User; link: string }>("users", email.trim() ? { ...rest, email: email.trim() } : rest);
      this.show(made.user.display_name, made.link);
      this.fresh = null;
      await this.load();
    });
  }

  /** The link is shown once: the server keeps only its hash. */
  private show(of: string, url: string): void {
    this.link = { of, url };
    void this.updateComplete.then(() => { this.querySelector<HTMLElement>(".link-once")?.focus(); });
  }

  private async reset(user: User): Promise<void> {
    const text = `${user.display_name} is signed out everywhere; password, passkeys, app and recovery codes are gone. A new set-up link is made.`;
    if (!(await ask({ title: `Reset ${user.display_name}?`, text, verb: "Reset" }))) return;
    await this.act(async () => {
      const told = await call<{ link: string }>(`users/${user.id}/reset`, {});
      this.show(user.display_name, told.link);
      await this.load();
    });
  }

  private async disable(user: User): Promise<void> {
    const text = `${user.display_name} is signed out at once and cannot come in again until you open the account.`;
    if (!user.disabled && !(await ask({ title: `Close the account of ${user.display_name}?`, text, verb: "Close the account" }))) return;
    await this.act(async () => {
      await call(`users/${user.id}/disabled`, { disabled: !user.disabled });
      await this.load();
    });
  }

  private async changeRole(user: User): Promise<void> {
    const role = user.role === "manager" ? "advisor" : "manager";
    const text = role === "manager" ? "Managers see all cases, change hours, replies and accounts." : "Advisors see waiting cases and their own.";
    if (!(await ask({ title: `Make ${user.display_name} ${role === "manager" ? "a manager" : "an advisor"}?`, text, verb: "Change the role" }))) return;
    await this.act(async () => {
      await call(`users/${user.id}/role`, { role });
      await this.load();
    });
  }

  private form(fresh: Fresh): TemplateResult {
    const set = (part: keyof Fresh) => (event: Event): void => { this.fresh = { ...fresh, [part]: typed(event) }; };
    return html`<form class="card" aria-label="New account" @submit=${(e: Event) => { void this.create(e); }}>
      <wa-input id="new-name" label="Name to sign in with" required maxlength="64" autocomplete="off" autocapitalize="off" .value=${fresh.name} @input=${set("name")}></wa-input>
      <wa-input label="Name visitors see" maxlength="80" autocomplete="off" .value=${fresh.display_name} @input=${set("display_name")}></wa-input>
      <wa-select label="Role" .value=${fresh.role} @change=${set("role")}>
        <wa-option value="advisor">Advisor: takes cases</wa-option>
        <wa-option value="manager">Manager: all cases, accounts, hours, replies</wa-option>
      </wa-select>
      <wa-input label="E-mail (only for sign-in through your firm's provider)" type="email" autocomplete="off" .value=${fresh.email} @input=${set("email")}></wa-input>
      ${this.wrong()}
      <div class="in-line"><wa-button type="submit" variant="brand" ?loading=${this.busy}>Make the account</wa-button>
        <wa-button appearance="plain" @click=${() => { this.fresh = null; this.failed = ""; }}>Cancel</wa-button></div>
    </form>`;
  }

  private once(link: { of: string; url: string }): TemplateResult {
    const copy = (): void => {
      navigator.clipboard.writeText(link.url).then(
        () => { tell("The link is copied."); },
        () => { tell("This browser did not copy it. Mark the link and copy it yourself.", "wrong"); },
      );
    };
    return html`<section class="card link-once" tabindex="-1" aria-labelledby="link-title">
      <h2 id="link-title">Set-up link for ${link.of}</h2>
      <p>Give it to ${link.of} by a way only they read. It works once, within 24 hours, and is shown only now.</p>
      <p><code class="one-line">${link.url}</code></p>
      <div class="in-line"><wa-button variant="brand" @click=${copy}>Copy the link</wa-button>
        <wa-button appearance="outlined" @click=${() => { this.link = null; }}>I have passed it on</wa-button></div>
    </section>`;
  }

  private one(user: User): TemplateResult {
    const mine = user.id === this.me.id;
    const state = user.disabled ? "Closed" : user.set_up ? user.factors.map((f) => FACTORS[f] ?? f).join(", ") || "Signs in through your provider" : "Not set up yet";
    return html`<li class="card in-line spread">
      <div><h2>${user.display_name}${mine ? html` <span class="quiet">(you)</span>` : nothing}</h2>
        <p class="quiet">${user.name} · ${user.role} · ${state}${user.email ? ` · ${user.email}` : ""}</p></div>
      <div class="in-line">
        ${this.button(user.role === "manager" ? "Make an advisor" : "Make a manager", user, () => this.changeRole(user))}
        ${this.button("Reset", user, () => this.reset(user))}
        ${this.button(user.disabled ? "Open again" : "Close", user, () => this.disable(user))}
      </div>
    </li>`;
  }

  private button(words: string, user: User, does: () => Promise<void>): TemplateResult {
    return html`<wa-button size="s" appearance="outlined" ?disabled=${this.busy} @click=${() => { void does(); }}>${words}<span class="unseen"> (${user.display_name})</span></wa-button>`;
  }

  override render(): TemplateResult {
    return html`<div class="plain-page" aria-busy=${this.busy ? "true" : "false"}>
      <header class="in-line spread">
        <div><h1>People</h1><p class="quiet">Who may sit at the desk.</p></div>
        <div class="in-line">
          <wa-button appearance="outlined" aria-pressed=${this.log ? "true" : "false"} @click=${() => { this.log = !this.log; }}>${this.log ? "Back to the people" : "What was done"}</wa-button>
          ${this.fresh || this.log ? nothing : html`<wa-button variant="brand" @click=${() => { void this.begin(); }}>New account</wa-button>`}
        </div>
      </header>
      ${this.log
        ? html`<desk-audit .me=${this.me} .users=${this.users ?? []}></desk-audit>`
        : html`${this.link ? this.once(this.link) : nothing} ${this.fresh ? this.form(this.fresh) : this.wrong()}
            <desk-elsewhere .me=${this.me}></desk-elsewhere>
            <ul class="list">${this.users?.map((user) => this.one(user))}</ul>`}
    </div>`;
  }
}
define("desk-people", DeskPeople);
