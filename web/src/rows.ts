/** The conversation as rows to draw, with all that decides how a row looks. */
import { dayOf } from "./dates.js";
import type { Draft, Message } from "./types.js";

export interface Row {
  key: string;
  message: Message | null;
  draft: Draft | null;
  /** The moment whose day is written above the row, if another day begins there. */
  day: string | null;
  /** Its suggestions can be tapped. */
  last: boolean;
  /** The end of an answer: what can be rated. */
  ratable: boolean;
  /** Its plan is the latest one. */
  latestPlan: boolean;
  /** Far above the end: the browser need not lay it out until it is scrolled to. */
  far: boolean;
}

const NEAR_ROWS = 200;

export function rowsOf(messages: Message[], drafts: Draft[]): Row[] {
  const plan = messages.filter((m) => m.card === "plan").at(-1)?.seq;
  const rows: Row[] = [];
  let day = "";
  messages.forEach((message, i) => {
    const next = messages[i + 1];
    const its = dayOf(message.at);
    rows.push({
      // A draft and the message it becomes are one row: it is not drawn, nor read out, a second time.
      key: message.client_id ?? `seq-${String(message.seq)}`,
      message,
      draft: null,
      day: its && its !== day ? message.at : null,
      last: !next && drafts.length === 0,
      ratable: ratable(message, next),
      latestPlan: message.seq === plan,
      far: i < messages.length - NEAR_ROWS,
    });
    if (its) day = its;
  });
  for (const draft of drafts)
    rows.push({
      key: draft.client_id, message: null, draft, day: null, last: false, ratable: false, latestPlan: false, far: false,
    });
  return rows;
}

/** A question is no answer: "Yes" and "No" beneath it would be taken for answers to it. */
function ratable(message: Message, next: Message | undefined): boolean {
  if (message.author !== "assistant" || !message.reply_to || message.asks) return false;
  return next?.reply_to !== message.reply_to || Boolean(next.asks);
}
