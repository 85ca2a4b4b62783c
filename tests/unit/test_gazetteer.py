"""Folding, lookup and the form of the table, on a small table made here."""

from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError
from kg.gazetteer import GEONAMES, WIKIDATA, Entry, Gazetteer, PlaceScope, Tier, fold, load_gazetteer
from kg.gazetteer.fold import loosen, plain, scoped, whole
from kg.gazetteer.table import SUFFIX, Table, hash_key, pack
from kg.records import EntityKind, PlacePrecision


def row(kind: EntityKind, type_: str, name: str, keys: str, **more: Any) -> tuple[Entry, list[str]]:
    """Return an entry and its keys; `qid` and `gn` are short for its target."""
    target = WIKIDATA + more.pop("qid") if "qid" in more else f"{GEONAMES}{more.pop('gn')}/" if "gn" in more else None
    entry = Entry(target=target, kind=kind, type=type_, name=name, source="made", licence="CC0-1.0", **more)
    return entry, keys.split("|")


PLACE, BODY, PERSON = EntityKind.PLACE, EntityKind.ORGANISATION, EntityKind.PERSON
RUSSIANS = ("Russian", "Russians")
MOSCOW = {"country": "RU", "latitude": 55.7, "longitude": 37.6, "acts_for": WIKIDATA + "Q60645"}
GEO_ID = f"{GEONAMES}713174/"
ROWS = [
    row(
        PLACE,
        "country",
        "Russia",
        "=russia|=russian federation|%russian|%russians",
        qid="Q159",
        country="RU",
        demonyms=RUSSIANS,
        population=9,
    ),
    row(PLACE, "capital", "Moscow", "=moscow", qid="Q649", **MOSCOW),
    row(PLACE, "city", "Raqqa", "=raqqa|~raqa", qid="Q283368", country="SY", population=531952),
    row(PLACE, "city", "Idlib", "=idlib", qid="Q504657", country="SY", aliases=("Edlib",)),
    row(PLACE, "adm1", "Idlib", "^idlib", qid="Q233218", country="SY"),
    row(PLACE, "city", "Diyarbakır", "=diyarbakir", gn="713174", country="TR", geonames=GEO_ID),
    row(PLACE, "city", "Tiny", "-tiny", gn="7", country="TR", geonames=f"{GEONAMES}7/"),
    row(PLACE, "seat", "Kremlin", "-kremlin", country="RU", acts_for=WIKIDATA + "Q60645"),
    row(BODY, "government", "Government of Russia", "=government of russia|@Q60645", qid="Q60645", country="RU"),
    row(BODY, "armed group", "Taliban", "=taliban|=taleban", aliases=("Taleban",), country="AF"),
    row(PERSON, "President of Russia", "Vladimir Putin", "=vladimir putin|$putin", qid="Q7747", since=2012, until=2036),
]


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer([Table(pack(ROWS))])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sana'a", "sanaa"),
        ("Sana’a", "sanaa"),
        ("Ma‘arrat an Nu‘mān", "maarrat an numan"),
        ("U.S.", "us"),
        ("AL-HASAKAH", "al hasakah"),
        ("Łódź", "lodz"),
        ("Diyarbakır", "diyarbakir"),
        ("  two   words ", "two words"),
        ("", ""),
    ],
)
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al raqqah", "raqqa"),
        ("ar raqqah", "raqqa"),
        ("nasiriyah", "nasiriya"),
        ("iskandariyya", "iskandaria"),
        ("zelenskyy", "zelensky"),
        ("assad", "asad"),
        ("deir ez zor", "deir ezzor"),
        ("khan yunis", "khan younis"),
        ("sloviansk", "slovyansk"),
        ("zaporizhzhia", "zaporizhia"),
        ("sumy", "sumi"),
    ],
)
def test_loosen_joins_transliterations(one: str, other: str) -> None:
    assert loosen(one) == loosen(other)


def test_loosen_keeps_different_names_apart() -> None:
    assert loosen("homs") != loosen("hama")
    assert loosen("essen") != loosen("sen")


def test_plain_keeps_case() -> None:
    assert plain("Ḩalab") == "Halab"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("idlib province", ("idlib", PlaceScope.REGION)),
        ("city of kyiv", ("kyiv", PlaceScope.SETTLEMENT)),
        ("kupiansk district", ("kupiansk", PlaceScope.DISTRICT)),
    ],
)
def test_scoped(key: str, expected: tuple[str, PlaceScope]) -> None:
    assert next(scoped(key)) == expected


