/** The five parents of event types: names and the CSS variable of their colour (Okabe and Ito's palette, adjusted). */

export interface Family {
  id: string;
  label: string;
  color: string;
}

export const FAMILIES: readonly Family[] = [
  { id: "Battle", label: "Battle", color: "var(--battle)" },
  { id: "RemoteViolence", label: "Remote violence", color: "var(--remote)" },
  { id: "DirectViolence", label: "Direct violence", color: "var(--direct)" },
  { id: "Demonstration", label: "Demonstration", color: "var(--demonstration)" },
  { id: "StrategicDevelopment", label: "Strategic development", color: "var(--strategic)" },
];

const ROWS = new Map(FAMILIES.map((family, row) => [family.id, row]));

/** The row of a family; an unknown one counts as a strategic development. */
export function familyRow(id: string): number {
  return ROWS.get(id) ?? FAMILIES.length - 1;
}

export function familyColor(id: string): string {
  return FAMILIES[familyRow(id)]!.color;
}
