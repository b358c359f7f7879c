/** The desk's HTTP API: JSON in and out, and a sentence for the person when something does not work. */
export interface Me {
  id: string;
  name: string;
  display_name: string;
  role: "advisor" | "manager";
}

/** What was not done, in words that can be shown as they are. */
export class DeskError extends Error {
  constructor(readonly code: string, message: string, readonly status = 0) {
    super(message);
  }
}

export const UNREACHABLE = "The desk does not answer. Nothing was done. Try again in a minute.";

let token = ""; // proves to the server that this page sent it, and no other site

interface Told {
  csrf?: string;
  error?: { code: string; message: string };
}

/**
 * Call `/desk/api/<path>`; throws a DeskError. Who is signed out meanwhile is told so by its code
 * `not_signed_in`: the shell listens for "desk-signed-out" on `window` and goes to the sign-in page.
 */
export async function call<T = unknown>(path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<T> {
  let answer: Response;
  let told: T & Told;
  try {
    answer = await fetch(`/desk/api/${path}`, asked(method, body));
    told = parsed(await answer.text(), answer) as T & Told;
  } catch (error) {
    throw error instanceof DeskError ? error : new DeskError("unreachable", UNREACHABLE);
  }
  if (told.csrf) token = told.csrf;
  if (answer.ok) return told;
  const error = told.error ?? { code: "unknown", message: UNREACHABLE };
  if (error.code === "not_signed_in" || error.code === "half_signed_in") window.dispatchEvent(new Event("desk-signed-out"));
  throw new DeskError(error.code, error.message, answer.status);
}

/** A proxy in between, or an address that does not exist, answers with something else than JSON. */
function parsed(text: string, answer: Response): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DeskError(answer.status === 404 ? "not_there" : "unreachable", UNREACHABLE, answer.status);
  }
}

function asked(method: string, body: unknown): RequestInit {
  if (body === undefined && method === "GET") return { credentials: "same-origin" };
  return {
    method,
    credentials: "same-origin",
    headers: { "content-type": "application/json", "x-desk-token": token },
    body: JSON.stringify(body ?? {}),
  };
}

/** Who is signed in here; also learns the token that changes need. */
export async function whoAmI(): Promise<Me> {
  const told = await call<{ signed_in: string; user?: Me }>("me");
  if (!told.user) {
    window.dispatchEvent(new Event("desk-signed-out"));
    throw new DeskError("half_signed_in", "Please finish signing in.");
  }
  return told.user;
}
