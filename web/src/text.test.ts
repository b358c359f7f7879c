import { describe, expect, it } from "vitest";
import { blocks, pieces, safeUrl } from "./text.js";

describe("blocks", () => {
  it("keeps paragraphs and lists apart", () => {
    expect(blocks("Yes.\nReally.\n\nWhy:\n- one\n- two\n\n1. go\n2. on")).toEqual([
      { kind: "p", text: "Yes.\nReally." },
      { kind: "p", text: "Why:" },
      { kind: "ul", items: ["one", "two"] },
      { kind: "ol", items: ["go", "on"] },
    ]);
  });
  it("loses no word of any text", () => {
    const text = "a - b\n-c\n\n- d\nplain\n3. e";
    const words = blocks(text)
      .flatMap((b) => (b.kind === "p" ? [b.text] : b.items))
      .join(" ");
    for (const word of ["a - b", "-c", "d", "plain", "e"]) expect(words).toContain(word);
  });
});

describe("pieces", () => {
  it("makes phone numbers tappable and keeps amounts whole", () => {
    expect(pieces("Call 800-829-1040 about $12,250.50 now")).toEqual([
      { text: "Call " },
      { text: "800-829-1040", href: "tel:+1-800-829-1040", keep: true },
      { text: " about " },
      { text: "$12,250.50", keep: true },
      { text: " now" },
    ]);
  });
});

describe("safeUrl", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//irs.gov", "file:///etc"])(
    "refuses %s",
    (url) => { expect(safeUrl(url)).toBeNull(); },
  );
  it("takes web addresses", () => {
    expect(safeUrl("https://www.irs.gov/payments")).toBe("https://www.irs.gov/payments");
  });
});
