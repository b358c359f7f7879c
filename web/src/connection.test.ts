import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection } from "./connection.js";
import type { Credentials, SocketLike } from "./socket.js";
import { TOKEN_KEY, TokenStore } from "./token.js";
import type { Ack, Message } from "./types.js";

type Answer = Ack | { ok: true; [more: string]: unknown };
type Sent = { event: string; body: Record<string, unknown>; ack?: (answer: Answer) => void };

class FakeSocket implements SocketLike {
  connected = true;
  active = true;
  connects = 0;
  sent: Sent[] = [];
  credentials: () => Credentials = () => ({ token: null, after: 0 });
  private handlers = new Map<string, (body?: unknown) => void>();
  on(event: string, handler: (...args: never[]) => void): void {
    this.handlers.set(event, handler as (body?: unknown) => void);
  }
  emit(event: string, body: unknown, ack?: (answer: never) => void): void {
    this.sent.push({ event, body: body as Record<string, unknown>, ...(ack ? { ack: ack as (a: Answer) => void } : {}) });
  }
  connect(): void {
    this.connected = true;
    this.connects += 1;
  }
  disconnect(): void {
    this.connected = false;
  }
  gets(event: string, body?: unknown): void {
    this.handlers.get(event)?.(body);
  }
}

const message = (seq: number, text: string, client_id: string | null = null): Message => ({
  seq, text, client_id, author: client_id ? "visitor" : "assistant", buttons: [], links: [],
  chosen: null, reply_to: null, at: "2026-11-24T00:00:00+00:00", answered: false,
  rating: null, card: null, ticked: [], handoff: false,
});
const session = (messages: Message[], conversation = "c1", more = {}) => ({
  token: "t", conversation, messages, typing: false, consent: false, held: false, keep_days: 90,
  firm: { name: "", phone: "", email: "", hours: "", privacy: "" }, ...more,
});

let socket: FakeSocket;
let connection: Connection;
const said = () => socket.sent.filter((s) => s.event === "say");
const last = () => socket.sent.at(-1);
const idOf = (sent: Sent | undefined) => String(sent?.body.client_id);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  socket = new FakeSocket();
  connection = new Connection((credentials) => {
    socket.credentials = credentials;
    return socket;
  }, new TokenStore(null));
  connection.start();
});
afterEach(() => { vi.useRealTimers(); });

