/** `<cp503-chat>`: the conversation, whole page for now. */
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { Connection } from "./connection.js";
import { styles } from "./styles.js";
import { blocks, pieces, safeUrl, type Block } from "./text.js";
import type { Draft, Message } from "./types.js";

const MOST = 2000;
const WARN = 1800;

class Chat extends LitElement {
  static override styles = styles;
  static override properties = { text: { state: true }, leaving: { state: true } };

  text = "";
  leaving = false; // "Start over" asked, not confirmed
  connection = new Connection();
  private atEnd = true;
  private shown = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection.addEventListener("changed", this.onChange);
    this.connection.addEventListener("returned", this.onReturned);
  }

  override disconnectedCallback(): void {
    this.connection.removeEventListener("changed", this.onChange);
    this.connection.removeEventListener("returned", this.onReturned);
    super.disconnectedCallback();
  }

  private onChange = (): void => {
    const main = this.renderRoot.querySelector("main");
    const asked = [...(main?.querySelectorAll<HTMLElement>(".bubble.visitor") ?? [])].at(-1);
    const held = main && asked ? Math.abs(asked.offsetTop - main.offsetTop - 12 - main.scrollTop) < 40 : false;
    this.atEnd = !main || held || main.scrollHeight - main.scrollTop - main.clientHeight < 80;
    this.requestUpdate();
  };

  /** What the gate did not take goes back into the box, unless something new was typed there. */
  private onReturned = (event: Event): void => {
    const text = (event as CustomEvent<string>).detail;
    if (text && !this.text) this.text = text;
  };

  override updated(): void {
    const main = this.renderRoot.querySelector("main");
    const count = this.connection.messages.length + this.connection.drafts.length;
    if (!main || (count === this.shown && !this.connection.typing)) return;
    const mine = this.connection.drafts.length > 0;
    this.shown = count;
    if (!this.atEnd && !mine) return;
    // To the end, but never past what was asked: a long answer is read from its beginning.
    const asked = [...main.querySelectorAll<HTMLElement>(".bubble.visitor")].at(-1);
    const top = asked ? asked.offsetTop - main.offsetTop - 12 : main.scrollHeight;
    main.scrollTop = Math.min(main.scrollHeight, Math.max(0, top));
  }

  private send(event?: Event): void {
    event?.preventDefault();
    const text = this.text.trim();
    if (!text || text.length > MOST) return;
    this.text = "";
    this.atEnd = true;
    this.connection.say(text);
    this.renderRoot.querySelector("textarea")?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
  }

  private choose(message: Message, button: number): void {
    this.connection.choose(message, button);
    this.renderRoot.querySelector("textarea")?.focus();
  }

  private restart(): void {
    this.leaving = false;
    this.connection.restart();
    this.renderRoot.querySelector("textarea")?.focus();
  }

  override render(): TemplateResult {
    const { connection } = this;
    const firm = connection.firm;
    return html`
      <header>
        <div class="wide">
          <div class="grow">
            <h1>CP503 assistant</h1>
            <p>
              General information from a bot, not legal or tax advice.
              ${firm.name ? html`${firm.name}${firm.phone ? html`, ${firm.phone}` : nothing}` : nothing}
            </p>
          </div>
          ${this.leaving
            ? html`<button class="plain" @click=${() => { this.restart(); }}>Yes, start over</button>
                <button class="plain" @click=${() => { this.leaving = false; }}>Keep it</button>`
            : html`<button class="plain" @click=${() => { this.leaving = true; }}>Start over</button>`}
        </div>
      </header>
      <main tabindex="0" aria-label="Conversation">
        <div class="wide log" role="log" aria-live="polite" aria-label="Conversation">
          ${connection.messages.map((m) => this.message(m))}
          ${connection.drafts.map((d) => this.draft(d))}
          ${connection.typing
            ? html`<div class="bubble" aria-label="The assistant is writing">
                <span class="hidden">The assistant is writing</span>
                <span class="dots" aria-hidden="true"><span></span><span></span><span></span></span>
              </div>`
            : nothing}
        </div>
      </main>
      ${this.bar()}
      <footer>
        <div class="wide">
          <form @submit=${(e: Event) => { this.send(e); }}>
            <textarea
              rows="1"
              aria-label="Message"
              aria-describedby="hint"
              placeholder="Ask about your notice"
              autocomplete="off"
              .value=${this.text}
              @input=${(e: Event) => { this.text = (e.target as HTMLTextAreaElement).value; }}
              @keydown=${(e: KeyboardEvent) => { this.key(e); }}
            ></textarea>
            <button class="main" type="submit" ?disabled=${!this.text.trim() || this.text.length > MOST}>
              Send
            </button>
          </form>
          ${this.hint()}
        </div>
      </footer>
    `;
  }

  private bar(): TemplateResult {
    const { connection } = this;
    let words = "";
    if (connection.refused) words = connection.refused.message;
    else if (!connection.online && connection.messages.length)
      words = connection.drafts.length
        ? "No connection. Your message is kept and goes out when it is back."
        : "No connection. Trying again; what you see is kept.";
    return html`<div role="status" class=${words ? "bar" : ""}>
      ${words ? html`<div class="wide"><p>${words}</p></div>` : nothing}
    </div>`;
  }

  private hint(): TemplateResult {
    const length = this.text.length;
    if (length > MOST)
      return html`<p id="hint" class="hint over" role="alert">
        ${length.toLocaleString("en-US")} characters; the most is ${MOST.toLocaleString("en-US")}. Please
        shorten it, or send it in parts.
      </p>`;
    if (length > WARN)
      return html`<p id="hint" class="hint">${(MOST - length).toLocaleString("en-US")} characters left.</p>`;
    return html`<p id="hint" class="hint">Please don't type Social Security or account numbers.</p>`;
  }

  private message(message: Message): TemplateResult {
    const last = this.connection.messages.at(-1)?.seq === message.seq;
    const used = message.chosen !== null || !last || this.connection.drafts.length > 0;
    return html`
      <div class="bubble ${message.author}">
        <span class="hidden">${message.author === "visitor" ? "You: " : "Assistant: "}</span>
        ${blocks(message.text).map((b) => this.block(b))}
        ${message.links.length
          ? html`<ul class="links">
              ${message.links.map((l) => html`<li>${this.link(l.title, l.url)}</li>`)}
            </ul>`
          : nothing}
      </div>
      ${message.buttons.length && (last || message.chosen !== null)
        ? html`<div class="choices" role="group" aria-label="Suggestions">
            ${message.buttons.map(
              (b, n) => html`<button
                ?disabled=${used}
                aria-pressed=${message.chosen === n ? "true" : nothing}
                @click=${() => { this.choose(message, n); }}
              >
                ${b.title}
              </button>`,
            )}
          </div>`
        : nothing}
    `;
  }

  private draft(draft: Draft): TemplateResult {
    return html`<div class="bubble visitor">
        <span class="hidden">You: </span>${blocks(draft.text).map((b) => this.block(b))}
      </div>
      <span class="state">${this.connection.online ? "Sending…" : "Waiting for the connection"}</span>`;
  }

  private block(block: Block): TemplateResult {
    if (block.kind === "p") return html`<p>${this.line(block.text)}</p>`;
    const items = block.items.map((item) => html`<li>${this.line(item)}</li>`);
    return block.kind === "ul" ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`;
  }

  private line(text: string): TemplateResult[] {
    return pieces(text).map((p) =>
      p.href
        ? html`<a class="keep" href=${p.href}>${p.text}</a>`
        : html`${p.keep ? html`<span class="keep">${p.text}</span>` : p.text}`,
    );
  }

  private link(title: string, url: string): TemplateResult {
    const safe = safeUrl(url);
    return safe
      ? html`<a href=${safe} target="_blank" rel="noopener noreferrer">${title}</a>`
      : html`${title}`;
  }
}

customElements.define("cp503-chat", Chat);
