"""Items as Wikidata describes them, checked before anything believes them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from kg.errors import EndpointError
from kg.gazetteer import GEONAMES, WIKIDATA, Entry
from kg.link.wikidata import values
from kg.link.wikidata.cache import Cache
from kg.link.wikidata.client import Client, Row
from kg.records import EntityKind, PlacePrecision, Record
from kg.resources import folder

_BATCH = 50
_SCALES = tuple(PlacePrecision(value) for value in ("country", "settlement", "region", "district", "site"))
"""Of several classes of a place the first counts: Moscow is a settlement that is a region too."""
_TYPES = {PlacePrecision.SETTLEMENT: "city", PlacePrecision.SITE: "site"}


class Item(Record, frozen=True, kw_only=True):
    """One item. `kinds` are the kinds of things that it is; `scales` those of a place; `sitelinks` counts its articles."""

    qid: str
    label: str
    kinds: tuple[EntityKind, ...]
    aliases: tuple[str, ...] = ()
    scales: tuple[PlacePrecision, ...] = ()
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: str | None = None
    sitelinks: int = 0

    def entry(self, kind: EntityKind, day: dt.date) -> Entry:
        """Return the item as a row of the gazetteer, read on `day`."""
        scale = next((scale for scale in _SCALES if scale in self.scales), PlacePrecision.SITE)
        return Entry(
            target=WIKIDATA + self.qid,
            kind=kind,
            type=_TYPES.get(scale, scale.value) if kind is EntityKind.PLACE else kind.value.lower(),
            name=self.label,
            aliases=self.aliases,
            country=self.country,
            latitude=self.latitude,
            longitude=self.longitude,
            geonames=f"{GEONAMES}{self.geonames}/" if self.geonames else None,
            source=f"Wikidata, {day.isoformat()}",
            licence=values.LICENCE,
        )


class Hit(Record, frozen=True, kw_only=True):
    """An item that the entity search finds, by the name `text`."""

    qid: str
    text: str


_Kept = TypeVar("_Kept", Item, Hit)


class Items:
    """What Wikidata says, asked once and kept. Once it is out of reach, only what was kept is there, however old.

    Args:
        client: sends the requests.
        cache: keeps the answers.
        report: told once that Wikidata is out of reach.
        today: the day that new answers are dated with.
        max_age: days after which an answer is asked for again.
    """

    def __init__(
        self, client: Client, cache: Cache, report: Callable[[str], None], *, today: dt.date, max_age: int
    ) -> None:
        self._client, self._cache, self._report = client, cache, report
        self._today, self._oldest = today, today - dt.timedelta(days=max_age)
        self._reachable = True
        self._queries = {name: _query(name) for name in ("describe", "geonames")}

    def search(self, name: str) -> list[Hit]:
        """Return the items that the entity search finds for `name`."""
        found = self._kept([name], "search", Hit)
        if name not in found or found[name][1] < self._oldest:
            rows = self._asked(lambda: self._client.search(name))
            if rows is not None:
                hits = [Hit(qid=row["id"], text=row["text"]) for row in rows if values.QID.fullmatch(row["id"])]
                self._keep("search", {name: hits})
                return hits
        return found[name][0] if name in found else []

    def describe(self, qids: Iterable[str]) -> dict[str, tuple[Item, dt.date]]:
        """Return the items, each with the day it was read; those that are no person, body, place or weapon are missing."""

        def ask(batch: Sequence[str]) -> dict[str, list[Item]] | None:
            rows = self._select("describe", [f"<{WIKIDATA}{qid}>" for qid in batch])
            items = [item for item in map(_item, rows or ()) if item is not None]
            return None if rows is None else {qid: [item for item in items if item.qid == qid][:1] for qid in batch}

        return self._all(qids, "item", Item, ask)

    def by_geonames(self, numbers: Iterable[str]) -> dict[str, tuple[Hit, dt.date]]:
        """Return for each GeoNames number the one item that bears it; numbers of none or several are missing."""

        def ask(batch: Sequence[str]) -> dict[str, list[Hit]] | None:
            rows = self._select("geonames", [f'"{number}"' for number in batch])
            pairs = {(row.get("number"), row.get("item", "").removeprefix(WIKIDATA)) for row in rows or ()}
            bearers = {
                number: sorted(qid for one, qid in pairs if one == number and values.QID.fullmatch(qid))
                for number in batch
            }
            if rows is None:
                return None
            return {
                number: [Hit(qid=qids[0], text=number)] if len(qids) == 1 else [] for number, qids in bearers.items()
            }

        return self._all(numbers, "geonames", Hit, ask)

    def _all(
        self,
        wanted: Iterable[str],
        prefix: str,
        type_: type[_Kept],
        ask: Callable[[Sequence[str]], dict[str, list[_Kept]] | None],
    ) -> dict[str, tuple[_Kept, dt.date]]:
        """Return what is kept and not too old, and ask for the rest."""
        names = sorted(set(wanted))
        found = self._kept(names, prefix, type_)
        due = [name for name in names if name not in found or found[name][1] < self._oldest]
        for start in range(0, len(due), _BATCH):
            answer = ask(due[start : start + _BATCH])
            if answer is not None:
                self._keep(prefix, answer)
                found |= {name: (kept, self._today) for name, kept in answer.items()}
        return {name: (kept[0], day) for name, (kept, day) in found.items() if kept}

    def _select(self, query: str, terms: Sequence[str]) -> list[Row] | None:
        """Ask a query about `terms`, which take the place of its last UNDEF."""
        before, _, after = self._queries[query].rpartition("UNDEF")
        return self._asked(lambda: self._client.select(before + " ".join(terms) + after))

    def _asked(self, ask: Callable[[], list[Row]]) -> list[Row] | None:
        """Return the answer, `None` once Wikidata is out of reach."""
        if not self._reachable:
            return None
        try:
            return ask()
        except EndpointError as error:
            self._reachable = False
            self._report(f"Wikidata: {error}; going on without it")
            return None

    def _kept(self, names: Sequence[str], prefix: str, type_: type[_Kept]) -> dict[str, tuple[list[_Kept], dt.date]]:
        answers = self._cache.get(f"{prefix} {name}" for name in names)
        found = {}
        for name in names:
            answer = answers.get(f"{prefix} {name}")
            records = _decode(answer.body, type_) if answer else None
            if answer is not None and records is not None:
                found[name] = (records, answer.day)
        return found

    def _keep(self, prefix: str, answers: Mapping[str, Sequence[Record]]) -> None:
        self._cache.put({f"{prefix} {name}": records for name, records in answers.items()}, self._today)


def _query(name: str) -> str:
    return (folder("queries") / "wikidata" / f"{name}.rq").read_text(encoding="utf-8")


def _decode(body: bytes, type_: type[_Kept]) -> list[_Kept] | None:
    """Return the records in a kept answer; what another version wrote counts as nothing."""
    try:
        return msgspec.json.decode(body, type=list[type_])  # type: ignore[valid-type]
    except msgspec.DecodeError:
        return None


def _item(row: Mapping[str, str]) -> Item | None:
    """Return the item of one solution; `None` when it has no name or is nothing that an article can be linked to."""
    qid, label = values.qid(row.get("item", "")), values.line(row.get("label", ""))
    kinds = [kind for kind in EntityKind if kind.value in values.several(row.get("kinds", ""))]
    if qid is None or not label or not kinds:
        return None
    scales = values.several(row.get("scales", ""))
    latitude, longitude = values.position(row.get("position", ""))
    return Item(
        qid=qid,
        label=label,
        kinds=tuple(kinds),
        aliases=tuple(sorted({*values.several(row.get("aliases", ""))} - {label})),
        scales=tuple(scale for scale in _SCALES if scale.value in scales),
        country=values.single(row.get("countries", ""), values.COUNTRY),
        latitude=latitude,
        longitude=longitude,
        geonames=values.single(row.get("geonames", ""), values.NUMBER),
        sitelinks=int(values.single(row.get("sitelinks", ""), values.NUMBER) or 0),
    )
