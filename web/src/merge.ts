/** Puts messages among those the page has: by their number, and one that did not change stays the same object. */
import type { Message } from "./types.js";

export function merged(had: Message[], fresh: Message[]): { messages: Message[]; arrived: Message[] } {
  const bySeq = new Map(had.map((m) => [m.seq, m]));
  const arrived: Message[] = [];
  for (const message of fresh) {
    const before = bySeq.get(message.seq);
    if (before && JSON.stringify(before) === JSON.stringify(message)) continue;
    bySeq.set(message.seq, message);
    if (!before) arrived.push(message);
  }
  return { messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq), arrived };
}
