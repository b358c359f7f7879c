/** What the desk's socket carries (docs/handoff.md, "The desk's socket"). */
import type { Message, Plan, Refused } from "../../types.js";

export type { Message, Plan };
export type CaseState = "waiting" | "with_advisor" | "closed" | "bot";
export type FactValue = string | number | boolean | null;

export interface Waiting {
  case: string;
  place: number;
  why: string;
  why_words: string;
  rank: number;
  by: string | null;
  urgency: string;
  since: string | null;
  channel: string;
  callback: boolean;
}

/** A line of the list of cases somebody has. */
export interface Held {
  case: string;
  state: CaseState;
  why: string;
  why_words: string;
  advisor: string | null;
  advisor_id: string | null;
  name: string | null;
  channel: string;
  since: string | null;
  rank: number | null;
  urgency: string;
  outcome: string | null;
  follow_up: string | null;
  closed_at: string | null;
}

export interface CaseInfo extends Omit<Held, "rank"> {
  rank: number;
  by: string | null;
  place: number | null;
  of: number;
  mine: boolean;
  contact: string | null;
  consented_at: string | null;
  callback: boolean;
}

export interface Fact {
  fact: string;
  value: FactValue | unknown[];
  from: "visitor" | "assumed" | "advisor";
  seq: number | null;
  by?: string;
  at?: string;
}

export interface Option {
  id: string;
  name: string;
  verdict: "available" | "needs_facts" | "not_available";
  reasons: string[];
  missing: string[];
  where: string;
}

export interface Deadline {
  id: string;
  what: string;
  on: string | null;
  earliest: string | null;
  latest: string | null;
  basis: string;
  passed: boolean;
  words: string;
}

export interface Assessment {
  as_of: string;
  plan: string | null;
  title: string;
  summary: string;
  reasons: string[];
  why_not: string[];
  options: Option[];
  open: { fact: string; decides: string; options: string[] }[];
  referrals: { reason: string; same_day: boolean }[];
  deadlines: Deadline[];
  notes: string[];
  card: Plan | null;
}

export interface Note {
  id: number;
  by: string;
  /** Written by the desk itself. */
  own: boolean;
  text: string;
  at: string;
  client_id: string;
}

export interface Whole {
  case: CaseInfo;
  messages: Message[];
  facts: Fact[];
  assessment: Assessment | null;
  notes: Note[];
  visitor?: boolean | null;
}

export interface Joined {
  me: { id: string; name: string; role: "advisor" | "manager" };
  waiting: Waiting[];
  cases: Held[];
  colleagues: { id: string; name: string }[];
  outcomes: Record<string, string>;
  firm?: { name: string; phone: string };
}

export type Reply<T> = ({ ok: true } & T) | Refused;
