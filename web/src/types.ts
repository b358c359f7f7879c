/** What the server sends (docs/architecture.md, "The website's socket"). */
export interface Message {
  seq: number;
  author: "visitor" | "assistant" | "notice";
  text: string;
  buttons: { title: string }[];
  links: { title: string; url: string }[];
  chosen: number | null;
  client_id: string | null;
  reply_to: number | null;
  at: string;
  answered: boolean;
}

export interface Firm {
  name: string;
  phone: string;
  email: string;
  hours: string;
}

export interface Session {
  token: string;
  conversation: string;
  messages: Message[];
  typing: boolean;
  firm: Firm;
}

export interface Refusal {
  code: string;
  message: string;
  retry_after?: number;
}

export type Ack = { ok: true; seq: number; message: Message } | { ok: false; error: Refusal };

/** A message of the visitor that the server has not taken yet. */
export interface Draft {
  client_id: string;
  text: string;
  event: "say" | "choose";
  body: Record<string, unknown>;
}
