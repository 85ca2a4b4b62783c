/** The countries of Natural Earth as a layer, and their names where there is room. */

import type { Feature, MultiPolygon, Polygon } from "geojson";
import * as L from "leaflet";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import address from "world-atlas/countries-50m.json?url";

import { area, middle, unwrap } from "./ring";

type Country = Feature<Polygon | MultiPolygon, { name: string }>;

export async function loadCountries(): Promise<Country[]> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the shapes of the map are missing (status ${answer.status})`);
  const world = (await answer.json()) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const countries = feature(world, world.objects.countries).features as Country[];
  for (const { geometry } of countries) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const rings of polygons) rings.forEach(unwrap);
  }
  return countries;
}

const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const style = (): L.PathOptions => ({
  fillColor: color("--land"),
  fillOpacity: 1,
  color: color("--border-land"),
  weight: 0.8,
});

/** Draw the countries; the function returned paints them anew after a change of theme. */
export function drawCountries(map: L.Map, countries: Country[]): () => void {
  const layer = L.geoJSON(countries, {
    interactive: false,
    style,
    ...({ renderer: L.canvas({ padding: 0.3 }), smoothFactor: 0.6 } as L.GeoJSONOptions),
  }).addTo(map);
  new CountryNames(countries).addTo(map);
  return () => layer.setStyle(style());
}

interface Named {
  name: string;
  at: L.LatLng;
  bounds: L.LatLngBounds;
}

/** Names of countries, each in the middle of its largest piece, as long as it is wide enough on the screen. */
class CountryNames extends L.Layer {
  private readonly named: Named[];
  private pane: HTMLElement | null = null;

  constructor(countries: Country[]) {
    super();
    this.named = countries.map(({ geometry, properties }) => {
      const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]!] : geometry.coordinates.map((p) => p[0]!);
      const ring = rings.reduce((best, one) => (Math.abs(area(one)) > Math.abs(area(best)) ? one : best));
      return { name: properties.name, at: L.latLng(...middle(ring)), bounds: L.latLngBounds(ring.map(([x, y]) => [y!, x!])) };
    });
  }

  override onAdd(map: L.Map): this {
    this.pane = map.createPane("names");
    map.on("zoomend moveend", this.write, this);
    this.write();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("zoomend moveend", this.write, this);
    this.pane?.remove();
    return this;
  }

  private write(): void {
    const map = this._map;
    const view = map.getBounds().pad(0.1);
    const names = this.named.filter(({ at, bounds, name }) => {
      if (!view.contains(at)) return false;
      const width = map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x;
      return width > name.length * 9;
    });
    this.pane?.replaceChildren(
      ...names.map(({ name, at }) => {
        const label = document.createElement("span");
        label.textContent = name;
        L.DomUtil.setPosition(label, map.latLngToLayerPoint(at));
        return label;
      }),
    );
  }
}
