/** The page "Work". */
import { html, type TemplateResult } from "lit";
import { DeskElement, define } from "./element.js";

export class DeskWork extends DeskElement {
  override render(): TemplateResult {
    return html`<h1>Work</h1>`;
  }
}
define("desk-work", DeskWork);
