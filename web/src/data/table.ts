/** All events in memory: the columns of the server, and one index a facet. */

import { FAMILIES, familyRow } from "./families";
import type { Columns } from "./wire";
import { capital, country, spaced } from "./words";

export const FACETS = ["type", "country", "place", "actor", "weapon", "source", "status"] as const;
export type FacetName = (typeof FACETS)[number];

/** The values of one facet: those of row `r` are `items[offsets[r]] … items[offsets[r + 1] - 1]`, rows of `keys`. */
export interface Facet {
  keys: readonly string[];
  labels: readonly string[];
  offsets: Uint32Array;
  items: Uint32Array;
  rows: ReadonlyMap<string, number>;
}

export interface Table {
  count: number;
  events: Columns["events"];
  entities: Columns["entities"];
  types: Columns["types"];
  facets: Record<FacetName, Facet>;
  /** Row of the family of each event. */
  family: Uint8Array;
  /** The first place of each event that has coordinates, a row of the entities; -1 when there is none. */
  home: Int32Array;
  eventRows: ReadonlyMap<string, number>;
  entityRows: ReadonlyMap<string, number>;
}

export function makeTable(columns: Columns): Table {
  const { events, entities, types } = columns;
  const count = events.iri.length;
  const own = { keys: entities.iri, labels: entities.label };
  const codes = distinct(entities.country);
  const codeRows = rowsOf(codes);
  const statuses = distinct(events.status);
  const statusRows = rowsOf(statuses);
  const facets: Record<FacetName, Facet> = {
    type: facet(types.id, types.label.map(capital), count, (row) => [events.type[row]!]),
    country: facet(codes, codes.map(country), count, (row) =>
      unique(events.place[row]!.flatMap((place) => codeRows.get(entities.country[place] ?? "") ?? [])),
    ),
    place: facet(own.keys, own.labels, count, (row) => events.place[row]!),
    actor: facet(own.keys, own.labels, count, (row) =>
      unique([...events.perpetrator[row]!, ...events.alleged[row]!, ...events.target[row]!]),
    ),
    weapon: facet(own.keys, own.labels, count, (row) => events.weapon[row]!),
    source: facet(own.keys, own.labels, count, (row) => events.source[row]!),
    status: facet(statuses, statuses.map((name) => capital(spaced(name))), count, (row) => [
      statusRows.get(events.status[row]!)!,
    ]),
  };
  const familyOfType = types.parent.map(familyRow);
  return {
    count,
    events,
    entities,
    types,
    facets,
    family: Uint8Array.from(events.type, (type) => familyOfType[type] ?? FAMILIES.length - 1),
    home: Int32Array.from(events.place, (places) => places.find((place) => located(columns, place)) ?? -1),
    eventRows: rowsOf(events.iri),
    entityRows: rowsOf(entities.iri),
  };
}

function located({ entities }: Columns, place: number): boolean {
  const [lat, long] = [entities.lat[place], entities.long[place]];
  return typeof lat === "number" && typeof long === "number" && Math.abs(lat) <= 90 && Math.abs(long) <= 180;
}

function facet(
  keys: readonly string[],
  labels: readonly string[],
  count: number,
  values: (row: number) => readonly number[],
): Facet {
  const offsets = new Uint32Array(count + 1);
  const items: number[] = [];
  for (let row = 0; row < count; row++) {
    items.push(...values(row));
    offsets[row + 1] = items.length;
  }
  return { keys, labels, offsets, items: Uint32Array.from(items), rows: rowsOf(keys) };
}

const rowsOf = (keys: readonly string[]): Map<string, number> => new Map(keys.map((key, row) => [key, row]));

const unique = (values: readonly number[]): readonly number[] => (values.length < 2 ? values : [...new Set(values)]);

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
