/** What somebody chose for this browser: remembered over sign-out, and nothing of any case in it. */
export interface Prefs {
  sound: boolean;
  notify: boolean;
  /** Shortcuts of a single key; some people's software types letters of its own. */
  keys: boolean;
}
const KEY = "cp503-desk-prefs";
const DEFAULTS: Prefs = { sound: false, notify: false, keys: true };

export function prefs(): Prefs {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Prefs>) };
  } catch {
    return DEFAULTS;
  }
}

export function setPref(name: keyof Prefs, on: boolean): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...prefs(), [name]: on }));
  } catch {
    // not remembered, then
  }
}
