import { useState } from "preact/hooks";

import { FAMILIES, type Family } from "../data/families";
import { toggled } from "../data/state";
import { number } from "../data/words";
import type { FilterProps } from "./Filters";

/** Families of event types; each opens to its leaves. */
export function TypeTree(props: FilterProps) {
  return (
    <fieldset class="types">
      <legend>Type of event</legend>
      {FAMILIES.map((family) => (
        <Branch key={family.id} family={family} {...props} />
      ))}
    </fieldset>
  );
}

function Branch({ family, table, state, counts, onChange }: FilterProps & { family: Family }) {
  const { types } = table;
  const chosen = state.facets.type;
  const rows = types.id.flatMap((_, row) => (types.parent[row] === family.id ? [row] : []));
  const keys = rows.map((row) => types.id[row]!);
  const some = keys.filter((key) => chosen.has(key)).length;
  const [open, setOpen] = useState(some > 0 && some < keys.length);
  const sum = rows.reduce((total, row) => total + counts.type[row]!, 0);
  const leaves = rows
    .filter((row) => counts.type[row]! > 0 || chosen.has(types.id[row]!))
    .sort((a, b) => counts.type[b]! - counts.type[a]!);
  const toggle = (values: string[], on: boolean): void => onChange(toggled(state, "type", values, on));
  return (
    <div class="family">
      <div class="family-head">
        <label class="check">
          <input
            type="checkbox"
            checked={some > 0 && some === keys.length}
            ref={(box) => {
              if (box) box.indeterminate = some > 0 && some < keys.length;
            }}
            onChange={(event) => toggle(keys, event.currentTarget.checked)}
          />
          <span class="dot" style={{ background: family.color }} />
          <span>{family.label}</span>
          <span class="count">{number(sum)}</span>
        </label>
        <button
          type="button"
          class="arrow"
          aria-expanded={open}
          aria-label={`Types of ${family.label.toLowerCase()}`}
          disabled={leaves.length === 0}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && (
        <ul>
          {leaves.map((row) => (
            <li key={types.id[row]}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={chosen.has(types.id[row]!)}
                  onChange={(event) => toggle([types.id[row]!], event.currentTarget.checked)}
                />
                <span>{table.facets.type.labels[row]}</span>
                <span class="count">{number(counts.type[row]!)}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
