/** What a screen reader is told: new messages, but no history; and what changes with a person without a message. */
import type { Connection } from "./connection.js";
import type { Texts } from "./texts.js";
import { standingWords } from "./view/standing.js";

const SETTLE_MS = 200; // a conversation just filled in is not news to be read out

export class Announcing {
  /** Messages that come are read out. */
  live = false;
  /** A place in line or a presence that changed; what begins or ends a case is a message. */
  news = "";
  private stood = { state: "", words: "" };
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  /** What is filled in now is not announced; what comes after a moment is. */
  settle(): void {
    this.live = false;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => { this.listen(); this.changed(); }, SETTLE_MS);
  }

  /** From the visitor's own first word on, all that comes is news. */
  listen(): void {
    clearTimeout(this.settling);
    this.live = true;
  }

  stop(): void {
    clearTimeout(this.settling);
  }

  /** Look how it stands with a person; whether that is another state than before. */
  stand({ people, online }: Connection, texts: Texts): boolean {
    const now = { state: people.state ?? "", words: standingWords(people.handoff, texts, online) };
    const before = this.stood;
    this.stood = now;
    if (now.state !== before.state) this.news = "";
    else if (now.words !== before.words && online) this.news = now.words;
    return now.state !== before.state;
  }
}
