import { describe, expect, it } from "vitest";
import type { Message } from "./protocol.js";
import { Talk } from "./talk.js";

const message = (seq: number, author: Message["author"] = "visitor", more: Partial<Message> = {}): Message => ({
  seq, author, text: `m${String(seq)}`, buttons: [], links: [], chosen: null, client_id: null, reply_to: null,
  at: "2026-11-28T10:00:00+00:00", answered: true, ...more,
});

describe("a case's messages", () => {
  it("asks again after the last number before the first that is missing", () => {
    const talk = new Talk();
    expect([talk.after, talk.gap]).toEqual([0, false]);
    talk.keep([message(1), message(2), message(5)]);
    expect([talk.after, talk.last, talk.gap]).toEqual([2, 5, true]);
    talk.keep([message(4), message(3)]);
    expect([talk.after, talk.gap]).toEqual([5, false]);
    expect(talk.messages.map((m) => m.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it("notices a first message that is missing", () => {
    const talk = new Talk();
    talk.keep([message(2)]);
    expect([talk.after, talk.gap]).toEqual([0, true]);
  });

  it("says once that a message arrived, and takes a changed one over", () => {
    const talk = new Talk();
    expect(talk.keep([message(1)])).toHaveLength(1);
    expect(talk.keep([message(1)])).toHaveLength(0);
    expect(talk.keep([message(1, "visitor", { chosen: 1 })])).toHaveLength(0);
    expect(talk.messages[0]?.chosen).toBe(1);
  });

  it("counts what the visitor wrote since it was read, and nothing else", () => {
    const talk = new Talk();
    talk.keep([message(1), message(2, "assistant"), message(3), message(4, "notice"), message(5)]);
    expect(talk.unread(1)).toBe(2);
    expect(talk.unread(5)).toBe(0);
  });

  it("knows its own message by the id it was sent under", () => {
    const talk = new Talk();
    talk.keep([message(1, "advisor", { client_id: "a:abc" })]);
    expect([talk.has("abc"), talk.has("other")]).toEqual([true, false]);
  });
});
