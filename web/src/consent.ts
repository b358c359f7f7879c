/** The consent to questions about the visitor's case: an answer is said again until the server has it. */
import type { Ask } from "./asking.js";
import type { Session } from "./types.js";

export class Consent {
  agreed = false;
  /** A reply about their case is held back until they agree. */
  held = false;
  private answer: boolean | null = null; // not yet taken by the server

  constructor(private readonly changed: () => void, private readonly ask: Ask) {}

  enter(session: Session): void {
    this.agreed = session.consent ?? false;
    this.held = session.held ?? false;
  }

  /** The connection is back. */
  sayAgain(): void {
    if (this.answer !== null) void this.agree(this.answer);
  }

  async agree(agree: boolean): Promise<void> {
    this.answer = agree;
    this.held = false;
    if (agree) this.agreed = true;
    this.changed();
    const reply = await this.ask("consent", { agree });
    if (reply.ok) this.answer = null;
    else if (reply.error.code === "too_fast") {
      setTimeout(() => { if (this.answer === agree) void this.agree(agree); }, (reply.error.retry_after ?? 5) * 1000);
    }
  }

  needed(): void {
    this.held = true;
    this.changed();
  }

  given(): void {
    this.agreed = true;
    this.held = false;
    if (this.answer === false) this.answer = null;
    this.changed();
  }

  refused(): void {
    this.held = false;
    this.changed();
  }

  forget(): void {
    this.agreed = this.held = false;
    this.answer = null;
  }
}
