/** What stands beneath two notices of the hand-over in place of their buttons: the offer, and the rating. */
import { html, nothing, type TemplateResult } from "lit";
import { fill } from "../texts.js";
import type { Message } from "../types.js";
import type { Context } from "./context.js";
import { opens } from "./standing.js";

/** The offer, while it waits for an answer; what is passed on stands in the notice itself. */
export function offer(message: Message, c: Context): TemplateResult | typeof nothing {
  const { texts: t, connection } = c;
  const h = connection.people.handoff;
  if (h?.state !== "offered" || h.seq !== message.seq) return nothing;
  const closed = h.staffed === false;
  return html`<div class="offer" part="offer" role="group" aria-label=${t.offerHeading}>
    ${closed ? html`<p>${fill(t.offerClosed, { opens: opens(h, t) })}</p>` : nothing}
    <cp503-contact .context=${c} .need=${closed} .yes=${t.offerYes} .no=${t.offerNo}></cp503-contact>
  </div>`;
}

/** How the help was: it can be changed until the next case. */
export function helped(message: Message, c: Context): TemplateResult {
  const { texts: t, connection } = c;
  const over = connection.people.running || connection.messages.some((m) => m.card === "rating" && m.seq > message.seq);
  const rate = async (button: number): Promise<void> => {
    const reply = await connection.people.rate(message, button);
    if (!reply.ok) c.failed(reply.error);
  };
  return html`<div class="helped" part="helped">
    <div class="buttons" role="group" aria-label=${t.helpedGroup}>
      ${message.buttons.map(
        (b, n) => html`<button
          ?disabled=${over} aria-pressed=${message.chosen === n ? "true" : "false"}
          @click=${() => { void rate(n); }}
        >${b.title}</button>`,
      )}
    </div>
    <p class="quiet" role="status">${message.chosen !== null && !over ? t.helpedThanks : ""}</p>
    ${connection.people.mail && !over
      ? html`<button class="text" @click=${() => { c.mail(); }}>${t.mail}</button>`
      : nothing}
  </div>`;
}
