/**
 * The box for messages to the visitor, and only for those: private notes have their own element elsewhere.
 *
 * What is typed is kept at once, by case, so that neither a reload nor another case loses it.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { lengthOf } from "../../text.js";
import { define } from "../element.js";
import { cannedReplies } from "../replies.js";
import { dayWords, dollars } from "../store/facts.js";
import type { Fact } from "../store/protocol.js";
import { fill, fillingOf, parts, search, slash, unfilled, type CannedReply } from "../store/replies.js";
import { StoreElement } from "./store-element.js";

export const MOST_CHARACTERS = 2_000;
const TYPING_EVERY_MS = 3_000;
const TYPING_ENDS_MS = 4_000;

export class DeskComposer extends StoreElement {
  static override properties = {
    ...StoreElement.properties, case: { attribute: false }, text: { state: true }, found: { state: true }, at: { state: true }, problem: { state: true },
  };
  declare case: string;
  declare text: string;
  /** The replies to choose from while "/…" is typed; `null`: no list. */
  declare found: CannedReply[] | null;
  declare at: number;
  declare problem: string;
  private replies: CannedReply[] = [];
  private from = 0;
  private told = 0;
  private quiet: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = this.problem = "";
    this.found = null;
    this.at = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTyping();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("case")) return;
    this.text = this.store.kept.text("draft", this.case);
    this.problem = "";
    this.found = null;
  }

  override updated(): void {
    const box = this.box;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${String(Math.min(box.scrollHeight, 220))}px`;
    const mirror = this.querySelector<HTMLElement>(".mirror");
    if (mirror) mirror.scrollTop = box.scrollTop;
    this.querySelector('[role="option"][aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  private get box(): HTMLTextAreaElement | null { return this.querySelector("textarea"); }

  override focus(): void { this.box?.focus(); }

  /** Put a text back that could not be sent. */
  put(text: string): void {
    this.write(this.text.trim() ? `${this.text}\n${text}` : text);
    this.focus();
  }

  private write(text: string): void {
    this.text = text;
    if (text) this.store.kept.set("draft", this.case, text);
    else this.store.kept.remove("draft", this.case);
  }

  private onInput(box: HTMLTextAreaElement): void {
    this.write(box.value);
    if (this.problem) this.problem = "";
    if (box.value.trim()) this.tellTyping();
    void this.look(box);
  }

  private async look(box: HTMLTextAreaElement): Promise<void> {
    const asked = slash(box.value, box.selectionStart);
    if (!asked) {
      this.found = null;
      return;
    }
    this.replies = await cannedReplies();
    this.from = asked.start;
    this.found = search(this.replies, asked.query).slice(0, 30);
    this.at = 0;
  }

  private tellTyping(): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.stopTyping(); }, TYPING_ENDS_MS);
    if (Date.now() - this.told < TYPING_EVERY_MS) return;
    this.told = Date.now();
    this.store.typing(this.case, true);
  }

  private stopTyping(): void {
    clearTimeout(this.quiet);
    if (this.told) this.store.typing(this.case, false);
    this.told = 0;
  }

  private onKey(event: KeyboardEvent): void {
    if (this.found && this.onMenuKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  /** Whether the list of replies took the key. */
  private onMenuKey(event: KeyboardEvent): boolean {
    const found = this.found ?? [];
    if (event.key === "Escape") this.found = null;
    else if (event.key === "ArrowDown") this.at = Math.min(found.length - 1, this.at + 1);
    else if (event.key === "ArrowUp") this.at = Math.max(0, this.at - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && found[this.at] && !event.isComposing) this.insert(found[this.at]);
    else return false;
    return true;
  }

  private insert(reply: CannedReply | undefined): void {
    const box = this.box;
    if (!box || !reply) return;
    const text = fill(reply.text, this.filling());
    const before = this.text.slice(0, this.from);
    const after = this.text.slice(box.selectionStart);
    this.found = null;
    this.write(before + text + after);
    void this.updateComplete.then(() => {
      const open = unfilled(this.text);
      box.focus();
      if (open) box.setSelectionRange(open.start, open.end);
      else box.setSelectionRange(before.length + text.length, before.length + text.length);
    });
  }

  private filling(): ReturnType<typeof fillingOf> {
    const view = this.store.cases.get(this.case);
    const value = (name: string): Fact["value"] | undefined => view?.facts.find((f) => f.fact === name)?.value;
    const [amount, due] = [value("amount_owed"), value("due_date")];
    return fillingOf({
      visitor: view?.info?.name ?? null,
      advisor: this.store.me.display_name,
      firm: this.store.firm,
      amount: typeof amount === "string" ? dollars(amount) : null,
      dueDate: typeof due === "string" ? dayWords(due) : null,
      card: view?.assessment?.card ?? null,
    });
  }

  private send(): void {
    const text = this.text.trim();
    if (!text) return;
    const open = unfilled(this.text);
    if (open) {
      this.problem = `Fill in ${open.name} first: it would be sent as it stands.`;
      this.box?.focus();
      this.box?.setSelectionRange(open.start, open.end);
      return;
    }
    const over = lengthOf(text) - MOST_CHARACTERS;
    if (over > 0) {
      this.problem = `This is ${String(over)} characters too long for one message. Send it in two.`;
      return;
    }
    this.store.says.add(this.case, text);
    this.write("");
    this.stopTyping();
    this.focus();
    this.dispatchEvent(new Event("sent"));
  }

  override render(): TemplateResult {
    const open = unfilled(this.text);
    const chosen = this.found?.[this.at];
    return html`<form class="composer" @submit=${(e: Event) => { e.preventDefault(); this.send(); }}>
      ${this.found ? this.menu(this.found) : nothing}
      <label class="unseen" for="message-box">Message to the visitor</label>
      <div class="box">
        ${open ? html`<div class="mirror" aria-hidden="true">${parts(this.text).map((p) => (p.open ? html`<mark>${p.text}</mark>` : p.text))}${"\n"}</div>` : nothing}
        <textarea id="message-box" rows="2" placeholder="Write to the visitor" .value=${live(this.text)}
          aria-describedby="message-hint" aria-autocomplete="list" aria-controls=${this.found ? "reply-list" : nothing}
          aria-activedescendant=${chosen ? `reply-${chosen.id}` : nothing}
          @input=${(e: Event) => { this.onInput(e.target as HTMLTextAreaElement); }}
          @scroll=${() => { const m = this.querySelector<HTMLElement>(".mirror"); if (m && this.box) m.scrollTop = this.box.scrollTop; }}
          @keydown=${(e: KeyboardEvent) => { this.onKey(e); }}
          @blur=${() => { setTimeout(() => { this.found = null; }, 150); }}></textarea>
      </div>
      <div class="under">
        <p id="message-hint" class="quiet"><span class="wide">Enter sends, Shift+Enter begins a line, </span>/ finds a reply</p>
        <wa-button type="submit" variant="brand" size="s" ?disabled=${!this.text.trim()}>
          <wa-icon slot="start" name="send"></wa-icon>Send</wa-button>
      </div>
      <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
    </form>`;
  }

  private menu(found: CannedReply[]): TemplateResult {
    return html`<div class="replies">
      <p class="unseen" role="status">${found.length === 1 ? "1 reply" : `${String(found.length)} replies`}</p>
      ${found.length
        ? html`<ul id="reply-list" role="listbox" aria-label="Replies">${found.map(
            (r, i) => html`<li id="reply-${r.id}" role="option" aria-selected=${i === this.at ? "true" : "false"}
              @pointerdown=${(e: Event) => { e.preventDefault(); this.insert(r); }}>
              <strong>${r.title}</strong><span class="quiet">${r.text}</span></li>`,
          )}</ul>`
        : html`<p class="quiet none">${this.replies.length ? "No reply fits. Esc closes this." : "There are no replies yet. Esc closes this."}</p>`}
    </div>`;
  }
}
define("desk-composer", DeskComposer);
