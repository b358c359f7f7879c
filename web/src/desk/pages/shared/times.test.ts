import { expect, test } from "vitest";
import { duration, later, longDay, moment } from "./times.js";

test("how long something took", () => {
  expect([0, 59, 60, 125, 3600, 3725, null].map(duration)).toEqual(["0 s", "59 s", "1 min", "2 min 5 s", "1 h", "1 h 2 min", "–"]);
});

test("days do not slip where clocks change", () => {
  expect(later("2026-03-07", 1)).toBe("2026-03-08");
  expect(later("2026-03-08", 1)).toBe("2026-03-09");
  expect(later("2026-11-01", -1)).toBe("2026-10-31");
  expect(longDay("2026-11-01")).toBe("Sunday, November 1, 2026");
});

test("what is no time is nothing", () => {
  expect(moment(null)).toBe("");
  expect(moment("soon")).toBe("");
  expect(longDay("soon")).toBe("soon");
});