def test_scoped_leaves_other_names() -> None:
    assert not list(scoped("idlib"))


@pytest.mark.parametrize(
    ("key", "rest"),
    [
        ("northern iraq", "iraq"),
        ("south east turkey", "turkey"),
        ("southeastern turkey", "turkey"),
        ("south sudan", "sudan"),
    ],
)
def test_whole(key: str, rest: str) -> None:
    assert whole(key) == rest


def test_whole_needs_a_direction() -> None:
    assert whole("iraq") is None


def test_lookup_ignores_case_and_article(gazetteer: Gazetteer) -> None:
    assert [entry.name for entry in gazetteer.lookup("the RUSSIAN federation")] == ["Russia"]


def test_lookup_by_kind(gazetteer: Gazetteer) -> None:
    assert not gazetteer.lookup("Moscow", EntityKind.PERSON)


def test_demonym_finds_the_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Russians")[0].tier is Tier.DEMONYM
    assert gazetteer.demonyms["Russian"].target == WIKIDATA + "Q159"


def test_region_word_asks_for_the_region(gazetteer: Gazetteer) -> None:
    assert [entry.type for entry in gazetteer.lookup("Idlib province")] == ["adm1"]
    assert [entry.type for entry in gazetteer.lookup("Idlib")] == ["city"]
    assert [entry.type for entry in gazetteer.lookup("Idlib City")] == ["city"]


def test_other_transliteration(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Ar-Raqqah")
    assert [(match.entry.name, match.tier) for match in found] == [("Raqqa", Tier.LOOSE)]


def test_surname(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Putin", EntityKind.PERSON)[0].tier is Tier.SURNAME


def test_a_capital_acts_for_its_government(gazetteer: Gazetteer) -> None:
    (moscow,) = gazetteer.lookup("Moscow")
    body = gazetteer.by_target(moscow.acts_for or "")
    assert body is not None
    assert body.name == "Government of Russia"


def test_no_entry_for_an_unknown_target(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_target(WIKIDATA + "Q1") is None


def test_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.countries["RU"].name == "Russia"


def test_the_reader_of_texts_is_not_told_of_quiet_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.kinds("Tiny") == frozenset()
    assert [entry.name for entry in gazetteer.lookup("Tiny")] == ["Tiny"]


@pytest.mark.parametrize("name", ["Idli", "asia"])
def test_short_names_have_one_spelling(gazetteer: Gazetteer, name: str) -> None:
    assert not gazetteer.find(name)


def test_kinds(gazetteer: Gazetteer) -> None:
    assert gazetteer.kinds("the Taliban") == {EntityKind.ORGANISATION}
    assert gazetteer.kinds("nobody") == frozenset()


def test_scope_and_precision() -> None:
    assert ROWS[0][0].precision is PlacePrecision.COUNTRY
    assert ROWS[0][0].scope is None
    assert ROWS[4][0].scope is PlaceScope.REGION
    assert ROWS[7][0].precision is PlacePrecision.SITE
    assert ROWS[8][0].precision is None


def test_rows_survive() -> None:
    stored = list(Gazetteer([Table(pack(ROWS))]))
    assert sorted(stored, key=repr) == sorted((entry for entry, _ in ROWS), key=repr)


def test_countries_capitals_and_governments_come_first() -> None:
    types = [entry.type for entry in Gazetteer([Table(pack(ROWS))])]
    assert types[:3] == ["country", "government", "capital"]


def test_packing_does_not_depend_on_the_order_of_keys() -> None:
    assert pack(ROWS) == pack([(entry, keys[::-1]) for entry, keys in ROWS])


def test_two_keys_of_one_hash_are_refused() -> None:
    with pytest.raises(ValueError, match="one hash"):
        pack(ROWS, digest_of=lambda key: hash_key(key[:1]))


def test_load_reads_every_table(tmp_path: Path) -> None:
    for name, rows in (("a", ROWS[:3]), ("b", ROWS[3:])):
        (tmp_path / f"{name}{SUFFIX}").write_bytes(pack(rows))
    assert len(load_gazetteer(tmp_path)) == len(ROWS)


def test_load_names_the_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no gazetteer table"):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize("data", [b"no table", b"", b"x" * 100])
def test_load_names_the_broken_table(tmp_path: Path, data: bytes) -> None:
    (tmp_path / f"broken{SUFFIX}").write_bytes(data)
    with pytest.raises(KgError, match=r"broken\.kgz"):
        load_gazetteer(tmp_path)
