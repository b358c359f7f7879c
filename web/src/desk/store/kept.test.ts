import { beforeEach, describe, expect, it } from "vitest";
import { Kept } from "./kept.js";

beforeEach(() => { localStorage.clear(); });

describe("what the browser keeps", () => {
  it("is each person's own, and goes when they sign out", () => {
    const [anna, ben] = [new Kept("u-anna"), new Kept("u-ben")];
    anna.set("draft", "h-1", "half a sentence");
    ben.set("draft", "h-1", "another");
    expect(anna.get("draft", "h-1")).toBe("half a sentence");
    anna.clear();
    expect([anna.get("draft", "h-1"), ben.get("draft", "h-1")]).toEqual([null, "another"]);
  });

  it("lists a kind, and reads a changed key", () => {
    const anna = new Kept("u-anna");
    anna.set("say", "a/b", { n: 1 });
    anna.set("note", "c", { n: 2 });
    expect(anna.all("say")).toEqual([{ id: "a/b", value: { n: 1 } }]);
    expect(anna.parse("cp503-desk/u-anna/say/a/b")).toEqual({ kind: "say", id: "a/b" });
    expect(anna.parse("cp503-desk/u-ben/say/a")).toBeNull();
    expect(anna.parse(null)).toBeNull();
  });

  it("forgets after a week what nobody came back for, and what cannot be read", () => {
    const anna = new Kept("u-anna");
    anna.set("draft", "h-1", "old");
    localStorage.setItem("cp503-desk/u-anna/draft/h-2", "{broken");
    localStorage.setItem("elsewhere", "{broken");
    anna.tidy(Date.now() + 6 * 24 * 3600 * 1000);
    expect(anna.get("draft", "h-1")).toBe("old");
    anna.tidy(Date.now() + 8 * 24 * 3600 * 1000);
    expect(anna.get("draft", "h-1")).toBeNull();
    expect(Object.keys(localStorage)).toEqual(["elsewhere"]);
  });

  it("goes on without a storage", () => {
    const broken = { get length(): number { throw new Error("no"); }, getItem() { throw new Error("no"); }, setItem() { throw new Error("full"); }, removeItem() { throw new Error("no"); } };
    const anna = new Kept("u-anna", broken as unknown as Storage);
    expect(anna.set("draft", "h-1", "x")).toBe(false);
    expect([anna.get("draft", "h-1"), anna.all("draft")]).toEqual([null, []]);
    anna.remove("draft", "h-1");
    anna.clear();
  });
});
