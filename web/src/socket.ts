/** The socket itself, and the little of it that the connection uses. */
import { io } from "socket.io-client";

export interface SocketLike {
  connected: boolean;
  /** It is connected, connecting, or will try again by itself. */
  active?: boolean;
  on(event: string, handler: (...args: never[]) => void): unknown;
  emit(event: string, body: unknown, ack?: (answer: never) => void): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

export interface Credentials {
  token: string | null;
  after: number;
}

export type MakeSocket = (credentials: () => Credentials) => SocketLike;

/** A maker of sockets to one server. */
export function socketsTo(server: string): MakeSocket {
  return (credentials) =>
    io(server, {
      auth: (give) => { give(credentials()); },
      reconnectionDelayMax: 5000,
      forceNew: true,
      // A websocket may meet any of several frontdesks; requests, the fallback, must all meet one.
      transports: ["websocket", "polling"],
      tryAllTransports: true,
    }) as unknown as SocketLike;
}
