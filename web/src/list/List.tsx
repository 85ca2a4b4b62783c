import { useEffect, useMemo, useState } from "preact/hooks";

import { FAMILIES } from "../data/families";
import { sorted } from "../data/sort";
import { SORTS, type Sort } from "../data/state";
import type { Table } from "../data/table";
import { capital, interval, number, range, spaced, withoutDay } from "../data/words";

const PAGE = 50;

interface Props {
  table: Table;
  rows: Uint32Array;
  sort: Sort;
  /** The event that a reader comes back from; it gets the focus. */
  focus: number | null;
  onSort: (sort: Sort) => void;
  onOpen: (row: number) => void;
}

/** The chosen events, some at a time. */
export function List({ table, rows, sort, focus, onSort, onOpen }: Props) {
  const order = useMemo(() => sorted(table, rows, sort), [table, rows, sort]);
  const [shown, setShown] = useState(PAGE);
  useEffect(() => setShown(PAGE), [order]);
  return (
    <section class="list" aria-label="List of events">
      <div class="list-head">
        <h2>Events</h2>
        <label>
          <span class="hidden">Order</span>
          <select value={sort} onChange={(event) => onSort(event.currentTarget.value as Sort)}>
            {SORTS.map((name) => (
              <option key={name} value={name}>
                {`${capital(name)} first`}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ol>
        {Array.from(order.subarray(0, shown), (row) => (
          <Item key={row} table={table} row={row} focus={row === focus} onOpen={onOpen} />
        ))}
      </ol>
      {order.length > shown && (
        <button type="button" class="more" onClick={() => setShown(shown + PAGE)}>
          {`Show ${number(Math.min(PAGE, order.length - shown))} more of ${number(order.length - shown)}`}
        </button>
      )}
    </section>
  );
}

function Item({ table, row, focus, onOpen }: { table: Table; row: number; focus: boolean; onOpen: (row: number) => void }) {
  const { events, entities } = table;
  const [low, high] = [events.low[row] ?? null, events.high[row] ?? null];
  const names = (values: readonly number[]): string => values.slice(0, 2).map((value) => entities.label[value]).join(", ");
  const [said, alleged] = [names(events.perpetrator[row]!), names(events.alleged[row]!)];
  const actor = said ? `by ${said}` : alleged ? `allegedly by ${alleged}` : "";
  const status = events.status[row]!;
  return (
    <li>
      <button
        type="button"
        class="item"
        style={{ "--family": FAMILIES[table.family[row]!]!.color }}
        ref={(element) => {
          if (element && focus) element.focus({ preventScroll: false });
        }}
        onClick={() => onOpen(row)}
      >
        <span class="item-name">
          {withoutDay(events.label[row]!)}
          {status !== "Occurred" && status !== "" && <em>{spaced(status)}</em>}
        </span>
        {(low !== null || high !== null) && (
          <span class="item-toll">
            {range(low, high)}
            <small>killed</small>
          </span>
        )}
        <span class="item-meta">
          {[interval(events.start[row] ?? null, events.end[row] ?? null), actor].filter(Boolean).join(" · ")}
        </span>
      </button>
    </li>
  );
}
