"""Names and numbers of countries. Source of the codes: ISO 3166-1; of the names: rigour (MIT)."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A country; `numeric` is its ISO 3166-1 number without leading zeros, empty when it has none."""

    code: str
    numeric: str
    name: str


@cache
def load_countries() -> Mapping[str, Country]:
    """Return all countries by ISO 3166-1 alpha-2 code.

    >>> load_countries()["UA"].numeric
    '804'
    """
    with (Path(__file__).parent / "countries.tsv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: Country(**row) for row in csv.DictReader(file, delimiter="\t")})
