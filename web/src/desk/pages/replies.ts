/** Canned replies: everybody reads them, managers write them. */
import { html, nothing, type TemplateResult } from "lit";
import { call } from "../api.js";
import { define } from "../element.js";
import { parts } from "../store/replies.js";
import { tell } from "../toasts.js";
import { ask } from "./shared/ask.js";
import { DeskPage, typed } from "./shared/page.js";
import { moment } from "./shared/times.js";

interface Reply { id: string; title: string; text: string; by: string; at: string }
interface Draft { id: string | null; title: string; text: string }
interface List { replies: Reply[]; placeholders: string[] }

const MEANS: Record<string, string> = {
  visitor: "the visitor's name", advisor: "your name", firm: "the firm's name", phone: "the firm's phone number",
  amount: "the amount owed", due_date: "the due date on the notice", plan: "the plan that fits",
};

export class DeskReplies extends DeskPage {
  static override properties = { list: { state: true }, draft: { state: true } };
  declare list: List | null;
  declare draft: Draft | null;

  constructor() {
    super();
    this.list = null;
    this.draft = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.act(() => this.load());
  }

  private async load(): Promise<void> {
    this.list = await call<List>("replies");
  }

  private async edit(draft: Draft): Promise<void> {
    this.draft = draft;
    this.failed = "";
    await this.updateComplete;
    this.querySelector<HTMLElement>("#reply-title")?.focus();
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (!draft) return;
    const body = { title: draft.title, text: draft.text };
    const saved = await this.act(async () => {
      await (draft.id ? call(`replies/${draft.id}`, body, "PUT") : call("replies", body));
      await this.load();
      this.draft = null;
    });
    if (saved) tell("The reply is saved. Advisors have it within a minute.");
  }

  private async takeAway(reply: Reply): Promise<void> {
    const text = `“${reply.title}” is removed for everybody. What was sent with it stays.`;
    if (!(await ask({ title: "Remove this reply?", text, verb: "Remove" }))) return;
    await this.act(async () => {
      await call(`replies/${reply.id}/remove`, {});
      await this.load();
    });
  }

  /** A placeholder where the caret is. */
  private insert(name: string): void {
    const area = this.querySelector<HTMLElement & { value: string; input?: HTMLTextAreaElement }>("#reply-text");
    if (!area || !this.draft) return;
    const at = area.input?.selectionStart ?? area.value.length;
    const text = `${area.value.slice(0, at)}{${name}}${area.value.slice(area.input?.selectionEnd ?? at)}`;
    this.draft = { ...this.draft, text };
    void this.updateComplete.then(() => {
      area.focus();
      area.input?.setSelectionRange(at + name.length + 2, at + name.length + 2);
    });
  }

  private form(draft: Draft): TemplateResult {
    const change = (part: "title" | "text") => (event: Event): void => { this.draft = { ...draft, [part]: typed(event) }; };
    return html`<form class="card" aria-label=${draft.id ? "Change a reply" : "New reply"} @submit=${(e: Event) => { void this.save(e); }}>
      <wa-input id="reply-title" label="Title" maxlength="80" required .value=${draft.title} @input=${change("title")}
        hint="What advisors look for; the visitor does not see it."></wa-input>
      <wa-textarea id="reply-text" label="Text" rows="5" resize="auto" required .value=${draft.text} @input=${change("text")}></wa-textarea>
      <div class="pills" role="group" aria-label="Put in a placeholder">
        ${(this.list?.placeholders ?? []).map(
          (name) => html`<button type="button" class="pill" title=${MEANS[name] ?? name} @click=${() => { this.insert(name); }}>{${name}}<span class="unseen">: ${MEANS[name] ?? ""}</span></button>`,
        )}
      </div>
      ${this.wrong()}
      <div class="in-line">
        <wa-button type="submit" variant="brand" ?loading=${this.busy}>Save</wa-button>
        <wa-button appearance="plain" @click=${() => { this.draft = null; this.failed = ""; }}>Cancel</wa-button>
      </div>
    </form>`;
  }

  private one(reply: Reply): TemplateResult {
    if (this.draft?.id === reply.id) return html`<li>${this.form(this.draft)}</li>`;
    return html`<li class="card">
      <h2>${reply.title}</h2>
      <p class="as-typed">${parts(reply.text).map((p) => (p.open ? html`<span class="hole">${p.text}</span>` : p.text))}</p>
      <div class="in-line spread">
        <p class="quiet">${reply.by}, ${moment(reply.at)}</p>
        ${this.manager
          ? html`<span class="in-line">
              <wa-button size="s" appearance="outlined" @click=${() => { void this.edit({ ...reply }); }}>Change<span class="unseen"> ${reply.title}</span></wa-button>
              <wa-button size="s" appearance="plain" @click=${() => { void this.takeAway(reply); }}>Remove<span class="unseen"> ${reply.title}</span></wa-button>
            </span>`
          : nothing}
      </div>
    </li>`;
  }

  override render(): TemplateResult {
    return html`<div class="plain-page" aria-busy=${this.busy ? "true" : "false"}>
      <header class="in-line spread">
        <div><h1>Replies</h1>
          <p class="quiet">What is sent again and again. At the work place type / to find one; what stands in braces is filled in from the case.</p></div>
        ${this.manager && !this.draft
          ? html`<wa-button variant="brand" @click=${() => { void this.edit({ id: null, title: "", text: "" }); }}>New reply</wa-button>`
          : nothing}
      </header>
      ${this.draft?.id === null ? this.form(this.draft) : nothing}
      ${this.draft ? nothing : this.wrong()}
      ${this.list?.replies.length === 0 ? html`<p>There are no replies yet.</p>` : nothing}
      <ul class="list">${this.list?.replies.map((reply) => this.one(reply))}</ul>
    </div>`;
  }
}
define("desk-replies", DeskReplies);
