/** What the page shows, as its address says it: a link shows everybody the same. */

import { FACETS, type FacetName } from "./table";
import { fromIso, iso } from "./words";

export const VIEWS = ["events", "actors", "query"] as const;
export type View = (typeof VIEWS)[number];
export const SORTS = ["newest", "oldest", "deadliest"] as const;
export type Sort = (typeof SORTS)[number];

/** `event`, `actor` and `accused` end the IRI of what is shown; `map` is latitude, longitude and zoom. */
export interface State {
  view: View;
  text: string;
  facets: Readonly<Record<FacetName, ReadonlySet<string>>>;
  from: number | null;
  to: number | null;
  sort: Sort;
  event: string | null;
  map: readonly [number, number, number] | null;
  actor: string | null;
  accused: string | null;
  query: string | null;
  sparql: string | null;
}

const noFacets = (): State["facets"] =>
  Object.fromEntries(FACETS.map((name) => [name, new Set<string>()])) as unknown as State["facets"];

export const start = (): State => ({
  view: "events",
  text: "",
  facets: noFacets(),
  from: null,
  to: null,
  sort: "newest",
  event: null,
  map: null,
  actor: null,
  accused: null,
  query: null,
  sparql: null,
});

/** Read an address such as `#/events?type=Shelling&from=2024-01-01`; what it gets wrong is left out. */
export function parse(hash: string): State {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const given = new URLSearchParams(query);
  const facets = Object.fromEntries(FACETS.map((name) => [name, new Set(given.getAll(name))]));
  return {
    view: VIEWS.find((view) => view === path) ?? "events",
    text: given.get("q") ?? "",
    facets: facets as unknown as State["facets"],
    from: fromIso(given.get("from")),
    to: fromIso(given.get("to")),
    sort: SORTS.find((sort) => sort === given.get("sort")) ?? "newest",
    event: given.get("event"),
    map: position(given.get("map")),
    actor: given.get("of"),
    accused: given.get("accused"),
    query: given.get("name"),
    sparql: given.get("sparql"),
  };
}

/** Write the address that `parse` reads; defaults are left out. */
export function format(state: State): string {
  const given = new URLSearchParams();
  const add = (name: string, value: string | null): void => {
    if (value) given.append(name, value);
  };
  add("q", state.text);
  for (const name of FACETS) for (const value of [...state.facets[name]].sort()) add(name, value);
  add("from", state.from === null ? null : iso(state.from));
  add("to", state.to === null ? null : iso(state.to));
  add("sort", state.sort === "newest" ? null : state.sort);
  add("event", state.event);
  add("map", state.map && state.map.join(","));
  add("of", state.actor);
  add("accused", state.accused);
  add("name", state.query);
  add("sparql", state.sparql);
  const query = given.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  return `#/${state.view}${query ? `?${query}` : ""}`;
}

function position(text: string | null): State["map"] {
  const parts = (text ?? "").split(",").map(Number);
  const [lat, long, zoom] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite)) return null;
  if (Math.abs(lat!) > 90 || Math.abs(long!) > 360 || zoom! < 0 || zoom! > 12) return null;
  return [lat!, long!, zoom!];
}

/** Whether anything narrows the events. */
export const isFiltered = (state: State): boolean =>
  state.text !== "" || state.from !== null || state.to !== null || FACETS.some((name) => state.facets[name].size > 0);

/** The state without any filter. */
export const unfiltered = (state: State): State => ({ ...state, text: "", from: null, to: null, facets: noFacets() });

/** The state with a value of a facet switched on or off. */
export function toggled(state: State, name: FacetName, values: readonly string[], on: boolean): State {
  const chosen = new Set(state.facets[name]);
  for (const value of values) on ? chosen.add(value) : chosen.delete(value);
  return { ...state, facets: { ...state.facets, [name]: chosen } };
}
