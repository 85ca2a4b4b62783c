"""The `#+` header of a `.rq` file: what a query says about itself.

Each line is `#+ KEY: text`, `#+ KEY NAME: text` or `#+ KEY NAME (TYPE): text`.
"""

import re
from collections.abc import Iterator

import msgspec

from kg.errors import QueryError

_LINE = re.compile(r"#\+ (?P<key>[a-z]+)(?: (?P<name>\w+))?(?: \((?P<type>[a-z]+)\))?: (?P<text>\S.*)")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a header; `name` and `type` are empty where the line has none."""

    key: str
    name: str
    type: str
    text: str


def entries(name: str, query: str) -> Iterator[Entry]:
    r"""Yield the header lines of `query`; `name` is only for the error.

    >>> [entry.text for entry in entries("demo", "#+ summary: All events.\nASK {}")]
    ['All events.']

    Raises:
        QueryError: a line that starts with `#+` has another form.
    """
    for number, line in enumerate(query.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            msg = f"query {name}, line {number}: {line!r} is no header line; write `#+ KEY NAME (TYPE): text`"
            raise QueryError(msg)
        yield Entry(**{key: value or "" for key, value in found.groupdict().items()})
