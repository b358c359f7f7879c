/**
 * The page's side of the socket: one conversation as the server tells it, and what is not there yet.
 *
 * Tells "changed" when something shown changed, "arrived" (a message that was not there before),
 * "failed" (a message was not taken).
 */
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";
import type { MakeSocket, SocketLike } from "./socket.js";
import { TokenStore } from "./token.js";
import type { DocumentKind, Draft, Firm, Message, Plan, Refused, Session } from "./types.js";

const ASK_MS = 10_000;
const PATIENCE_MS = 6_000;
const RETRY_MS = 5_000;
const OVERLAP = 20; // messages asked for again after a cut: one of them may have changed meanwhile

type Reply<T> = ({ ok: true } & T) | Refused;

export class Connection extends EventTarget {
  messages: Message[] = [];
  typing = false;
  online = false;
  /** It has been tried for some seconds and does not work. */
  failing = false;
  /** The visitor had everything deleted; nothing is sent until they begin anew. */
  deleted = false;
  consent = false;
  held = false;
  keepDays: number | null = null;
  firm: Firm = { name: "", phone: "", email: "", hours: "" };
  /** The last message that was in view, for the badge. */
  seen = 0;
  /** What stands unsent in the box: it outlives the element when a site changes its page. */
  box = "";
  conversation = "";
  private plans = new Map<string, Promise<Reply<{ plan: Plan }>>>();
  private answer: boolean | null = null; // to the consent question, not yet taken by the server
  private socket: SocketLike | null = null;
  private askedAfter = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private readonly outbox: Outbox;

  constructor(private readonly make: MakeSocket, private readonly tokens = new TokenStore()) {
    super();
    this.outbox = new Outbox({
      online: () => this.online,
      emit: (event, body, ack) => { this.socket?.emit(event, body, ack as (answer: never) => void); },
      taken: (message) => { this.keep([message]); },
      failed: (draft) => { this.failed(draft); },
      changed: () => { this.changed(); },
    });
  }

  get drafts(): Draft[] { return this.outbox.drafts; }
  get refused(): Outbox["refused"] { return this.outbox.refused; }
  get started(): boolean { return this.socket !== null; }
  get known(): boolean { return this.tokens.get() !== null; }

