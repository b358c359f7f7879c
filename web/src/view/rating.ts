/** "Helpful?" beneath an answer. Draws into the conversation itself, so that its styles hold here too. */
import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { Message } from "../types.js";
import type { Context } from "./context.js";

export class Rating extends LitElement {
  static override properties = {
    message: { attribute: false }, context: { attribute: false, hasChanged: () => true },
    word: { state: true }, asking: { state: true }, thanked: { state: true },
  };
  declare message: Message;
  declare context: Context;
  declare word: string;
  declare asking: boolean; // the field for a word is open: only after a tap here, not after a reload
  declare thanked: boolean;

  constructor() {
    super();
    this.word = "";
    this.asking = this.thanked = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  private async rate(helpful: boolean): Promise<void> {
    const { connection, texts, tell } = this.context;
    const value = this.message.rating === helpful ? null : helpful;
    this.asking = value !== null;
    this.thanked = false;
    if (await connection.marks.rate(this.message.seq, value)) return;
    this.asking = false;
    tell(connection.online ? texts.problem : texts.needsConnection);
  }

  private async add(event: Event): Promise<void> {
    event.preventDefault();
    const { connection, texts, tell } = this.context;
    const word = this.word.trim();
    if (!word) return;
    if (await connection.marks.rate(this.message.seq, this.message.rating ?? null, word)) {
      this.asking = false;
      this.thanked = true;
      this.querySelector<HTMLElement>("button[aria-pressed=true]")?.focus();
    } else {
      tell(connection.online ? texts.problem : texts.needsConnection);
    }
  }

  override render(): TemplateResult {
    const { texts: t } = this.context;
    const rating = this.message.rating ?? null;
    const toggle = (helpful: boolean, words: string, name: string): TemplateResult => html`<button
      class="small"
      aria-label=${name}
      aria-pressed=${rating === helpful ? "true" : "false"}
      @click=${() => { void this.rate(helpful); }}
    >${words}</button>`;
    return html`<div class="rating" part="rating">
      <div class="rate" role="group" aria-label=${t.helpfulGroup}>
        <span aria-hidden="true">${t.helpful}</span>
        ${toggle(true, t.yes, t.yesName)} ${toggle(false, t.no, t.noName)}
        ${this.thanked ? html`<span>${t.wordThanks}</span>` : nothing}
      </div>
      ${this.asking && rating !== null
        ? html`<form class="word" @submit=${(e: Event) => { void this.add(e); }}>
            <input
              type="text"
              maxlength="200"
              autocomplete="off"
              aria-label=${t.word}
              placeholder=${t.word}
              .value=${this.word}
              @input=${(e: Event) => { this.word = (e.target as HTMLInputElement).value; }}
            />
            <button class="small" type="submit">${t.wordAdd}</button>
          </form>`
        : nothing}
    </div>`;
  }
}
