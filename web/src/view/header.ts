/** The panel's head: its name, the menu, and the questions asked before anything is lost. */
import { html, nothing, type TemplateResult } from "lit";
import { tel } from "../text.js";
import { fill } from "../texts.js";
import type { Context } from "./context.js";
import { icon } from "./icons.js";

export type Question = "restart" | "remove" | "leave" | "end" | "mail";

export interface HeaderActions {
  menuOpen: boolean;
  question: Question | null;
  closable: boolean;
  toggleMenu(): void;
  ask(question: Question): void;
  yes(question: Question): void;
  no(): void;
  person(): void;
  transcript(): void;
  print(): void;
  close(): void;
}

export function header(c: Context, heading: string, a: HeaderActions): TemplateResult {
  const { texts: t, connection } = c;
  const { people } = connection;
  const usable = connection.started && !connection.deleted && connection.conversation !== "";
  return html`<div class="head" part="header">
      <div class="grow">
        <h2 id="heading" part="heading">${heading}</h2>
        ${connection.firm.name || c.phone ? html`<p>${firmLine(c)}</p>` : nothing}
      </div>
      <button
        class="icon" part="menu-button" aria-label=${t.menu} aria-expanded=${a.menuOpen ? "true" : "false"}
        aria-controls="menu" ?disabled=${!usable} @click=${() => { a.toggleMenu(); }}
      >${icon("menu")}</button>
      ${a.closable
        ? html`<button class="icon" part="close" aria-label=${t.close} @click=${() => { a.close(); }}>${icon("close")}</button>`
        : nothing}
      <ul id="menu" class="menu" part="menu" ?hidden=${!a.menuOpen}>
        ${people.possible && !people.running
          ? html`<li><button @click=${() => { a.person(); }}>${t.person}</button></li>`
          : nothing}
        <li><button @click=${() => { a.ask("restart"); }}>${t.restart}</button></li>
        <li><button @click=${() => { a.transcript(); }}>${t.transcript}</button></li>
        <li><button @click=${() => { a.print(); }}>${t.print}</button></li>
        ${mailable(c) ? html`<li><button @click=${() => { a.ask("mail"); }}>${t.mail}</button></li>` : nothing}
        <li><button class="danger" @click=${() => { a.ask("remove"); }}>${t.remove}</button></li>
      </ul>
    </div>
    ${a.question ? question(c, a.question, a) : nothing}`;
}

function firmLine(c: Context): TemplateResult {
  const { firm } = c.connection;
  const href = c.phone ? tel(c.phone) : null;
  return html`${firm.name}${firm.name && c.phone ? ", " : ""}${href
    ? html`<a class="keep" href=${href}>${c.phone}</a>`
    : c.phone}`;
}

/** Mail goes to who gave an address with their case, or had one closed. */
function mailable(c: Context): boolean {
  const { people, messages } = c.connection;
  return people.mail && (Boolean(people.handoff?.email ?? people.email) || messages.some((m) => m.card === "rating"));
}

function question(c: Context, asked: Question, a: HeaderActions): TemplateResult {
  const { texts: t, connection } = c;
  if (asked === "mail")
    return html`<div class="question" part="question" role="group" aria-labelledby="mail">
      <cp503-mail .context=${c} .close=${() => { a.no(); }}></cp503-mail>
    </div>`;
  const name = connection.people.handoff?.advisor ?? "";
  const [words, yes, no] = {
    restart: [t.restartAsk, t.restartYes, t.keep],
    remove: [connection.people.running ? `${t.removeAsk} ${t.removeCase}` : t.removeAsk, t.removeYes, t.keep],
    leave: [t.lineLeaveAsk, t.lineLeave, t.lineStay],
    end: [fill(t.endAsk, { name }), t.endYes, t.endNo],
  }[asked];
  return html`<div class="question" part="question" role="group" aria-labelledby="question">
    <p id="question">${words}</p>
    <div class="buttons">
      <button class=${asked === "remove" ? "danger" : ""} @click=${() => { a.yes(asked); }}>${yes}</button>
      <button class="safe" aria-describedby="question" @click=${() => { a.no(); }}>${no}</button>
    </div>
  </div>`;
}
