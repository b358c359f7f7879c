/** Cases as the HTTP API has them (docs/handoff.md, "The desk's HTTP"). */
import type { CaseState, Whole } from "../../store/protocol.js";

export interface Row {
  case: string;
  state: CaseState;
  why_words: string;
  channel: string;
  name: string | null;
  contact?: string | null;
  advisor: string | null;
  asked_at: string | null;
  closed_at: string | null;
  outcome_words: string | null;
  follow_up: string | null;
  followed_at: string | null;
  followed_by: string | null;
  matched?: string | null;
  matched_in?: string | null;
}

export interface Found {
  cases: Row[];
  next: string | null;
  outcomes: Record<string, string>;
  advisors: { id: string; name: string }[];
}

export interface Due { today: string; cases: Row[] }
export interface Move { at: string; what: string; by: string | null; details: Record<string, unknown> }
export interface PastCase extends Whole {
  case: Whole["case"] & { followed_at: string | null; followed_by: string | null };
  moves: Move[];
}

export interface Asked { q: string; state: string; outcome: string; advisor: string; from: string; to: string }
export const NOTHING: Asked = { q: "", state: "", outcome: "", advisor: "", from: "", to: "" };

export const STATES: [string, string][] = [["closed", "Closed"], ["with_advisor", "With an advisor"], ["waiting", "Waiting"]];

export function query(asked: Asked, before = ""): string {
  const all = Object.entries({ ...asked, before }).filter(([, value]) => value);
  return new URLSearchParams(all).toString();
}

/** Text cut where a searched word stands, to mark it. */
export function marked(text: string, q: string): { text: string; hit: boolean }[] {
  const words = [...q.matchAll(/"([^"]+)"|([^\s"]+)/g)].map((m) => (m[1] ?? m[2] ?? "").trim()).filter(Boolean);
  if (!words.length) return [{ text, hit: false }];
  const any = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "giu");
  return text.split(any).map((part, i) => ({ text: part, hit: i % 2 === 1 })).filter((p) => p.text);
}

const MOVES: Record<string, string> = {
  "case.offered": "A person was offered", "case.declined": "The visitor went on without", "case.asked": "The visitor agreed: into the queue",
  "case.cancelled": "The visitor took it back", "case.contact": "The visitor left a way to reach them", "case.overdue": "Waited too long: a call back was offered",
  "case.claimed": "Claimed", "case.transferred": "Handed to a colleague", "case.released": "Put back into the queue",
  "case.advisor_gone": "The advisor's browser was gone: back into the queue", "case.returned": "Returned to the bot", "case.left": "The visitor left the advisor",
  "case.corrected": "Facts corrected", "case.noted": "Note written", "case.closed": "Closed", "case.followed": "Come back to", "case.read": "Read as a past case",
};

export function moveWords(what: string): string {
  return MOVES[what] ?? what.replace(/[._]/g, " ");
}
