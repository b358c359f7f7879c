import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DeskStore, type News, type Told } from "./desk.js";
import { Line } from "./line.js";
import type { Held, Message } from "./protocol.js";
import { FakeSocket, settle } from "./testing.js";

const ME = { id: "u-anna", name: "anna", display_name: "Anna", role: "advisor" as const };
const held = (id: string, more: Partial<Held> = {}): Held => ({
  case: id, state: "with_advisor", why: "asked", why_words: "", advisor: "Anna", advisor_id: "u-anna", name: null, channel: "website",
  since: null, rank: 4, urgency: "", outcome: null, follow_up: null, closed_at: null, ...more,
});
const message = (seq: number, author: Message["author"] = "visitor", client_id: string | null = null): Message => ({
  seq, author, text: `m${String(seq)}`, buttons: [], links: [], chosen: null, client_id, reply_to: null, at: "2026-11-28T10:00:00Z", answered: true,
});

class Stand {
  socket = new FakeSocket();
  messages: Record<string, Message[]> = {};
  cases: Held[] = [held("h-1")];
  told: Told[] = [];
  news: News[] = [];
  store: DeskStore;

  constructor(me: ConstructorParameters<typeof DeskStore>[0] = ME) {
    this.store = new DeskStore(me, new Line(() => this.socket));
    this.socket.answers = {
      join: () => ({ ok: true, me: {}, waiting: [], cases: this.cases, colleagues: [], outcomes: { answered: "Questions answered" } }),
      open: (body) => {
        const row = this.cases.find((c) => c.case === body.case);
        if (!row) return { ok: false, error: { code: "no_case", message: "There is no such case here." } };
        const messages = (this.messages[row.case] ?? []).filter((m) => m.seq > Number(body.after));
        const mine = row.advisor_id === me.id;
        return { ok: true, case: { ...row, mine }, messages, facts: [], assessment: null, notes: [], visitor: true };
      },
    };
    this.store.addEventListener("told", (e) => { this.told.push((e as CustomEvent<Told>).detail); });
    this.store.addEventListener("news", (e) => { this.news.push((e as CustomEvent<News>).detail); });
  }

  async start(): Promise<void> {
    this.store.start();
    this.socket.connect();
    await settle();
  }
}

let stand: Stand;
let focus = true;
beforeEach(() => {
  localStorage.clear();
  vi.spyOn(document, "hasFocus").mockImplementation(() => focus);
  focus = true;
  stand = new Stand();
});
afterEach(() => { stand.store.stop(); vi.restoreAllMocks(); });

