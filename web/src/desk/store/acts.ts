/** What somebody does with a case. Each answers with what went wrong in words, or "" when it was done. */
import type { DeskStore } from "./desk.js";
import type { Assessment, FactValue, Reply, Whole } from "./protocol.js";
import { WORDS } from "./words.js";

export type Tried = Reply<{ facts: Record<string, FactValue>; assessment: Assessment | null }>;

export class Acts {
  private readonly doing = new Set<string>();

  constructor(private readonly store: DeskStore) {}

  /** Something is being done with a case right now. */
  busy(id: string): boolean { return this.doing.has(id); }

  async claim(id: string): Promise<string> {
    const { store } = this;
    return this.act(id, "claim", {}, WORDS.claimed, async () => { await store.join(); await store.open(id); });
  }

  async transfer(id: string, to: { id: string; name: string }): Promise<string> {
    return this.act(id, "transfer", { to: to.id }, `${to.name} has the case now. The visitor was told.`);
  }

  async release(id: string): Promise<string> {
    return this.act(id, "release", {}, WORDS.released);
  }

  async giveBack(id: string, agreed: string): Promise<string> {
    return this.act(id, "return", agreed ? { agreed } : {}, WORDS.returned);
  }

  async close(id: string, outcome: string, followUp: string): Promise<string> {
    const body = followUp ? { outcome, follow_up: followUp } : { outcome };
    return this.act(id, "close", body, `Case closed: ${this.store.outcomes[outcome] ?? outcome}. The visitor was told.`);
  }

  async correct(id: string, facts: Record<string, FactValue>): Promise<string> {
    const answer = await this.store.line.ask<Whole>("correct", { case: id, facts });
    if (answer.ok) this.store.cases.get(id)?.take(answer);
    this.store.changed();
    return answer.ok ? "" : answer.error.message;
  }

  /** Nothing of it is kept. */
  whatIf(id: string, facts: Record<string, FactValue>): Promise<Tried> {
    return this.store.line.ask("what_if", { case: id, facts });
  }

  private async act(id: string, event: string, body: object, done: string, then = () => this.store.end(id)): Promise<string> {
    const { store } = this;
    if (this.doing.has(id)) return ""; // a second click
    this.doing.add(id);
    store.changed();
    const answer = await store.line.ask(event, { case: id, ...body });
    await (answer.ok ? then() : store.join());
    this.doing.delete(id);
    if (answer.ok) store.tell(done);
    else if (store.cases.has(id)) void store.open(id);
    store.changed();
    return answer.ok ? "" : answer.error.message;
  }
}
