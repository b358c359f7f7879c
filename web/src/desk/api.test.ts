import { afterEach, describe, expect, it, vi } from "vitest";
import { call, DeskError, UNREACHABLE, whoAmI } from "./api.js";

function answers(...given: (Response | Error)[]): RequestInit[] {
  const asked: RequestInit[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    asked.push(init);
    const next = given.shift();
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error("nothing left"));
  });
  return asked;
}
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });
const failed = async (promise: Promise<unknown>): Promise<DeskError> => promise.then(() => { throw new Error("it was taken"); }, (e: unknown) => e as DeskError);

afterEach(() => { vi.unstubAllGlobals(); });

describe("the desk's API", () => {
  it("learns the token that changes need, and sends it", async () => {
    const me = { id: "u-1", name: "anna", display_name: "Anna", role: "advisor" };
    const asked = answers(json({ signed_in: "full", csrf: "t-1", user: me }), json({ done: true }), json({ done: true }));
    expect(await whoAmI()).toEqual(me);
    await call("replies", { title: "x" });
    await call("hours", { weekly: [] }, "PUT");
    expect(asked.map((a) => a.method ?? "GET")).toEqual(["GET", "POST", "PUT"]);
    expect((asked[1]?.headers as Record<string, string>)["x-desk-token"]).toBe("t-1");
  });

  it("says a refusal in the server's words", async () => {
    answers(json({ error: { code: "not_allowed", message: "Only a manager may." } }, 403));
    expect(await failed(call("users"))).toMatchObject({ code: "not_allowed", message: "Only a manager may.", status: 403 });
  });

  it("has words of its own when there is no answer, or none that can be read", async () => {
    answers(new TypeError("Failed to fetch"), new Response("Bad gateway", { status: 502 }), new Response("Not Found", { status: 404 }));
    expect(await failed(call("me"))).toMatchObject({ code: "unreachable", message: UNREACHABLE });
    expect(await failed(call("me"))).toMatchObject({ code: "unreachable", status: 502 });
    expect(await failed(call("replies"))).toMatchObject({ code: "not_there", status: 404 });
  });

  it("tells the shell that somebody is signed out", async () => {
    let out = 0;
    const count = (): void => { out += 1; };
    window.addEventListener("desk-signed-out", count);
    answers(json({ error: { code: "not_signed_in", message: "Please sign in." } }, 401), json({ signed_in: "half", factors: [] }));
    await failed(call("me"));
    await failed(whoAmI());
    expect(out).toBe(2);
    window.removeEventListener("desk-signed-out", count);
  });
});
