/** A reply's text as blocks to draw: paragraphs and lists, never markup. */
export type Block = { kind: "p"; text: string } | { kind: "ul" | "ol"; items: string[] };

const BULLET = /^\s*[-•]\s+(.*)$/;
const NUMBER = /^\s*\d{1,2}\.\s+(.*)$/;

export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let open = false; // whether the last block may still grow
  for (const line of text.split("\n")) {
    const last = found.at(-1);
    const bullet = BULLET.exec(line);
    const number = bullet ? null : NUMBER.exec(line);
    if (bullet || number) {
      const kind = bullet ? "ul" : "ol";
      const item = (bullet ?? number)?.[1] ?? "";
      if (open && last?.kind === kind) last.items.push(item);
      else found.push({ kind, items: [item] });
      open = true;
    } else if (!line.trim()) {
      open = false;
    } else if (open && last?.kind === "p") {
      last.text += "\n" + line;
    } else {
      found.push({ kind: "p", text: line });
      open = true;
    }
  }
  return found;
}

export interface Piece {
  text: string;
  href?: string;
  keep?: boolean;
}

const SPECIAL = /(?<phone>\b8\d\d-\d{3}-\d{4}\b)|(?<keep>\$[\d,]+(?:\.\d\d)?)/g;

/** A line cut into plain text, phone numbers to tap, and amounts that must not break. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(SPECIAL)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    const whole = match[0];
    found.push(
      match.groups?.phone
        ? { text: whole, href: "tel:+1-" + whole, keep: true }
        : { text: whole, keep: true },
    );
    from = match.index + whole.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** Only addresses a browser opens as a page; anything else is shown as text. */
export function safeUrl(url: string): string | null {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}
