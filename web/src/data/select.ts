/** Which events fit the filters, and how many would fit each other value: one pass over all events. */

import type { State } from "./state";
import { FACETS, type Facet, type FacetName, type Table } from "./table";

const TEXT = 1 << FACETS.length;
const DATE = TEXT << 1;

/** `rows` fit all filters, `anyDay` all but the days; `counts` are of the events that fit all other facets. */
export interface Selection {
  rows: Uint32Array;
  anyDay: Uint32Array;
  counts: Record<FacetName, Uint32Array>;
}

export function select(table: Table, state: State): Selection {
  const fails = new Uint16Array(table.count);
  FACETS.forEach((name, bit) => markFacet(fails, 1 << bit, table.facets[name], state.facets[name]));
  markText(fails, table, state.text);
  markDays(fails, table, state);
  const counts = Object.fromEntries(
    FACETS.map((name, bit) => [name, countFacet(fails, 1 << bit, table.facets[name])]),
  ) as Record<FacetName, Uint32Array>;
  return { rows: passing(fails, 0), anyDay: passing(fails, DATE), counts };
}

function markFacet(fails: Uint16Array, bit: number, facet: Facet, chosen: ReadonlySet<string>): void {
  if (chosen.size === 0) return;
  const wanted = new Uint8Array(facet.keys.length);
  for (const key of chosen) {
    const row = facet.rows.get(key);
    if (row !== undefined) wanted[row] = 1;
  }
  for (let row = 0; row < fails.length; row++) {
    let fits = false;
    for (let at = facet.offsets[row]!; at < facet.offsets[row + 1]!; at++) fits ||= wanted[facet.items[at]!] === 1;
    if (!fits) fails[row]! |= bit;
  }
}

function markText(fails: Uint16Array, table: Table, text: string): void {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return;
  const texts = searchable(table);
  for (let row = 0; row < fails.length; row++) {
    if (!words.every((word) => texts[row]!.includes(word))) fails[row]! |= TEXT;
  }
}

function markDays(fails: Uint16Array, table: Table, { from, to }: State): void {
  if (from === null && to === null) return;
  const { start, end } = table.events;
  for (let row = 0; row < fails.length; row++) {
    const first = start[row] ?? null;
    const last = end[row] ?? first;
    const fits = first !== null && last !== null && (from === null || last >= from) && (to === null || first <= to);
    if (!fits) fails[row]! |= DATE;
  }
}

function countFacet(fails: Uint16Array, bit: number, facet: Facet): Uint32Array {
  const counts = new Uint32Array(facet.keys.length);
  for (let row = 0; row < fails.length; row++) {
    if ((fails[row]! & ~bit) !== 0) continue;
    for (let at = facet.offsets[row]!; at < facet.offsets[row + 1]!; at++) counts[facet.items[at]!]! += 1;
  }
  return counts;
}

function passing(fails: Uint16Array, ignored: number): Uint32Array {
  const rows = new Uint32Array(fails.length);
  let count = 0;
  for (let row = 0; row < fails.length; row++) if ((fails[row]! & ~ignored) === 0) rows[count++] = row;
  return rows.subarray(0, count);
}

const texts = new WeakMap<Table, string[]>();

/** Names that a search looks in, made when the first search needs them. */
function searchable(table: Table): string[] {
  let known = texts.get(table);
  if (!known) {
    const { label, place, perpetrator, alleged, target, weapon } = table.events;
    const roles = [place, perpetrator, alleged, target, weapon];
    known = label.map((text, row) =>
      [text, ...roles.flatMap((role) => role[row]!.map((entity) => table.entities.label[entity]))]
        .join("\n")
        .toLowerCase(),
    );
    texts.set(table, known);
  }
  return known;
}
