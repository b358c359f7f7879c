/** The page's side of the hand-over to a person (docs/handoff.md): how it stands, and what the visitor does. */
import type { Ask, Reply } from "./asking.js";
import type { Handoff, Message, Session } from "./types.js";

const AGAIN_MS = 3_000; // "still writing" goes out at most so often
const IDLE_MS = 5_000; // without a letter for so long they do not write any more
const WRITING_MS = 12_000; // an advisor whose "stopped" got lost does not write for ever

export const RATINGS = ["helped", "partly", "not"] as const;

export interface Talk {
  mark(seq: number, change: Partial<Message>): void;
  keep(messages: Message[]): void;
  changed(): void;
}

export class People {
  /** Somebody of the firm could take over. */
  possible = false;
  /** The firm sends mail. */
  mail = false;
  handoff: Handoff | null = null;
  /** The advisor who is writing just now. */
  writing: string | null = null;
  /** They gave an e-mail address with their case. */
  email = "";
  private told = false; // the advisor was told that the visitor writes
  private toldAt = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private fades: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly talk: Talk, private readonly ask: Ask) {}

  get state(): Handoff["state"] | null { return this.handoff?.state ?? null; }

  /** A case runs: what the visitor writes is, or will be, read by a person. */
  get running(): boolean { return this.state === "waiting" || this.state === "with_advisor"; }

  enter(session: Session): void {
    this.possible = session.people ?? false;
    this.mail = session.mail ?? false;
    this.show(session.handoff ?? null);
  }

  show(handoff: Handoff | null): void {
    if (handoff?.advisor !== this.handoff?.advisor) this.stops();
    this.handoff = handoff;
    if (this.state !== "with_advisor") this.told = false;
    this.talk.changed();
  }

  /** An advisor begins or ends to write. */
  writes(by: string, on: boolean): void {
    this.stops();
    if (on) {
      this.writing = by;
      this.fades = setTimeout(() => { this.stops(); this.talk.changed(); }, WRITING_MS);
    }
    this.talk.changed();
  }

  /** Nobody writes any more: it is said, or they are gone. */
  stops(): void {
    clearTimeout(this.fades);
    this.writing = null;
  }

  /** The visitor changed what is in the box; an advisor sees that they write, not what. */
  typed(text: string): void {
    if (this.state !== "with_advisor") return;
    clearTimeout(this.idle);
    if (!text.trim()) {
      this.tell(false);
      return;
    }
    this.idle = setTimeout(() => { this.tell(false); }, IDLE_MS);
    if (!this.told || Date.now() - this.toldAt > AGAIN_MS) this.tell(true);
  }

  private tell(on: boolean): void {
    if (on === this.told && !on) return;
    this.told = on;
    this.toldAt = Date.now();
    void this.ask("typing", { on });
  }

  /** Ask for a person; the offer then comes as a message. */
  offer(): Promise<Reply<unknown>> {
    return this.ask("handoff_offer", {});
  }

  /** Answer the offer, or say while waiting how to be reached. */
  async answer(agree: boolean, name = "", contact = ""): Promise<Reply<unknown>> {
    const given = { ...(name ? { name } : {}), ...(contact ? { contact } : {}) };
    const reply = await this.ask("handoff_consent", { agree, ...given });
    if (reply.ok && contact.includes("@")) this.email = contact.split(/[\s,;]+/).find((w) => w.includes("@")) ?? "";
    return reply;
  }

  /** Out of the line, or away from the advisor. */
  leave(): Promise<Reply<unknown>> {
    return this.ask("handoff_cancel", {});
  }

  /** Rate the help, in place: `button` of the message that asks. */
  async rate(message: Message, button: number): Promise<Reply<unknown>> {
    const before = message.chosen;
    this.talk.mark(message.seq, { chosen: button });
    const rating = RATINGS[button];
    const reply = await this.ask<{ message: Message }>("handoff_rate", { seq: message.seq, rating });
    if (reply.ok) this.talk.keep([reply.message]);
    else this.talk.mark(message.seq, { chosen: before });
    this.talk.changed();
    return reply;
  }

  send(to: string, transcript: boolean, plan: boolean): Promise<Reply<unknown>> {
    return this.ask("mail_me", { to, transcript, plan });
  }

  /** The connection is gone, or everything was deleted. */
  cut(): void {
    this.stops();
    clearTimeout(this.idle);
    this.told = false;
  }

  forget(): void {
    this.cut();
    this.handoff = null;
    this.email = "";
  }
}
