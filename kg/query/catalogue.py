"""The canned queries: one self-describing `queries/NAME.rq` each."""

import difflib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec

from kg import resources
from kg.errors import QueryError
from kg.store.header import Entry, entries


class ParameterType(StrEnum):
    """What the value of a parameter is."""

    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    IRI = "iri"
    COUNTRY = "country"


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A value that the user may give; `default` is the SPARQL term used otherwise, `None` for no restriction."""

    name: str
    type: ParameterType
    default: str | None
    meaning: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the result."""

    name: str
    meaning: str


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A canned query; `text` is valid SPARQL by itself."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str


_PLACE = re.compile(r"\bVALUES \?p_(?P<name>\w+) \{ (?P<term>[^{}]*?) \}|^LIMIT (?P<limit>\d+)$", re.MULTILINE)
"""Where the default of a parameter stands in a query: `VALUES ?p_NAME { TERM }`, or `LIMIT n` for `limit`."""


@lru_cache(maxsize=100)
def places(text: str) -> Mapping[str, re.Match[str]]:
    """Return where each parameter of the query `text` stands, by its name."""
    return {found["name"] or "limit": found for found in _PLACE.finditer(text)}


def catalogue(folder: Path | None = None) -> Mapping[str, Query]:
    """Return all canned queries by name, in the order of their names.

    Args:
        folder: where the `.rq` files are; the ones that ship with the program by default.

    Raises:
        QueryError: a header is incomplete.
    """
    files = sorted((folder or resources.folder("queries")).glob("*.rq"))
    return {path.stem: read(path) for path in files}


def find(name: str, folder: Path | None = None) -> Query:
    """Return the canned query `name`.

    Raises:
        QueryError: there is none of this name; the text names close ones.
    """
    names = {path.stem: path for path in sorted((folder or resources.folder("queries")).glob("*.rq"))}
    if name in names:
        return read(names[name])
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.4) or [other for other in names if name in other]
    hint = f"did you mean {' or '.join(close)}?" if close else "`kg queries` lists them"
    msg = f"there is no query {name!r}: {hint}"
    raise QueryError(msg)


def read(path: Path) -> Query:
    """Read one `.rq` file.

    Raises:
        QueryError: its header is incomplete, or a parameter has no place in the query.
    """
    text = path.read_text("utf-8")
    lines = tuple(entries(path.stem, text))
    summary = next((line.text for line in lines if line.key == "summary"), None)
    columns = tuple(Column(name=line.name, meaning=line.text) for line in lines if line.key == "column")
    if summary is None or not columns:
        msg = f"query {path.stem}: the header needs `#+ summary:` and a `#+ column NAME:` for every column"
        raise QueryError(msg)
    defaults = places(text)
    parameters = tuple(_parameter(path.stem, line, defaults) for line in lines if line.key == "parameter")
    return Query(name=path.stem, summary=summary, parameters=parameters, columns=columns, text=text)


def _parameter(query: str, line: Entry, defaults: Mapping[str, re.Match[str]]) -> Parameter:
    place = defaults.get(line.name)
    if place is None or line.type not in set(ParameterType):
        kinds = ", ".join(ParameterType)
        msg = f"query {query}: parameter {line.name} needs `VALUES ?p_{line.name} {{ DEFAULT }}` and a type of {kinds}"
        raise QueryError(msg)
    term = place["term"] or place["limit"]
    default = None if term == "UNDEF" else term
    return Parameter(name=line.name, type=ParameterType(line.type), default=default, meaning=line.text)
