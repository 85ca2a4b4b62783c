import { useMemo, useState } from "preact/hooks";

import type { Relations, Thing } from "../data/wire";
import { capital, plural, spaced } from "../data/words";

const MOST = 12;

interface Props {
  relations: Relations;
  onChoose: (source: Thing, accused: Thing) => void;
}

/** Who accuses whom: sources in rows, those they speak of in columns, the most frequent ones. */
export function Matrix({ relations, onChoose }: Props) {
  const stances = useMemo(() => [...new Set(relations.pairs.map((pair) => pair.stance))].sort(), [relations]);
  const [stance, setStance] = useState(stances.includes("Accuses") ? "Accuses" : (stances[0] ?? ""));
  const pairs = relations.pairs.filter((pair) => pair.stance === stance);
  const rows = ranked(pairs.map(({ source, count }) => [source, count]));
  const columns = ranked(pairs.map(({ accused, count }) => [accused, count]));
  const counts = new Map(pairs.map(({ source, accused, count }) => [`${source} ${accused}`, count]));
  const most = Math.max(1, ...counts.values());
  if (stances.length === 0) return <p class="faint">No source in this graph accuses, condemns or threatens anybody by name.</p>;
  return (
    <section class="matrix" aria-label="Who speaks of whom">
      <div class="matrix-head">
        <h2>Who speaks of whom</h2>
        <label>
          <span>Stance</span>
          <select value={stance} onChange={(event) => setStance(event.currentTarget.value)}>
            {stances.map((name) => (
              <option key={name} value={name}>
                {capital(spaced(name))}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="faint">The numbers count quoted sentences. Choose one to read the words.</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Table: who ${spaced(stance)} whom`}>
        <table>
          <caption class="hidden">{`Rows: who ${spaced(stance)}. Columns: of whom it is said. Cells: how often.`}</caption>
          <thead>
            <tr>
              <td />
              {columns.map((column) => (
                <th key={column} scope="col">
                  <span>{relations.actors[column]!.label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{relations.actors[row]!.label}</th>
                {columns.map((column) => {
                  const count = counts.get(`${row} ${column}`);
                  const [source, accused] = [relations.actors[row]!, relations.actors[column]!];
                  return (
                    <td key={column}>
                      {count && (
                        <button
                          type="button"
                          style={{ "--share": `${Math.round(14 + 42 * Math.sqrt(count / most))}%` }}
                          aria-label={`${source.label} ${spaced(stance)} ${accused.label}: ${plural(count, "time")}`}
                          onClick={() => onChoose(source, accused)}
                        >
                          {count}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The rows with the greatest sums. */
function ranked(counts: [number, number][]): number[] {
  const sums = new Map<number, number>();
  for (const [row, count] of counts) sums.set(row, (sums.get(row) ?? 0) + count);
  return [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST).map(([row]) => row);
}
