/** What an advisor is told about a case that moved. */
import type { CaseState } from "./protocol.js";

export const WORDS = {
  claimed: "The case is yours. The visitor was told that you are here.",
  released: "The case is back in the queue. The visitor was told.",
  returned: "The visitor is back with the bot, with your words in the conversation.",
  handedToYou: "A case is with you now.",
  deleted: "The visitor deleted this conversation, so nothing of it is left here.",
};

/** Why a case is not here any more. */
export function leftWords(state: CaseState, advisor: string | null): string {
  if (state === "with_advisor") return `${advisor ?? "A colleague"} has this case now.`;
  if (state === "waiting") return "This case is back in the queue.";
  if (state === "closed") return "This case was closed.";
  return "This case is back with the bot: the visitor ended it, or it was returned.";
}
