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
  card?: "plan" | null;
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

export interface Session {
  token: string;
  conversation: string;
  messages: Message[];
  typing: boolean;
  consent?: boolean;
  held?: boolean;
  keep_days?: number;
  firm: Firm;
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
