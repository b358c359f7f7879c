import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Connection } from "./connection.js";
import { acquire, release } from "./shared.js";
import type { SocketLike } from "./socket.js";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it("shares one connection, keeps it over a change of page and hangs up when nobody is left", () => {
  let hungUp = 0;
  const socket: SocketLike = {
    connected: true, on: () => 0, emit: () => 0, connect: () => 0, disconnect: () => (hungUp += 1),
  };
  const make = vi.fn(() => new Connection(() => socket));
  const one = acquire("https://a.example", make);
  expect(acquire("https://a.example", make)).toBe(one);
  one.start();
  release("https://a.example");
  release("https://a.example");
  vi.advanceTimersByTime(1_000);
  expect(acquire("https://a.example", make)).toBe(one);
  vi.advanceTimersByTime(60_000);
  expect(hungUp).toBe(0);
  release("https://a.example");
  vi.advanceTimersByTime(60_000);
  expect(hungUp).toBe(1);
  expect(acquire("https://a.example", make)).toBe(one);
  one.start();
  expect(make).toHaveBeenCalledTimes(1);
  expect(acquire("https://b.example", make)).not.toBe(one);
});
