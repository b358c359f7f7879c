/** One's own account. Every change asks for the password once more. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api.js";
import { define } from "../element.js";
import { tell } from "../toasts.js";
import { DeskPage, typed } from "./shared/page.js";
import { makeKey, type Offered } from "./shared/passkeys.js";
import "./shared/slack.js";
import { moment } from "./shared/times.js";

interface Factors { totp: boolean; passkeys: { id: string; label: string; created_at: string }[]; recovery_left: number }
interface Offer { secret: string; qr: string }
const CHANGED = "cp503-desk-password-changed";
type Doing = "password" | "totp" | "totp-remove" | "passkey" | "recovery" | `remove:${string}`;

export class DeskAccount extends DeskPage {
  static override properties = { factors: { state: true }, doing: { state: true }, offer: { state: true }, codes: { state: true } };
  declare factors: Factors | null;
  declare doing: Doing | null;
  declare offer: Offer | null;
  declare codes: string[] | null;
  private words: Record<string, string> = {};

  constructor() {
    super();
    this.factors = this.doing = this.offer = this.codes = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(() => this.load()).then(() => {
      if (sessionStorage.getItem(CHANGED)) tell("Your password is changed. You are signed out everywhere else.");
      sessionStorage.removeItem(CHANGED);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.words = {};
    this.offer = this.codes = null; // secrets do not wait for somebody to come back
  }

  private async load(): Promise<void> {
    this.factors = await call<Factors>("me/factors");
  }

  private async begin(doing: Doing): Promise<void> {
    this.words = {};
    this.failed = "";
    this.offer = this.codes = null;
    this.doing = doing;
    await this.updateComplete;
    this.querySelector<HTMLElement>("form wa-input")?.focus();
  }

  private end(): void {
    this.doing = this.offer = null;
    this.words = {};
    this.failed = "";
  }

  private submit(work: () => Promise<string>) {
    return async (event: Event): Promise<void> => {
      event.preventDefault();
      let done = "";
      const worked = await this.act(async () => {
        done = await work();
        await this.load();
      });
      if (worked && done) {
        this.end();
        tell(done);
      }
    };
  }

  private word(name: string, label: string, kind: "current-password" | "new-password" | "text" | "one-time-code" = "text"): TemplateResult {
    const secret = kind.endsWith("password");
    return html`<wa-input label=${label} required type=${secret ? "password" : "text"} ?password-toggle=${secret} autocomplete=${kind === "text" ? "off" : kind}
      inputmode=${kind === "one-time-code" ? "numeric" : nothing} .value=${this.words[name] ?? ""} @input=${(e: Event) => { this.words[name] = typed(e); }}></wa-input>`;
  }

  private form(label: string, fields: TemplateResult, verb: string, work: () => Promise<string>): TemplateResult {
    const submit = this.submit(work);
    return html`<form class="stack inset" aria-label=${label} @submit=${(e: Event) => { void submit(e); }}>
      ${fields} ${this.wrong()}
      <div class="in-line"><wa-button type="submit" variant="brand" ?loading=${this.busy}>${verb}</wa-button>
        <wa-button appearance="plain" @click=${() => { this.end(); }}>Cancel</wa-button></div>
    </form>`;
  }

  private get mine(): TemplateResult {
    return this.word("password", "Your present password", "current-password");
  }

  private button(doing: Doing, words: string, unseen = ""): TemplateResult {
    return html`<wa-button appearance="outlined" size="s" @click=${() => { void this.begin(doing); }}>${words}${unseen ? html`<span class="unseen"> ${unseen}</span>` : nothing}</wa-button>`;
  }

  private password(): TemplateResult {
    const work = async (): Promise<string> => {
      await call("me/password", { password: this.words["password"] ?? "", fresh: this.words["fresh"] ?? "" });
      // The desk's socket came in with the session that just ended: it has to come in again.
      sessionStorage.setItem(CHANGED, "1");
      location.reload();
      return "";
    };
    return html`<section class="card" aria-labelledby="password-title"><div class="in-line spread"><h2 id="password-title">Password</h2>
      ${this.doing === "password" ? nothing : this.button("password", "Change")}</div>
      ${this.doing === "password" ? this.form("Change the password", html`${this.mine}${this.word("fresh", "A new password", "new-password")}`, "Change the password", work) : nothing}</section>`;
  }

  private app(factors: Factors): TemplateResult {
    const offer = async (): Promise<string> => {
      this.offer = await call<Offer>("me/totp", { password: this.words["password"] ?? "" });
      this.words = {};
      return "";
    };
    const confirm = async (): Promise<string> => {
      await call("me/totp/confirm", { code: (this.words["code"] ?? "").replace(/\s/g, "") });
      return "The app is set up. Its codes count from now on.";
    };
    const remove = async (): Promise<string> => {
      await call("me/totp/remove", { password: this.words["password"] ?? "" });
      return "The app is removed.";
    };
    const shown = this.offer;
    return html`<section class="card" aria-labelledby="app-title"><div class="in-line spread">
        <div><h2 id="app-title">Authenticator app</h2><p class="quiet">${factors.totp ? "Set up." : "Not set up."}</p></div>
        <div class="in-line">${this.button("totp", factors.totp ? "Set up another" : "Set up", "app")} ${factors.totp ? this.button("totp-remove", "Remove", "app") : nothing}</div></div>
      ${this.doing === "totp" && !shown ? this.form("Set up an app", this.mine, "Go on", offer) : nothing}
      ${this.doing === "totp" && shown
        ? this.form("Confirm the app", html`<p>Scan this with the app, or type the key into it. Then type the code it shows.</p>
            <img class="qr" src=${shown.qr} alt="QR code with the key below" /><p><code class="key">${shown.secret.replace(/(.{4})/g, "$1 ").trim()}</code></p>
            ${this.word("code", "Code of the app", "one-time-code")}`, "Confirm", confirm)
        : nothing}
      ${this.doing === "totp-remove" ? this.form("Remove the app", this.mine, "Remove", remove) : nothing}</section>`;
  }

  private passkeys(factors: Factors): TemplateResult {
    const add = async (): Promise<string> => {
      const options = await call<Offered>("me/passkeys/options", { password: this.words["password"] ?? "" });
      await call("me/passkeys", { credential: await makeKey(options), label: this.words["label"] ?? "" });
      return "The passkey is added.";
    };
    const remove = (id: string) => async (): Promise<string> => {
      await call("me/passkeys/remove", { password: this.words["password"] ?? "", id });
      return "The passkey is removed.";
    };
    return html`<section class="card" aria-labelledby="keys-title"><div class="in-line spread"><h2 id="keys-title">Passkeys</h2>${this.button("passkey", "Add", "a passkey")}</div>
      ${this.doing === "passkey" ? this.form("Add a passkey", html`${this.mine}${this.word("label", "What you call it, for example: work laptop")}`, "Add", add) : nothing}
      ${factors.passkeys.length ? nothing : html`<p class="quiet">None.</p>`}
      <ul class="plain stack">${factors.passkeys.map(
        (key) => html`<li><div class="in-line spread"><span>${key.label || "A passkey"} <span class="quiet">${moment(key.created_at)}</span></span>${this.button(`remove:${key.id}`, "Remove", key.label || "this passkey")}</div>
          ${this.doing === `remove:${key.id}` ? this.form(`Remove ${key.label || "a passkey"}`, this.mine, "Remove", remove(key.id)) : nothing}</li>`,
      )}</ul></section>`;
  }

  private recovery(factors: Factors): TemplateResult {
    const renew = async (): Promise<string> => {
      this.codes = (await call<{ recovery: string[] }>("me/recovery", { password: this.words["password"] ?? "" })).recovery;
      return "There are new recovery codes. The old ones do not work any more.";
    };
    return html`<section class="card" aria-labelledby="recovery-title"><div class="in-line spread">
        <div><h2 id="recovery-title">Recovery codes</h2><p class="quiet">${String(factors.recovery_left)} left. Each lets you in once when you have no second factor at hand.</p></div>
        ${this.doing === "recovery" ? nothing : this.button("recovery", "Make new ones")}</div>
      ${this.doing === "recovery" ? this.form("New recovery codes", this.mine, "Make new ones", renew) : nothing}
      ${this.codes
        ? html`<div class="inset stack" role="group" aria-label="Your new recovery codes"><p>Print them or write them down. They are shown only now.</p>
            <ol class="codes">${this.codes.map((c) => html`<li><code>${c}</code></li>`)}</ol>
            <div class="in-line"><wa-button appearance="outlined" @click=${() => { window.print(); }}>Print</wa-button>
              <wa-button appearance="plain" @click=${() => { this.codes = null; }}>I have them</wa-button></div></div>`
        : nothing}</section>`;
  }

  override render(): TemplateResult {
    const { factors } = this;
    return html`<div class="plain-page" aria-busy=${this.busy ? "true" : "false"}>
      <header><h1>My account</h1><p class="quiet">${this.me.display_name} · signs in as ${this.me.name} · ${this.me.role}</p></header>
      ${this.doing ? nothing : this.wrong()} ${this.password()}
      ${factors ? html`${this.app(factors)} ${this.passkeys(factors)} ${this.recovery(factors)}` : nothing}
      <desk-slack .me=${this.me}></desk-slack>
    </div>`;
  }
}
define("desk-account", DeskAccount);
