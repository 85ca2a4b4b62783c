/** The order of the list; undated events and those without a toll come last. */

import type { Sort } from "./state";
import type { Table } from "./table";

export function sorted(table: Table, rows: Uint32Array, by: Sort): Uint32Array {
  const { start, low, high } = table.events;
  const keys: Record<Sort, (row: number) => number> = {
    newest: (row) => -(start[row] ?? -Infinity),
    oldest: (row) => start[row] ?? Infinity,
    deadliest: (row) => -(low[row] ?? high[row] ?? -1),
  };
  const key = Float64Array.from({ length: table.count }, (_, row) => keys[by](row));
  return Uint32Array.from(rows).sort((a, b) => (key[a] === key[b] ? a - b : key[a]! - key[b]!));
}
