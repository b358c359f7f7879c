/** What tells somebody who looks elsewhere: the tab's title and picture, a sound, the browser's notifications. */
import type { DeskStore, News } from "./store/desk.js";
import { prefs } from "./store/prefs.js";
import { go } from "./router.js";

const WORDS: Record<News["what"], string> = {
  message: "A visitor wrote to you.",
  case: "A case is with you now.",
  waiting: "Somebody waits for a person.",
};
const SOUND_EVERY_MS = 2_000;

export class Notify {
  private icon: HTMLLinkElement | null = null;
  private sounded = 0;
  private shown = "";

  constructor(private readonly store: DeskStore) {
    store.addEventListener("changed", () => { this.paint(); });
    store.addEventListener("news", (event) => { this.news((event as CustomEvent<News>).detail); });
    this.paint();
  }

  /** The title says how much is unread and how many wait; the picture has a dot for what is unread. */
  private paint(): void {
    const unread = this.store.unreadAll;
    const waiting = this.store.waiting.length;
    const title = [unread ? `(${String(unread)}) ` : "", "Desk", waiting ? `, ${String(waiting)} waiting` : ""].join("");
    if (title === this.shown) return;
    document.title = this.shown = title;
    this.icon ??= document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (this.icon) this.icon.href = picture(unread > 0);
  }

  private news({ what, case: id }: News): void {
    if (document.hasFocus() && what === "message") return;
    if (prefs().sound) this.sound(what === "waiting");
    if (prefs().notify && !document.hasFocus() && "Notification" in window && Notification.permission === "granted") {
      // Nothing of what was written: notifications stay on screens that others see.
      const note = new Notification("Desk", { body: WORDS[what], tag: what + id });
      note.onclick = () => { window.focus(); go("work", id); note.close(); };
    }
  }

  private sound(low: boolean): void {
    if (Date.now() - this.sounded < SOUND_EVERY_MS) return;
    this.sounded = Date.now();
    try {
      const audio = new AudioContext();
      const [first, second] = low ? [523, 392] : [659, 880];
      for (const [hertz, at] of [[first, 0], [second, 0.13]] as const) {
        const tone = new OscillatorNode(audio, { frequency: hertz });
        const volume = new GainNode(audio, { gain: 0 });
        const from = audio.currentTime + at;
        volume.gain.linearRampToValueAtTime(0.08, from + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.3);
        tone.connect(volume).connect(audio.destination);
        tone.start(from);
        tone.stop(from + 0.32);
      }
      setTimeout(() => { void audio.close(); }, 1_000);
    } catch {
      // A browser without sound; the title tells.
    }
  }
}

function picture(unread: boolean): string {
  const dot = unread ? '<circle cx="25" cy="7" r="6.500" fill="#c2410c"/>' : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="4" width="28" height="25" rx="6" fill="#0b5a75"/><path d="M8 17l2.500-7h11l2.500 7v5.500H8zM8 17h5l1 2.500h4l1-2.500h5" fill="none" stroke="#fff" stroke-width="2"/>${dot}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
