import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { People } from "./people.js";
import type { Handoff, Message, Session } from "./types.js";

type Asked = [event: string, body: Record<string, unknown>];

const handoff = (more: Partial<Handoff> = {}): Handoff => ({
  state: "waiting", why: "asked", seq: 2, place: 1, of: 1, advisor: null, present: null, callback: false,
  contact_needed: false, email: false, staffed: true, opens: null, ...more,
});
const withAnna = handoff({ state: "with_advisor", place: null, of: null, advisor: "Anna", present: true });

let asked: Asked[];
let answer: unknown;
let people: People;
let marked: [number, Partial<Message>][];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  marked = [];
  answer = { ok: true };
  people = new People(
    { mark: (seq, change) => { marked.push([seq, change]); }, keep: () => 0, changed: () => 0 },
    (event, body) => {
      asked.push([event, body]);
      return Promise.resolve(answer as never);
    },
  );
});
afterEach(() => { vi.useRealTimers(); });

describe("how it stands", () => {
  it("comes with the session; a server that knows nothing of it offers nothing", () => {
    people.enter({} as Session);
    expect([people.possible, people.mail, people.state, people.running]).toEqual([false, false, null, false]);
    people.enter({ people: true, mail: true, handoff: handoff() } as Session);
    expect([people.possible, people.mail, people.state, people.running]).toEqual([true, true, "waiting", true]);
  });

  it("shows who writes until they stop, are gone, or nothing more is heard", () => {
    people.show(withAnna);
    people.writes("Anna", true);
    expect(people.writing).toBe("Anna");
    people.writes("Anna", false);
    expect(people.writing).toBeNull();
    people.writes("Anna", true);
    vi.advanceTimersByTime(12_000);
    expect(people.writing).toBeNull();
    people.writes("Anna", true);
    people.show(null);
    expect(people.writing).toBeNull();
  });
});

describe("the visitor writes", () => {
  it("is told to an advisor only, not with each letter, and its end", () => {
    people.show(handoff());
    people.typed("a");
    expect(asked).toEqual([]);
    people.show(withAnna);
    for (const text of ["h", "he", "hel"]) people.typed(text);
    expect(asked).toEqual([["typing", { on: true }]]);
    vi.advanceTimersByTime(3_500);
    people.typed("hell");
    expect(asked).toHaveLength(2);
    vi.advanceTimersByTime(5_000);
    expect(asked.at(-1)).toEqual(["typing", { on: false }]);
    people.typed("hello");
    people.typed("");
    expect(asked.slice(-2).map(([, body]) => body.on)).toEqual([true, false]);
    people.typed("");
    expect(asked).toHaveLength(5);
  });

  it("is told again after a cut", () => {
    people.show(withAnna);
    people.typed("h");
    people.cut();
    people.typed("he");
    expect(asked).toHaveLength(2);
  });
});

describe("what the visitor does", () => {
  it("answers the offer, with what they gave and nothing empty", async () => {
    await people.answer(true);
    await people.answer(true, "Jo", "Jo, jo@example.com");
    await people.answer(false);
    expect(asked.map(([, body]) => body)).toEqual([
      { agree: true }, { agree: true, name: "Jo", contact: "Jo, jo@example.com" }, { agree: false },
    ]);
    expect(people.email).toBe("jo@example.com");
    people.forget();
    expect(people.email).toBe("");
  });

  it("rates at once, and takes it back when it was not kept", async () => {
    const message = { seq: 9, chosen: 0 } as Message;
    answer = { ok: false, error: { code: "no_case", message: "Too late." } };
    expect((await people.rate(message, 2)).ok).toBe(false);
    expect(asked).toEqual([["handoff_rate", { seq: 9, rating: "not" }]]);
    expect(marked).toEqual([[9, { chosen: 2 }], [9, { chosen: 0 }]]);
  });
});
