/** One case as it is known here. */
import type { Assessment, CaseInfo, Fact, Note, Whole } from "./protocol.js";
import { Talk } from "./talk.js";

const TYPING_MS = 8_000;

export class CaseView {
  talk = new Talk();
  info: CaseInfo | null = null;
  facts: Fact[] = [];
  assessment: Assessment | null = null;
  notes: Note[] = [];
  /** Whether the visitor's page is open; `null`: not known. */
  here: boolean | null = null;
  /** Why it is not shown any more, in words. */
  gone = "";
  /** Read at least once since this page was opened. */
  opened = false;
  opening = false;
  again = false;
  private typedAt = 0;

  constructor(readonly id: string) {}

  get typing(): boolean { return Date.now() - this.typedAt < TYPING_MS; }
  set typing(on: boolean) { this.typedAt = on ? Date.now() : 0; }

  get mine(): boolean { return this.info?.mine === true && this.info.state === "with_advisor"; }

  take(whole: Omit<Whole, "messages">): void {
    this.info = whole.case;
    this.facts = whole.facts;
    this.assessment = whole.assessment;
    for (const note of whole.notes) this.note(note);
    if (whole.visitor !== undefined) this.here = whole.visitor;
    this.gone = "";
  }

  note(note: Note): void {
    if (this.notes.some((n) => n.id === note.id)) return;
    this.notes = [...this.notes, note].sort((a, b) => a.id - b.id);
  }

  /** Nothing of it may stay: it is somebody else's now, or was taken back or deleted. */
  empty(why: string): void {
    this.talk = new Talk();
    this.info = this.assessment = null;
    this.facts = [];
    this.notes = [];
    this.here = null;
    this.opened = false;
    this.gone = why;
  }
}
