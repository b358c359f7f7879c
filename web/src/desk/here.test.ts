import { beforeEach, expect, test, vi } from "vitest";
import { startHere } from "./here.js";

const asked = vi.fn();
beforeEach(() => {
  asked.mockReset().mockResolvedValue({ ok: true, json: () => Promise.resolve({}) });
  vi.stubGlobal("fetch", asked);
});

test("what somebody does is told at most every five minutes, and nothing is told of nobody", () => {
  let now = 0;
  startHere(() => now);
  const press = (): void => { window.dispatchEvent(new Event("keydown")); };
  press();
  expect(asked).not.toHaveBeenCalled();
  now = 6 * 60_000;
  expect(asked).not.toHaveBeenCalled();
  press();
  press();
  expect(asked).toHaveBeenCalledTimes(1);
  now = 12 * 60_000;
  window.dispatchEvent(new Event("wheel"));
  expect(asked).toHaveBeenCalledTimes(2);
});
