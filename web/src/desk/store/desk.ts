/**
 * The desk as this page knows it: who waits, whose cases are whose, what is said in them.
 *
 * Tells "changed" when something shown changed; "told" (text, kind) for words to the person; "news" when
 * a visitor wrote or a case came while they may be looking elsewhere.
 */
import type { Me } from "../api.js";
import { Acts } from "./acts.js";
import { Kept } from "./kept.js";
import { Line } from "./line.js";
import { Outbox, type Draft } from "./outbox.js";
import type { CaseState, Held, Joined, Message, Note, Waiting, Whole } from "./protocol.js";
import { CaseView } from "./view.js";
import { leftWords, WORDS } from "./words.js";

export interface Told { text: string; kind: "done" | "wrong" }
export interface News { what: "message" | "case" | "waiting"; case: string }
type Moved = { case: string; state: CaseState; advisor: string | null; advisor_id: string | null };

const JOIN_AGAIN_MS = 3_000;

export class DeskStore extends EventTarget {
  waiting: Waiting[] = [];
  held: Held[] = [];
  colleagues: { id: string; name: string }[] = [];
  outcomes: Record<string, string> = {};
  firm: { name: string; phone: string } | undefined;
  joined = false;
  /** The case on the screen. */
  looking: string | null = null;
  readonly cases = new Map<string, CaseView>();
  readonly says: Outbox;
  readonly notes: Outbox;
  readonly acts: Acts;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly me: Me, readonly line = new Line(), readonly kept = new Kept(me.id)) {
    super();
    const owner = {
      online: () => this.line.online && this.joined,
      ask: (event: string, body: Record<string, unknown>) => this.line.ask<Record<string, unknown>>(event, body),
      taken: (draft: Draft, answer: Record<string, unknown>) => { this.taken(draft, answer); },
      changed: () => { this.changed(); },
    };
    this.says = new Outbox("say", this.kept, owner);
    this.notes = new Outbox("note", this.kept, owner);
    this.acts = new Acts(this);
  }

  get manager(): boolean { return this.me.role === "manager"; }

  start(): void {
    this.kept.tidy();
    this.says.restore();
    this.notes.restore();
    this.line.addEventListener("state", this.onState);
    window.addEventListener("storage", this.onStorage);
    window.addEventListener("focus", this.onFocus);
    this.line.start({
      queue: (body: { waiting: Waiting[] }) => { this.queued(body.waiting); },
      case: (body: Moved) => { this.moved(body); },
      message: (body: { case: string; message: Message }) => { this.said(body.case, [body.message]); },
      note: (body: { case: string; note: Note }) => { this.cases.get(body.case)?.note(body.note); this.changed(); },
      typing: (body: { case: string; on: boolean }) => { this.typed(body.case, body.on); },
      presence: (body: { case: string; visitor: boolean }) => { this.present(body.case, body.visitor); },
      gone: (body: { case: string }) => { this.deleted(body.case); },
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.line.removeEventListener("state", this.onState);
    window.removeEventListener("storage", this.onStorage);
    window.removeEventListener("focus", this.onFocus);
    this.line.stop();
  }

  private readonly onState = (): void => {
    if (this.line.online) void this.join(true);
    if (this.line.state === "signed_out") window.dispatchEvent(new Event("desk-signed-out"));
    this.changed();
  };

  /** Another tab of the same person sent something, or read something. */
  private readonly onStorage = (event: StorageEvent): void => {
    const found = this.kept.parse(event.key);
    if (!found) return;
    if (event.newValue === null && found.kind === "say") this.says.drop(found.id);
    if (event.newValue === null && found.kind === "note") this.notes.drop(found.id);
    this.changed();
  };

  private readonly onFocus = (): void => {
    if (this.looking) this.see(this.looking);
  };

  // The lists

  /** Read the lists; `again`: also every case that is open here, for what was missed in a cut. */
  async join(again = false): Promise<void> {
    const answer = await this.line.ask<Joined>("join");
    if (!answer.ok) {
      clearTimeout(this.timer);
      if (this.line.online) this.timer = setTimeout(() => { void this.join(again); }, JOIN_AGAIN_MS);
      return;
    }
    Object.assign(this, {
      waiting: answer.waiting, held: answer.cases, colleagues: answer.colleagues, outcomes: answer.outcomes, firm: answer.firm,
    });
    this.joined = true;
    this.changed();
    const own = new Set(this.mine.map((row) => row.case));
    const wanted = new Set(own);
    if (this.looking) wanted.add(this.looking);
    for (const id of [...this.cases.keys()]) if (!wanted.has(id)) this.cases.delete(id);
    const stale = (id: string): boolean => {
      const view = this.cases.get(id);
      return again || !view?.opened && (own.has(id) || !view?.gone);
    };
    await Promise.all([...wanted].filter(stale).map((id) => this.open(id)));
    this.says.flush();
    this.notes.flush();
  }

  /** The open cases of this person. */
  get mine(): Held[] {
    return this.held.filter((row) => row.state === "with_advisor" && row.advisor_id === this.me.id);
  }

  /** The open cases of colleagues, for a manager. */
  get others(): Held[] {
    return this.held.filter((row) => row.state === "with_advisor" && row.advisor_id !== this.me.id);
  }

  /** Closed cases to come back to within a week, the first first. */
  followUps(today: string, until: string): Held[] {
    const due = this.held.filter((row) => row.state === "closed" && row.follow_up && row.follow_up >= today && row.follow_up <= until);
    return due.sort((a, b) => (a.follow_up ?? "").localeCompare(b.follow_up ?? ""));
  }

  private queued(waiting: Waiting[]): void {
    const known = new Set(this.waiting.map((w) => w.case));
    const fresh = this.joined ? waiting.filter((w) => !known.has(w.case)) : [];
    this.waiting = waiting;
    for (const one of fresh) this.news({ what: "waiting", case: one.case });
    this.changed();
  }

  private moved({ case: id, state, advisor, advisor_id }: Moved): void {
    const row = this.held.find((h) => h.case === id);
    const wasMine = row?.state === "with_advisor" && row.advisor_id === this.me.id;
    const isMine = state === "with_advisor" && advisor_id === this.me.id;
    this.held = this.held.map((h) => (h.case === id ? { ...h, state, advisor, advisor_id } : h));
    if (this.acts.busy(id)) return; // its own answer tells
    if (isMine && !wasMine) {
      this.tell(WORDS.handedToYou);
      this.news({ what: "case", case: id });
    }
    if (wasMine && !isMine) {
      this.tell(leftWords(state, advisor));
      this.leave(id, leftWords(state, advisor));
    } else if (this.cases.has(id)) {
      void this.open(id, leftWords(state, advisor));
    }
    if (isMine !== wasMine || this.manager) void this.join();
    this.changed();
  }

  private leave(id: string, why: string): void {
    const view = this.cases.get(id);
    if (view && this.looking === id && !this.manager) view.empty(why);
    else if (this.manager && this.looking === id) void this.open(id);
    else this.cases.delete(id);
  }

  private deleted(id: string): void {
    this.says.forget(id);
    this.notes.forget(id);
    for (const kind of ["draft", "note-draft", "seen"] as const) this.kept.remove(kind, id);
    const mine = this.mine.some((row) => row.case === id);
    this.held = this.held.filter((row) => row.case !== id);
    this.waiting = this.waiting.filter((row) => row.case !== id);
    if (this.looking === id) this.cases.get(id)?.empty(WORDS.deleted);
    else this.cases.delete(id);
    if (mine) this.tell(WORDS.deleted);
    this.changed();
  }

  // One case

  view(id: string): CaseView {
    const view = this.cases.get(id) ?? new CaseView(id);
    this.cases.set(id, view);
    return view;
  }

  /** Show a case on the screen. */
  async look(id: string | null): Promise<void> {
    this.looking = id;
    if (id && !this.view(id).opened) await this.open(id);
    if (id) this.see(id);
    this.changed();
  }

  /** Read a case after the last number that is not missing; `else_`: why it may be gone. */
  async open(id: string, else_ = ""): Promise<void> {
    const view = this.view(id);
    if (view.opening) {
      view.again = true;
      return;
    }
    view.opening = true;
    const after = view.talk.after;
    const answer = await this.line.ask<Whole>("open", { case: id, after });
    view.opening = false;
    if (!answer.ok) {
      if (answer.error.code === "no_case") view.empty(else_ || view.gone || answer.error.message);
      this.changed();
      return;
    }
    const first = !view.opened;
    view.take(answer);
    view.opened = true;
    this.said(id, answer.messages, first);
    if (view.again || (view.talk.gap && view.talk.after > after)) {
      view.again = false;
      await this.open(id, else_);
    }
  }

  private said(id: string, messages: readonly Message[], quietly = false): void {
    const view = this.cases.get(id);
    if (!view) return;
    const arrived = view.talk.keep(messages);
    for (const draft of this.says.of(id)) if (view.talk.has(draft.client_id)) this.says.drop(draft.client_id);
    const theirs = arrived.filter((m) => m.author === "visitor");
    if (theirs.length) {
      view.typing = false;
      if (!quietly) view.here = view.info?.channel === "website" ? true : view.here;
    }
    if (this.looking === id && document.hasFocus()) this.see(id);
    else if (!quietly && view.mine && theirs.length) this.news({ what: "message", case: id });
    // The visitor's facts may have changed with a new result.
    if (!quietly && (view.talk.gap || arrived.some((m) => m.card))) void this.open(id);
    this.changed();
  }

  private typed(id: string, on: boolean): void {
    const view = this.cases.get(id);
    if (!view) return;
    view.typing = on;
    if (on) setTimeout(() => { this.changed(); }, 8_100);
    this.changed();
  }

  private present(id: string, here: boolean): void {
    const view = this.cases.get(id);
    if (!view) return;
    view.here = here;
    if (!here) view.typing = false;
    this.changed();
  }

  seen(id: string): number {
    return Number(this.kept.get("seen", id) ?? 0);
  }

  see(id: string): void {
    const last = this.cases.get(id)?.talk.last ?? 0;
    if (last > this.seen(id)) {
      this.kept.set("seen", id, last);
      this.changed();
    }
  }

  unread(id: string): number {
    return this.cases.get(id)?.talk.unread(this.seen(id)) ?? 0;
  }

  get unreadAll(): number {
    return this.mine.reduce((sum, row) => sum + this.unread(row.case), 0);
  }

  private taken(draft: Draft, answer: Record<string, unknown>): void {
    if (answer.message) this.said(draft.case, [answer.message as Message], true);
    if (answer.note) this.cases.get(draft.case)?.note(answer.note as Note);
    if (draft.case === this.looking) this.see(draft.case);
    this.changed();
  }

  typing(id: string, on: boolean): void {
    this.line.mention("typing", { case: id, on });
  }

  /** It is not with this person any more, by their own doing. */
  async end(id: string): Promise<void> {
    this.kept.remove("draft", id);
    this.kept.remove("note-draft", id);
    if (this.looking === id) this.looking = null;
    this.cases.delete(id);
    await this.join();
  }

  tell(text: string, kind: Told["kind"] = "done"): void {
    this.dispatchEvent(new CustomEvent<Told>("told", { detail: { text, kind } }));
  }

  private news(detail: News): void {
    this.dispatchEvent(new CustomEvent<News>("news", { detail }));
  }

  changed(): void {
    this.dispatchEvent(new Event("changed"));
  }
}
