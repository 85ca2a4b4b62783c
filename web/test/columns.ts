import type { Columns } from "../src/data/wire";

/** Four events: shelling in Kyiv (dated, 3 killed), a protest in Lviv, a battle without place, shelling without day. */
export const COLUMNS: Columns = {
  types: {
    id: ["ArmedClash", "Protest", "Shelling"],
    label: ["armed clash", "protest", "shelling"],
    parent: ["Battle", "Demonstration", "RemoteViolence"],
  },
  entities: {
    prefix: "https://w3id.org/conflict-kg/id/",
    iri: ["place/kyiv", "place/lviv", "place/nowhere", "organisation/army", "organisation/rebels"],
    label: ["Kyiv", "Lviv", "Nowhere", "the army", "Rebels"],
    kind: ["Place", "Place", "Place", "Organisation", "Organisation"],
    country: ["UA", "UA", null, null, null],
    lat: [50.45, 49.84, null, null, null],
    long: [30.52, 24.03, null, null, null],
  },
  events: {
    prefix: "https://w3id.org/conflict-kg/id/event/",
    iri: ["a", "b", "c", "d"],
    label: ["Shelling in Kyiv, 2024-01-02", "Protest in Lviv", "Armed clash", "Shelling in Kyiv"],
    type: [2, 1, 0, 2],
    status: ["Occurred", "Planned", "Occurred", "Occurred"],
    start: [19724, 19754, 19000, null],
    end: [19724, 19760, 19000, null],
    low: [3, null, 10, null],
    high: [5, null, 10, 4],
    place: [[0], [1], [2], [0]],
    perpetrator: [[3], [], [3], []],
    alleged: [[], [], [4], []],
    target: [[], [], [4], [3]],
    weapon: [[], [], [], []],
    source: [[3], [], [4], []],
  },
};
