/** Short words about what just happened; said to a screen reader, and gone by themselves. */
import { html, nothing, type TemplateResult } from "lit";
import { DeskElement, define } from "./element.js";

type Kind = "done" | "wrong";
interface Toast { id: number; text: string; kind: Kind }
const STAYS_MS = 5_000;
let last = 0;

/** Tell the person; `wrong` is said at once and stays until it is closed. */
export function tell(text: string, kind: Kind = "done"): void {
  window.dispatchEvent(new CustomEvent("desk-tell", { detail: { id: ++last, text, kind } satisfies Toast }));
}

export class DeskToasts extends DeskElement {
  static override properties = { shown: { state: true } };
  declare shown: Toast[];

  constructor() {
    super();
    this.shown = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("desk-tell", this.onTell);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("desk-tell", this.onTell);
  }

  private readonly onTell = (event: Event): void => {
    const toast = (event as CustomEvent<Toast>).detail;
    this.shown = [...this.shown.filter((t) => t.text !== toast.text), toast].slice(-3);
    if (toast.kind === "done") setTimeout(() => { this.close(toast.id); }, STAYS_MS);
  };

  private close(id: number): void {
    this.shown = this.shown.filter((t) => t.id !== id);
  }

  private row(kind: Kind): TemplateResult[] {
    return this.shown.filter((t) => t.kind === kind).map(
      (t) => html`<div class="toast ${t.kind}"><span>${t.text}</span>
        <button class="plain" aria-label="Dismiss" @click=${() => { this.close(t.id); }}><wa-icon name="xmark"></wa-icon></button>
      </div>`,
    );
  }

  override render(): TemplateResult {
    return html`<div role="status" aria-live="polite">${this.row("done")}</div>
      <div role="alert">${this.row("wrong")}</div>${nothing}`;
  }
}
define("desk-toasts", DeskToasts);
