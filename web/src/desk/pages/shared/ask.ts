/** One question before something that cannot be taken back. */
import { html, type TemplateResult } from "lit";
import { DeskElement, define } from "../../element.js";

interface Question { title: string; text: string; verb: string }

export class DeskAsk extends DeskElement {
  static override properties = { question: { attribute: false }, shown: { state: true } };
  declare question: Question;
  declare shown: boolean;
  answered: (yes: boolean) => void = () => undefined;

  constructor() {
    super();
    this.shown = true;
  }

  private answer(yes: boolean): void {
    this.answered(yes);
    this.shown = false;
  }

  override render(): TemplateResult {
    const { title, text, verb } = this.question;
    const closed = (event: Event): void => { if ((event.target as Element).localName === "wa-dialog") { this.answered(false); this.remove(); } };
    return html`<wa-dialog label=${title} ?open=${this.shown} @wa-after-hide=${closed}>
      <p>${text}</p>
      <wa-button slot="footer" appearance="outlined" @click=${() => { this.answer(false); }}>Cancel</wa-button>
      <wa-button slot="footer" variant="brand" @click=${() => { this.answer(true); }}>${verb}</wa-button>
    </wa-dialog>`;
  }
}
define("desk-ask", DeskAsk);

/** Whether they want it. */
export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = new DeskAsk();
    dialog.question = question;
    dialog.answered = resolve;
    document.body.append(dialog);
  });
}
