/** What the server sends (docs/architecture.md, "The website's socket"). */
export interface Message {
  seq: number;
  author: "visitor" | "assistant" | "advisor" | "notice";
  text: string;
  buttons: { title: string }[];
  links: { title: string; url: string }[];
  chosen: number | null;
  client_id: string | null;
  reply_to: number | null;
  at: string;
  answered: boolean;
  rating?: boolean | null;
  /** Drawn in its own way: a plan, the offer of a person, the question how their help was. */
  card?: "plan" | "offer" | "rating" | null;
  ticked?: number[];
  /** It asks for a fact of the person's case. */
  asks?: boolean;
  handoff?: boolean;
  /** The advisor who wrote it. */
  by?: string | null;
}

export interface Firm {
  name: string;
  phone: string;
  email: string;
  hours: string;
  privacy?: string;
}

/** How it stands with a person of the firm (docs/handoff.md). */
export interface Handoff {
  state: "offered" | "waiting" | "with_advisor";
  why: string;
  /** The message that offers it. */
  seq: number | null;
  place: number | null;
  of: number | null;
  advisor: string | null;
  /** The advisor's browser is there. */
  present: boolean | null;
  /** A call back was offered. */
  callback: boolean;
  contact_needed: boolean;
  /** The contact they gave has an e-mail address. */
  email?: boolean;
  /** Somebody is at the desk, else when it opens, in words. */
  staffed: boolean | null;
  opens: string | null;
}

export interface Session {
  token: string;
  conversation: string;
  messages: Message[];
  typing: boolean;
  consent?: boolean;
  held?: boolean;
  keep_days?: number;
  firm: Firm;
  handoff?: Handoff | null;
  /** The firm has people who could take over. */
  people?: boolean;
  /** The firm sends mail. */
  mail?: boolean;
}

export interface Refusal {
  code: string;
  message: string;
  retry_after?: number;
}

export type Refused = { ok: false; error: Refusal };
export type Ack = { ok: true; seq: number; message: Message } | Refused;
export type DocumentKind = "pdf" | "calendar" | "transcript" | "print";

/** A message of the visitor that the server has not taken yet. */
export interface Draft {
  client_id: string;
  text: string;
  event: "say" | "choose";
  body: Record<string, unknown>;
  state: "waiting" | "sending" | "failed";
  tries: number;
}

export type Balance = [day: string, dollars: string][];

export interface Way {
  id: string;
  name: string;
  pay_words: string;
  time_words: string;
  payment: string;
  payments: number;
  ends: string;
  fee: string;
  fee_words: string;
  total: string;
  total_words: string;
  best: ("cheapest" | "easiest")[];
  balance: Balance;
}

export interface Step {
  what: string;
  where?: string | null;
  by?: string | null;
  by_words?: string | null;
  takes?: string | null;
}

export interface Plan {
  as_of: string;
  title: string;
  summary: string;
  ways: Way[];
  nothing: { name: string; words: string; balance: Balance } | null;
  steps: Step[];
  papers: string[];
  dates: boolean;
  estimates: string[];
  references: { title: string; url: string; as_of: string }[];
  disclaimer: string;
}
