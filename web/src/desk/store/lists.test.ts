import { describe, expect, it } from "vitest";
import { age, filtered, fits, NO_FILTER, step } from "./queue.js";
import { fill, fillingOf, parts, search, slash, unfilled } from "./replies.js";
import { grouped, read, shown, unknownOf, written } from "./facts.js";
import type { Fact } from "./protocol.js";

describe("the queue", () => {
  it("says how long somebody has waited", () => {
    const now = Date.parse("2026-11-28T12:00:00Z");
    const ages = ["2026-11-28T11:59:40Z", "2026-11-28T11:48:00Z", "2026-11-28T09:55:00Z", "2026-11-27T11:00:00Z", "2026-11-25T11:00:00Z"];
    expect(ages.map((a) => age(a, now))).toEqual(["now", "12 min", "2 h 05 min", "1 day", "3 days"]);
    expect(age(null, now)).toBeNull();
  });

  it("filters by urgency, reason and channel", () => {
    const row = { rank: 1, why: "case", channel: "slack" };
    expect(fits(row, NO_FILTER)).toBe(true);
    expect(fits(row, { ...NO_FILTER, rank: "1", why: "case", channel: "slack" })).toBe(true);
    expect(fits(row, { ...NO_FILTER, rank: "0" })).toBe(false);
    expect(fits({ ...row, rank: null }, { ...NO_FILTER, rank: "4" })).toBe(true);
    expect(filtered({ ...NO_FILTER, rank: "1", channel: "slack" })).toBe(2);
  });

  it("steps through the rows and stays at the ends", () => {
    const ids = ["a", "b", "c"];
    expect([step(ids, null, 1), step(ids, "a", 1), step(ids, "c", 1), step(ids, "a", -1), step([], null, 1)]).toEqual(["a", "b", "c", "a", null]);
  });
});

describe("canned replies", () => {
  const filling = fillingOf({
    visitor: "Dana", advisor: "Anna", firm: { name: "Harbor Tax", phone: "555-0142" }, amount: "$12,000", dueDate: null, card: null,
  });

  it("are filled from the case, and keep open what is not known", () => {
    const text = fill("Hello {visitor}, {amount} is due {due_date}. {advisor}, {firm}", filling);
    expect(text).toBe("Hello Dana, $12,000 is due {due_date}. Anna, Harbor Tax");
    expect(unfilled(text)).toEqual({ name: "{due_date}", start: 27, end: 37 });
    expect(unfilled("done")).toBeNull();
    expect(parts(text).filter((p) => p.open)).toEqual([{ text: "{due_date}", open: true }]);
    expect(parts(text).map((p) => p.text).join("")).toBe(text);
  });

  it("are found by words, titles first", () => {
    const replies = [
      { id: "1", title: "Next steps", text: "pay online" }, { id: "2", title: "Pay online", text: "use the tool" },
    ];
    expect(search(replies, "pay").map((r) => r.id)).toEqual(["2", "1"]);
    expect(search(replies, "pay tool").map((r) => r.id)).toEqual(["2"]);
    expect(search(replies, "")).toHaveLength(2);
  });

  it("begin with a slash at the start or after a space, and never inside a word or address", () => {
    expect(slash("/pa", 3)).toEqual({ start: 0, query: "pa" });
    expect(slash("Hello /", 7)).toEqual({ start: 6, query: "" });
    expect(slash("irs.gov/pay", 11)).toBeNull();
    expect(slash("1/2", 3)).toBeNull();
    expect(slash("/pay on", 7)).toEqual({ start: 0, query: "pay on" });
  });
});

describe("facts", () => {
  it("are shown as people write them", () => {
    expect(shown("amount_owed", "12000.00")).toBe("$12,000");
    expect(shown("amount_owed", "12000.50")).toBe("$12,000.50");
    expect(shown("due_date", "2026-12-07")).toBe("Dec 7, 2026");
    expect(shown("days_to_pay", 540)).toBe("540 days (about 18 months)");
    expect(shown("tax_year", 2023)).toBe("2023");
    expect(shown("taxpayer", "individual")).toBe("Personal");
    expect(shown("returns_filed", false)).toBe("No");
  });

  it("are read as the server takes them", () => {
    expect(read("amount_owed", "$12,345.5")).toBe("12345.50");
    expect(read("amount_owed", "twelve")).toBeUndefined();
    expect(read("days_to_pay", "180")).toBe(180);
    expect(read("days_to_pay", "1.5")).toBeUndefined();
    expect(read("returns_filed", "yes")).toBe(true);
    expect(read("due_date", "2026-12-07")).toBe("2026-12-07");
    expect(read("state", "TX")).toBe("TX");
    expect(read("state", "Texas")).toBeUndefined();
    expect(read("amount_owed", " ")).toBeNull();
    for (const [fact, value] of [["amount_owed", "12000.00"], ["returns_filed", true], ["days_to_pay", 540], ["state", "TX"]] as const)
      expect(read(fact, written(fact, value))).toBe(value);
  });

  it("stand in groups; what the page does not know comes last and is not lost", () => {
    const facts: Fact[] = [
      { fact: "brand_new", value: "x", from: "visitor", seq: 1 }, { fact: "amount_owed", value: "1.00", from: "visitor", seq: 1 },
    ];
    expect(grouped(facts).map((g) => [g.title, g.facts.map((f) => f.fact)])).toEqual([["What is owed", ["amount_owed"]], ["Other", ["brand_new"]]]);
    expect(unknownOf(facts).some((f) => f.fact === "amount_owed")).toBe(false);
  });
});