  /** Connect, or connect again. */
  start(): void {
    if (this.online || this.deleted) return;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => { this.failing = !this.online; this.changed(); }, PATIENCE_MS);
    try {
      if (this.socket) this.wake(this.socket);
      else this.listen((this.socket = this.make(() => this.credentials())));
    } catch {
      this.lost(); // no WebSocket, a bad address: said in the panel, never thrown at the page
    }
  }

  /** One that is connecting already must not be told to: it would ask for its session twice, and be refused. */
  private wake(socket: SocketLike): void {
    if (!socket.connected && !socket.active) socket.connect();
  }

  /** Hang up; what is shown stays, and `start` goes on from there. */
  stop(): void {
    clearTimeout(this.retry);
    clearTimeout(this.patience);
    this.retry = undefined;
    const socket = this.socket;
    this.socket = null;
    this.online = false;
    this.typing = false;
    this.outbox.cut();
    socket?.disconnect();
  }

  private credentials(): { token: string | null; after: number } {
    this.askedAfter = Math.max(0, (this.messages.at(-1)?.seq ?? 0) - OVERLAP);
    return { token: this.tokens.get(), after: this.askedAfter };
  }

  private listen(socket: SocketLike): void {
    const on = (event: string, handler: (body: never) => void): void => {
      socket.on(event, (body: never) => { if (socket === this.socket) handler(body); });
    };
    on("session", (session: Session) => { this.enter(session); });
    on("message", (message: Message) => { this.keep([message]); this.changed(); });
    on("typing", (body: { on: boolean }) => { this.typing = body.on; this.changed(); });
    on("answered", (body: { seq: number }) => {
      this.messages = this.messages.map((m) => (m.seq === body.seq ? { ...m, answered: true } : m));
      this.changed();
    });
    on("consent_needed", () => { this.held = true; this.changed(); });
    on("consented", () => { this.consented(); });
    on("refused", () => { this.held = false; this.changed(); });
    on("deleted", () => { this.forget(); });
    on("disconnect", () => { this.lost(); });
    on("connect_error", () => { this.lost(); });
  }

  private lost(): void {
    this.online = false;
    this.typing = false;
    this.outbox.cut();
    this.changed();
    // The server refused the connection itself (too many at once): socket.io does not retry that.
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      if (this.socket) this.wake(this.socket);
    }, RETRY_MS);
  }

  private enter(session: Session): void {
    const other = session.conversation !== this.conversation;
    const partial = this.askedAfter > 0;
    this.askedAfter = 0;
    this.tokens.set(session.token);
    if (other) {
      this.messages = [];
      this.conversation = session.conversation;
      this.plans.clear();
      // Another tab began anew meanwhile, and we asked only for the end: ask for all of it.
      if (partial) {
        this.socket?.disconnect();
        this.socket?.connect();
        return;
      }
    }
    clearTimeout(this.patience);
    this.failing = false;
    this.firm = session.firm;
    this.typing = session.typing;
    this.consent = session.consent ?? false;
    this.held = session.held ?? false;
    this.keepDays = session.keep_days ?? null;
    this.online = true;
    this.keep(session.messages, other);
    if (other) this.seen = this.messages.at(-1)?.seq ?? 0;
    this.changed();
    if (this.answer !== null) void this.agree(this.answer);
    this.outbox.flush();
  }

  /** Take over messages; one that did not change stays the same object, and is not drawn again. */
  private keep(fresh: Message[], quietly = false): void {
    const bySeq = new Map(this.messages.map((m) => [m.seq, m]));
    const arrived: Message[] = [];
    for (const message of fresh) {
      const had = bySeq.get(message.seq);
      if (had && JSON.stringify(had) === JSON.stringify(message)) continue;
      bySeq.set(message.seq, message);
      if (!had) arrived.push(message);
    }
    this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    const taken = new Set(fresh.map((m) => m.client_id));
    this.outbox.drop((d) => taken.has(d.client_id));
    if (quietly) return;
    for (const detail of arrived) this.dispatchEvent(new CustomEvent("arrived", { detail }));
  }

  private failed(draft: Draft): void {
    if (this.refused?.code === "deleted") {
      this.forget(); // elsewhere, while this page was cut off
      return;
    }
    if (draft.event === "choose") this.mark(Number(draft.body.seq), { chosen: null });
    this.dispatchEvent(new CustomEvent("failed", { detail: draft }));
  }

  private mark(seq: number, change: Partial<Message>): void {
    this.messages = this.messages.map((m) => (m.seq === seq ? { ...m, ...change } : m));
    this.changed();
  }

  /** Send a text; it is shown as waiting until the server has it. */
  say(text: string): void {
    const client_id = newId();
    this.outbox.add({ client_id, text, event: "say", body: { client_id, text } });
  }

  /** Tap a button of a message. */
  choose(message: Message, button: number): void {
    const client_id = newId();
    const text = message.buttons[button]?.title ?? "";
    this.mark(message.seq, { chosen: button });
    this.outbox.add({ client_id, text, event: "choose", body: { client_id, seq: message.seq, button } });
  }

  tryAgain(draft: Draft): void {
    this.outbox.again(draft);
  }

  /** Take a message that was not sent back; the caller has its text. */
  takeBack(draft: Draft): void {
    this.outbox.drop((d) => d.client_id === draft.client_id);
    this.changed();
  }

  /** Begin a new conversation. */
  async restart(): Promise<Reply<unknown>> {
    const reply = await this.ask("restart", {});
    if (reply.ok) this.outbox.clear();
    this.changed();
    return reply;
  }

  /** Answer the consent question; said again after a cut until the server has it. */
  async agree(agree: boolean): Promise<void> {
    this.answer = agree;
    this.held = false;
    if (agree) this.consent = true;
    this.changed();
    const reply = await this.ask("consent", { agree });
    if (reply.ok) this.answer = null;
    else if (reply.error.code === "too_fast") {
      setTimeout(() => { if (this.answer === agree) void this.agree(agree); }, (reply.error.retry_after ?? 5) * 1000);
    }
  }

  private consented(): void {
    this.consent = true;
    this.held = false;
    if (this.answer === false) this.answer = null;
    this.changed();
  }

  async rate(seq: number, helpful: boolean | null, word = ""): Promise<boolean> {
    const before = this.messages.find((m) => m.seq === seq)?.rating ?? null;
    this.mark(seq, { rating: helpful });
    return this.kept(await this.ask<{ message: Message }>("rate", { seq, helpful, word }), () => {
      this.mark(seq, { rating: before });
    });
  }

  async tick(seq: number, step: number, done: boolean): Promise<boolean> {
    const before = this.messages.find((m) => m.seq === seq)?.ticked ?? [];
    const others = before.filter((n) => n !== step);
    this.mark(seq, { ticked: done ? [...others, step].sort((a, b) => a - b) : others });
    return this.kept(await this.ask<{ message: Message }>("tick", { seq, step, done }), () => {
      this.mark(seq, { ticked: before });
    });
  }

  private kept(reply: Reply<{ message: Message }>, undo: () => void): boolean {
    if (reply.ok) this.keep([reply.message]);
    else undo();
    this.changed();
    return reply.ok;
  }

  /** The plan of a message; asked for once. */
  plan(seq: number): Promise<Reply<{ plan: Plan }>> {
    const key = `${this.conversation}/${String(seq)}`;
    const asked = this.plans.get(key) ?? this.ask<{ plan: Plan }>("plan", { seq });
    this.plans.set(key, asked);
    void asked.then((reply) => { if (!reply.ok) this.plans.delete(key); });
    return asked;
  }

  document(kind: DocumentKind, seq?: number): Promise<Reply<{ url: string }>> {
    return this.ask("document", seq === undefined ? { kind } : { kind, seq });
  }

  /** Have everything of this visitor deleted. */
  async delete(): Promise<Reply<unknown>> {
    const reply = await this.ask("delete", {});
    if (reply.ok) this.forget();
    return reply;
  }

  private forget(): void {
    if (this.deleted) return;
    this.deleted = true;
    this.stop();
    this.tokens.forget();
    this.outbox.clear();
    this.plans.clear();
    this.messages = [];
    this.conversation = this.box = "";
    this.consent = this.held = this.failing = false;
    this.answer = null;
    this.seen = 0;
    this.changed();
  }

  /** After a deletion: a new visitor. */
  startAnew(): void {
    this.deleted = false;
    this.start();
    this.changed();
  }

  private ask<T>(event: string, body: Record<string, unknown>): Promise<Reply<T>> {
    const no = (code: string): Refused => ({ ok: false, error: { code, message: "" } });
    const socket = this.socket;
    if (!this.online || !socket) return Promise.resolve(no("offline"));
    return new Promise((resolve) => {
      const timer = setTimeout(() => { resolve(no("no_answer")); }, ASK_MS);
      socket.emit(event, body, (answer: Reply<T>) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  private changed(): void {
    this.dispatchEvent(new Event("changed"));
  }
}
