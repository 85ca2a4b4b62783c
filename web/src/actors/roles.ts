/** How often each actor is named in each role: of the events in memory, and of who speaks of whom. */

import type { Table } from "../data/table";
import type { Relations } from "../data/wire";

export const ROLES = ["perpetrator", "alleged", "target", "source"] as const;
export type Role = (typeof ROLES)[number];

/** `accuses` and `accused` count speeches, the others events. */
export interface Actor {
  iri: string;
  label: string;
  kind: string;
  events: Record<Role, number>;
  accuses: number;
  accused: number;
}

const KINDS = new Set(["Person", "Organisation", "Group", "Place"]);

export function actorsOf(table: Table, relations: Relations): Actor[] {
  const { entities, events } = table;
  const found = new Map<string, Actor>();
  const actor = (iri: string, label: string, kind: string): Actor => {
    let known = found.get(iri);
    if (!known) {
      known = { iri, label, kind, events: { perpetrator: 0, alleged: 0, target: 0, source: 0 }, accuses: 0, accused: 0 };
      found.set(iri, known);
    }
    return known;
  };
  for (const role of ROLES) {
    for (const values of events[role]) {
      for (const row of values) {
        if (!KINDS.has(entities.kind[row]!)) continue;
        actor(entities.prefix + entities.iri[row]!, entities.label[row]!, entities.kind[row]!).events[role] += 1;
      }
    }
  }
  for (const { source, accused, stance, count } of relations.pairs) {
    if (stance !== "Accuses") continue;
    const [from, to] = [relations.actors[source]!, relations.actors[accused]!];
    actor(from.iri, from.label, from.kind).accuses += count;
    actor(to.iri, to.label, to.kind).accused += count;
  }
  return [...found.values()].sort((a, b) => weight(b) - weight(a) || a.label.localeCompare(b.label, "en"));
}

const weight = ({ events, accuses, accused }: Actor): number =>
  events.perpetrator + events.alleged + events.target + 2 * (accuses + accused);
