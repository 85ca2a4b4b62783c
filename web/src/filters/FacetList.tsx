import { useMemo, useState } from "preact/hooks";

import type { Facet } from "../data/table";
import { number } from "../data/words";

const FEW = 6;
const MANY = 40;

interface Props {
  title: string;
  facet: Facet;
  counts: Uint32Array;
  chosen: ReadonlySet<string>;
  onToggle: (key: string, on: boolean) => void;
}

/** The most frequent values of a facet, the chosen ones first; a search finds the others. */
export function FacetList({ title, facet, counts, chosen, onToggle }: Props) {
  const [text, setText] = useState("");
  const [more, setMore] = useState(false);
  const order = useMemo(() => ranked(facet, counts, chosen), [facet, counts, chosen]);
  const wanted = text.trim().toLowerCase();
  const found = wanted ? order.filter((row) => facet.labels[row]!.toLowerCase().includes(wanted)) : order;
  const shown = found.slice(0, wanted || more ? MANY : Math.max(FEW, chosen.size));
  return (
    <details class="facet" open={chosen.size > 0 || title === "Country"}>
      <summary>
        {title}
        {chosen.size > 0 && <span class="count chosen">{chosen.size}</span>}
      </summary>
      {order.length > FEW && (
        <input
          type="search"
          class="facet-search"
          value={text}
          aria-label={`Find in ${title.toLowerCase()}`}
          placeholder={`Find among ${number(order.length)}`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map((row) => (
          <li key={facet.keys[row]}>
            <label class="check">
              <input
                type="checkbox"
                checked={chosen.has(facet.keys[row]!)}
                onChange={(event) => onToggle(facet.keys[row]!, event.currentTarget.checked)}
              />
              <span>{facet.labels[row]}</span>
              <span class="count">{number(counts[row]!)}</span>
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="faint">Nothing found.</p>}
      {found.length > shown.length && !more && !wanted && (
        <button type="button" class="quiet" onClick={() => setMore(true)}>
          More
        </button>
      )}
      {found.length > shown.length && (more || wanted) && (
        <p class="faint">{`${number(found.length - shown.length)} more: search for them.`}</p>
      )}
    </details>
  );
}

function ranked(facet: Facet, counts: Uint32Array, chosen: ReadonlySet<string>): number[] {
  const rows = facet.keys.flatMap((key, row) => (counts[row]! > 0 || chosen.has(key) ? [row] : []));
  const first = (row: number): number => (chosen.has(facet.keys[row]!) ? 1 : 0);
  return rows.sort(
    (a, b) => first(b) - first(a) || counts[b]! - counts[a]! || facet.labels[a]!.localeCompare(facet.labels[b]!, "en"),
  );
}
