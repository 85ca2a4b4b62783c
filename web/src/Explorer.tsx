import { useMemo, useRef, useState } from "preact/hooks";

import { EventCard } from "./card/EventCard";
import type { Go } from "./card/go";
import { select } from "./data/select";
import { toggled, unfiltered, type State } from "./data/state";
import type { Table } from "./data/table";
import type { Card } from "./data/wire";
import { number, plural } from "./data/words";
import { Chips, Filters } from "./filters/Filters";
import { List } from "./list/List";
import { EventMap } from "./map/EventMap";
import { Timeline } from "./timeline/Timeline";
import { Loaded, useAnswer } from "./ui/Loaded";

interface Props {
  table: Table;
  state: State;
  theme: string;
  go: Go;
  onChange: (state: State) => void;
}

/** Filters, map, timeline, and the list of events or the card of one. */
export function Explorer({ table, state, theme, go, onChange }: Props) {
  const { facets, text, from, to } = state;
  const selection = useMemo(() => select(table, state), [table, facets, text, from, to]);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const left = useRef<number | null>(null);
  const selected = state.event === null ? null : (table.eventRows.get(state.event) ?? null);
  if (selected !== null) left.current = selected;
  const open = (row: number): void => onChange({ ...state, event: table.events.iri[row]! });
  return (
    <div class={`explorer ${state.event === null ? "" : "has-card"} ${filtersOpen ? "has-filters" : ""}`}>
      <div class="status">
        <p role="status">
          <strong>{number(selection.rows.length)}</strong>
          {selection.rows.length === table.count ? " events" : ` of ${plural(table.count, "event")}`}
        </p>
        <button type="button" class="filter-button" aria-expanded={filtersOpen} aria-controls="filters" onClick={() => setFiltersOpen(!filtersOpen)}>
          {filtersOpen ? "Done" : "Filters"}
        </button>
        <Chips table={table} state={state} onChange={onChange} />
      </div>
      <aside id="filters" aria-label="Filters">
        <Filters table={table} state={state} counts={selection.counts} onChange={onChange} />
      </aside>
      <EventMap
        table={table}
        rows={selection.rows}
        selected={selected}
        view={state.map}
        theme={theme}
        onMove={(map) => onChange({ ...state, map })}
        event={open}
        place={(spot) => onChange(toggled({ ...state, event: null }, "place", [table.entities.iri[spot.place]!], true))}
      />
      <Timeline
        table={table}
        rows={selection.anyDay}
        from={from}
        to={to}
        onChange={(first, last) => onChange({ ...state, from: first, to: last })}
      />
      <aside class="side" aria-label="Events">
        {state.event !== null ? (
          <OpenCard table={table} event={state.event} go={go} onClose={() => onChange({ ...state, event: null })} />
        ) : selection.rows.length === 0 ? (
          <div class="failed">
            <p>
              <strong>No event fits these filters.</strong>
            </p>
            <button type="button" onClick={() => onChange(unfiltered(state))}>
              Clear all filters
            </button>
          </div>
        ) : (
          <List
            table={table}
            rows={selection.rows}
            sort={state.sort}
            focus={left.current}
            onSort={(sort) => onChange({ ...state, sort })}
            onOpen={open}
          />
        )}
      </aside>
    </div>
  );
}


function OpenCard({ table, event, go, onClose }: { table: Table; event: string; go: Go; onClose: () => void }) {
  const answer = useAnswer<Card>("/explorer/event", { iri: table.events.prefix + event });
  const types = useMemo(() => new Map(table.types.id.map((id, row) => [id, table.facets.type.labels[row]!])), [table]);
  return (
    <>
      {answer.state !== "there" && (
        <button type="button" class="quiet back" onClick={onClose}>
          ← All events
        </button>
      )}
      <Loaded answer={answer} what="the event">
        {(card) => <EventCard card={card} types={types} go={go} onClose={onClose} />}
      </Loaded>
    </>
  );
}
