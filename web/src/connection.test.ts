import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, type SocketLike } from "./connection.js";
import type { Ack, Message } from "./types.js";

type Sent = { event: string; body: Record<string, unknown>; ack?: (answer: Ack) => void };

class FakeSocket implements SocketLike {
  connected = true;
  auth: unknown;
  sent: Sent[] = [];
  private handlers = new Map<string, (body?: unknown) => void>();
  on(event: string, handler: (...args: never[]) => void): void {
    this.handlers.set(event, handler as (body?: unknown) => void);
  }
  emit(event: string, body: unknown, ack?: (answer: Ack) => void): void {
    this.sent.push({ event, body: body as Record<string, unknown>, ...(ack ? { ack } : {}) });
  }
  connect(): void {
    this.connected = true;
  }
  gets(event: string, body?: unknown): void {
    this.handlers.get(event)?.(body);
  }
}

const message = (seq: number, text: string, client_id: string | null = null): Message => ({
  seq, text, client_id, author: client_id ? "visitor" : "assistant", buttons: [], links: [],
  chosen: null, reply_to: null, at: "2026-11-24T00:00:00+00:00", answered: false,
});
const session = (messages: Message[], conversation = "c1") => ({
  token: "t", conversation, messages, typing: false,
  firm: { name: "", phone: "", email: "", hours: "" },
});

describe("Connection", () => {
  let socket: FakeSocket;
  let connection: Connection;
  beforeEach(() => {
    vi.useFakeTimers();
    socket = new FakeSocket();
    connection = new Connection(socket, null);
  });
  afterEach(() => { vi.useRealTimers(); });

  it("keeps what is typed before the session and sends it once there", () => {
    connection.say("hello");
    expect(socket.sent).toHaveLength(0);
    socket.gets("session", session([]));
    expect(socket.sent.map((s) => s.event)).toEqual(["say"]);
    expect(connection.drafts).toHaveLength(1);
  });

  it("sends one at a time, in order", () => {
    socket.gets("session", session([]));
    connection.say("one");
    connection.say("two");
    expect(socket.sent).toHaveLength(1);
    const first = socket.sent[0];
    first?.ack?.({ ok: true, seq: 1, message: message(1, "one", String(first.body.client_id)) });
    expect(socket.sent.map((s) => s.body.text)).toEqual(["one", "two"]);
    expect(connection.drafts.map((d) => d.text)).toEqual(["two"]);
  });

  it("sends again under the same id after a cut, and shows it once", () => {
    socket.gets("session", session([]));
    connection.say("one");
    socket.gets("disconnect");
    socket.gets("session", session([]));
    expect(socket.sent.map((s) => s.body.client_id)).toEqual([
      socket.sent[0]?.body.client_id,
      socket.sent[0]?.body.client_id,
    ]);
    const mine = message(1, "one", String(socket.sent[0]?.body.client_id));
    socket.gets("message", mine);
    socket.gets("message", mine);
    expect(connection.messages).toHaveLength(1);
    expect(connection.drafts).toHaveLength(0);
  });

  it("orders messages by number however they come", () => {
    socket.gets("session", session([message(3, "c")]));
    socket.gets("message", message(1, "a"));
    socket.gets("message", message(2, "b"));
    expect(connection.messages.map((m) => m.text)).toEqual(["a", "b", "c"]);
  });

  it("waits when told to slow down and loses nothing", () => {
    socket.gets("session", session([]));
    connection.say("one");
    socket.sent[0]?.ack?.({ ok: false, error: { code: "too_fast", message: "slow", retry_after: 2 } });
    expect(connection.refused?.message).toBe("slow");
    expect(connection.drafts).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    expect(socket.sent).toHaveLength(2);
  });

  it("gives a refused text back to the box", () => {
    socket.gets("session", session([]));
    let back = "";
    connection.addEventListener("returned", (e) => { back = (e as CustomEvent<string>).detail; });
    connection.say("too long");
    socket.sent[0]?.ack?.({ ok: false, error: { code: "too_long", message: "long" } });
    expect(back).toBe("too long");
    expect(connection.drafts).toHaveLength(0);
  });

  it("shows only the new conversation after starting over", () => {
    socket.gets("session", session([message(1, "old")]));
    socket.gets("session", session([message(1, "new")], "c2"));
    expect(connection.messages.map((m) => m.text)).toEqual(["new"]);
  });
});
