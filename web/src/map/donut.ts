/** A mark on the map: a ring of the families of its events, around their number; its size tells the people killed. */

import { FAMILIES } from "../data/families";
import { total, type Tally } from "./points";

const SVG = "http://www.w3.org/2000/svg";

/** Diameter in pixels: the area grows with the number of people killed, within bounds. */
export function diameter({ families, killed }: Tally): number {
  const digits = String(total({ families, killed })).length;
  const least = total({ families, killed }) === 1 ? 16 : 20 + 6 * digits;
  return Math.round(Math.min(60, least + 2.4 * Math.sqrt(killed)));
}

export function donut(tally: Tally): SVGSVGElement {
  const size = diameter(tally);
  const count = total(tally);
  const svg = document.createElementNS(SVG, "svg");
  set(svg, { viewBox: `0 0 ${size} ${size}`, width: size, height: size, "aria-hidden": "true" });
  const center = size / 2;
  if (count === 1) {
    const family = tally.families.findIndex((events) => events > 0);
    svg.append(circle(center, center - 2, FAMILIES[family]!.color, "single"));
    return svg;
  }
  const width = Math.max(5, size * 0.14);
  const radius = center - 2 - width / 2;
  svg.append(circle(center, center - 2, "var(--surface)", "plate"));
  let before = 0;
  tally.families.forEach((events, family) => {
    if (events === 0) return;
    const arc = circle(center, radius, "none", "arc");
    const around = 2 * Math.PI * radius;
    set(arc, {
      stroke: FAMILIES[family]!.color,
      "stroke-width": width,
      "stroke-dasharray": `${(events / count) * around} ${around}`,
      "stroke-dashoffset": -(before / count) * around,
      transform: `rotate(-90 ${center} ${center})`,
    });
    before += events;
    svg.append(arc);
  });
  svg.append(label(center, count));
  return svg;
}

function circle(center: number, radius: number, fill: string, name: string): SVGCircleElement {
  const element = document.createElementNS(SVG, "circle");
  set(element, { cx: center, cy: center, r: radius, fill, class: name });
  return element;
}

function label(center: number, count: number): SVGTextElement {
  const text = document.createElementNS(SVG, "text");
  set(text, { x: center, y: center, "text-anchor": "middle", "dominant-baseline": "central" });
  text.textContent = count < 1000 ? String(count) : `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)}k`;
  return text;
}

function set(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
