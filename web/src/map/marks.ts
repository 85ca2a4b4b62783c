/** The marks of events on the map: clusters, places and single events, each reached by keyboard too. */

import * as L from "leaflet";

import { FAMILIES } from "../data/families";
import type { Table } from "../data/table";
import { number, plural } from "../data/words";
import { diameter, donut } from "./donut";
import { total, type Index, type Spot, type Tally } from "./points";

export interface Choices {
  /** A place with several events is chosen. */
  place: (spot: Spot) => void;
  /** A single event is chosen. */
  event: (row: number) => void;
}

const LABEL_ZOOM = 5;

export class Marks {
  private readonly layer = L.layerGroup();
  private index: Index | null = null;
  private selected = -1;

  constructor(
    private readonly map: L.Map,
    private readonly table: Table,
    private readonly choices: Choices,
  ) {
    this.layer.addTo(map);
    map.on("moveend", () => this.draw());
  }

  /** Show other events, and the place of the selected one; -1 for none. */
  show(index: Index, selected: number): void {
    this.index = index;
    this.selected = selected;
    this.draw();
  }

  private draw(): void {
    if (!this.index) return;
    const view = this.map.getBounds().pad(0.15);
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()] as [number, number, number, number];
    const zoom = Math.round(this.map.getZoom());
    const focused = (document.activeElement as HTMLElement | null)?.dataset["mark"];
    this.layer.clearLayers();
    for (const { geometry, properties } of this.index.getClusters(box, zoom)) {
      const at = L.latLng(geometry.coordinates[1]!, geometry.coordinates[0]!);
      if ("cluster" in properties) {
        const id = properties.cluster_id;
        this.add(at, properties, `c${id}`, this.describe(properties, null), "", () => this.open(id, at));
      } else {
        const name = this.table.entities.label[properties.place]!;
        const act = properties.rows.length === 1 ? () => this.choices.event(properties.rows[0]!) : () => this.choices.place(properties);
        const label = zoom >= LABEL_ZOOM ? name : "";
        this.add(at, properties, `p${properties.place}`, this.describe(properties, name), label, act);
      }
    }
    this.point();
    if (focused) this.map.getContainer().querySelector<HTMLElement>(`[data-mark="${focused}"]`)?.focus();
  }

  /** Ring the place of the selected event, be it within a cluster or not. */
  private point(): void {
    if (this.selected < 0) return;
    const { lat, long } = this.table.entities;
    const icon = L.divIcon({ html: document.createElement("div"), className: "pin", iconSize: [14, 14] });
    const at = L.latLng(lat[this.selected]!, long[this.selected]!);
    this.layer.addLayer(L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }));
  }

  private add(
    at: L.LatLng,
    tally: Tally,
    id: string,
    words: string,
    label: string,
    act: () => void,
  ): void {
    const box = document.createElement("div");
    box.append(donut(tally));
    if (label) {
      const text = document.createElement("span");
      text.textContent = label;
      box.append(text);
    }
    const size = diameter(tally);
    const icon = L.divIcon({ html: box, className: "mark", iconSize: [size, size] });
    const marker = L.marker(at, { icon, keyboard: true, title: words, zIndexOffset: -size * 10 });
    marker.on("click", act);
    this.layer.addLayer(marker);
    const element = marker.getElement()!;
    element.dataset["mark"] = id;
    element.setAttribute("aria-label", words);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
  }

  private describe(tally: Tally, place: string | null): string {
    const kinds = FAMILIES.flatMap(({ label }, row) =>
      tally.families[row]! > 0 ? `${label.toLowerCase()} ${number(tally.families[row]!)}` : [],
    );
    const killed = tally.killed > 0 ? `; at least ${number(tally.killed)} killed` : "";
    return `${place ?? "Several places"}: ${plural(total(tally), "event")} (${kinds.join(", ")})${killed}`;
  }

  private open(cluster: number, at: L.LatLng): void {
    const zoom = Math.min(this.index!.getClusterExpansionZoom(cluster), this.map.getMaxZoom());
    this.map.setView(at, Math.max(zoom, this.map.getZoom() + 1), { animate: !reduced() });
  }
}

const reduced = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
