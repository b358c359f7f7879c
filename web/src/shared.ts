/** One connection for each server, shared by all elements of a page and kept while a site changes its page. */
import { Connection } from "./connection.js";
import { socketsTo } from "./socket.js";

const GRACE_MS = 3_000;

interface Shared {
  connection: Connection;
  users: number;
  closing: ReturnType<typeof setTimeout> | undefined;
}

const all = new Map<string, Shared>();

export function acquire(server: string, make: (server: string) => Connection = connectionTo): Connection {
  let shared = all.get(server);
  if (!shared) all.set(server, (shared = { connection: make(server), users: 0, closing: undefined }));
  clearTimeout(shared.closing);
  shared.users += 1;
  return shared.connection;
}

export function release(server: string): void {
  const shared = all.get(server);
  if (!shared || shared.users === 0) return;
  shared.users -= 1;
  if (shared.users === 0) closeSoon(shared);
}

/** Not at once: the next page of the site may bring the element back; and not before all is sent. */
function closeSoon(shared: Shared): void {
  shared.closing = setTimeout(() => {
    const { connection } = shared;
    if (connection.online && connection.drafts.some((d) => d.state !== "failed")) closeSoon(shared);
    else connection.stop();
  }, GRACE_MS);
}

function connectionTo(server: string): Connection {
  return new Connection(socketsTo(server));
}
