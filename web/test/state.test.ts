import { describe, expect, it } from "vitest";

import { format, isFiltered, parse, start, toggled, unfiltered } from "../src/data/state";

describe("the address", () => {
  it("holds the whole state", () => {
    const address =
      "#/events?q=gaza&type=AirStrike&type=Shelling&place=place/abc&from=2024-01-01&to=2024-02-29&sort=oldest&event=x&map=49.5,36,6.5";
    expect(format(parse(address))).toBe(address);
  });

  it("leaves out what is wrong", () => {
    const state = parse("#/nowhere?from=soon&to=2024-13-45&sort=worst&map=900,1,1&unknown=1");
    expect(format(state)).toBe("#/events");
  });

  it("keeps SPARQL with its signs", () => {
    const state = { ...start(), view: "query" as const, sparql: 'SELECT * { ?s ?p "50 % & more" } #?x=1' };
    expect(parse(format(state)).sparql).toBe(state.sparql);
  });

  it("is short when nothing is chosen", () => {
    expect(format(start())).toBe("#/events");
    expect(format(parse(""))).toBe("#/events");
  });
});

describe("filters", () => {
  it("go on and off", () => {
    const on = toggled(start(), "type", ["Shelling"], true);
    expect(isFiltered(on)).toBe(true);
    expect(format(toggled(on, "type", ["Shelling"], false))).toBe("#/events");
    expect(isFiltered(unfiltered(on))).toBe(false);
  });
});
