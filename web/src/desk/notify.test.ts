import { beforeEach, describe, expect, it, vi } from "vitest";
import { Notify } from "./notify.js";
import type { DeskStore, News } from "./store/desk.js";
import { setPref } from "./store/prefs.js";

class Lists extends EventTarget {
  unreadAll = 0;
  waiting: unknown[] = [];
  is(unread: number, waiting: number): void {
    this.unreadAll = unread;
    this.waiting = Array.from({ length: waiting });
    this.dispatchEvent(new Event("changed"));
  }
  tells(what: News["what"], id = "c1"): void { this.dispatchEvent(new CustomEvent<News>("news", { detail: { what, case: id } })); }
}

const notes: { title: string; body: string; tag: string; onclick?: () => void; close: () => void }[] = [];
const tones: number[] = [];
let focused = false;
let lists: Lists;

class Node { connect(to: unknown): unknown { return to; } }

beforeEach(() => {
  notes.length = tones.length = 0;
  focused = false;
  localStorage.clear();
  vi.spyOn(window, "focus").mockImplementation(() => undefined);
  location.hash = "";
  document.head.innerHTML = '<link rel="icon" href="/icon.svg">';
  vi.useFakeTimers();
  vi.spyOn(document, "hasFocus").mockImplementation(() => focused);
  vi.stubGlobal("Notification", class {
    static permission = "granted";
    close = vi.fn();
    onclick?: () => void;
    constructor(title: string, options: { body: string; tag: string }) { notes.push(Object.assign(this, { title, ...options })); }
  });
  vi.stubGlobal("AudioContext", class { currentTime = 0; destination = {}; close = (): Promise<void> => Promise.resolve(); });
  vi.stubGlobal("GainNode", class extends Node { gain = { linearRampToValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() }; });
  vi.stubGlobal("OscillatorNode", class extends Node {
    start = vi.fn();
    stop = vi.fn();
    constructor(_: unknown, { frequency }: { frequency: number }) { super(); tones.push(frequency); }
  });
  lists = new Lists();
  new Notify(lists as unknown as DeskStore);
});

describe("what tells somebody who looks elsewhere", () => {
  it("the tab says how much is unread and how many wait, and its picture has a dot", () => {
    const picture = (): string => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? "";
    expect(document.title).toBe("Desk");
    lists.is(0, 1);
    const plain = picture();
    lists.is(2, 3);
    expect(document.title).toBe("(2) Desk, 3 waiting");
    expect(picture()).not.toBe(plain);
    lists.is(0, 3);
    expect(picture()).toBe(plain);
  });

  it("nothing sounds or shows before somebody chose it", () => {
    lists.tells("waiting");
    expect([notes.length, tones.length]).toEqual([0, 0]);
  });

  it("a sound comes at most every two seconds, and another for who waits", () => {
    setPref("sound", true);
    lists.tells("message");
    lists.tells("message");
    expect(tones).toEqual([659, 880]);
    vi.advanceTimersByTime(2_000);
    lists.tells("waiting");
    expect(tones.slice(2)).toEqual([523, 392]);
  });

  it("a message is no news to who looks at the desk, somebody waiting is", () => {
    setPref("sound", true);
    focused = true;
    lists.tells("message");
    expect(tones).toEqual([]);
    lists.tells("waiting");
    expect(tones).toHaveLength(2);
  });

  it("a notification says nothing of the case and opens it", () => {
    setPref("notify", true);
    lists.tells("message", "c7");
    expect(notes.map(({ title, body }) => [title, body])).toEqual([["Desk", "A visitor wrote to you."]]);
    notes[0]?.onclick?.();
    expect(location.hash).toContain("c7");
    focused = true;
    lists.tells("waiting");
    expect(notes).toHaveLength(1);
  });

  it("a browser that forbids notifications, or has no sound, is left in peace", () => {
    setPref("notify", true);
    setPref("sound", true);
    (Notification as unknown as { permission: string }).permission = "denied";
    vi.stubGlobal("AudioContext", undefined);
    lists.tells("waiting");
    expect(notes).toEqual([]);
  });
});
