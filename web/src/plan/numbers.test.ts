import { expect, it } from "vitest";
import { TEXTS } from "../texts.js";
import { addMonths, dollars, points, summaryOf, tableRows } from "./numbers.js";

const line = {
  name: "Monthly",
  balance: [["2026-11-28", "12000.00"], ["2026-12-28", "11340.10"], ["2027-01-28", "0.00"]] as [string, string][],
};

it("writes dollars", () => {
  expect(dollars("12250.50")).toBe("$12,251");
  expect(dollars("12250.50", true)).toBe("$12,250.50");
});

it("goes by months, and by years when that would be long", () => {
  expect(tableRows([line], "2026-11-28")).toEqual([
    { day: "2026-11-28", amounts: ["$12,000"] },
    { day: "2026-12-28", amounts: ["$11,340"] },
    { day: "2027-01-28", amounts: ["$0"] },
  ]);
  const long = { name: "Long", balance: [["2026-11-28", "9.00"], ["2036-11-28", "0.00"]] as [string, string][] };
  const rows = tableRows([line, long], "2026-11-28");
  expect(rows).toHaveLength(11);
  expect(rows.at(-1)).toEqual({ day: "2036-11-28", amounts: ["$0", "$0"] });
});

it("keeps the last day of a shorter month", () => {
  expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
});

it("measures in years and says the chart in words", () => {
  expect(points(line, "2026-11-28")[0]).toEqual({ x: 0, y: 12000 });
  expect(summaryOf([line], TEXTS, "en-US")).toBe(
    "What is left to pay over time. Monthly: from $12,000 to $0 by Jan 28, 2027.",
  );
});
