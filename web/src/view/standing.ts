/** How it stands with a person: the place in line, or who is here. Beneath the head, while a case runs. */
import { html, nothing, type TemplateResult } from "lit";
import type { Handoff } from "../types.js";
import { fill, type Texts } from "../texts.js";
import type { Context } from "./context.js";
import type { HeaderActions } from "./header.js";

/** "; it opens on Monday, …" or nothing. */
export function opens(h: Handoff, t: Texts): string {
  return h.opens ? fill(t.opens, { when: h.opens }) : "";
}

/** The line that changes: what a screen reader is told when it does. */
export function standingWords(h: Handoff | null, t: Texts, online: boolean): string {
  if (h?.state === "with_advisor") return h.present === false ? t.away : t.here;
  if (h?.state !== "waiting" || h.place === null) return "";
  if (!online) return t.lineKept;
  const place = { place: h.place, of: h.of ?? h.place };
  return fill(h.place === 1 ? t.next : t.place, place);
}

function more(h: Handoff, t: Texts): string {
  if (h.callback && !h.contact_needed) return t.lineCall;
  if (h.staffed === false) return fill(t.lineClosed, { opens: opens(h, t) });
  return h.callback ? t.lineLong : t.lineBot;
}

export function standing(c: Context, a: HeaderActions, asking: boolean, ask: (on: boolean) => void): TemplateResult | typeof nothing {
  const { texts: t, connection } = c;
  const h = connection.people.handoff;
  if (!h || h.state === "offered" || connection.deleted) return nothing;
  const words = standingWords(h, t, connection.online);
  if (h.state === "with_advisor") {
    const name = h.advisor ?? "";
    return html`<section class="standing" part="standing" aria-label=${t.standing}>
      <span class="dot ${h.present === false || !connection.online ? "off" : ""}" aria-hidden="true"></span>
      <div class="grow">
        <p class="name">${fill(t.advisor, { name })}</p>
        <p class="quiet">${connection.online ? words : t.offline}</p>
      </div>
      <button class="small leave" aria-label=${fill(t.endName, { name })} @click=${() => { a.ask("end"); }}>${t.end}</button>
    </section>`;
  }
  const calling = asking && h.callback;
  return html`<section class="standing" part="standing" aria-label=${t.standing}>
    <div class="grow">
      <p class="name">${words}</p>
      <p class="quiet">${more(h, t)}</p>
      ${calling
        ? html`<cp503-contact
            .context=${c} .need=${true} .yes=${t.callBackSend} .no=${t.contactCancel}
            .refuse=${() => { ask(false); }} .done=${() => { ask(false); }}
          ></cp503-contact>`
        : h.contact_needed
          ? html`<button class="main small call" @click=${() => { ask(true); }}>${t.callBack}</button>`
          : nothing}
    </div>
    ${calling
      ? nothing
      : html`<button class="small leave" aria-label=${t.lineLeave} @click=${() => { a.ask("leave"); }}>${t.lineLeaveShort}</button>`}
  </section>`;
}
