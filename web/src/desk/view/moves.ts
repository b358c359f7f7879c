/** Transfer, release, return and close: each says what will happen before it does. */
import { html, nothing, type TemplateResult } from "lit";
import { define } from "../element.js";
import type { Move } from "./conversation.js";
import { StoreElement } from "./store-element.js";
import { visitorName } from "./words.js";

interface Text { title: string; what: (who: string) => string; act: string }
const TEXTS: Record<Move, Text> = {
  transfer: {
    title: "Transfer to a colleague", act: "Transfer",
    what: (who) => `Your colleague gets the whole conversation, the facts and the notes. ${who} is told who has the case now. You do not see it any more.`,
  },
  release: {
    title: "Back to the queue", act: "Back to the queue",
    what: (who) => `Any advisor can claim it then. ${who} is told, keeps the time already waited, and the bot answers meanwhile.`,
  },
  return: {
    title: "Return to the bot", act: "Return to the bot",
    what: (who) => `The bot answers again. ${who} can ask for a person any time.`,
  },
  close: {
    title: "Close the case", act: "Close the case",
    what: (who) => `${who} is told that it is over, and is back with the bot. A closed case stays closed; the next time is a new case.`,
  },
};

export class DeskMoves extends StoreElement {
  static override properties = {
    ...StoreElement.properties, move: { state: true }, problem: { state: true }, busy: { state: true }, to: { state: true }, outcome: { state: true },
  };
  declare move: Move | null;
  declare problem: string;
  declare busy: boolean;
  declare to: string;
  declare outcome: string;
  private case = "";
  private ended = false;

  constructor() {
    super();
    this.move = null;
    this.busy = false;
    this.problem = this.to = this.outcome = "";
  }

  async ask(move: Move, id: string): Promise<void> {
    this.case = id;
    this.problem = this.to = this.outcome = "";
    this.move = move;
    if (move === "transfer") await this.store.join(); // who is at the desk now
    if (this.store.colleagues.length === 1) this.to = this.store.colleagues[0]?.id ?? "";
  }

  private value(id: string): string {
    return this.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)?.value.trim() ?? "";
  }

  private async act(): Promise<void> {
    const colleague = this.store.colleagues.find((c) => c.id === this.to);
    if (this.move === "transfer" && !colleague) this.problem = "Choose who gets the case.";
    else if (this.move === "close" && !this.outcome) this.problem = "Choose how the case ended.";
    else {
      this.busy = true;
      this.problem = await this.done(colleague);
      this.busy = false;
      if (this.problem) return;
      this.move = null;
      this.ended = true;
      this.dispatchEvent(new Event("moved"));
    }
  }

  /** Only now: a dialog gives the keyboard back to where it was when it opened. */
  private afterHide(event: Event): void {
    if ((event.target as HTMLElement).tagName !== "WA-DIALOG") return;
    this.move = null;
    if (this.ended) setTimeout(() => { this.dispatchEvent(new Event("ended")); });
    this.ended = false;
  }

  private done(colleague: { id: string; name: string } | undefined): Promise<string> {
    if (this.move === "transfer" && colleague) return this.store.acts.transfer(this.case, colleague);
    if (this.move === "release") return this.store.acts.release(this.case);
    if (this.move === "return") return this.store.acts.giveBack(this.case, this.value("agreed"));
    return this.store.acts.close(this.case, this.outcome, this.value("follow-up"));
  }

  override render(): TemplateResult {
    const text = this.move ? TEXTS[this.move] : null;
    const view = this.store.cases.get(this.case);
    const name = view?.info?.name;
    const who = name ? visitorName(name, this.case) : "The visitor";
    const unsent = this.store.says.of(this.case).length;
    return html`<wa-dialog label=${text?.title ?? "Case"} ?open=${this.move !== null}
      @wa-after-hide=${(e: Event) => { this.afterHide(e); }}>
      ${text && this.move
        ? html`<form id="move-form" class="dialog" @submit=${(e: Event) => { e.preventDefault(); void this.act(); }}>
            <p>${text.what(who)}</p>
            ${this.move === "transfer" ? this.colleagues() : nothing}
            ${this.move === "return" ? html`<label for="agreed">What was agreed, in your words (the visitor reads it)</label>
              <textarea id="agreed" rows="4" maxlength="2000" autofocus></textarea>` : nothing}
            ${this.move === "close" ? this.outcomes() : nothing}
            ${unsent ? html`<p class="problem">${unsent === 1 ? "One message is" : `${String(unsent)} messages are`} not sent yet.</p>` : nothing}
            <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
          </form>`
        : nothing}
      <wa-button slot="footer" appearance="outlined" data-dialog="close">Cancel</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} ?disabled=${this.move === "transfer" && !this.store.colleagues.length}
        @click=${() => { void this.act(); }}>${text?.act ?? ""}</wa-button>
    </wa-dialog>`;
  }

  private colleagues(): TemplateResult {
    if (!this.store.colleagues.length)
      return html`<p role="status"><strong>No colleague is at the desk right now.</strong> You can put the case back in the queue instead.</p>`;
    return html`<fieldset><legend>At the desk now</legend>${this.store.colleagues.map(
      (c) => html`<label class="choice"><input type="radio" name="to" value=${c.id} .checked=${this.to === c.id} @change=${() => { this.to = c.id; this.problem = ""; }} />${c.name}</label>`)}</fieldset>`;
  }

  private outcomes(): TemplateResult {
    return html`<fieldset><legend>How did it end?</legend>${Object.entries(this.store.outcomes).map(
      ([id, words]) => html`<label class="choice"><input type="radio" name="outcome" value=${id} .checked=${this.outcome === id} @change=${() => { this.outcome = id; this.problem = ""; }} />${words}</label>`)}</fieldset>
      <label for="follow-up">Come back to it on (optional)</label>
      <input id="follow-up" type="date" />`;
  }
}
define("desk-moves", DeskMoves);
