/** What the visitor marks on a message, and what can be had of one: shown at once, taken back when it was not kept. */
import type { Ask, Reply } from "./asking.js";
import type { DocumentKind, Message, Plan } from "./types.js";

export interface Marked {
  conversation: string;
  messages: Message[];
  /** Change something of a message as it is shown. */
  mark(seq: number, change: Partial<Message>): void;
  keep(messages: Message[]): void;
  changed(): void;
}

export class Marks {
  private plans = new Map<string, Promise<Reply<{ plan: Plan }>>>();

  constructor(private readonly owner: Marked, private readonly ask: Ask) {}

  rate(seq: number, helpful: boolean | null, word = ""): Promise<boolean> {
    const before = this.of(seq)?.rating ?? null;
    this.owner.mark(seq, { rating: helpful });
    return this.kept(this.ask("rate", { seq, helpful, word }), () => { this.owner.mark(seq, { rating: before }); });
  }

  tick(seq: number, step: number, done: boolean): Promise<boolean> {
    const before = this.of(seq)?.ticked ?? [];
    const others = before.filter((n) => n !== step);
    this.owner.mark(seq, { ticked: done ? [...others, step].sort((a, b) => a - b) : others });
    return this.kept(this.ask("tick", { seq, step, done }), () => { this.owner.mark(seq, { ticked: before }); });
  }

  /** The plan of a message; asked for once. */
  plan(seq: number): Promise<Reply<{ plan: Plan }>> {
    const key = `${this.owner.conversation}/${String(seq)}`;
    const asked = this.plans.get(key) ?? this.ask<{ plan: Plan }>("plan", { seq });
    this.plans.set(key, asked);
    void asked.then((reply) => { if (!reply.ok) this.plans.delete(key); });
    return asked;
  }

  document(kind: DocumentKind, seq?: number): Promise<Reply<{ url: string }>> {
    return this.ask("document", seq === undefined ? { kind } : { kind, seq });
  }

  forget(): void {
    this.plans.clear();
  }

  private of(seq: number): Message | undefined {
    return this.owner.messages.find((m) => m.seq === seq);
  }

  private async kept(asked: Promise<Reply<{ message: Message }>>, undo: () => void): Promise<boolean> {
    const reply = await asked;
    if (reply.ok) this.owner.keep([reply.message]);
    else undo();
    this.owner.changed();
    return reply.ok;
  }
}
