/**
 * The desk's other pages. Each is an element of its own in pages/, which registers itself; the shell shows a
 * page, and its place in the navigation, only when its element is there.
 */
import { html, type TemplateResult } from "lit";
import type { Me } from "./api.js";
import type { Page, Route } from "./router.js";
import type { DeskStore } from "./store/desk.js";

export interface Entry {
  page: Page;
  label: string;
  icon: string;
  /** The second key after "g". */
  key: string;
  tag: string;
  manager?: boolean;
  /** Rarely gone to: on a phone it is in the menu, for the bar has no room. */
  rare?: boolean;
  draw: (me: Me, store: DeskStore, route: Route) => TemplateResult;
}

export const ENTRIES: Entry[] = [
  { page: "work", label: "Work", icon: "inbox", key: "w", tag: "desk-work", draw: (_, store, route) => html`<desk-work .store=${store} .open=${route.case}></desk-work>` },
  { page: "search", label: "Past cases", icon: "search", key: "s", tag: "desk-search", draw: (me) => html`<desk-search .me=${me}></desk-search>` },
  { page: "numbers", label: "The day", icon: "numbers", key: "d", tag: "desk-numbers", draw: (me) => html`<desk-numbers .me=${me}></desk-numbers>` },
  { page: "replies", label: "Replies", icon: "replies", key: "r", tag: "desk-replies", draw: (me) => html`<desk-replies .me=${me}></desk-replies>` },
  { page: "people", label: "People", icon: "people", key: "p", tag: "desk-people", manager: true, draw: (me) => html`<desk-people .me=${me}></desk-people>` },
  { page: "hours", label: "Hours", icon: "hours", key: "h", tag: "desk-hours", rare: true, draw: (me) => html`<desk-hours .me=${me}></desk-hours>` },
  { page: "account", label: "My account", icon: "account", key: "a", tag: "desk-account", rare: true, draw: (me) => html`<desk-account .me=${me}></desk-account>` },
];

// Whatever lies in pages/ is part of the desk.
import.meta.glob(["./pages/*.ts", "!./pages/*.test.ts"], { eager: true });

/** What this person can go to, in the order of the navigation. */
export function entriesFor(me: Me): Entry[] {
  return ENTRIES.filter((e) => customElements.get(e.tag) && (!e.manager || me.role === "manager"));
}
