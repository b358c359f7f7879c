/** A socket for tests: what was asked is held until the test answers. */
import type { SocketLike } from "../../socket.js";

export class FakeSocket implements SocketLike {
  connected = false;
  asked: { event: string; body: Record<string, unknown>; ack?: (answer: unknown) => void }[] = [];
  private readonly handlers = new Map<string, ((body: unknown) => void)[]>();
  /** Answers at once, by event. */
  answers: Record<string, (body: Record<string, unknown>) => unknown> = {};

  on(event: string, handler: (...args: never[]) => void): void {
    this.handlers.set(event, [...(this.handlers.get(event) ?? []), handler as (body: unknown) => void]);
  }

  emit(event: string, body: unknown, ack?: (answer: never) => void): void {
    const one = { event, body: body as Record<string, unknown>, ack: ack as ((answer: unknown) => void) | undefined };
    this.asked.push(one as (typeof this.asked)[number]);
    const answer = this.answers[event];
    if (answer) one.ack?.(answer(one.body));
  }

  connect(): void { this.fire("connect"); }
  disconnect(): void { this.connected = false; }

  fire(event: string, body?: unknown): void {
    if (event === "connect") this.connected = true;
    if (event === "disconnect") this.connected = false;
    for (const handler of this.handlers.get(event) ?? []) handler(body);
  }

  events(event: string): Record<string, unknown>[] {
    return this.asked.filter((a) => a.event === event).map((a) => a.body);
  }
}

/** Let what was promised happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}
