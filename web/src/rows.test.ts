import { describe, expect, it } from "vitest";
import { rowsOf } from "./rows.js";
import type { Message } from "./types.js";

const message = (seq: number, more: Partial<Message>): Message => ({
  seq, author: "assistant", text: "x", buttons: [], links: [], chosen: null, client_id: null,
  reply_to: null, at: "2026-11-28T12:00:00+00:00", answered: true, ...more,
});
const ratable = (messages: Message[]) => rowsOf(messages, []).map((row) => row.ratable);

describe("what can be rated", () => {
  it("is the end of an answer, not the opening and not what the visitor said", () => {
    expect(ratable([
      message(1, { reply_to: 0 }), message(2, { author: "visitor" }),
      message(3, { reply_to: 2 }), message(4, { reply_to: 2 }),
    ])).toEqual([false, false, false, true]);
  });

  it("is never a question, whose Yes and No these would seem to be", () => {
    expect(ratable([
      message(1, { author: "visitor" }), message(2, { reply_to: 1 }), message(3, { reply_to: 1, asks: true }),
      message(4, { author: "visitor" }), message(5, { reply_to: 4, asks: true }),
    ])).toEqual([false, true, false, false, false]);
  });
});
