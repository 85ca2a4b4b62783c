"""What the user has decided about events: a table of pairs that are one event, or are not, whatever their score.

Tab-separated, UTF-8, one decision a line: "keep" or "split", and the IRIs of two events, as `ckg:replaces` and
`kg explain` show them; "event:" may stand for the base and "event/". Empty lines and lines that begin with "#" count for
nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.errors import ConfigError
from kg.ids import Kind
from kg.merge.pair import pair_of
from kg.merge.signature import EventSignature
from kg.resolved import Pair

KEEP, SPLIT = "keep", "split"
KEPT = "the overrides say so"
"""The reason of a pair that the user keeps together."""

_COLUMNS = 3


class Decisions(NamedTuple):
    """The user's decisions, as sorted pairs of IRIs."""

    kept: frozenset[tuple[str, str]] = frozenset()
    split: frozenset[tuple[str, str]] = frozenset()

    def keeps(self, one: str, other: str) -> bool:
        """Tell whether the user says that the two are one."""
        return (min(one, other), max(one, other)) in self.kept

    def splits(self, one: str, other: str) -> bool:
        """Tell whether the user says that the two are not one."""
        return (min(one, other), max(one, other)) in self.split

    def part(self, some: Collection[str], others: Collection[str]) -> bool:
        """Tell whether the user parts one of `some` from one of `others`."""
        if not self.split:
            return False
        return any(self.splits(one, other) for one in some for other in others)

    @property
    def events(self) -> frozenset[str]:
        """All events that are kept together with another."""
        return frozenset(event for pair in self.kept for event in pair)

    def pairs(self, events: Iterable[EventSignature]) -> Iterator[Pair]:
        """Yield the pairs that are kept together, as far as both are among `events`."""
        known = {event.event: event for event in events if event.event in self.events}
        for pair in sorted(self.kept):
            if known.keys() >= set(pair):
                yield pair_of(known[pair[0]], known[pair[1]], 1.0, (KEPT,))


def read_decisions(path: Path, base: str) -> Decisions:
    """Read the table at `path`.

    Args:
        path: where it is.
        base: what "event:" stands for, without "event/".

    Raises:
        ConfigError: the file cannot be read, or a line is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise ConfigError(f"cannot read merge.overrides {path}: {reason}") from error
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != _COLUMNS or cells[0] not in {KEEP, SPLIT}:
            raise ConfigError(f"{path}, line {number}: needs keep or split and the IRIs of two events, parted by tabs")
        one, other = sorted(_iri(cell, base) for cell in cells[1:])
        if one == other:
            raise ConfigError(f"{path}, line {number}: names one event twice")
        verdict, first = found.setdefault((one, other), (cells[0], number))
        if verdict != cells[0]:
            raise ConfigError(f"{path}, line {number}: says the opposite of line {first}")
    return Decisions(
        kept=frozenset(pair for pair, (verdict, _) in found.items() if verdict == KEEP),
        split=frozenset(pair for pair, (verdict, _) in found.items() if verdict == SPLIT),
    )


def _iri(written: str, base: str) -> str:
    """Return the whole IRI.

    >>> _iri("event:abc", "https://example.org/"), _iri("<urn:x>", "https://example.org/")
    ('https://example.org/event/abc', 'urn:x')
    """
    prefix = f"{Kind.EVENT.value}:"
    if written.startswith(prefix):
        return f"{base}{Kind.EVENT.value}/{written.removeprefix(prefix)}"
    return written.removeprefix("<").removesuffix(">")
