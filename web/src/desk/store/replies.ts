/** Canned replies: finding one, and filling in what is known of the case. */
import type { Plan } from "./protocol.js";

export interface CannedReply { id: string; title: string; text: string }
export const PLACEHOLDER = /\{[a-z][a-z_]{0,30}\}/g;

export type Filling = Record<string, string | null | undefined>;

/** What the replies may name; what is not known of this case is left as it stands, to be filled in. */
export function fillingOf(from: {
  visitor: string | null;
  advisor: string;
  firm?: { name: string; phone: string } | undefined;
  amount: string | null;
  dueDate: string | null;
  card: Plan | null;
}): Filling {
  return {
    visitor: from.visitor,
    advisor: from.advisor,
    firm: from.firm?.name,
    phone: from.firm?.phone,
    amount: from.amount,
    due_date: from.dueDate,
    plan: from.card?.title,
  };
}

export function fill(text: string, filling: Filling): string {
  return text.replace(PLACEHOLDER, (all) => filling[all.slice(1, -1)] || all);
}

/** The first place that is still to be filled in. */
export function unfilled(text: string): { name: string; start: number; end: number } | null {
  const found = new RegExp(PLACEHOLDER.source).exec(text);
  return found ? { name: found[0], start: found.index, end: found.index + found[0].length } : null;
}

/** Text cut at its placeholders, for showing where they are. */
export function parts(text: string): { text: string; open: boolean }[] {
  const found: { text: string; open: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), open: false });
    found.push({ text: match[0], open: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), open: false });
  return found;
}

/** What is being searched for at the caret: "/pay" at the start of a line or after a space. */
export function slash(text: string, caret: number): { start: number; query: string } | null {
  const found = /(?:^|\s)\/([^\s/]{0,40}(?: [^\s/]{1,20})?)$/.exec(text.slice(0, caret));
  return found ? { start: caret - (found[1] ?? "").length - 1, query: found[1] ?? "" } : null;
}

/** Replies in which every word of the query stands; those with it in the title first. */
export function search(replies: readonly CannedReply[], query: string): CannedReply[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const title = (r: CannedReply): boolean => words.every((w) => r.title.toLowerCase().includes(w));
  const any = (r: CannedReply): boolean => words.every((w) => `${r.title} ${r.text}`.toLowerCase().includes(w));
  return [...replies.filter(title), ...replies.filter((r) => !title(r) && any(r))];
}
