import "leaflet/dist/leaflet.css";

import * as L from "leaflet";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { State } from "../data/state";
import type { Table } from "../data/table";
import { plural } from "../data/words";
import { Legend } from "./Legend";
import { Marks, type Choices } from "./marks";
import { cluster, spots, type Spot } from "./points";
import { drawCountries, loadCountries } from "./world";

interface Props extends Choices {
  table: Table;
  rows: Uint32Array;
  selected: number | null;
  view: State["map"];
  theme: string;
  onMove: (view: NonNullable<State["map"]>) => void;
}

/** The map of the chosen events. */
export function EventMap({ table, rows, selected, view, theme, onMove, place, event }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<{ map: L.Map; marks: Marks; paint: () => void } | null>(null);
  const choices = useRef<Choices & Pick<Props, "onMove">>({ place, event, onMove });
  choices.current = { place, event, onMove };
  const [problem, setProblem] = useState("");
  const found = useMemo(() => spots(table, rows), [table, rows]);
  const index = useMemo(() => cluster(table, found), [table, found]);

  useEffect(() => {
    const map = makeMap(box.current!);
    if (view) map.setView([view[0], view[1]], view[2], { animate: false });
    else map.fitBounds(extent(table, found), { padding: [24, 24], maxZoom: 7, animate: false });
    const marks = new Marks(map, table, {
      place: (spot) => choices.current.place(spot),
      event: (row) => choices.current.event(row),
    });
    made.current = { map, marks, paint: () => undefined };
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      choices.current.onMove([round(lat), round(lng), map.getZoom()]);
    });
    loadCountries()
      .then((countries) => {
        if (made.current) made.current.paint = drawCountries(map, countries);
      })
      .catch((error: unknown) => setProblem(String(error instanceof Error ? error.message : error)));
    const watch = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      map.remove();
      made.current = null;
    };
  }, [table]);

  const home = selected === null ? -1 : table.home[selected]!;
  useEffect(() => made.current?.marks.show(index, home), [index, home]);
  useEffect(() => made.current?.paint(), [theme]);
  useEffect(() => {
    const map = made.current?.map;
    if (!map || home < 0) return;
    const at = L.latLng(table.entities.lat[home]!, table.entities.long[home]!);
    if (!map.getBounds().pad(-0.1).contains(at)) map.panTo(at, { animate: false });
  }, [home]);

  const placed = found.reduce((sum, spot) => sum + spot.rows.length, 0);
  const fit = () => made.current?.map.fitBounds(extent(table, found), { padding: [24, 24], maxZoom: 8 });
  return (
    <section class="map" aria-label="Map of events">
      <div class="map-box" ref={box} />
      <button type="button" class="map-fit" onClick={fit} disabled={found.length === 0}>
        Fit to events
      </button>
      <Legend missing={rows.length - placed} />
      {problem && <p class="map-problem" role="alert">{`The map has no shapes: ${problem}.`}</p>}
      {rows.length > 0 && placed === 0 && (
        <p class="map-problem">{`${plural(rows.length, "event")}, none with coordinates: see the list.`}</p>
      )}
    </section>
  );
}

function makeMap(box: HTMLElement): L.Map {
  const map = L.map(box, {
    attributionControl: false,
    minZoom: 1,
    maxZoom: 11,
    zoomSnap: 0.5,
    maxBounds: [
      [-80, -210],
      [86, 210],
    ],
    maxBoundsViscosity: 0.8,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  return map;
}

function extent(table: Table, found: readonly Spot[]): L.LatLngBounds {
  if (found.length === 0) return L.latLngBounds([-50, -120], [65, 140]);
  const box = (values: (number | null)[]): [number, number] => middle(found.map(({ place, rows }) => [values[place]!, rows.length]));
  const [south, north] = box(table.entities.lat);
  const [west, east] = box(table.entities.long);
  return L.latLngBounds([south, west], [north, east]);
}

/** The interval that holds all but the outermost events, of values with their number of events. */
function middle(values: [number, number][]): [number, number] {
  const sorted = [...values].sort((a, b) => a[0] - b[0]);
  const all = sorted.reduce((sum, [, events]) => sum + events, 0);
  const at = (share: number): number => {
    let seen = 0;
    return sorted.find(([, events]) => (seen += events) >= share * all)![0];
  };
  return [at(0.03), at(0.97)];
}

const round = (degrees: number): number => Math.round(degrees * 1000) / 1000;
