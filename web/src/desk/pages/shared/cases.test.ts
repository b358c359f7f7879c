import { expect, test } from "vitest";
import { marked, NOTHING, query } from "./cases.js";

test("what is searched for is marked, whatever signs are in it", () => {
  expect(marked("A LIEN on a.b", "lien a.b").filter((p) => p.hit).map((p) => p.text)).toEqual(["LIEN", "a.b"]);
  expect(marked("axb", "a.b").some((p) => p.hit)).toBe(false);
  expect(marked("a lien on", '"lien on"').find((p) => p.hit)?.text).toBe("lien on");
  expect(marked("x", "").map((p) => p.text)).toEqual(["x"]);
  expect(marked("a(b", "(").map((p) => p.text).join("")).toBe("a(b");
});

test("only what was asked for is sent", () => {
  expect(query({ ...NOTHING, q: "a & b" })).toBe("q=a+%26+b");
  expect(query(NOTHING, "2026~h")).toBe("before=2026%7Eh");
});
