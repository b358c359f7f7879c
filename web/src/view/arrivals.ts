/** What is drawn for the first time, and where the conversation therefore stands. */
import type { Connection } from "../connection.js";
import type { Scrolling } from "./scrolling.js";

export class Arrivals {
  private shown = { conversation: "", count: 0, last: 0, held: false };

  constructor(private readonly scrolling: Scrolling) {}

  /** Another conversation is about to be drawn. */
  isNew(line: Connection): boolean {
    return line.conversation !== this.shown.conversation;
  }

  drawn(box: HTMLElement, line: Connection, opened: boolean): void {
    this.scrolling.attach(box, [...box.children]);
    const { messages, drafts, conversation, held } = line;
    const rows = box.querySelectorAll<HTMLElement>(".row");
    const count = messages.length + drafts.length;
    const last = messages.at(-1)?.seq ?? 0;
    if (opened || this.isNew(line)) {
      const asked = [...box.querySelectorAll<HTMLElement>(".row.visitor")].at(-1);
      this.scrolling.begin(asked ?? box.querySelector<HTMLElement>(".start"));
    } else if (count > this.shown.count || last > this.shown.last) {
      const own = drafts.length > 0 && count > this.shown.count;
      const first = own ? rows[rows.length - 1] : [...rows].find((r) => Number(r.dataset.seq) > this.shown.last);
      this.scrolling.added(first ?? null, own);
    } else if (held && !this.shown.held) {
      this.scrolling.added(box.querySelector<HTMLElement>(".held"), false);
    }
    this.shown = { conversation, count, last, held };
  }
}
