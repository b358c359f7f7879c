/** What the pages share: one act at a time, and a sentence when something does not work. */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { DeskError, UNREACHABLE, type Me } from "../../api.js";
import { DeskElement } from "../../element.js";
import "./page.css";

export abstract class DeskPage extends DeskElement {
  static override properties: PropertyDeclarations = { me: { attribute: false }, busy: { state: true }, failed: { state: true } };
  declare me: Me;
  declare busy: boolean;
  declare failed: string;

  constructor() {
    super();
    this.busy = false;
    this.failed = "";
  }

  protected get manager(): boolean {
    return this.me.role === "manager";
  }

  /** Do something that asks the server; whether it was done. Its sentence stands on the page if not. */
  protected async act(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failed = "";
    try {
      await work();
      return true;
    } catch (error) {
      this.failed = sentence(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  protected wrong(): TemplateResult | typeof nothing {
    if (!this.failed) return nothing;
    return html`<p class="wrong-line" role="alert"><wa-icon name="alert"></wa-icon><span>${this.failed}</span></p>`;
  }
}

/** What went wrong, in words. */
export function sentence(error: unknown): string {
  if (error instanceof DeskError) return error.message;
  if (error instanceof DOMException && error.name === "NotAllowedError") return "The passkey was not used, so nothing was changed. Try again.";
  console.error(error);
  return UNREACHABLE;
}

/** What was typed into a field of Web Awesome or of the browser. */
export function typed(event: Event): string {
  const { value } = event.target as HTMLElement & { value?: string | string[] | null };
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
