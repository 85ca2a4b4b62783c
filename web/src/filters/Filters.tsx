import { FAMILIES } from "../data/families";
import type { Selection } from "../data/select";
import { isFiltered, toggled, unfiltered, type State } from "../data/state";
import { FACETS, type FacetName, type Table } from "../data/table";
import { day } from "../data/words";
import { FacetList } from "./FacetList";
import { TypeTree } from "./TypeTree";

const TITLES: Record<FacetName, string> = {
  type: "Type of event",
  country: "Country",
  place: "Place",
  actor: "Actor",
  weapon: "Weapon",
  source: "Source",
  status: "Status",
};

export interface FilterProps {
  table: Table;
  state: State;
  counts: Selection["counts"];
  onChange: (state: State) => void;
}

/** All filters; the number behind a value tells how many events would fit it beside the other filters. */
export function Filters({ table, state, counts, onChange }: FilterProps) {
  return (
    <form class="filters" role="search" aria-label="Filter events" onSubmit={(event) => event.preventDefault()}>
      <label class="search">
        <span>Search</span>
        <input
          type="search"
          value={state.text}
          placeholder="Names of places, actors, weapons"
          maxLength={200}
          onInput={(event) => onChange({ ...state, text: event.currentTarget.value })}
        />
      </label>
      <TypeTree table={table} state={state} counts={counts} onChange={onChange} />
      {FACETS.filter((name) => name !== "type").map((name) => (
        <FacetList
          key={name}
          title={TITLES[name]}
          facet={table.facets[name]}
          counts={counts[name]}
          chosen={state.facets[name]}
          onToggle={(key, on) => onChange(toggled(state, name, [key], on))}
        />
      ))}
    </form>
  );
}

/** What narrows the events now, each to be taken away by a click. */
export function Chips({ table, state, onChange }: Omit<FilterProps, "counts">) {
  if (!isFiltered(state)) return null;
  const days = [state.from === null ? "" : `from ${day(state.from)}`, state.to === null ? "" : `to ${day(state.to)}`];
  return (
    <ul class="chips" aria-label="Filters in use">
      {state.text && <Chip text={`“${state.text}”`} onRemove={() => onChange({ ...state, text: "" })} />}
      {days.some(Boolean) && (
        <Chip text={days.filter(Boolean).join(" ")} onRemove={() => onChange({ ...state, from: null, to: null })} />
      )}
      {groups(table, state).map(({ name, text, keys, color }) => (
        <Chip key={`${name} ${text}`} text={text} color={color} onRemove={() => onChange(toggled(state, name, keys, false))} />
      ))}
      <li>
        <button type="button" class="quiet" onClick={() => onChange(unfiltered(state))}>
          Clear all
        </button>
      </li>
    </ul>
  );
}

interface Group {
  name: FacetName;
  text: string;
  keys: string[];
  color?: string | undefined;
}

/** The chosen values; all types of a family are one. */
function groups(table: Table, state: State): Group[] {
  const { types } = table;
  const whole = FAMILIES.map(({ id, label, color }) => {
    const keys = types.id.filter((_, row) => types.parent[row] === id);
    return { name: "type" as const, text: label, keys, color };
  }).filter(({ keys }) => keys.length > 0 && keys.every((key) => state.facets.type.has(key)));
  const covered = new Set(whole.flatMap(({ keys }) => keys));
  const single = FACETS.flatMap((name) =>
    [...state.facets[name]]
      .filter((key) => name !== "type" || !covered.has(key))
      .map((key): Group => {
        const facet = table.facets[name];
        const row = facet.rows.get(key);
        return { name, text: row === undefined ? key : facet.labels[row]!, keys: [key] };
      }),
  );
  return [...whole, ...single];
}

function Chip({ text, color, onRemove }: { text: string; color?: string | undefined; onRemove: () => void }) {
  return (
    <li>
      <button type="button" class="chip" aria-label={`Remove filter ${text}`} onClick={onRemove}>
        {color && <span class="dot" style={{ background: color }} />}
        {text}
        <span aria-hidden="true" class="cross">×</span>
      </button>
    </li>
  );
}
