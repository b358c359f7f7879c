/** The desk's socket: asks with an answer in words, tells how it stands, and comes back by itself. */
import { io } from "socket.io-client";
import type { SocketLike } from "../../socket.js";
import type { Reply } from "./protocol.js";

export type LineState = "connecting" | "online" | "offline" | "off" | "signed_out";
const ASK_MS = 10_000;
const AGAIN_MS = 5_000;
export const NOT_THERE = "There is no connection to the desk right now, so this was not done.";
export const NO_ANSWER = "The desk did not answer in time. It may have been done: look before you try again.";

export function deskSocket(): SocketLike {
  return io("/desk", {
    path: "/socket.io",
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelayMax: 5000,
  }) as unknown as SocketLike;
}

/** Tells "state" when the line is there or gone. */
export class Line extends EventTarget {
  state: LineState = "connecting";
  private socket: SocketLike | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly open = new Set<() => void>();

  constructor(private readonly make: () => SocketLike = deskSocket) {
    super();
  }

  get online(): boolean { return this.state === "online"; }

  start(events: Record<string, (body: never) => void>): void {
    if (this.socket) return;
    const socket = (this.socket = this.make());
    for (const [event, handler] of Object.entries(events)) socket.on(event, handler);
    socket.on("connect", () => { this.become("online"); });
    socket.on("disconnect", () => { this.lost(); });
    socket.on("connect_error", (error: { message?: string }) => { this.refused(error.message ?? ""); });
    socket.on("signed_out", () => { this.become("signed_out"); });
  }

  stop(): void {
    clearTimeout(this.again);
    this.socket?.disconnect();
    this.socket = null;
    for (const cut of [...this.open]) cut();
  }

  /** Ask for something; never throws. */
  ask<T>(event: string, body: Record<string, unknown> = {}): Promise<Reply<T>> {
    const no = (code: string, message: string): Reply<T> => ({ ok: false, error: { code, message } });
    const socket = this.socket;
    if (!socket || !this.online) return Promise.resolve(no("offline", NOT_THERE));
    return new Promise((resolve) => {
      const done = (answer: Reply<T>): void => {
        clearTimeout(timer);
        this.open.delete(cut);
        if (!answer.ok && answer.error.code === "not_signed_in") this.become("signed_out");
        resolve(answer);
      };
      const cut = (): void => { done(no("no_answer", NO_ANSWER)); };
      const timer = setTimeout(cut, ASK_MS);
      this.open.add(cut);
      socket.emit(event, body, done as (answer: never) => void);
    });
  }

  /** Say something that needs no answer. */
  mention(event: string, body: Record<string, unknown>): void {
    if (this.online) this.socket?.emit(event, body);
  }

  private lost(): void {
    if (this.state !== "signed_out") this.become("offline");
    for (const cut of [...this.open]) cut();
    this.retry();
  }

  private refused(why: string): void {
    if (why === "not_signed_in") this.become("signed_out");
    // The server answers and knows no desk: the hand-over is switched off. It says so in a way that
    // leaves the error without words; every other failure has some.
    else this.become(why ? "offline" : "off");
    this.retry();
  }

  /** What the server refused or hung up, socket.io does not try again. */
  private retry(): void {
    clearTimeout(this.again);
    if (this.state === "signed_out") return;
    this.again = setTimeout(() => {
      const socket = this.socket;
      if (socket && !socket.connected && !socket.active) socket.connect();
    }, AGAIN_MS);
  }

  private become(state: LineState): void {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
