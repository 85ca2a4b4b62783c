import { describe, expect, it } from "vitest";

import { select } from "../src/data/select";
import { sorted } from "../src/data/sort";
import { start, toggled, type State } from "../src/data/state";
import { makeTable } from "../src/data/table";
import { COLUMNS } from "./columns";

const table = makeTable(COLUMNS);
const rows = (state: State): number[] => [...select(table, state).rows];

describe("selecting events", () => {
  it("takes all without filters", () => expect(rows(start())).toEqual([0, 1, 2, 3]));

  it("takes any value of one facet and all of several", () => {
    const two = toggled(start(), "type", ["Shelling", "Protest"], true);
    expect(rows(two)).toEqual([0, 1, 3]);
    expect(rows(toggled(two, "actor", ["organisation/army"], true))).toEqual([0, 3]);
  });

  it("finds by country, status and text", () => {
    expect(rows(toggled(start(), "country", ["UA"], true))).toEqual([0, 1, 3]);
    expect(rows(toggled(start(), "status", ["Planned"], true))).toEqual([1]);
    expect(rows({ ...start(), text: "REBELS clash" })).toEqual([2]);
  });

  it("takes events that touch the days, and no undated ones", () => {
    expect(rows({ ...start(), from: 19724, to: 19755 })).toEqual([0, 1]);
    expect([...select(table, { ...start(), from: 19724 }).anyDay]).toEqual([0, 1, 2, 3]);
  });

  it("counts a value beside the other facets, not its own", () => {
    const { counts } = select(table, toggled(start(), "type", ["Protest"], true));
    expect([...counts.type]).toEqual([1, 1, 2]);
    expect(counts.place[table.facets.place.rows.get("place/kyiv")!]).toBe(0);
  });

  it("knows nothing of unknown values", () => {
    expect(rows(toggled(start(), "place", ["place/other"], true))).toEqual([]);
  });
});

describe("ordering", () => {
  const all = Uint32Array.from([0, 1, 2, 3]);
  it("puts undated events last", () => {
    expect([...sorted(table, all, "newest")]).toEqual([1, 0, 2, 3]);
    expect([...sorted(table, all, "oldest")]).toEqual([2, 0, 1, 3]);
  });
  it("puts the deadliest first", () => expect([...sorted(table, all, "deadliest")]).toEqual([2, 3, 0, 1]));
});
