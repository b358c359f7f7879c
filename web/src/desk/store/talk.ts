/** A case's messages as the ledger numbers them: from 1, without a gap. */
import type { Message } from "./protocol.js";

export class Talk {
  private readonly bySeq = new Map<number, Message>();
  private sorted: Message[] | null = null;

  /** In order. */
  get messages(): Message[] {
    return (this.sorted ??= [...this.bySeq.values()].sort((a, b) => a.seq - b.seq));
  }

  get last(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** The last number before the first that is missing: what comes after it is asked for again. */
  get after(): number {
    let n = 0;
    while (this.bySeq.has(n + 1)) n += 1;
    return n;
  }

  get gap(): boolean {
    return this.after < this.last;
  }

  /** Take messages over; those that were not there before. One known already replaces what it was. */
  keep(fresh: readonly Message[]): Message[] {
    const arrived: Message[] = [];
    for (const message of fresh) {
      const had = this.bySeq.get(message.seq);
      if (had && JSON.stringify(had) === JSON.stringify(message)) continue;
      if (!had) arrived.push(message);
      this.bySeq.set(message.seq, message);
      this.sorted = null;
    }
    return arrived;
  }

  /** What the visitor wrote after a number. */
  unread(seen: number): number {
    return this.messages.filter((m) => m.seq > seen && m.author === "visitor").length;
  }

  /** Whether one of our own, by the id it was sent under, has been written. */
  has(clientId: string): boolean {
    return this.messages.some((m) => m.client_id === clientId || m.client_id === `a:${clientId}`);
  }
}
