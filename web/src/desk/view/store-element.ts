/** An element that shows something of the desk and draws again when that changed. */
import { DeskElement } from "../element.js";
import type { DeskStore } from "../store/desk.js";

export class StoreElement extends DeskElement {
  static override properties: Record<string, object> = { store: { attribute: false } };
  declare store: DeskStore;
  private readonly onChanged = (): void => { this.requestUpdate(); };

  override connectedCallback(): void {
    super.connectedCallback();
    this.store.addEventListener("changed", this.onChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.store.removeEventListener("changed", this.onChanged);
  }
}
