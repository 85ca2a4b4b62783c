/** Light or dark: as the system has it, until a reader chooses. */

const KEY = "theme";
export type Theme = "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");

export function theme(): Theme {
  const kept = localStorage.getItem(KEY);
  if (kept === "light" || kept === "dark") return kept;
  return system.matches ? "dark" : "light";
}

export function apply(chosen: Theme): void {
  document.documentElement.dataset["theme"] = chosen;
}

export function keep(chosen: Theme): void {
  localStorage.setItem(KEY, chosen);
  apply(chosen);
}
