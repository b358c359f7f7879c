/** What came while nobody looked. */
import type { Message } from "./types.js";

export function unread(messages: Message[], seen: number): number {
  let count = 0;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i];
    if (!message || message.seq <= seen) break;
    if (message.author !== "visitor") count += 1;
  }
  return count;
}
