import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Kept } from "./kept.js";
import { Outbox, STALE, type Draft } from "./outbox.js";
import type { Reply } from "./protocol.js";
import { settle } from "./testing.js";

type Answer = Reply<Record<string, unknown>>;
const no = (code: string): Answer => ({ ok: false, error: { code, message: `said ${code}` } });

class Stand {
  online = true;
  asked: { event: string; body: Record<string, unknown>; answer: (a: Answer) => void }[] = [];
  taken: Draft[] = [];
  kept = new Kept("u-anna");
  outbox = this.make();

  make(event: "say" | "note" = "say"): Outbox {
    return new Outbox(event, this.kept, {
      online: () => this.online,
      ask: (name, body) => new Promise((answer) => { this.asked.push({ event: name, body, answer }); }),
      taken: (draft) => { this.taken.push(draft); },
      changed: () => undefined,
    });
  }

  async answer(n: number, answer: Answer): Promise<void> {
    this.asked[n]?.answer(answer);
    await settle();
  }
}

let stand: Stand;
beforeEach(() => { localStorage.clear(); vi.useFakeTimers(); stand = new Stand(); });
afterEach(() => { vi.useRealTimers(); });

describe("what is not taken yet", () => {
  it("goes out one after another", async () => {
    stand.outbox.add("h-1", "one");
    stand.outbox.add("h-1", "two");
    expect(stand.asked.map((a) => a.body.text)).toEqual(["one"]);
    await stand.answer(0, { ok: true });
    expect(stand.asked.map((a) => a.body.text)).toEqual(["one", "two"]);
    await stand.answer(1, { ok: true });
    expect(stand.outbox.drafts).toEqual([]);
    expect(stand.taken.map((d) => d.text)).toEqual(["one", "two"]);
  });

  it("goes out again under the same id when no answer comes, and nothing overtakes it", async () => {
    stand.outbox.add("h-1", "one");
    stand.outbox.add("h-1", "two");
    await stand.answer(0, no("no_answer"));
    expect(stand.asked).toHaveLength(1);
    vi.advanceTimersByTime(3_100);
    expect(stand.asked.map((a) => a.body.text)).toEqual(["one", "one"]);
    expect(stand.asked[1]?.body.client_id).toBe(stand.asked[0]?.body.client_id);
  });

  it("waits as long as the server says", async () => {
    stand.outbox.add("h-1", "one");
    await stand.answer(0, { ok: false, error: { code: "too_fast", message: "", retry_after: 9 } });
    vi.advanceTimersByTime(8_000);
    expect(stand.asked).toHaveLength(1);
    vi.advanceTimersByTime(1_100);
    expect(stand.asked).toHaveLength(2);
  });

  it("stays, marked, when the server will not have it, and the next one goes", async () => {
    stand.outbox.add("h-1", "one");
    stand.outbox.add("h-2", "two");
    await stand.answer(0, no("not_with_you"));
    expect(stand.outbox.of("h-1")[0]).toMatchObject({ state: "failed", why: "said not_with_you" });
    expect(stand.asked[1]?.body.text).toBe("two");
    await stand.answer(1, { ok: true });
    const id = stand.outbox.of("h-1")[0]?.client_id ?? "";
    stand.outbox.again(id);
    expect(stand.asked[2]?.body).toMatchObject({ text: "one", client_id: id });
    stand.outbox.drop(id);
    expect(stand.kept.all("say")).toEqual([]);
  });

  it("outlives the page: the next one sends it under the same id", async () => {
    stand.online = false;
    stand.outbox.add("h-1", "one");
    stand.outbox.add("h-1", "two");
    const ids = stand.outbox.drafts.map((d) => d.client_id);
    stand.online = true;
    const next = stand.make();
    next.restore();
    expect(next.drafts.map((d) => d.client_id)).toEqual(ids);
    await stand.answer(0, { ok: true });
    await stand.answer(1, { ok: true });
    expect(stand.asked.map((a) => a.body.client_id)).toEqual(ids);
    expect(stand.kept.all("say")).toEqual([]);
  });

  it("is not sent long after without asking", () => {
    stand.online = false;
    stand.outbox.add("h-1", "from this morning");
    stand.online = true;
    const next = stand.make();
    next.restore(Date.now() + 3_600_000);
    expect(next.drafts[0]).toMatchObject({ state: "failed", why: STALE });
    expect(stand.asked).toEqual([]);
  });

  it("sends notes as notes and messages as messages, whatever is kept", async () => {
    stand.online = false;
    stand.make("note").add("h-1", "private");
    stand.outbox.add("h-1", "public");
    stand.online = true;
    const [says, notes] = [stand.make("say"), stand.make("note")];
    says.restore();
    notes.restore();
    await settle();
    expect(stand.asked.map((a) => [a.event, a.body.text])).toEqual([["say", "public"], ["note", "private"]]);
  });

  it("forgets a case that is gone", () => {
    stand.online = false;
    stand.outbox.add("h-1", "one");
    stand.outbox.add("h-2", "two");
    stand.outbox.forget("h-1");
    expect(stand.outbox.drafts.map((d) => d.case)).toEqual(["h-2"]);
    expect(stand.kept.all("say").map(({ value }) => (value as Draft).case)).toEqual(["h-2"]);
  });
});
