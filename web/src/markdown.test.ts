import { describe, expect, it } from "vitest";
import { rendered } from "./markdown.js";

const html = (text: string, phone = ""): string => {
  const box = document.createElement("div");
  box.append(rendered(text, phone));
  return box.innerHTML;
};

describe("rendered", () => {
  it("draws paragraphs, lists, bold and italic", () => {
    expect(html("Yes.\nReally, **now** and *soon*.\n\n- one\n- _two_\n\n1. go\n2. on")).toBe(
      "<p>Yes.<br>Really, <strong>now</strong> and <em>soon</em>.</p>" +
        "<ul><li>one</li><li><em>two</em></li></ul><ol><li>go</li><li>on</li></ol>",
    );
  });
  it("leaves stars and underscores that are no markup alone", () => {
    for (const text of ["2 * 3 * 4", "snake_case_name", "a ** b", "*", "_", "**"]) expect(html(text)).toBe(`<p>${text}</p>`);
  });
  it("opens links in a tab of their own, and safely", () => {
    const made = document.createElement("div");
    made.append(rendered("See [the **IRS**](https://www.irs.gov/a_b_c) or https://irs.gov/_x_y_."));
    const [first, ...more] = made.querySelectorAll("a");
    expect([first?.href, first?.target, first?.rel]).toEqual([
      "https://www.irs.gov/a_b_c", "_blank", "noopener noreferrer",
    ]);
    expect(more).toEqual([]); // an address that nobody made a link stays text, and whole
    expect(made.textContent).toContain("https://irs.gov/_x_y_");
  });
  it("makes phone numbers tappable and keeps amounts whole", () => {
    expect(html("Call 1-800-829-1040 or (555) 010-0142 about $12,250.50")).toBe(
      '<p>Call <a href="tel:+1-800-829-1040" class="keep">1-800-829-1040</a> or ' +
        '<a href="tel:+1-555-010-0142" class="keep">(555) 010-0142</a> about <span class="keep">$12,250.50</span></p>',
    );
    expect(html("Call 555-0142.", "555-0142")).toContain('href="tel:5550142"');
  });
});

describe("markup in a text is text", () => {
  it.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;script&#62;",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "![x](https://evil.example/track.gif)",
    "[x](file:///etc/passwd)",
    "**<b onclick=alert(1)>x</b>**",
    "[\"><img src=x onerror=alert(1)>](https://irs.gov)",
    "\uE0000\uE000 <style>*{display:none}</style>",
  ])("%s", (text) => {
    const box = document.createElement("div");
    box.append(rendered(text));
    expect(box.querySelector("img, script, svg, style, b")).toBeNull();
    for (const element of box.querySelectorAll("*"))
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|style|src/);
        expect(value).not.toMatch(/^\s*(java|vb)script|^data|^file/i);
      }
    for (const link of box.querySelectorAll("a")) expect(link.protocol).toBe("https:");
    const words = text.replace(/[^\w]+/g, " ").trim().split(" ").filter((w) => !/^(https|irs|gov|0)$/.test(w));
    for (const word of words) expect(box.textContent).toContain(word);
  });
  it("opens tel and mailto, and nothing in a tab for them", () => {
    const box = document.createElement("div");
    box.append(rendered("[call](tel:+18008291040) [mail](mailto:a@b.example)"));
    expect([...box.querySelectorAll("a")].map((a) => a.target)).toEqual(["", ""]);
  });
});
