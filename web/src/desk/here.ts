/**
 * Whether somebody sits here. A session that nobody uses ends after an hour, and reading is use, too: the
 * server learns of it at most every few minutes, and never of an open desk that was left alone.
 */
import { call } from "./api.js";

const EVERY_MS = 5 * 60_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

export function startHere(now: () => number = Date.now): void {
  let told = now(); // opening the page was use
  const seen = (): void => {
    if (now() - told < EVERY_MS) return;
    told = now();
    call("me").catch(() => undefined); // who is signed out is told so by the call itself
  };
  for (const sign of SIGNS) window.addEventListener(sign, seen, { passive: true, capture: true });
}
