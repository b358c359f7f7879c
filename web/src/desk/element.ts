/**
 * The desk's elements draw into the page itself, so that one style sheet (desk.css) holds everywhere and
 * labels, ids and live regions reach each other. Web Awesome's own elements keep their shadow.
 */
import { LitElement } from "lit";

export class DeskElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}

/** Define an element once; a test may load a module twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
