"""What the user has decided about names: a table that wins over every score.

Tab-separated, UTF-8, one decision a line: surface, context country (ISO 3166-1 alpha-2 code; empty: everywhere),
target (a Wikidata QID, "gn:" and a GeoNames number, or NIL), and, where the tables do not know the target, a name and a
kind for it. Empty lines and lines that begin with "#" count for nothing.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kg.errors import ConfigError
from kg.gazetteer import GEONAMES, WIKIDATA, Entry, Gazetteer, fold
from kg.gazetteer.fold import strip_the
from kg.link.evidence import Evidence
from kg.records import Candidate, Entity, EntityKind, Link, Outcome

NIL = "NIL"
SOURCE = "overrides"
OVERRIDDEN = "of the overrides says so"
"""How the reason of a decision of the user ends."""
_TARGET = re.compile(r"Q[1-9][0-9]{0,11}|gn:[1-9][0-9]{0,11}|NIL")
_COUNTRY = re.compile(r"[A-Z]{2}|")
_COLUMNS = 3


class Override(NamedTuple):
    """One decision; `line` is its number in the table."""

    country: str
    target: str
    line: int
    name: str = ""


class Overrides:
    """The user's decisions by name.

    Args:
        decisions: folded surface → decisions, in the order of the table.
    """

    def __init__(self, decisions: Mapping[str, tuple[Override, ...]] | None = None) -> None:
        self._decisions = decisions or {}

    def decide(self, entity: Entity, evidence: Evidence, gazetteer: Gazetteer) -> Link | None:
        """Return the link that the user wants for `entity`, `None` where the table says nothing.

        A decision for a country counts before one for everywhere, and only when the article speaks of that country.
        """
        rows = self._decisions.get(_key(entity.name), ())
        fitting = [row for row in rows if not row.country or evidence.speaks_of(row.country, without=entity.id)]
        if not fitting:
            return None
        row = min(fitting, key=lambda one: not one.country)
        reason = f"line {row.line} {OVERRIDDEN}"
        if row.target == NIL:
            return Link(entity=entity.id, outcome=Outcome.NIL, reasons=(reason,))
        candidate = _candidate(row, entity, gazetteer.by_target(_iri(row.target)), reason)
        return Link(
            entity=entity.id,
            outcome=Outcome.LINKED,
            target=candidate.target,
            score=1.0,
            candidates=(candidate,),
            reasons=(reason,),
        )


def read_overrides(path: Path) -> Overrides:
    """Read the table at `path`.

    Raises:
        ConfigError: the file cannot be read, or a line is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise ConfigError(f"cannot read link.overrides {path}: {reason}") from error
    decisions: dict[str, tuple[Override, ...]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < _COLUMNS or not cells[0]:
            raise ConfigError(f"{path}, line {number}: needs surface, context country and target, parted by tabs")
        surface, country, target, *rest = cells
        if not _COUNTRY.fullmatch(country):
            raise ConfigError(
                f"{path}, line {number}: {country!r} is no country code of two capitals; leave it empty for everywhere"
            )
        if not _TARGET.fullmatch(target):
            raise ConfigError(f"{path}, line {number}: {target!r} is no target: write Q1234, gn:1234 or NIL")
        row = Override(country, target, number, rest[0] if rest else "")
        rivals = decisions.get(_key(surface), ())
        rival = next((one for one in rivals if one.country == country), None)
        if rival is not None:
            raise ConfigError(f"{path}, line {number}: {surface!r} is decided on line {rival.line} already")
        decisions[_key(surface)] = (*rivals, row)
    return Overrides(decisions)


def _key(surface: str) -> str:
    return strip_the(fold(surface))


def _iri(target: str) -> str:
    return f"{GEONAMES}{target[3:]}/" if target.startswith("gn:") else WIKIDATA + target


def _candidate(row: Override, entity: Entity, entry: Entry | None, reason: str) -> Candidate:
    """Return the target as a candidate, with what the tables know of it."""
    if entry is None:
        return Candidate(
            target=_iri(row.target), name=row.name or entity.name, score=1.0, reasons=(reason,), source=SOURCE
        )
    place = entity.kind is EntityKind.PLACE
    return Candidate(
        target=_iri(row.target),
        name=entry.name,
        score=1.0,
        reasons=(reason,),
        country=entry.country,
        latitude=entry.latitude if place else None,
        longitude=entry.longitude if place else None,
        precision=entry.precision,
        geonames=entry.geonames,
        source=SOURCE,
    )
