/** Light or dark: as the system has it, or as somebody chose for this browser. */
export type Look = "system" | "light" | "dark";
const KEY = "cp503-desk-look";
const system = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;

export function look(): Look {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function setLook(to: Look): void {
  if (to === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, to);
  paint();
}

function paint(): void {
  const dark = look() === "dark" || (look() === "system" && Boolean(system?.matches));
  document.documentElement.classList.toggle("wa-dark", dark);
  document.documentElement.classList.toggle("wa-light", !dark);
}

/** Follow the system, other tabs, and what is chosen here. */
export function startLook(): void {
  paint();
  system?.addEventListener("change", paint);
  window.addEventListener("storage", (event) => { if (event.key === KEY) paint(); });
}
