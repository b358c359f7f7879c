/** Days and times as the visitor's own clock shows them. */
import type { Texts } from "./texts.js";

const DAY_MS = 86_400_000;

/** A key that is the same for all moments of one local day. */
export function dayOf(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : `${String(date.getFullYear())}-${String(date.getMonth())}-${String(date.getDate())}`;
}

/** "Today", "Yesterday" or the date. */
export function dayWords(at: string, texts: Texts, lang: string, now = new Date()): string {
  const day = dayOf(at);
  if (!day) return "";
  if (day === dayOf(now.toISOString())) return texts.today;
  // Noon yesterday: a day is not always 24 hours long.
  const noon = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12).getTime();
  if (day === dayOf(new Date(noon - DAY_MS).toISOString())) return texts.yesterday;
  const date = new Date(at);
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return format(date, lang, { weekday: "long", month: "long", day: "numeric", ...year });
}

/** "11:52 PM" */
export function timeWords(at: string, lang: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : format(date, lang, { hour: "numeric", minute: "2-digit" });
}

/** "May 28, 2028" of an ISO day, which is a day and not a moment: no time zone moves it. */
export function isoDay(day: string, lang: string, short = false): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return format(date, lang, { timeZone: "UTC", year: "numeric", month: "short", ...(short ? {} : { day: "numeric" }) });
}

function format(date: Date, lang: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(lang, options).format(date);
  } catch {
    return new Intl.DateTimeFormat("en-US", options).format(date); // a host's `lang` that is no language
  }
}
