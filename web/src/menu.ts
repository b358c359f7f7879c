/** What the menu does: papers, a person, and the questions asked before anything is lost. */
import { download, openTab } from "./documents.js";
import type { Context } from "./view/context.js";
import type { HeaderActions, Question } from "./view/header.js";

export interface MenuOwner {
  context: Context;
  closable: boolean;
  close(): void;
  redraw(): void;
  /** Once it is drawn, give the focus to the first element a selector finds. */
  focusTo(selector: string): void;
  /** Everything is about to be deleted at the visitor's wish. */
  removing: boolean;
}

export class Menu implements HeaderActions {
  menuOpen = false;
  question: Question | null = null;

  constructor(private readonly owner: MenuOwner) {}

  get closable(): boolean { return this.owner.closable; }

  close(): void { this.owner.close(); }

  /** Shut, with whatever it asked. */
  shut(): void {
    this.menuOpen = false;
    this.question = null;
  }

  /** It stands otherwise with a person now: a question about leaving them has no answer any more. */
  moved(): void {
    if (this.question === "leave" || this.question === "end") this.question = null;
  }

  /** Escape: whether there was something to leave. */
  leave(): boolean {
    if (this.menuOpen) {
      this.menuOpen = false;
      this.focus();
    } else if (this.question) {
      this.no();
    } else {
      return false;
    }
    return true;
  }

  toggleMenu(): void {
    this.menuOpen = !this.menuOpen;
    this.question = null;
    this.owner.redraw();
  }

  ask(question: Question): void {
    this.menuOpen = false;
    this.question = question;
    // To the answer that changes nothing.
    this.owner.focusTo(question === "mail" ? "[name=to]" : ".safe");
  }

  no(): void {
    this.question = null;
    this.focus();
  }

  yes(question: Question): void {
    const { connection: line } = this.owner.context;
    this.question = null;
    this.owner.removing = question === "remove";
    const asked =
      question === "restart" ? line.restart() : question === "remove" ? line.delete() : line.people.leave();
    void asked.then((reply) => { this.owner.context.failed(reply.ok ? null : reply.error); });
    this.owner.context.focusBox();
  }

  /** To the offer that is there already, or ask for one. */
  person(): void {
    this.shut();
    const { connection: line, failed } = this.owner.context;
    const there = ".offer button, .offer input";
    if (line.people.state === "offered") {
      this.owner.focusTo(there);
      return;
    }
    this.owner.context.focusBox();
    void line.people.offer().then((reply) => {
      if (reply.ok) this.owner.focusTo(there);
      else failed(reply.error);
    });
  }

  transcript(): void {
    this.menuOpen = false;
    this.focus();
    void download(this.owner.context, "transcript");
  }

  print(): void {
    this.menuOpen = false;
    this.focus();
    void openTab(this.owner.context, "print");
  }

  private focus(): void {
    this.owner.focusTo("[aria-controls=menu]");
  }
}
