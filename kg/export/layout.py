"""Event tables in the column layout of another data set, told by a TOML file: `acled.toml`, `ucdp.toml`.

A file says which statuses count as events there and names every column, in order, with the `value` that fills it
(one of `VALUES`), `codes` that translate the value, and its `meaning`. A column without a `value` stays empty: the
graph cannot know it.
"""

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from kg.countries import Country, load_countries
from kg.export.row import Row
from kg.records import Harm, Status, VictimCategory
from kg.vocab import Vocab

Cell = str | int | float | None


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column: what fills it, and what it means here."""

    name: str
    meaning: str
    value: str | None = None
    codes: dict[str, str] | None = None


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns of a data set; events of other `statuses` are none there."""

    title: str
    source: str
    statuses: tuple[Status, ...]
    column: tuple[Column, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell may be made from besides its row."""

    vocab: Vocab
    countries: Mapping[str, Country]


def load_layout(name: str) -> Layout:
    """Return the layout in `NAME.toml` beside this module."""
    text = (Path(__file__).parent / f"{name}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Layout)


def table(rows: Iterable[Row], layout: Layout, vocab: Vocab) -> bytes:
    """Return the events that count there as CSV (RFC 4180, UTF-8), with a line of column names.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    Source: https://owasp.org/www-community/attacks/CSV_Injection

    Args:
        rows: the events.
        layout: the columns.
        vocab: knows the codes of other data sets.
    """
    known = Known(vocab=vocab, countries=load_countries())
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([column.name for column in layout.column])
    for row in rows:
        if row.status in layout.statuses:
            writer.writerow([_cell(column, row, known) for column in layout.column])
    return stream.getvalue().encode("utf-8", "replace")


def _cell(column: Column, row: Row, known: Known) -> str:
    value = VALUES[column.value](row, known) if column.value else None
    if column.codes is not None:
        value = column.codes.get(str(value), "")
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return str(value)


def _joined(names: Sequence[str]) -> str:
    return "; ".join(names)


def _code(row: Row, known: Known, of: str) -> str | None:
    """Return the code of the event's type elsewhere when there is just one that fits."""
    codes = known.vocab.event_types[row.type].codes.get(of, ())
    return codes[0] if len(codes) == 1 else None


def _sides(row: Row) -> Sequence[str]:
    return row.perpetrators or row.alleged_perpetrators


def _country(row: Row, known: Known) -> Country | None:
    return known.countries.get(row.place.country or "") if row.place else None


def _publishers(row: Row) -> list[str]:
    return sorted({article.publisher or article.id for article in row.articles})


def _civilians(row: Row) -> int | None:
    """Return the least number of civilians killed that any source gives."""
    lows = [one.low for one in row.counts if one.harm == Harm.KILLED and one.category == VictimCategory.CIVILIANS]
    known = [low for low in lows if low is not None]
    return min(known, default=None)


def _notes(row: Row) -> str:
    alleged = [f"perpetrator alleged: {_joined(row.alleged_perpetrators)}"] if row.alleged_perpetrators else []
    alleged += [f"weapon alleged: {_joined(row.alleged_weapons)}"] if row.alleged_weapons else []
    return " ".join([row.sentence or row.label, *(f"[{note}]" for note in alleged)])


Value = Callable[[Row, Known], Cell]

VALUES: Mapping[str, Value] = MappingProxyType(
    {
        "iri": lambda row, _: row.iri,
        "id": lambda row, _: row.iri.rpartition("/")[2],
        "start": lambda row, _: row.start,
        "end": lambda row, _: row.end,
        "year": lambda row, _: row.start[:4] if row.start else None,
        "date precision": lambda row, _: row.precision,
        "parent": lambda row, _: row.parent,
        "type": lambda row, _: row.type,
        "acled code": lambda row, known: _code(row, known, "acled"),
        "ucdp code": lambda row, known: _code(row, known, "ucdp"),
        "perpetrators": lambda row, _: _joined(_sides(row)),
        "targets": lambda row, _: _joined(row.targets),
        "place": lambda row, _: row.place.name if row.place else None,
        "place phrase": lambda row, _: row.phrase,
        "place precision": lambda row, _: row.place.precision if row.place else None,
        "latitude": lambda row, _: row.place.lat if row.place else None,
        "longitude": lambda row, _: row.place.long if row.place else None,
        "point": lambda row, _: f"POINT ({row.point[0]} {row.point[1]})" if row.point else None,
        "country": lambda row, known: country.name if (country := _country(row, known)) else None,
        "country number": lambda row, known: country.numeric if (country := _country(row, known)) else None,
        "publishers": lambda row, _: _joined(_publishers(row)),
        "publisher count": lambda row, _: len(_publishers(row)),
        "titles": lambda row, _: _joined([article.name for article in row.articles]),
        "issued": lambda row, _: _joined([article.issued for article in row.articles if article.issued]),
        "notes": lambda row, _: _notes(row),
        "killed low": lambda row, _: row.killed_low,
        "killed high": lambda row, _: row.killed_high,
        "civilians killed": lambda row, _: _civilians(row),
        "confidence": lambda row, _: row.confidence,
    }
)
"""What may fill a column, by the name that layouts use."""
