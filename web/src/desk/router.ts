/** Where in the desk somebody is: `#/work/<case>`, `#/search` and so on, so that Back and links work. */
export const PAGES = ["work", "search", "numbers", "replies", "people", "hours", "account"] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  page: Page;
  /** The case that is open on the page "work". */
  case: string | null;
}

export function parse(hash: string): Route {
  const [page, rest] = hash.replace(/^#\/?/, "").split("/");
  const known = PAGES.find((name) => name === page) ?? "work";
  return { page: known, case: known === "work" && rest ? decodeURIComponent(rest) : null };
}

export function address(page: Page, open: string | null = null): string {
  return open ? `#/${page}/${encodeURIComponent(open)}` : `#/${page}`;
}

/** Go there; `replace` leaves no step to come back to. */
export function go(page: Page, open: string | null = null, replace = false): void {
  const to = address(page, open);
  if (location.hash === to) return;
  if (replace) {
    history.replaceState(null, "", to);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = to;
  }
}
