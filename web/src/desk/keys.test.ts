import { describe, expect, it } from "vitest";
import { deedOf, typing } from "./keys.js";

const key = (k: string, more: object = {}): Parameters<typeof deedOf>[0] => ({ key: k, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more });

describe("shortcuts", () => {
  it("are letters alone, in either case", () => {
    expect([deedOf(key("c")), deedOf(key("C")), deedOf(key("?")), deedOf(key("x"))]).toEqual(["claim", "claim", "help", null]);
    expect([deedOf(key("c", { ctrlKey: true })), deedOf(key("c", { metaKey: true })), deedOf(key("c", { isComposing: true }))]).toEqual([null, null, null]);
  });

  it("leave what is typed alone", () => {
    const box = document.createElement("textarea");
    const dialog = Object.assign(document.createElement("wa-dialog"), { open: true });
    expect(typing([box, document.body])).toBe(true);
    expect(typing([document.createElement("p"), dialog, document.body])).toBe(true);
    expect(typing([document.createElement("a"), document.body])).toBe(false);
    // A dialog that has just closed has the keyboard for a frame more.
    expect(typing([document.createElement("input"), Object.assign(dialog, { open: false }), document.body])).toBe(false);
  });
});
