/** Names, times and small marks that several parts of the desk show. */
import { html, nothing, type TemplateResult } from "lit";
import { timeWords } from "../../dates.js";
import { age, CHANNELS, urgencyOf } from "../store/queue.js";

const LANG = "en-US";
const FULL = new Intl.DateTimeFormat(LANG, { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
const SHORT = new Intl.DateTimeFormat(LANG, { month: "short", day: "numeric" });

/** Who gave no name is told apart by the end of the case's id. */
export function visitorName(name: string | null | undefined, id: string): string {
  return name?.trim() || `Visitor ${id.slice(-4)}`;
}

export function momentWords(at: string | null): string {
  const ms = Date.parse(at ?? "");
  return Number.isNaN(ms) ? "" : FULL.format(ms);
}

/** The hour today, else the day. */
export function shortMoment(at: string | null | undefined, now = new Date()): string {
  const ms = Date.parse(at ?? "");
  if (Number.isNaN(ms)) return "";
  return new Date(ms).toDateString() === now.toDateString() ? timeWords(at ?? "", LANG) : SHORT.format(ms);
}

export function channelMark(channel: string): TemplateResult {
  const words = CHANNELS[channel] ?? channel;
  return html`<wa-icon class="channel" name=${channel === "slack" ? "slack" : "globe"} label=${words} title=${words}></wa-icon>`;
}

export function urgencyMark(rank: number | null, words: string): TemplateResult {
  const found = urgencyOf(rank);
  if (found.mark === "calm") return html`<span class="urgency calm">${words || found.words}</span>`;
  return html`<span class="urgency ${found.mark}"><span class="tag">${found.short}</span>${words ? html` <span>${words}</span>` : nothing}</span>`;
}

export function waits(since: string | null): string {
  const words = age(since);
  if (words === null) return "";
  return words === "now" ? "just came" : `waits ${words}`;
}

/** A number to call or an address to write to, as somebody gave it. */
export function contactLink(contact: string): TemplateResult {
  const mail = /[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+/.exec(contact)?.[0];
  const phone = /\+?\d[\d\s().-]{5,}\d/.exec(contact)?.[0];
  if (mail) return html`<a href="mailto:${mail}">${contact}</a>`;
  if (phone) return html`<a href="tel:${phone.replace(/[^\d+]/g, "")}">${contact}</a>`;
  return html`${contact}`;
}
