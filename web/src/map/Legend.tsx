import { FAMILIES } from "../data/families";
import { plural } from "../data/words";

/** What colours and sizes on the map mean, and what it leaves out. */
export function Legend({ missing }: { missing: number }) {
  return (
    <details class="legend" open={innerWidth > 700}>
      <summary>Legend</summary>
      <ul>
        {FAMILIES.map(({ id, label, color }) => (
          <li key={id}>
            <span class="dot" style={{ background: color }} />
            {label}
          </li>
        ))}
      </ul>
      <p>
        <svg width="34" height="22" aria-hidden="true">
          <circle cx="7" cy="14" r="5" />
          <circle cx="22" cy="12" r="8" />
        </svg>
        Area: people killed, least counts. Number: events.
      </p>
      {missing > 0 && <p>{plural(missing, "event")} without coordinates not shown.</p>}
      <p class="faint">Shapes: Natural Earth. Borders are no statement.</p>
    </details>
  );
}
