import { describe, expect, it } from "vitest";

import { makeTable } from "../src/data/table";
import { cluster, spots, total } from "../src/map/points";
import { unwrap } from "../src/map/ring";
import { COLUMNS } from "./columns";

const table = makeTable(COLUMNS);

describe("spots and clusters", () => {
  const found = spots(table, Uint32Array.from([0, 1, 2, 3]));

  it("gather the events of a place, without those that have no coordinates", () => {
    expect(found.map(({ rows }) => rows)).toEqual([[0, 3], [1]]);
    expect(found[0]!.killed).toBe(3 + 4);
  });

  it("sum up when the map is small", () => {
    const [one] = cluster(table, found).getClusters([-180, -85, 180, 85], 1);
    expect(total(one!.properties)).toBe(3);
    expect(one!.properties.killed).toBe(7);
  });

  it("add up to the same on every zoom", () => {
    const near = found.flatMap((spot, row) => Array.from({ length: 20 }, () => ({ ...spot, place: row % 2 })));
    const index = cluster(table, near);
    for (let zoom = 0; zoom <= 11; zoom++) {
      const marks = index.getClusters([-180, -85, 180, 85], zoom);
      expect(marks.reduce((sum, { properties }) => sum + total(properties), 0)).toBe(60);
    }
  });
});

describe("rings of countries", () => {
  it("go on beyond the edge of the map", () => {
    const ring = [[170, 60], [179, 65], [-175, 66], [170, 60]];
    unwrap(ring);
    expect(ring).toEqual([[170, 60], [179, 65], [185, 66], [170, 60]]);
  });

  it("close at the pole when they go around it", () => {
    const ring = [[-170, -70], [-60, -75], [60, -75], [170, -70], [-170, -70]];
    unwrap(ring);
    expect(ring.slice(-2)).toEqual([[190, -90], [-170, -90]]);
  });
});
