import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { FAMILIES } from "../data/families";
import type { Table } from "../data/table";
import { fromIso, iso, number, plural } from "../data/words";
import { axis, binName, find, makeBins, ticks, type Bins } from "./bins";

const HEIGHT = 84;
const AXIS = 20;

interface Props {
  table: Table;
  /** Events that fit all filters but the days. */
  rows: Uint32Array;
  from: number | null;
  to: number | null;
  onChange: (from: number | null, to: number | null) => void;
}

/** Events over time; drag over it, move its two handles, or write days, to narrow the map and the list. */
export function Timeline({ table, rows, from, to, onChange }: Props) {
  const range = useMemo(() => axis(table), [table]);
  const bins = useMemo(() => range && makeBins(table, rows, range), [table, rows, range]);
  const [box, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const undated = useMemo(() => rows.reduce((sum, row) => sum + (table.events.start[row] == null ? 1 : 0), 0), [rows]);
  if (!bins) return <section class="timeline empty" aria-label="Timeline">No event has a date.</section>;
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="timeline-head">
        <h2>Events by {bins.unit}</h2>
        <p class="timeline-tip">
          {hover !== null && hover < bins.starts.length - 1
            ? `${binName(bins, hover)}: ${plural(sum(bins, hover), "event")}`
            : `up to ${number(bins.highest)}`}
        </p>
        <label>
          <span>From</span>
          <input type="date" value={from === null ? "" : iso(from)} onChange={(e) => onChange(fromIso(e.currentTarget.value), to)} />
        </label>
        <label>
          <span>to</span>
          <input type="date" value={to === null ? "" : iso(to)} onChange={(e) => onChange(from, fromIso(e.currentTarget.value))} />
        </label>
        <button type="button" class="quiet" disabled={from === null && to === null} onClick={() => onChange(null, null)}>
          All days
        </button>
        <p class="faint">
          {[
            bins.earlier && `${number(bins.earlier)} earlier`,
            bins.later && `${number(bins.later)} later`,
            undated && `${number(undated)} undated`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <div class="timeline-plot" ref={box}>
        {width > 0 && <Plot bins={bins} width={width} from={from} to={to} onChange={onChange} onHover={setHover} />}
      </div>
    </section>
  );
}

interface PlotProps extends Pick<Props, "from" | "to" | "onChange"> {
  bins: Bins;
  width: number;
  onHover: (bin: number | null) => void;
}

function Plot({ bins, width, from, to, onChange, onHover }: PlotProps) {
  const count = bins.starts.length - 1;
  const step = width / count;
  const low = from === null ? 0 : from < bins.starts[0]! ? 0 : find(bins.starts, from);
  const high = to === null ? count - 1 : to < bins.starts[0]! ? 0 : find(bins.starts, to);
  const drag = useRef<number | null>(null);
  const binAt = (event: PointerEvent): number => {
    const left = (event.currentTarget as Element).getBoundingClientRect().left;
    return Math.max(0, Math.min(count - 1, Math.floor((event.clientX - left) / step)));
  };
  const choose = (a: number, b: number): void => {
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    if (first === 0 && last === count - 1) onChange(null, null);
    else onChange(bins.starts[first]!, bins.starts[last + 1]! - 1);
  };
  const narrowed = from !== null || to !== null;
  return (
    <>
      <svg
        width={width}
        height={HEIGHT + AXIS}
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = binAt(event);
          choose(drag.current, drag.current);
        }}
        onPointerMove={(event) => {
          onHover(binAt(event));
          if (drag.current !== null) choose(drag.current, binAt(event));
        }}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
        onPointerLeave={() => onHover(null)}
      >
        <rect class="plot" width={width} height={HEIGHT} />
        {narrowed && <rect class="chosen" x={low * step} width={(high - low + 1) * step} height={HEIGHT} />}
        <Bars bins={bins} step={step} low={low} high={high} />
        <line class="base" x1="0" x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
        {ticks(bins, Math.ceil(76 / step))
          .filter(({ bin, text }) => bin * step + 8 * text.length < width)
          .map(({ bin, text }) => (
          <g key={bin} transform={`translate(${bin * step},${HEIGHT})`}>
            <line class="base" y2="5" />
            <text x="3" y="15">
              {text}
            </text>
          </g>
          ))}
      </svg>
      <Handle label="First day" x={low * step} bin={low} bins={bins} least={0} most={high} onMove={(bin) => choose(bin, high)} />
      <Handle label="Last day" x={(high + 1) * step} bin={high} bins={bins} least={low} most={count - 1} onMove={(bin) => choose(low, bin)} />
    </>
  );
}

const sum = ({ families }: Bins, bin: number): number => families.reduce((total, one) => total + one[bin]!, 0);

function Bars({ bins, step, low, high }: { bins: Bins; step: number; low: number; high: number }) {
  const gap = step > 4 ? 1 : step > 2 ? 0.5 : 0;
  const base = new Array<number>(bins.starts.length - 1).fill(0);
  return FAMILIES.map(({ id, color }, family) => {
    const paths = { inside: "", outside: "" };
    bins.families[family]!.forEach((events, bin) => {
      if (events === 0) return;
      const tall = (events / bins.highest) * (HEIGHT - 6);
      const bottom = HEIGHT - base[bin]!;
      base[bin]! += tall;
      const side = bin >= low && bin <= high ? "inside" : "outside";
      paths[side] += `M${bin * step + gap / 2},${bottom}v${-tall}h${step - gap}v${tall}z`;
    });
    return (
      <g key={id} fill={color}>
        <path d={paths.inside} />
        <path d={paths.outside} class="outside" />
      </g>
    );
  });
}

interface HandleProps {
  label: string;
  x: number;
  bin: number;
  bins: Bins;
  least: number;
  most: number;
  onMove: (bin: number) => void;
}

function Handle({ label, x, bin, bins, least, most, onMove }: HandleProps) {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
  const move = (event: KeyboardEvent): void => {
    const to = event.key === "Home" ? least : event.key === "End" ? most : bin + (steps[event.key] ?? NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    onMove(Math.max(least, Math.min(most, to)));
  };
  return (
    <div
      class="handle"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={bin}
      aria-valuetext={binName(bins, bin)}
      style={{ left: `${x}px`, height: `${HEIGHT}px` }}
      onKeyDown={move}
    />
  );
}

function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width] as const;
}
