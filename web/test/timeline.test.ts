import { describe, expect, it } from "vitest";

import { makeTable } from "../src/data/table";
import { axis, binName, find, makeBins, ticks } from "../src/timeline/bins";
import { fromIso, interval, iso, range, withoutDay } from "../src/data/words";
import { COLUMNS } from "./columns";

const table = makeTable(COLUMNS);
const all = Uint32Array.from([0, 1, 2, 3]);

describe("bins", () => {
  const first = fromIso("2022-01-07")!;
  const last = fromIso("2024-02-03")!;

  it("cover the axis without gaps, and hold each dated event once", () => {
    expect(axis(table)).toEqual([19000, 19754]);
    const bins = makeBins(table, all, axis(table)!);
    expect(bins.unit).toBe("week");
    const held = bins.families.flatMap((family) => [...family]).reduce((sum, count) => sum + count, 0);
    expect(held + bins.earlier + bins.later).toBe(3);
    expect(find(bins.starts, 19754)).toBe(bins.starts.length - 2);
  });

  it("have names and few labels", () => {
    const bins = makeBins(table, all, [first, last + 4000]);
    expect(bins.unit).toBe("quarter");
    expect(binName(bins, 0)).toBe("1 Jan 2022 – 31 Mar 2022");
    const bars = ticks(bins, 8).map(({ bin }) => bin);
    expect(bars.slice(1).every((bin, at) => bin - bars[at]! >= 4)).toBe(true);
  });
});

describe("words", () => {
  it("write days as ISO and back", () => expect(iso(fromIso("2024-02-29")!)).toBe("2024-02-29"));
  it("write intervals briefly", () => {
    expect(interval(fromIso("2024-02-01"), fromIso("2024-02-29"))).toBe("Feb 2024");
    expect(interval(fromIso("2024-01-01"), fromIso("2024-12-31"))).toBe("2024");
    expect(interval(null, null)).toBe("undated");
  });
  it("tell open bounds", () => {
    expect(range(3, null)).toBe("at least 3");
    expect(range(null, 1200)).toBe("up to 1,200");
    expect(range(3, 3)).toBe("3");
  });
  it("leave the day out of a label", () => {
    expect(withoutDay("Shelling in Kyiv, 2024-01-02")).toBe("Shelling in Kyiv");
    expect(withoutDay("Shelling in Kyiv, 2024-01-02/2024-01-05")).toBe("Shelling in Kyiv");
    expect(withoutDay("Battle in Springfield, Ohio")).toBe("Battle in Springfield, Ohio");
  });
});
