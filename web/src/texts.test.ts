import { describe, expect, it } from "vitest";
import { dayWords, isoDay } from "./dates.js";
import { rowsOf } from "./rows.js";
import { fill, launcherName, TEXTS, withOverrides } from "./texts.js";
import type { Message } from "./types.js";
import { unread } from "./unread.js";

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  seq, text: "", client_id: null, author: "assistant", buttons: [], links: [], chosen: null, reply_to: null,
  at: "2026-11-24T12:00:00", answered: false, ...more,
});

describe("texts", () => {
  it("takes known sentences, as JSON or as an object, and nothing else", () => {
    expect(withOverrides('{"send":"Go","unknown":"x","close":3}')).toEqual({ ...TEXTS, send: "Go" });
    expect(withOverrides({ send: "Go" }).send).toBe("Go");
  });
  it.each(["{", "", "[]", "null", undefined, null, 3])("is itself for %s", (bad) => {
    expect(withOverrides(bad)).toEqual(TEXTS);
  });
  it("fills in values and leaves what it does not know", () => {
    expect(fill("{n} of {m}", { n: 1 })).toBe("1 of {m}");
  });
  it("names the launcher with what is new", () => {
    expect(launcherName(TEXTS, 0)).toBe("Chat with us");
    expect(launcherName(TEXTS, 1)).toBe("Chat with us, 1 new message");
    expect(launcherName({ ...TEXTS, launcher: "Ask us" }, 2)).toBe("Chat: Ask us, 2 new messages");
  });
});

describe("days", () => {
  const now = new Date(2026, 10, 24, 0, 30);
  it.each([
    [new Date(2026, 10, 24, 0, 5), "Today"],
    [new Date(2026, 10, 23, 23, 59), "Yesterday"],
    [new Date(2026, 10, 20, 9), "Friday, November 20"],
    [new Date(2025, 11, 31, 9), "Wednesday, December 31, 2025"],
  ])("%s", (at, words) => { expect(dayWords(at.toISOString(), TEXTS, "en-US", now)).toBe(words); });
  it("is quiet about what is no date, and knows a wrong language", () => {
    expect(dayWords("x", TEXTS, "en-US", now)).toBe("");
    expect(isoDay("2028-05-28", "not a language")).toBe("May 28, 2028");
  });
});

describe("unread", () => {
  it("counts what others wrote since", () => {
    const all = [message(1), message(2, { author: "visitor" }), message(3), message(4, { author: "notice" })];
    expect(unread(all, 1)).toBe(2);
    expect(unread(all, 4)).toBe(0);
  });
});

describe("rows", () => {
  it("writes a day once, rates the end of an answer and opens the latest plan", () => {
    const rows = rowsOf(
      [
        message(1),
        message(2, { author: "visitor", client_id: "a" }),
        message(3, { reply_to: 2, card: "plan" }),
        message(4, { reply_to: 2, card: "plan", at: "2026-11-25T12:00:00" }),
      ],
      [],
    );
    expect(rows.map((r) => r.day !== null)).toEqual([true, false, false, true]);
    expect(rows.map((r) => r.ratable)).toEqual([false, false, false, true]);
    expect(rows.map((r) => r.latestPlan)).toEqual([false, false, false, true]);
    expect(rows.map((r) => r.last)).toEqual([false, false, false, true]);
  });
  it("keeps a message in its row when the server takes it", () => {
    const draft = { client_id: "a", text: "x", event: "say" as const, body: {}, state: "sending" as const, tries: 1 };
    expect(rowsOf([], [draft])[0]?.key).toBe(rowsOf([message(1, { client_id: "a" })], [])[0]?.key);
  });
});
