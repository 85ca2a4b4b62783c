"""Results as bytes of a media type, within a limit."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.config import BASE
from kg.query.execute import Results
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise
from kg.serve.media import ROWS, TRIPLES

if TYPE_CHECKING:
    from typing_extensions import Buffer

_SYNTAX = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class UnacceptableError(Exception):
    """The result has no form that the client takes."""


class UnknownError(Exception):
    """The graph knows nothing of what is asked for."""


class TooLargeError(Exception):
    """The result is larger than the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the result is larger than {limit:,} bytes: add a LIMIT, or ask for less")


class _Bounded(io.BytesIO):
    """A file that holds up to `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, piece: "Buffer", /) -> int:
        if self.tell() + memoryview(piece).nbytes > self._limit:
            raise TooLargeError(self._limit)
        return super().write(piece)


def write(results: Results, rows: str | None, triples: str | None, limit: int) -> tuple[str, bytes]:
    """Return the media type and the bytes of `results`.

    Args:
        results: what a query gave.
        rows: media type for rows and for yes or no.
        triples: media type for triples.
        limit: most bytes.

    Raises:
        UnacceptableError: there is no media type for this kind of result, or it cannot hold a character.
        InputError: RDF/XML cannot hold a character.
        TooLargeError: there are more bytes than that.
    """
    if isinstance(results, ox.QueryTriples):
        if triples is None:
            raise UnacceptableError(f"CONSTRUCT and DESCRIBE give triples: accept one of {', '.join(TRIPLES)}")
        body = serialise(_few(results, limit), FORMATS[TRIPLES[triples]], prefixes=prefixes(BASE))
        if len(body) > limit:
            raise TooLargeError(limit)
        return triples, body
    if rows is None:
        raise UnacceptableError(f"SELECT and ASK give rows: accept one of {', '.join(ROWS)}")
    out = _Bounded(limit)
    results.serialize(out, _SYNTAX[ROWS[rows]])
    if ROWS[rows] == "xml" and _NOT_XML.search(out.getbuffer()):
        raise UnacceptableError("the result holds a character that XML has no way to write: ask for JSON")
    return rows, out.getvalue()


def _few(triples: ox.QueryTriples, limit: int) -> Iterator[ox.Quad]:
    size = 0
    for triple in triples:
        size += len(str(triple))
        if size > limit:
            raise TooLargeError(limit)
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
