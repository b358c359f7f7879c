/** What a host page can use of `<cp503-chat>`. Types only: this file is served as `widget.d.ts`. */
export interface Cp503MessageDetail {
  /** The message's number in its conversation. */
  seq: number;
  author: "visitor" | "assistant" | "advisor" | "notice";
}

export interface Cp503PlanDetail {
  seq: number;
}

export interface Cp503ChatEventMap {
  "cp503-opened": CustomEvent<null>;
  "cp503-closed": CustomEvent<null>;
  "cp503-message": CustomEvent<Cp503MessageDetail>;
  "cp503-handoff": CustomEvent<null>;
  "cp503-plan": CustomEvent<Cp503PlanDetail>;
}

export interface Cp503ChatElement extends HTMLElement {
  heading: string;
  greeting: string;
  position: "right" | "left";
  mode: "launcher" | "inline";
  server: string;
  phone: string;
  /** Sentences of its own, by name, as an object or JSON. */
  texts: Record<string, string> | string;
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  /** Send a text as the visitor; false when it is empty or too long. */
  send(text: string): boolean;
  addEventListener<K extends keyof Cp503ChatEventMap>(
    type: K,
    listener: (this: Cp503ChatElement, event: Cp503ChatEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "cp503-chat": Cp503ChatElement;
  }
  interface HTMLElementEventMap {
    "cp503-opened": CustomEvent<null>;
    "cp503-closed": CustomEvent<null>;
    "cp503-message": CustomEvent<Cp503MessageDetail>;
    "cp503-handoff": CustomEvent<null>;
    "cp503-plan": CustomEvent<Cp503PlanDetail>;
  }
}
