/**
 * Private notes: in their own place and colour, with their own box, outbox and event. Nothing here knows how
 * to send a message to a visitor.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { lengthOf } from "../../text.js";
import { define } from "../element.js";
import { StoreElement } from "./store-element.js";
import { momentWords } from "./words.js";

const MOST_CHARACTERS = 2_000;

export class DeskNotes extends StoreElement {
  static override properties = { ...StoreElement.properties, case: { attribute: false }, text: { state: true }, problem: { state: true } };
  declare case: string;
  declare text: string;
  declare problem: string;

  constructor() {
    super();
    this.text = this.problem = "";
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("case")) this.text = this.store.kept.text("note-draft", this.case);
  }

  override focus(): void { this.querySelector("textarea")?.focus(); }

  private write(text: string): void {
    this.text = text;
    this.problem = "";
    if (text) this.store.kept.set("note-draft", this.case, text);
    else this.store.kept.remove("note-draft", this.case);
  }

  private keep(): void {
    const text = this.text.trim();
    if (!text) return;
    const over = lengthOf(text) - MOST_CHARACTERS;
    if (over > 0) {
      this.problem = `This note is ${String(over)} characters too long. Write it as two.`;
      return;
    }
    this.store.notes.add(this.case, text);
    this.write("");
    this.focus();
  }

  override render(): TemplateResult {
    const view = this.store.cases.get(this.case);
    const pending = this.store.notes.of(this.case);
    const may = view?.info?.state !== "closed";
    return html`<div class="notes">
      <p class="private"><wa-icon name="eye-slash"></wa-icon>Private. Only people at the desk who may see this case read notes; the visitor never does.</p>
      <ul>
        ${view?.notes.map((n) => html`<li class=${n.own ? "by-desk" : ""}><p class="note-by">${n.own ? "The desk" : n.by} <time class="quiet" datetime=${n.at}>${momentWords(n.at)}</time></p><p class="typed">${n.text}</p></li>`)}
        ${pending.map((d) => html`<li class="pending"><p class="typed">${d.text}</p>
          <p class="state ${d.state === "failed" ? "wrong" : ""}">${d.state === "failed" ? html`Not kept. ${d.why}
            <button class="link" @click=${() => { this.store.notes.again(d.client_id); }}>Try again</button>
            <button class="link" @click=${() => { this.store.notes.drop(d.client_id); }}>Discard</button>` : "Being kept"}</p></li>`)}
      </ul>
      ${may ? html`<form @submit=${(e: Event) => { e.preventDefault(); this.keep(); }}>
        <label for="note-box">Private note</label>
        <textarea id="note-box" rows="3" placeholder="For you and your colleagues" .value=${live(this.text)}
          @input=${(e: Event) => { this.write((e.target as HTMLTextAreaElement).value); }}
          @keydown=${(e: KeyboardEvent) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); this.keep(); } }}></textarea>
        <div class="under"><p class="quiet">Ctrl+Enter keeps it</p>
          <wa-button type="submit" size="s" variant="warning" appearance="outlined" ?disabled=${!this.text.trim()}><wa-icon slot="start" name="note"></wa-icon>Keep note</wa-button></div>
        <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      </form>` : nothing}
    </div>`;
  }
}
define("desk-notes", DeskNotes);
