/**
 * What the visitor sent and the server has not taken: nothing is lost, nothing goes out twice.
 *
 * One at a time and in order. A message goes out again under the same client id after a cut or when no
 * acknowledgement comes, which the server answers once. What the server will not take stays here, marked.
 */
import type { Ack, Draft, Message, Refusal } from "./types.js";

export const ACK_MS = 10_000;
const TRIES = 3;

export interface OutboxOwner {
  online(): boolean;
  emit(event: string, body: Record<string, unknown>, ack: (answer: Ack) => void): void;
  taken(message: Message): void;
  failed(draft: Draft): void;
  changed(): void;
}

export class Outbox {
  drafts: Draft[] = [];
  /** Why the last message was not taken, in the server's words. */
  refused: Refusal | null = null;
  private attempt = 0; // 0: nothing is on its way
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly owner: OutboxOwner) {}

  add(draft: Pick<Draft, "client_id" | "text" | "event" | "body">): void {
    if (!this.pause) this.refused = null;
    this.drafts = [...this.drafts, { ...draft, state: "waiting", tries: 0 }];
    this.owner.changed();
    this.flush();
  }

  again(draft: Draft): void {
    this.refused = null;
    this.update(draft, { state: "waiting", tries: 0 });
    this.flush();
  }

  drop(gone: (draft: Draft) => boolean): void {
    if (!this.drafts.some(gone)) return;
    this.drafts = this.drafts.filter((d) => !gone(d));
    if (!this.drafts.some((d) => d.state === "failed") && !this.pause) this.refused = null;
  }

  /** The connection is gone: what was on its way is waiting again. */
  cut(): void {
    clearTimeout(this.timer);
    this.attempt = 0;
    for (const draft of this.drafts) if (draft.state === "sending") this.update(draft, { state: "waiting" });
  }

  clear(): void {
    this.cut();
    clearTimeout(this.pause);
    this.pause = undefined;
    this.drafts = [];
    this.refused = null;
  }

  flush(): void {
    const draft = this.drafts.find((d) => d.state !== "failed");
    if (!draft || !this.owner.online() || this.attempt || this.pause) return;
    const attempt = (this.attempt = ++this.last);
    const sending = this.update(draft, { state: "sending", tries: draft.tries + 1 });
    this.timer = setTimeout(() => { this.unanswered(attempt, sending.client_id); }, ACK_MS);
    this.owner.emit(draft.event, draft.body, (answer) => { this.answered(attempt, draft.client_id, answer); });
  }

  private unanswered(attempt: number, id: string): void {
    if (attempt !== this.attempt) return;
    this.attempt = 0;
    const draft = this.drafts.find((d) => d.client_id === id);
    if (draft && draft.tries >= TRIES) this.fail(draft);
    else if (draft) this.update(draft, { state: "waiting" });
    this.flush();
  }

  private answered(attempt: number, id: string, answer: Ack): void {
    const current = attempt === this.attempt;
    if (current) {
      clearTimeout(this.timer);
      this.attempt = 0;
    }
    const draft = this.drafts.find((d) => d.client_id === id);
    // A late yes is a yes; a late no to an attempt given up says nothing about the next one.
    if (answer.ok) this.owner.taken(answer.message);
    else if (current && draft) this.refuse(draft, answer.error);
    this.owner.changed();
    this.flush();
  }

  private refuse(draft: Draft, error: Refusal): void {
    this.refused = error;
    if (error.code !== "too_fast") {
      this.fail(draft);
      return;
    }
    this.update(draft, { state: "waiting", tries: 0 });
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.refused = null;
      this.owner.changed();
      this.flush();
    }, (error.retry_after ?? 5) * 1000);
  }

  private fail(draft: Draft): void {
    this.update(draft, { state: "failed" });
    this.owner.failed(draft);
  }

  private update(draft: Draft, change: Partial<Draft>): Draft {
    const changed = { ...draft, ...change };
    this.drafts = this.drafts.map((d) => (d.client_id === draft.client_id ? changed : d));
    this.owner.changed();
    return changed;
  }
}
