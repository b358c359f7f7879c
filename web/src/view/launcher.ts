/** The button that opens the chat, with what is new. */
import { html, nothing, type TemplateResult } from "lit";
import { launcherName } from "../texts.js";
import type { Context } from "./context.js";
import { icon } from "./icons.js";
import { unread } from "../unread.js";

export function launcher(c: Context, hidden: boolean, open: () => void): TemplateResult {
  const count = unread(c.connection.messages, c.connection.seen);
  return html`<button
    class="launcher" part="launcher" ?hidden=${hidden} aria-haspopup="dialog"
    aria-label=${launcherName(c.texts, count)} @click=${open}
  >
    ${icon("chat")}<span>${c.texts.launcherShort}</span>
    ${count ? html`<span class="badge" part="badge" aria-hidden="true">${count > 99 ? "99+" : count}</span>` : nothing}
  </button>`;
}
