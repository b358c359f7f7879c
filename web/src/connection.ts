/**
 * The page's side of the socket: nothing typed is lost, nothing is shown twice.
 *
 * What the visitor sends waits in `drafts` until the server acknowledges it; after a reconnect it is
 * sent again under the same client id, which the server answers once.
 */
import { io, type Socket } from "socket.io-client";
import type { Ack, Draft, Firm, Message, Refusal, Session } from "./types.js";

export const TOKEN_KEY = "cp503-token";
const ACK_MS = 10_000;

export interface SocketLike {
  connected: boolean;
  auth: unknown;
  on(event: string, handler: (...args: never[]) => void): unknown;
  emit(event: string, body: unknown, ack?: (answer: Ack) => void): unknown;
  connect(): unknown;
}

export class Connection extends EventTarget {
  messages: Message[] = [];
  drafts: Draft[] = [];
  typing = false;
  online = false;
  refused: Refusal | null = null;
  firm: Firm = { name: "", phone: "", email: "", hours: "" };
  private conversation = "";
  private sending = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly socket: SocketLike;

  constructor(socket?: SocketLike, private readonly store: Storage | null = safeStorage()) {
    super();
    this.socket = socket ?? (this.open() as unknown as SocketLike);
    this.socket.on("session", (session: Session) => { this.enter(session); });
    this.socket.on("message", (message: Message) => { this.keep([message]); this.changed(); });
    this.socket.on("typing", (body: { on: boolean }) => { this.typing = body.on; this.changed(); });
    this.socket.on("answered", (body: { seq: number }) => {
      this.messages = this.messages.map((m) => (m.seq === body.seq ? { ...m, answered: true } : m));
      this.changed();
    });
    this.socket.on("disconnect", () => { this.lost(); });
    this.socket.on("connect_error", () => { this.lost(); });
  }

  private open(): Socket {
    return io({
      auth: (give) => {
        give({ token: this.store?.getItem(TOKEN_KEY) ?? null, after: this.messages.at(-1)?.seq ?? 0 });
      },
      reconnectionDelayMax: 5000,
      // A websocket may meet any of several frontdesks; requests, the fallback, must all meet one.
      transports: ["websocket", "polling"],
      tryAllTransports: true,
    });
  }

  private lost(): void {
    this.online = false;
    this.typing = false;
    this.sending = false;
    this.changed();
    // The server refused the connection itself (too many at once): socket.io does not retry that.
    if (!this.retry) {
      this.retry = setTimeout(() => {
        this.retry = undefined;
        if (!this.socket.connected) this.socket.connect();
      }, 5000);
    }
  }

  private enter(session: Session): void {
    if (session.conversation !== this.conversation) {
      this.messages = [];
      this.conversation = session.conversation;
    }
    this.store?.setItem(TOKEN_KEY, session.token);
    this.firm = session.firm;
    this.typing = session.typing;
    this.online = true;
    this.keep(session.messages);
    this.changed();
    this.flush();
  }

  private keep(fresh: Message[]): void {
    const bySeq = new Map(this.messages.map((m) => [m.seq, m]));
    for (const message of fresh) bySeq.set(message.seq, message);
    this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    const taken = new Set(fresh.map((m) => m.client_id));
    this.drafts = this.drafts.filter((d) => !taken.has(d.client_id));
  }

  /** Send a text; it is shown as waiting until the server has it. */
  say(text: string): void {
    const client_id = newId();
    this.queue({ client_id, text, event: "say", body: { client_id, text } });
  }

  /** Tap a button of a message. */
  choose(message: Message, button: number): void {
    const client_id = newId();
    const text = message.buttons[button]?.title ?? "";
    this.messages = this.messages.map((m) => (m.seq === message.seq ? { ...m, chosen: button } : m));
    this.queue({ client_id, text, event: "choose", body: { client_id, seq: message.seq, button } });
  }

  /** Begin a new conversation. */
  restart(): void {
    this.drafts = [];
    this.socket.emit("restart", {});
  }

  private queue(draft: Draft): void {
    this.refused = null;
    this.drafts = [...this.drafts, draft];
    this.changed();
    this.flush();
  }

  /** One at a time, in order: the next goes out when the last was taken. */
  private flush(): void {
    const draft = this.drafts[0];
    if (!draft || !this.online || this.sending) return;
    this.sending = true;
    const again = setTimeout(() => { this.sending = false; this.flush(); }, ACK_MS);
    this.socket.emit(draft.event, draft.body, (answer: Ack) => {
      clearTimeout(again);
      this.sending = false;
      if (answer.ok) this.keep([answer.message]);
      else this.refuse(draft, answer.error);
      this.changed();
      if (answer.ok || answer.error.code !== "too_fast") this.flush();
    });
  }

  private refuse(draft: Draft, error: Refusal): void {
    this.refused = error;
    if (error.code === "too_fast") {
      setTimeout(() => { this.refused = null; this.flush(); }, (error.retry_after ?? 5) * 1000);
      return;
    }
    this.drafts = this.drafts.filter((d) => d !== draft);
    this.dispatchEvent(new CustomEvent("returned", { detail: draft.event === "say" ? draft.text : "" }));
  }

  private changed(): void {
    this.dispatchEvent(new Event("changed"));
  }
}

/** An id nobody can guess; pages served without TLS have no crypto.randomUUID. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((b) => b.toString(16).padStart(2, "0"))
    .join("");
}

/** Browsers may forbid storage; the page then works until it is closed. */
function safeStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
