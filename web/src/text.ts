/** An assistant's text as blocks to draw (paragraphs and lists), and the parts of a line that matter. */
export type Block = { kind: "p"; text: string } | { kind: "ul" | "ol"; items: string[]; start?: number };

const BULLET = /^\s*[-•*]\s+(.*)$/;
const NUMBER = /^\s*(\d{1,2})\.\s+(.*)$/;

export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let open = false; // whether the last block may still grow
  for (const line of text.split("\n")) {
    const last = found.at(-1);
    const bullet = BULLET.exec(line);
    const number = bullet ? null : NUMBER.exec(line);
    if (bullet || number) {
      const kind = bullet ? "ul" : "ol";
      const item = bullet?.[1] ?? number?.[2] ?? "";
      if (open && last?.kind === kind) {
        last.items.push(item);
      } else {
        const start = Number(number?.[1] ?? 1);
        found.push(kind === "ul" ? { kind, items: [item] } : { kind, items: [item], ...(start > 1 ? { start } : {}) });
      }
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

const PHONE = String.raw`(?<![\d$.-])(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-.]\d{4}(?![\d-])`;
const AMOUNT = String.raw`\$\d[\d,]*(?:\.\d{1,2})?`;

/** A line cut into plain text, phone numbers to tap, and amounts that must not break. */
export function pieces(text: string, firmPhone = ""): Piece[] {
  const own = firmPhone.trim();
  // A firm's number may be written in any way, so it is also looked for as it stands.
  const ways = own ? [escaped(own), PHONE] : [PHONE];
  const special = new RegExp(`(?<phone>${ways.join("|")})|(?<keep>${AMOUNT})`, "g");
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(special)) {
    const whole = match[0];
    const href = match.groups?.phone ? tel(whole) : null;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push(href ? { text: whole, href, keep: true } : { text: whole, keep: true });
    from = match.index + whole.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** A phone number as an address to tap: US numbers in full, others as their digits. */
export function tel(phone: string): string | null {
  const digits = phone.replace(/\D/g, "");
  const us = /^1?(\d{3})(\d{3})(\d{4})$/.exec(digits);
  if (us) return `tel:+1-${us[1] ?? ""}-${us[2] ?? ""}-${us[3] ?? ""}`;
  if (digits.length < 3) return null;
  return `tel:${phone.trim().startsWith("+") ? "+" : ""}${digits}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Only addresses a browser opens as a page, a call or a mail; anything else is shown as text. */
export function safeUrl(url: string): string | null {
  try {
    const parsed = new URL(url);
    return ["https:", "http:", "tel:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** How long a text is for the server, which counts characters and not UTF-16 units. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const character of text) count += character ? 1 : 0;
  return count;
}
