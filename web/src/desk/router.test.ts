import { describe, expect, it } from "vitest";
import { address, parse } from "./router.js";

describe("the address", () => {
  it("names the page and the case, and comes back from it", () => {
    expect(parse(address("work", "h-1/2"))).toEqual({ page: "work", case: "h-1/2" });
    expect(parse("#/search")).toEqual({ page: "search", case: null });
  });
  it("falls back to the work, and knows no case elsewhere", () => {
    expect(parse("")).toEqual({ page: "work", case: null });
    expect(parse("#/nonsense/h-1")).toEqual({ page: "work", case: "h-1" });
    expect(parse("#/people/h-1")).toEqual({ page: "people", case: null });
  });
});
