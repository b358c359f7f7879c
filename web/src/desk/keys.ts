/** Shortcuts: single letters, and "g" with a letter for another page. Never while somebody types. */
export type Deed =
  | "next" | "previous" | "open" | "claim" | "write" | "note" | "panel" | "filter" | "close" | "transfer" | "release" | "return" | "back" | "help";

const KEYS: Record<string, Deed> = {
  j: "next", k: "previous", ArrowDown: "next", ArrowUp: "previous", c: "claim", r: "write", n: "note", p: "panel", f: "filter",
  e: "close", t: "transfer", u: "release", b: "return", Escape: "back", "?": "help",
};

export const HELP: { title: string; keys: [keys: string, words: string][] }[] = [
  { title: "The list", keys: [["J K", "Next, previous case"], ["C", "Claim the case on the screen"], ["F", "Filters"], ["Esc", "Back to the list"]] },
  { title: "The case", keys: [["R", "Write to the visitor"], ["N", "Private note"], ["P", "Facts, plan and notes (on small screens)"], ["T", "Transfer to a colleague"], ["B", "Return to the bot"], ["U", "Back to the queue"], ["E", "Close the case"]] },
  { title: "Writing", keys: [["Enter", "Send"], ["Shift Enter", "New line"], ["/", "Find a reply"], ["Ctrl Enter", "Keep a note"], ["Esc", "Leave the box"]] },
  { title: "The desk", keys: [["G W", "Work; then S, D, R, P, H, A for the other pages"], ["?", "This sheet"]] },
];

const BOXES = /^(INPUT|TEXTAREA|SELECT|WA-SELECT|WA-DROPDOWN|WA-DIALOG)$/;

/**
 * Whether a key goes into something: a box, a list, a button's own keys, an open dialog or menu. A dialog that
 * has just closed keeps the keyboard until the browser's next frame, and a key pressed then is not for it.
 */
export function typing(path: readonly EventTarget[]): boolean {
  const elements = path.filter((t) => t instanceof HTMLElement);
  if (elements.some((t) => t.tagName === "WA-DIALOG" && !(t as HTMLElement & { open?: boolean }).open)) return false;
  return elements.some((t) => BOXES.test(t.tagName) || t.isContentEditable);
}

/** What a key asks for; `null` where it is not ours. */
export function deedOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">): Deed | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  return KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
