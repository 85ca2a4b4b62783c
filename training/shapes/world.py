"""Makes the country outlines of the HTML report: `python -m training.shapes.world countries-110m.json kg/export/world.json`.

Source: Natural Earth 1:110 million (public domain), as TopoJSON in the npm package world-atlas 2.0.2.
TopoJSON: https://github.com/topojson/topojson-specification
"""

import argparse
import json
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]


def rings(topology: dict[str, Any]) -> Iterator[Ring]:
    """Yield the outer rings and holes of all countries: longitude and latitude in tenths of a degree."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        points = accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        arcs.append([(round(x * scale_x + move_x, 1), round(y * scale_y + move_y, 1)) for x, y in points])
    for country in topology["objects"]["countries"]["geometries"]:
        found = country.get("arcs", [])
        for polygon in [found] if country["type"] == "Polygon" else found:
            for ring in polygon:
                line = [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
                yield from _flat([line[0], *(b for a, b in pairwise(line) if a != b)])


def _flat(ring: Ring) -> Iterator[Ring]:
    """Yield a ring that crosses the 180th meridian once on each side of the map; one around a pole runs along its edge."""
    turns = list(
        accumulate(((a > b) - (a < b) if abs(a - b) > 180 else 0 for (a, _), (b, _) in pairwise(ring)), initial=0)
    )
    line = [(round(x + 360 * turn, 1), y) for (x, y), turn in zip(ring, turns, strict=True)]
    if turns[-1]:
        pole = -90.0 if line[0][1] < 0 else 90.0
        line += [(line[-1][0], pole), (line[0][0], pole)]
    for shift in (0, -360, 360):
        moved = [(round(x + shift, 1), y) for x, y in line]
        if max(x for x, _ in moved) > -180 and min(x for x, _ in moved) < 180:
            yield moved


def main() -> None:
    """Write the rings as one JSON list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    found = [ring for ring in rings(json.loads(arguments.topology.read_text())) if len(ring) > 3]
    arguments.out.write_text(json.dumps(found, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
