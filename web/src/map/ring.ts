/** Rings of longitudes and latitudes. */

import type { Position } from "geojson";

/** Let a ring go on beyond 180 degrees instead of jumping to the other side of a flat map; one around a pole gets an edge there. */
export function unwrap(ring: Position[]): void {
  let turn = 0;
  let before = ring[0]![0]!;
  for (const point of ring) {
    const long = point[0]!;
    if (long - before > 180) turn -= 360;
    if (long - before < -180) turn += 360;
    before = long;
    point[0] = long + turn;
  }
  const [first, last] = [ring[0]!, ring[ring.length - 1]!];
  const pole = first[1]! < 0 ? -90 : 90;
  if (turn !== 0) ring.push([last[0]!, pole], [first[0]!, pole]);
}

/** Twice the signed area of a ring, in square degrees. */
export function area(ring: Position[]): number {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!;
    return sum + x! * nextY! - nextX! * y!;
  }, 0);
}

/** The centroid of a ring: latitude and longitude. */
export function middle(ring: Position[]): [number, number] {
  const whole = 3 * area(ring) || 1;
  let [sumX, sumY] = [0, 0];
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!;
    const cross = x! * nextY! - nextX! * y!;
    sumX += (x! + nextX!) * cross;
    sumY += (y! + nextY!) * cross;
  });
  return [sumY / whole, sumX / whole];
}
