/** What is kept, what this is and is not, and the question before anything about a person's own case. */
import { html, nothing, type TemplateResult } from "lit";
import { fill } from "../texts.js";
import { link } from "./messages.js";
import type { Context } from "./context.js";

function sentences(c: Context): TemplateResult {
  const { texts: t, connection } = c;
  const firm = connection.firm.name || t.privacyFirm;
  const kept = connection.keepDays === null
    ? fill(t.privacyKeptOpen, { firm })
    : fill(t.privacyKept, { firm, days: connection.keepDays });
  return html`<p>${t.privacyBot} ${kept} ${t.privacyNumbers}${privacy(c)}</p>`;
}

function privacy(c: Context): TemplateResult | typeof nothing {
  const url = c.connection.firm.privacy;
  return url ? html` ${link(c.texts.privacyLink, url)}` : nothing;
}

/** At the top: the notice until they agree, one quiet line from then on. */
export function topNotice(c: Context, agree: (yes: boolean) => void): TemplateResult | typeof nothing {
  const { texts: t, connection } = c;
  if (connection.deleted) return nothing;
  if (connection.consent || connection.held) {
    const kept = connection.keepDays === null ? "" : " " + fill(t.quietKept, { days: connection.keepDays });
    return html`<p class="quiet" id="about" part="notice">${t.quiet}${kept}${privacy(c)}</p>`;
  }
  return html`<section class="about" part="notice" id="about" aria-label=${t.privacyHeading}>
    ${sentences(c)}
    <button class="small" @click=${() => { agree(true); }}>${t.agree}</button>
  </section>`;
}

/** In the conversation, once the next questions are about their case. */
export function heldNotice(c: Context, agree: (yes: boolean) => void): TemplateResult | typeof nothing {
  const { texts: t, connection } = c;
  if (!connection.held) return nothing;
  return html`<section class="about held" part="consent" role="group" aria-labelledby="held">
    <h3 id="held">${t.heldHeading}</h3>
    <p>${t.heldAsk}</p>
    ${sentences(c)}
    <div class="buttons">
      <button class="main" @click=${() => { agree(true); }}>${t.heldAgree}</button>
      <button @click=${() => { agree(false); }}>${t.heldRefuse}</button>
    </div>
  </section>`;
}
