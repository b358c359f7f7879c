/**
 * Agreeing to be passed on, with a way to be reached where one is needed. Draws into what is around it, so
 * that its styles hold here too.
 */
import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { Context } from "./context.js";

// As the server has it: an e-mail address, or 7 to 15 digits.
const REACHABLE = /[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+?\d[\s().-]*){7,15}(?!\d)/;

export class Contact extends LitElement {
  static override properties = {
    context: { attribute: false, hasChanged: () => true }, need: {}, yes: {}, no: {},
    asked: { state: true }, wrong: { state: true }, busy: { state: true },
  };
  declare context: Context;
  /** Fields are shown at once; else when the server asks for them. */
  declare need: boolean;
  declare yes: string;
  declare no: string;
  /** The second button; without one it says no to the offer. */
  declare refuse: (() => void) | undefined;
  declare done: (() => void) | undefined;
  declare asked: boolean;
  declare wrong: string;
  declare busy: boolean;

  constructor() {
    super();
    this.need = this.asked = this.busy = false;
    this.yes = this.no = this.wrong = "";
  }

  protected override createRenderRoot(): this {
    return this;
  }

  private value(name: string): string {
    return this.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim() ?? "";
  }

  private refuseIt(words: string): void {
    this.wrong = words;
    void this.updateComplete.then(() => { this.querySelector<HTMLElement>("[name=contact]")?.focus(); });
  }

  private async agree(event: Event): Promise<void> {
    event.preventDefault();
    const { texts: t } = this.context;
    const contact = this.value("contact");
    if (this.need || this.asked) {
      if (!contact) { this.refuseIt(t.contactMissing); return; }
      if (!REACHABLE.test(contact)) { this.refuseIt(t.contactBad); return; }
    }
    await this.answer(true, contact);
  }

  private async answer(agree: boolean, contact = ""): Promise<void> {
    if (this.busy) return;
    this.wrong = "";
    this.busy = true;
    const { people } = this.context.connection;
    const reply = await people.answer(agree, agree ? this.value("name") : "", contact);
    this.busy = false;
    if (reply.ok) {
      this.asked = false;
      if (this.done) this.done();
      else this.context.focusBox();
    } else if (reply.error.code === "contact_needed" || reply.error.code === "bad_contact") {
      this.asked = true;
      this.refuseIt(reply.error.message);
    } else {
      this.context.failed(reply.error);
    }
  }

  override render(): TemplateResult {
    const { texts: t } = this.context;
    const fields = this.need || this.asked;
    return html`<form class="contact" part="contact" novalidate @submit=${(e: Event) => { void this.agree(e); }}>
      ${fields
        ? html`<label><span>${t.contactName}</span><input type="text" name="name" maxlength="80" autocomplete="name" /></label>
            <label><span>${t.contact}</span><input
              type="text" name="contact" maxlength="200" autocomplete="email" required
              aria-invalid=${this.wrong ? "true" : "false"} aria-describedby="wrong-contact"
            /></label>`
        : nothing}
      <p id="wrong-contact" class="wrong" role="alert">${this.wrong}</p>
      <div class="buttons">
        <button class="main" type="submit" aria-disabled=${this.busy ? "true" : "false"}>${this.yes}</button>
        <button type="button" @click=${() => { if (this.refuse) this.refuse(); else void this.answer(false); }}>${this.no}</button>
      </div>
    </form>`;
  }
}
