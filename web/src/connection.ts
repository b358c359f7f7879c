/**
 * The page's side of the socket: one conversation as the server tells it, and what is not there yet.
 *
 * Tells "changed" when something shown changed, "arrived" (a message that was not there before),
 * "failed" (a message was not taken).
 */
import { asker, type Ask, type Reply } from "./asking.js";
import { Consent } from "./consent.js";
import { newId } from "./ids.js";
import { Marks } from "./marks.js";
import { merged } from "./merge.js";
import { Outbox } from "./outbox.js";
import { People } from "./people.js";
import type { MakeSocket, SocketLike } from "./socket.js";
import { TokenStore } from "./token.js";
import type { Draft, Firm, Handoff, Message, Session } from "./types.js";

const PATIENCE_MS = 6_000;
const RETRY_MS = 5_000;
const OVERLAP = 20; // messages asked for again after a cut: one of them may have changed meanwhile

export class Connection extends EventTarget {
  messages: Message[] = [];
  typing = false;
  online = false;
  /** It has been tried for some seconds and does not work. */
  failing = false;
  /** The visitor had everything deleted; nothing is sent until they begin anew. */
  deleted = false;
  keepDays: number | null = null;
  firm: Firm = { name: "", phone: "", email: "", hours: "" };
  /** The last message that was in view, for the badge. */
  seen = 0;
  /** What stands unsent in the box: it outlives the element when a site changes its page. */
  box = "";
  conversation = "";
  private socket: SocketLike | null = null;
  private askedAfter = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private readonly outbox: Outbox;
  private readonly ask: Ask = asker(() => (this.online ? this.socket : null));
  private readonly agreement = new Consent(() => { this.changed(); }, this.ask);
  /** Ratings, ticks, plans and documents. */
  readonly marks = new Marks(this, this.ask);
  /** The hand-over to a person. */
  readonly people = new People(this, this.ask);

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
  get consent(): boolean { return this.agreement.agreed; }
  get held(): boolean { return this.agreement.held; }
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
    on("message", (message: Message) => {
      if (message.author === "advisor") this.people.stops();
      this.keep([message]);
      this.changed();
    });
    on("typing", ({ on, by }: { on: boolean; by?: string }) => {
      if (by) {
        this.people.writes(by, on);
        return;
      }
      this.typing = on;
      this.changed();
    });
    on("handoff", (body: { handoff: Handoff | null }) => { this.people.show(body.handoff); });
    on("handoff_offer", (body: { handoff: Handoff | null }) => { this.people.show(body.handoff); });
    on("people", (body: { on: boolean }) => { this.people.possible = body.on; this.changed(); });
    on("answered", (body: { seq: number }) => {
      this.messages = this.messages.map((m) => (m.seq === body.seq ? { ...m, answered: true } : m));
      this.changed();
    });
    on("consent_needed", () => { this.agreement.needed(); });
    on("consented", () => { this.agreement.given(); });
    on("refused", () => { this.agreement.refused(); });
    on("deleted", () => { this.forget(); });
    on("disconnect", () => { this.lost(); });
    on("connect_error", () => { this.lost(); });
  }

  private lost(): void {
    this.online = false;
    this.typing = false;
    this.people.cut();
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
      this.marks.forget();
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
    this.agreement.enter(session);
    this.keepDays = session.keep_days ?? null;
    this.online = true;
    this.people.enter(session);
    this.keep(session.messages, other);
    if (other) this.seen = this.messages.at(-1)?.seq ?? 0;
    this.changed();
    this.agreement.sayAgain();
    this.outbox.flush();
  }

  /** Take over messages; what is new is told, unless the conversation is just being filled in. */
  keep(fresh: Message[], quietly = false): void {
    const { messages, arrived } = merged(this.messages, fresh);
    this.messages = messages;
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

  mark(seq: number, change: Partial<Message>): void {
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

  /** Answer the consent question. */
  agree(agree: boolean): Promise<void> {
    return this.agreement.agree(agree);
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
    this.marks.forget();
    this.people.forget();
    this.messages = [];
    this.conversation = this.box = "";
    this.agreement.forget();
    this.failing = false;
    this.seen = 0;
    this.changed();
  }

  /** After a deletion: a new visitor. */
  startAnew(): void {
    this.deleted = false;
    this.start();
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event("changed"));
  }
}
