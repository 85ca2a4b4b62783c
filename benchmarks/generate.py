"""A large graph in the shape of a small one: `python benchmarks/generate.py GRAPH.ttl 1000000 > large.nt`.

The graph is repeated with new events, claims, articles, evidence and links, later days and the same places, people, bodies and
weapons, which come in `POOLS` variants, so that names have as many events as in a year of news. N-Triples, each triple once.
"""

import argparse
import datetime as dt
import re
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from kg.config import BASE
from kg.ids import Kind
from kg.rdf.namespaces import DCT, XSD
from kg.store import parse

POOLS = 8
"""How many variants of each entity there are."""
DAYS = 11
"""How many days later each repetition takes place."""

_OWN = f"{Kind.EVENT}|{Kind.CLAIM}|{Kind.CASUALTY}|{Kind.ARTICLE}|{Kind.SPAN}|{Kind.LINK}"
_SHARED = f"{Kind.PLACE}|{Kind.PERSON}|{Kind.ORGANISATION}|{Kind.WEAPON}|{Kind.GROUP}|{Kind.GEOMETRY}"
_TERM = re.compile(
    rf"<{re.escape(BASE)}(?:(?P<own>(?:{_OWN})/[\w-]+)|(?P<shared>(?:{_SHARED})/[\w-]+))>"
    rf'|"(?P<day>\d{{4}}-\d\d-\d\d)"\^\^<{re.escape(XSD)}date>'
    rf'|(?P<identifier><{re.escape(DCT)}identifier> "[^"\\]*)"'
)


def repeat(lines: list[str], number: int) -> Iterator[str]:
    """Yield the triples of one repetition that no earlier one has."""
    later = dt.timedelta(days=DAYS * number)
    new = False

    def renamed(found: re.Match[str]) -> str:
        nonlocal new
        if found["shared"]:
            return f"<{BASE}{found['shared']}-{number % POOLS}>"
        new = new or bool(found["own"] or found["identifier"])
        if found["own"]:
            return f"<{BASE}{found['own']}-{number}>"
        if found["identifier"]:
            return f'{found["identifier"]}-{number}"'
        return f'"{dt.date.fromisoformat(found["day"]) + later}"^^<{XSD}date>'

    for line in lines:
        new = number < POOLS and (number == 0 or _TERM.search(line) is not None)
        text = _TERM.sub(renamed, line)
        if new:
            yield text


def generate(graph: Path, triples: int) -> Iterator[str]:
    """Yield `triples` lines of N-Triples in the shape of `graph`."""
    lines = sorted({f"{quad.triple} .\n" for quad in parse(graph)})
    return islice((line for number in count() for line in repeat(lines, number)), triples)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("triples", type=int)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(generate(arguments.graph, arguments.triples))


if __name__ == "__main__":
    main()