describe("the desk", () => {
  it("opens every case of one's own, so that each shows what is new", async () => {
    stand.messages["h-1"] = [message(1), message(2, "assistant"), message(3)];
    await stand.start();
    expect(stand.socket.events("open")).toEqual([{ case: "h-1", after: 0 }]);
    expect(stand.store.unread("h-1")).toBe(2);
    await stand.store.look("h-1");
    expect(stand.store.unread("h-1")).toBe(0);
    expect(stand.news).toEqual([]); // what was there before is no news
  });

  it("counts as unread what comes while the window is elsewhere, and says so", async () => {
    await stand.start();
    await stand.store.look("h-1");
    focus = false;
    stand.socket.fire("message", { case: "h-1", message: message(1) });
    expect(stand.store.unread("h-1")).toBe(1);
    expect(stand.news.map((n) => [n.what, n.case])).toEqual([["message", "h-1"]]);
    window.dispatchEvent(new Event("focus"));
    expect(stand.store.unread("h-1")).toBe(0);
  });

  it("asks for what is missing between two messages", async () => {
    stand.messages["h-1"] = [message(1)];
    await stand.start();
    stand.messages["h-1"] = [message(1), message(2), message(3)];
    stand.socket.fire("message", { case: "h-1", message: message(3) });
    await settle();
    expect(stand.socket.events("open").at(-1)).toEqual({ case: "h-1", after: 1 });
    expect(stand.store.view("h-1").talk.messages.map((m) => m.seq)).toEqual([1, 2, 3]);
  });

  it("after a cut reads on where it was, and sends what waited under the same id", async () => {
    stand.messages["h-1"] = [message(1)];
    await stand.start();
    stand.socket.fire("disconnect");
    const draft = stand.store.says.add("h-1", "written meanwhile");
    expect(stand.socket.events("say")).toEqual([]);
    stand.messages["h-1"] = [message(1), message(2)];
    stand.socket.connect();
    await settle();
    expect(stand.socket.events("open").at(-1)).toEqual({ case: "h-1", after: 1 });
    expect(stand.store.view("h-1").talk.last).toBe(2);
    expect(stand.socket.events("say")).toEqual([{ case: "h-1", client_id: draft.client_id, text: "written meanwhile" }]);
  });

  it("lets a draft go when its message comes by another way", async () => {
    await stand.start();
    const draft = stand.store.says.add("h-1", "hello");
    stand.socket.fire("message", { case: "h-1", message: message(1, "advisor", `a:${draft.client_id}`) });
    expect(stand.store.says.drafts).toEqual([]);
  });

  it("a claim that came too late changes nothing and says who has it", async () => {
    stand.cases = [];
    await stand.start();
    stand.socket.answers.claim = () => ({ ok: false, error: { code: "taken", message: "Ben has this case already." } });
    expect(await stand.store.acts.claim("h-9")).toBe("Ben has this case already.");
    expect(stand.told).toEqual([]);
  });

  it("keeps nothing of a case that went to somebody else, and says who has it", async () => {
    stand.messages["h-1"] = [message(1)];
    await stand.start();
    await stand.store.look("h-1");
    stand.cases = [];
    stand.socket.fire("case", { case: "h-1", state: "with_advisor", advisor: "Ben", advisor_id: "u-ben" });
    await settle();
    expect(stand.told).toEqual([{ text: "Ben has this case now.", kind: "done" }]);
    expect(stand.store.view("h-1").talk.messages).toEqual([]);
    expect(stand.store.view("h-1").gone).toBe("Ben has this case now.");
    expect(stand.store.mine).toEqual([]);
  });

  it("shows a case that is handed over, and says so", async () => {
    await stand.start();
    stand.cases = [...stand.cases, held("h-2")];
    stand.socket.fire("case", { case: "h-2", state: "with_advisor", advisor: "Anna", advisor_id: "u-anna" });
    await settle();
    expect(stand.store.mine.map((r) => r.case)).toEqual(["h-1", "h-2"]);
    expect(stand.store.view("h-2").opened).toBe(true);
    expect(stand.news.map((n) => n.what)).toEqual(["case"]);
  });

  it("a visitor's deletion takes drafts, notes and what was read with it", async () => {
    await stand.start();
    await stand.store.look("h-1");
    stand.store.kept.set("draft", "h-1", "half");
    stand.socket.fire("disconnect");
    stand.store.says.add("h-1", "x");
    stand.store.notes.add("h-1", "y");
    stand.socket.fire("gone", { case: "h-1" });
    expect([stand.store.says.drafts, stand.store.notes.drafts, stand.store.mine]).toEqual([[], [], []]);
    expect(Object.keys(localStorage).filter((k) => k.includes("h-1"))).toEqual([]);
    expect(stand.store.view("h-1").gone).toContain("deleted");
  });

  it("its own acts are told once, by their own words", async () => {
    await stand.start();
    await stand.store.look("h-1");
    stand.socket.answers.close = () => {
      stand.cases = [held("h-1", { state: "closed" })];
      stand.socket.fire("case", { case: "h-1", state: "closed", advisor: "Anna", advisor_id: "u-anna" });
      return { ok: true, state: "closed", advisor: "Anna" };
    };
    expect(await stand.store.acts.close("h-1", "answered", "2026-12-24")).toBe("");
    expect(stand.socket.events("close")).toEqual([{ case: "h-1", outcome: "answered", follow_up: "2026-12-24" }]);
    expect(stand.told.map((t) => t.text)).toEqual(["Case closed: Questions answered. The visitor was told."]);
    expect(stand.store.mine).toEqual([]);
  });

  it("goes to the sign-in page when the session is over, and keeps what was typed", async () => {
    let out = 0;
    const count = (): void => { out += 1; };
    window.addEventListener("desk-signed-out", count);
    await stand.start();
    stand.store.kept.set("draft", "h-1", "half");
    stand.socket.fire("signed_out", {});
    expect(out).toBe(1);
    expect(stand.store.kept.get("draft", "h-1")).toBe("half");
    window.removeEventListener("desk-signed-out", count);
  });

  it("tells of a switched-off hand-over", () => {
    stand.store.start();
    stand.socket.fire("connect_error", new Error("xhr poll error"));
    expect(stand.store.line.state).toBe("offline");
    stand.socket.fire("connect_error", new Error());
    expect(stand.store.line.state).toBe("off");
  });
});
