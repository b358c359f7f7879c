/**
 * What an advisor sent and the server has not taken: over a cut, a reload or a crash nothing is lost, and
 * nothing goes out twice.
 *
 * One at a time and in order, again under the same client id until it is acknowledged; the server writes
 * the same id once. What the server will not take stays, marked, until somebody decides. An outbox sends
 * one kind of event: messages and private notes have one each, so none can become the other.
 */
import { newId } from "../../ids.js";
import type { Kept } from "./kept.js";
import type { Reply } from "./protocol.js";

export interface Draft {
  client_id: string;
  case: string;
  text: string;
  at: string;
  state: "waiting" | "sending" | "failed";
  /** Why it was not taken, in words. */
  why: string;
}

export interface OutboxOwner {
  online(): boolean;
  ask(event: string, body: Record<string, unknown>): Promise<Reply<Record<string, unknown>>>;
  taken(draft: Draft, answer: Record<string, unknown>): void;
  changed(): void;
}

const AGAIN_MS = 3_000;
const STALE_MS = 15 * 60_000;
/** Says nothing about the message itself: it is tried again. */
const PASSING = new Set(["offline", "no_answer", "not_now", "not_signed_in", "too_fast"]);
export const STALE = "It was not sent before this page was closed. Send it now, or discard it.";

export class Outbox {
  drafts: Draft[] = [];
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly event: "say" | "note",
    private readonly kept: Kept,
    private readonly owner: OutboxOwner,
  ) {}

  /** Take up what an earlier page of this person left; what is old is not sent without asking. */
  restore(now = Date.now()): void {
    const found = this.kept.all(this.event).map(({ value }) => value as Omit<Draft, "state" | "why">);
    found.sort((a, b) => a.at.localeCompare(b.at));
    const known = new Set(this.drafts.map((d) => d.client_id));
    for (const draft of found) {
      if (known.has(draft.client_id)) continue;
      const stale = Date.parse(draft.at) < now - STALE_MS;
      this.drafts = [...this.drafts, { ...draft, state: stale ? "failed" : "waiting", why: stale ? STALE : "" }];
    }
    this.owner.changed();
    this.flush();
  }

  of(case_: string): Draft[] {
    return this.drafts.filter((d) => d.case === case_);
  }

  add(case_: string, text: string): Draft {
    const draft: Draft = { client_id: newId(), case: case_, text, at: new Date().toISOString(), state: "waiting", why: "" };
    this.drafts = [...this.drafts, draft];
    this.keep(draft);
    this.owner.changed();
    this.flush();
    return draft;
  }

  /** Send again what was not taken, under the same id. */
  again(id: string): void {
    const draft = this.drafts.find((d) => d.client_id === id);
    if (!draft) return;
    const fresh = { ...draft, at: new Date().toISOString() };
    this.keep(fresh);
    this.update(id, { state: "waiting", why: "", at: fresh.at });
    this.flush();
  }

  drop(id: string): void {
    this.kept.remove(this.event, id);
    if (!this.drafts.some((d) => d.client_id === id)) return;
    this.drafts = this.drafts.filter((d) => d.client_id !== id);
    this.owner.changed();
  }

  /** Everything of a case that is gone. */
  forget(case_: string): void {
    for (const draft of this.of(case_)) this.drop(draft.client_id);
  }

  flush(): void {
    if (this.busy || !this.owner.online()) return;
    const draft = this.drafts.find((d) => d.state !== "failed");
    if (draft) void this.send(draft);
  }

  private async send(draft: Draft): Promise<void> {
    this.busy = true;
    clearTimeout(this.timer);
    this.update(draft.client_id, { state: "sending" });
    const { client_id, case: case_, text } = draft;
    const answer = await this.owner.ask(this.event, { case: case_, client_id, text });
    this.busy = false;
    if (answer.ok) {
      this.drop(client_id);
      this.owner.taken(draft, answer);
    } else if (PASSING.has(answer.error.code)) {
      this.update(client_id, { state: "waiting" });
      this.timer = setTimeout(() => { this.flush(); }, answer.error.retry_after ? answer.error.retry_after * 1000 : AGAIN_MS);
      return;
    } else {
      this.update(client_id, { state: "failed", why: answer.error.message });
    }
    this.flush();
  }

  private keep({ client_id, case: case_, text, at }: Draft): void {
    this.kept.set(this.event, client_id, { client_id, case: case_, text, at });
  }

  private update(id: string, change: Partial<Draft>): void {
    this.drafts = this.drafts.map((d) => (d.client_id === id ? { ...d, ...change } : d));
    this.owner.changed();
  }
}
