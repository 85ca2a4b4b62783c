"""Media types: what a client accepts, and what it gets."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

HTML = "text/html"
JSON = "application/json"

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
        HTML: "html",
    }
)
"""Media type → format of rows and of yes or no; the first is the default."""

TRIPLES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "turtle",
        "application/n-triples": "ntriples",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdfxml",
        "application/x-turtle": "turtle",
        "text/plain": "ntriples",
        "application/json": "jsonld",
        "application/xml": "rdfxml",
        "text/xml": "rdfxml",
    }
)
"""Media type → format of triples, as in `kg.rdf.serialise.FORMATS`; the first is the default."""

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_MAX_RANGES = 100


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the media type of `offered` that a client likes best, `None` when it takes none of them.

    The most specific range that fits a type weighs it; of equal weights the first offered wins.

    Args:
        accept: the header `Accept`; empty stands for everything.
        offered: media types, the default first.

    Source: RFC 9110, section 12.5.1.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", tuple(ROWS))
    'application/sparql-results+xml'
    >>> choose("text/html", tuple(ROWS)) is None
    True
    """
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    weights = {media: _weigh(media, ranges) for media in offered}
    best = max(weights, key=lambda media: weights[media])
    return best if weights[best] > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    found = {}
    for part in accept.lower().split(",")[:_MAX_RANGES]:
        fits = _RANGE.fullmatch(part)
        if fits:
            weight = _WEIGHT.search(fits[2])
            found[fits[1]] = float(weight[1]) if weight else 1.0
    return found


def _weigh(media: str, ranges: Mapping[str, float]) -> float:
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0
