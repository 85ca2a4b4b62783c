/** The chosen events by place, and the clusters of places at a zoom. */

import Supercluster from "supercluster";

import { FAMILIES } from "../data/families";
import type { Table } from "../data/table";

/** Events at one place or in a cluster of places: how many of each family, and the people killed (least counts). */
export interface Tally {
  families: number[];
  killed: number;
}

/** A place with its events; `rows` are the events there. */
export interface Spot extends Tally {
  place: number;
  rows: number[];
}

export type Index = Supercluster<Spot, Tally>;

export function spots(table: Table, rows: Uint32Array): Spot[] {
  const found = new Map<number, Spot>();
  for (const row of rows) {
    const place = table.home[row]!;
    if (place < 0) continue;
    let spot = found.get(place);
    if (!spot) {
      spot = { place, rows: [], families: FAMILIES.map(() => 0), killed: 0 };
      found.set(place, spot);
    }
    spot.rows.push(row);
    spot.families[table.family[row]!]! += 1;
    spot.killed += table.events.low[row] ?? table.events.high[row] ?? 0;
  }
  return [...found.values()];
}

/** Cluster the spots; two places less than 52 pixels apart become one mark. */
export function cluster(table: Table, found: readonly Spot[]): Index {
  const index: Index = new Supercluster({
    radius: 52,
    extent: 256,
    maxZoom: 10,
    map: ({ families, killed }) => ({ families, killed }),
    reduce: (sum, one) => {
      // A new array: zooms share the tallies of the marks that did not change.
      sum.families = sum.families.map((count, family) => count + one.families[family]!);
      sum.killed += one.killed;
    },
  });
  return index.load(
    found.map((spot) => ({
      type: "Feature",
      properties: spot,
      geometry: {
        type: "Point",
        coordinates: [table.entities.long[spot.place]!, table.entities.lat[spot.place]!],
      },
    })),
  );
}

export const total = ({ families }: Tally): number => families.reduce((sum, count) => sum + count, 0);
