/** A question to the server and its answer: offline and silence are answers too. */
import type { SocketLike } from "./socket.js";
import type { Refused } from "./types.js";

const ASK_MS = 10_000;

export type Reply<T> = ({ ok: true } & T) | Refused;
export type Ask = <T>(event: string, body: Record<string, unknown>) => Promise<Reply<T>>;

/** Codes of its own: "offline" (nothing was sent) and "no_answer" (it may have arrived). */
export function asker(usable: () => SocketLike | null): Ask {
  return <T>(event: string, body: Record<string, unknown>) => {
    const no = (code: string): Refused => ({ ok: false, error: { code, message: "" } });
    const socket = usable();
    if (!socket) return Promise.resolve(no("offline"));
    return new Promise<Reply<T>>((resolve) => {
      const timer = setTimeout(() => { resolve(no("no_answer")); }, ASK_MS);
      socket.emit(event, body, (answer: Reply<T>) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  };
}