describe("sending", () => {
  it("keeps what is typed before the session and sends it once there", () => {
    connection.say("hello");
    expect(socket.sent).toHaveLength(0);
    expect(connection.drafts[0]?.state).toBe("waiting");
    socket.gets("session", session([]));
    expect(socket.sent.map((s) => s.event)).toEqual(["say"]);
    expect(connection.drafts[0]?.state).toBe("sending");
  });

  it("sends one at a time, in order", () => {
    socket.gets("session", session([]));
    connection.say("one");
    connection.say("two");
    expect(socket.sent).toHaveLength(1);
    socket.sent[0]?.ack?.({ ok: true, seq: 1, message: message(1, "one", idOf(socket.sent[0])) });
    expect(socket.sent.map((s) => s.body.text)).toEqual(["one", "two"]);
    expect(connection.drafts.map((d) => d.text)).toEqual(["two"]);
  });

  it("sends again under the same id after a cut, and shows it once", () => {
    socket.gets("session", session([]));
    connection.say("one");
    socket.gets("disconnect");
    expect(connection.drafts[0]?.state).toBe("waiting");
    socket.gets("session", session([]));
    expect(said()).toHaveLength(2);
    expect(idOf(said()[0])).toBe(idOf(said()[1]));
    const mine = message(1, "one", idOf(said()[0]));
    socket.gets("message", mine);
    socket.gets("message", mine);
    expect(connection.messages).toHaveLength(1);
    expect(connection.drafts).toHaveLength(0);
  });

  it("waits when told to slow down, loses nothing and keeps the order", () => {
    socket.gets("session", session([]));
    for (const text of ["one", "two", "three"]) connection.say(text);
    socket.sent[0]?.ack?.({ ok: false, error: { code: "too_fast", message: "slow", retry_after: 2 } });
    expect(connection.refused?.code).toBe("too_fast");
    connection.say("four");
    expect(socket.sent).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    expect(connection.refused).toBeNull();
    for (let seq = 1; seq <= 4; seq += 1) last()?.ack?.({ ok: true, seq, message: message(seq, "", idOf(last())) });
    expect(said().map((s) => s.body.text)).toEqual(["one", "one", "two", "three", "four"]);
    expect(connection.drafts).toHaveLength(0);
  });

  it("keeps a refused text as not sent, goes on with the next, and tries again when asked", () => {
    socket.gets("session", session([]));
    connection.say("one");
    connection.say("two");
    socket.sent[0]?.ack?.({ ok: false, error: { code: "not_saved", message: "Not saved." } });
    expect(connection.drafts.map((d) => d.state)).toEqual(["failed", "sending"]);
    expect(last()?.body.text).toBe("two");
    last()?.ack?.({ ok: true, seq: 1, message: message(1, "two", idOf(last())) });
    const failed = connection.drafts[0];
    if (failed) connection.tryAgain(failed);
    expect(last()?.body).toEqual(socket.sent[0]?.body);
  });

  it("gives up after several tries without an answer, and takes a late one", () => {
    socket.gets("session", session([]));
    connection.say("one");
    vi.advanceTimersByTime(30_000);
    expect(said()).toHaveLength(3);
    expect(connection.drafts[0]?.state).toBe("failed");
    said()[0]?.ack?.({ ok: true, seq: 1, message: message(1, "one", idOf(said()[0])) });
    expect(connection.drafts).toHaveLength(0);
  });

  it("gives a suggestion back when its tap was not taken", () => {
    const asked = { ...message(1, "what?"), buttons: [{ title: "Yes" }] };
    socket.gets("session", session([asked]));
    connection.choose(asked, 0);
    expect(connection.messages[0]?.chosen).toBe(0);
    last()?.ack?.({ ok: false, error: { code: "no_such_button", message: "Gone." } });
    expect(connection.messages[0]?.chosen).toBeNull();
    const draft = connection.drafts[0];
    if (draft) connection.takeBack(draft);
    expect(connection.drafts).toHaveLength(0);
  });
});

describe("the conversation", () => {
  it("orders messages by number however they come", () => {
    socket.gets("session", session([message(3, "c")]));
    socket.gets("message", message(1, "a"));
    socket.gets("message", message(2, "b"));
    expect(connection.messages.map((m) => m.text)).toEqual(["a", "b", "c"]);
  });

  it("tells of what arrived, not of history nor of changes", () => {
    const arrived: number[] = [];
    connection.addEventListener("arrived", (e) => arrived.push((e as CustomEvent<Message>).detail.seq));
    socket.gets("session", session([message(1, "old")]));
    socket.gets("message", message(2, "new"));
    socket.gets("message", { ...message(2, "new"), rating: true });
    expect(arrived).toEqual([2]);
  });

  it("keeps a message that did not change the same object", () => {
    socket.gets("session", session([message(1, "a")]));
    const before = connection.messages[0];
    socket.gets("session", session([message(1, "a"), message(2, "b")]));
    expect(connection.messages[0]).toBe(before);
  });

  it("shows only the new conversation after starting over", () => {
    socket.gets("session", session([message(1, "old")]));
    socket.gets("session", session([message(1, "new")], "c2"));
    expect(connection.messages.map((m) => m.text)).toEqual(["new"]);
  });

  it("asks for all of a conversation that another tab began meanwhile", () => {
    const old = Array.from({ length: 30 }, (_, i) => message(i + 1, "old"));
    socket.gets("session", session(old));
    expect(socket.credentials()).toEqual({ token: "t", after: 10 });
    socket.gets("session", session([], "c2"));
    expect(socket.connects).toBe(1);
    expect(socket.credentials().after).toBe(0);
    socket.gets("session", session([message(1, "new")], "c2"));
    expect(connection.messages.map((m) => m.text)).toEqual(["new"]);
  });

  it("says after some seconds that it cannot connect", () => {
    vi.advanceTimersByTime(5_000);
    expect(connection.failing).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(connection.failing).toBe(true);
    socket.gets("session", session([]));
    expect(connection.failing).toBe(false);
  });

  it("never throws when there is nothing to connect with", () => {
    const broken = new Connection(() => { throw new Error("no"); }, new TokenStore(null));
    expect(() => { broken.start(); }).not.toThrow();
  });
});

