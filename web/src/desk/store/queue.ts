/** The lists: what is shown of them, in which order, and how long somebody has waited. */
import type { Held, Waiting } from "./protocol.js";

export interface Filter {
  rank: string;
  why: string;
  channel: string;
  whose: "mine" | "all";
}
export const NO_FILTER: Filter = { rank: "", why: "", channel: "", whose: "mine" };

/** By `rank`; `mark` is the colour's name. */
export const URGENCIES: { words: string; short: string; mark: "hot" | "warm" | "calm" }[] = [
  { words: "Distress: read first", short: "Distress", mark: "hot" },
  { words: "A hearing right runs out", short: "Hearing right", mark: "hot" },
  { words: "Cannot wait a day", short: "Today", mark: "hot" },
  { words: "Deadline within 30 days", short: "Deadline", mark: "warm" },
  { words: "No deadline near", short: "No deadline", mark: "calm" },
];
export const REASONS: Record<string, string> = {
  asked: "Asked for a person",
  misunderstood: "Bot did not understand",
  case: "Needs a professional",
  distress: "Distress",
};
export const CHANNELS: Record<string, string> = { website: "Website", slack: "Slack" };

export function urgencyOf(rank: number | null): (typeof URGENCIES)[number] {
  return URGENCIES[rank ?? 4] ?? { words: "", short: "", mark: "calm" };
}

type Listed = Pick<Waiting | Held, "rank" | "why" | "channel">;

export function fits(row: Listed, filter: Filter): boolean {
  return (
    (!filter.rank || String(row.rank ?? 4) === filter.rank) &&
    (!filter.why || row.why === filter.why) &&
    (!filter.channel || row.channel === filter.channel)
  );
}

export function filtered(filter: Filter): number {
  return [filter.rank, filter.why, filter.channel].filter(Boolean).length;
}

/** "now", "4 min", "2 h 05 min", "3 days"; `null` where it is not known. */
export function age(since: string | null, now = Date.now()): string | null {
  const ms = since ? now - Date.parse(since) : NaN;
  if (Number.isNaN(ms)) return null;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ${String(minutes % 60).padStart(2, "0")} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day" : `${String(days)} days`;
}

/** The next row in a direction, staying at the ends. */
export function step(ids: readonly string[], from: string | null, by: 1 | -1): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return (by > 0 ? ids[0] : ids.at(-1)) ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))] ?? null;
}
