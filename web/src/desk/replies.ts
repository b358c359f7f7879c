/** The firm's canned replies, asked for once in a while. */
import { call } from "./api.js";
import type { CannedReply } from "./store/replies.js";

const FRESH_MS = 60_000;
let kept: CannedReply[] = [];
let asked = 0;

/** Those there are; where they cannot be had, what is known from before. */
export async function cannedReplies(): Promise<CannedReply[]> {
  if (Date.now() - asked < FRESH_MS) return kept;
  try {
    kept = (await call<{ replies: CannedReply[] }>("replies")).replies;
    asked = Date.now();
  } catch {
    // The composer works without them.
  }
  return kept;
}