describe("consent, marks and deletion", () => {
  it("answers the consent question, again after a cut", () => {
    socket.gets("session", session([]));
    socket.gets("consent_needed", {});
    expect(connection.held).toBe(true);
    void connection.agree(true);
    expect(connection.held).toBe(false);
    socket.gets("disconnect");
    socket.gets("session", session([], "c1", { held: true }));
    expect(socket.sent.map((s) => s.event)).toEqual(["consent", "consent"]);
    expect(connection.held).toBe(false);
  });

  it("takes a rating or a tick back when the server did not keep it", async () => {
    socket.gets("session", session([message(1, "a")]));
    const rated = connection.marks.rate(1, true);
    expect(connection.messages[0]?.rating).toBe(true);
    last()?.ack?.({ ok: false, error: { code: "bad_request", message: "" } });
    expect(await rated).toBe(false);
    expect(connection.messages[0]?.rating).toBeNull();
    const ticked = connection.marks.tick(1, 2, true);
    last()?.ack?.({ ok: true, seq: 1, message: { ...message(1, "a"), ticked: [2] } });
    expect(await ticked).toBe(true);
    expect(connection.messages[0]?.ticked).toEqual([2]);
  });

  it("asks for a plan once", () => {
    socket.gets("session", session([message(1, "a")]));
    expect(connection.marks.plan(1)).toBe(connection.marks.plan(1));
    expect(socket.sent.filter((s) => s.event === "plan")).toHaveLength(1);
  });

  it("forgets everything once deleted, and begins anew only when asked", () => {
    const tokens = new TokenStore();
    connection = new Connection(() => (socket = new FakeSocket()), tokens);
    connection.start();
    const first = socket;
    socket.gets("session", session([message(1, "a")]));
    expect(localStorage.getItem(TOKEN_KEY)).toBe("t");
    connection.say("b");
    first.gets("deleted", {});
    expect(localStorage.length).toBe(0);
    expect([connection.messages, connection.drafts, connection.deleted]).toEqual([[], [], true]);
    connection.start();
    expect(socket).toBe(first);
    connection.startAnew();
    expect(socket).not.toBe(first);
  });

  it("keeps the conversation over a cut when storage is forbidden", () => {
    socket.gets("session", session([]));
    expect(socket.credentials().token).toBe("t");
  });
});

describe("starting", () => {
  it("leaves a socket alone that is connecting already", () => {
    socket.connected = false;
    connection.start();
    expect(socket.connects).toBe(0);
  });

  it("connects one that gave up", () => {
    socket.connected = socket.active = false;
    connection.start();
    expect(socket.connects).toBe(1);
  });
});

describe("consent in another tab", () => {
  it("is taken over", () => {
    socket.gets("session", session([], "c1", { held: true }));
    socket.gets("consented", {});
    expect([connection.consent, connection.held]).toEqual([true, false]);
  });

  it("is not asked again there once it was refused", () => {
    socket.gets("session", session([], "c1", { held: true }));
    socket.gets("refused", {});
    expect([connection.consent, connection.held]).toEqual([false, false]);
  });
});
