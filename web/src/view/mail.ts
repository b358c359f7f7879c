/** The conversation and the plan by e-mail. */
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { fill } from "../texts.js";
import type { Context } from "./context.js";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export class Mail extends LitElement {
  static override properties = {
    context: { attribute: false, hasChanged: () => true }, wrong: { state: true }, busy: { state: true },
  };
  declare context: Context;
  declare close: () => void;
  declare wrong: string;
  declare busy: boolean;

  constructor() {
    super();
    this.wrong = "";
    this.busy = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  private input(name: string): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(`[name=${name}]`);
  }

  private stay(words: string, field: string): void {
    this.wrong = words;
    void this.updateComplete.then(() => { this.input(field)?.focus(); });
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const { texts: t, connection } = this.context;
    const to = this.input("to")?.value.trim() ?? "";
    const transcript = this.input("transcript")?.checked ?? false;
    const plan = this.input("plan")?.checked ?? false;
    if (!ADDRESS.test(to)) { this.stay(t.mailBad, "to"); return; }
    if (!transcript && !plan) { this.stay(t.mailNone, "transcript"); return; }
    if (this.busy) return;
    this.busy = true;
    this.wrong = "";
    const reply = await connection.people.send(to, transcript, plan);
    this.busy = false;
    if (reply.ok) {
      this.close();
      this.context.tell(fill(t.mailSent, { to }));
    } else {
      const { code, message } = reply.error;
      this.stay(message || (code === "offline" ? t.needsConnection : t.problem), "to");
    }
  }

  override render(): TemplateResult {
    const { texts: t, connection } = this.context;
    const planned = connection.messages.some((m) => m.card === "plan");
    const tick = (name: string, words: string): TemplateResult =>
      html`<label class="check"><input type="checkbox" name=${name} checked /><span>${words}</span></label>`;
    return html`<form class="contact" part="mail" novalidate @submit=${(e: Event) => { void this.send(e); }}>
      <p id="mail">${t.mailHeading}</p>
      ${tick("transcript", t.mailTranscript)} ${planned ? tick("plan", t.mailPlan) : nothing}
      <label><span>${t.mailTo}</span><input
        type="email" name="to" maxlength="200" autocomplete="email" required value=${connection.people.email}
        aria-invalid=${this.wrong ? "true" : "false"} aria-describedby="wrong-mail"
      /></label>
      <p id="wrong-mail" class="wrong" role="alert">${this.wrong}</p>
      <div class="buttons">
        <button class="main" type="submit" aria-disabled=${this.busy ? "true" : "false"}>${t.mailSend}</button>
        <button type="button" @click=${() => { this.close(); }}>${t.contactCancel}</button>
      </div>
    </form>`;
  }
}
