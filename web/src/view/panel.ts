/** The panel: head, where it stands with a person, conversation, box. */
import { html, nothing, type TemplateResult } from "lit";
import { tel } from "../text.js";
import { fill } from "../texts.js";
import { composer, statusBar, unreachable, type Told } from "./composer.js";
import type { Context } from "./context.js";
import { header, type HeaderActions } from "./header.js";
import { icon } from "./icons.js";
import { conversation } from "./messages.js";
import { heldNotice, topNotice } from "./notice.js";
import { standing } from "./standing.js";

export interface PanelState {
  inline: boolean;
  open: boolean;
  heading: string;
  greeting: string;
  /** What comes is news and is read out. */
  live: boolean;
  /** New messages came in while the visitor read above. */
  missed: boolean;
  told: Told | null;
  /** How it stands with a person, when that changed. */
  news: string;
  /** The form for a call back is open. */
  calling: boolean;
}

export interface PanelActions {
  menu: HeaderActions;
  key: (event: KeyboardEvent) => void;
  jump: () => void;
  submit: () => void;
  typed: (text: string) => void;
  agree: (yes: boolean) => void;
  call: (on: boolean) => void;
  startAnew: () => void;
}

export function panel(c: Context, s: PanelState, a: PanelActions): TemplateResult {
  const { texts: t } = c;
  const { deleted } = c.connection;
  return html`<div
    class="panel" part="panel" role=${s.inline ? "region" : "dialog"} aria-labelledby="heading"
    ?hidden=${!s.inline && !s.open} @keydown=${a.key}
  >
    ${header(c, s.heading || t.heading, a.menu)}
    ${standing(c, a.menu, s.calling, a.call)}
    <p class="hidden" role="status">${s.news}</p>
    <div class="middle">
      <div class="scroller" part="scroller" role="group" tabindex="0" aria-label=${t.conversation}>
        ${deleted ? deletedNote(c, a) : talk(c, s, a)}
      </div>
      ${s.missed
        ? html`<button class="jump" part="jump" @click=${a.jump}>${icon("down")}<span>${t.jump}</span></button>`
        : nothing}
    </div>
    ${statusBar(c, s.told)}
    ${deleted ? nothing : composer(c, a.submit, a.typed)}
  </div>`;
}

function talk(c: Context, s: PanelState, a: PanelActions): TemplateResult {
  const { texts: t, connection } = c;
  const href = c.phone ? tel(c.phone) : null;
  const phone = c.phone ? (href ? html`<a class="keep" href=${href}>${c.phone}</a>` : html`${c.phone}`) : null;
  return html`
    <div class="start">
      ${topNotice(c, a.agree)}
      ${s.greeting
        ? html`<div class="bubble assistant greeting" part="greeting"><p dir="auto">${s.greeting}</p></div>`
        : nothing}
      ${!connection.conversation && !connection.failing ? html`<p class="quiet">${t.connecting}</p>` : nothing}
    </div>
    <div class="log" part="log" role="log" aria-label=${t.log} aria-live=${s.live ? "polite" : "off"}>
      ${conversation(c)}
    </div>
    <div class="end">
      <div role="status">${writing(c)}</div>
      <div role="status">${heldNotice(c, a.agree)}</div>
      ${unreachable(c, phone)}
    </div>
  `;
}

/** Who is writing: the advisor, or the bot. */
function writing(c: Context): TemplateResult | typeof nothing {
  const { texts: t, connection } = c;
  const advisor = connection.people.writing;
  if (!advisor && !connection.typing) return nothing;
  return html`<div class="bubble typing ${advisor ? "advisor" : "assistant"}" part="typing">
    ${advisor
      ? html`<span class="by">${fill(t.writes, { name: advisor })}</span>`
      : html`<span class="hidden">${t.writing}</span>`}
    <span class="dots" aria-hidden="true"><span></span><span></span><span></span></span>
  </div>`;
}

function deletedNote(c: Context, a: PanelActions): TemplateResult {
  return html`<div class="deleted" part="deleted" role="status">
    <p>${c.texts.removed}</p>
    <button class="main" @click=${a.startAnew}>${c.texts.removedNew}</button>
  </div>`;
}
