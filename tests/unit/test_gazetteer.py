"""Folding, lookup and the form of the table, on a small table made here."""

import gzip
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.gazetteer import GEONAMES, WIKIDATA, Entry, Gazetteer, PlaceScope, Tier, fold, load_gazetteer
from kg.gazetteer.fold import loosen, plain, scoped, whole
from kg.gazetteer.table import decode, encode
from kg.records import EntityKind, PlacePrecision

ROWS = [
    "Q159\tPlace\tcountry\tRussia\tRussian Federation\tRussian|Russians\t60\t100\tRU\t146000000\t\trigour\tMIT\t=russia|=russian federation|%russian|%russians",
    "Q649\tPlace\tcapital\tMoscow\t\t\t55.7\t37.6\tRU\t10000000\t524901\tnatural-earth\tCC-BY-4.0\t=moscow",
    "Q283368\tPlace\tcity\tRaqqa\t\t\t35.9\t39\tSY\t531952\t\tnatural-earth\tCC-BY-4.0\t=raqqa|~raqa",
    "Q504657\tPlace\tcity\tIdlib\t\t\t35.9\t36.6\tSY\t128840\t\tnatural-earth\tCC-BY-4.0\t=idlib",
    "Q233218\tPlace\tadm1\tIdlib\t\t\t35.8\t36.5\tSY\t\t\tcountries-states-cities\tODbL-1.0\t^idlib",
    "gn:713174\tPlace\tcity\tDiyarbakır\t\t\t37.9\t40.2\tTR\t40000\t713174\tgeonames\tCC-BY-4.0\t=diyarbakir",
    "gn:7\tPlace\tcity\tTiny\t\t\t1\t1\tTR\t900\t7\tgeonames\tCC-BY-4.0\t=tiny",
    "Q60645\tOrganisation\tgovernment\tGovernment of Russia\t\t\t\t\tRU\t\t\twikidata\tCC0-1.0\t=government of russia",
    "\tOrganisation\tarmed group\tTaliban\tTaleban\t\t\t\tAF\t\t\tucdp\tCC-BY-4.0\t=taliban|=taleban",
    "Q7747\tPerson\tPresident of Russia\tVladimir Putin\t\t\t\t\tRU\t\t\twikidata\tCC0-1.0\t=vladimir putin|$putin",
]


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer(ROWS)


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
    ],
)
def test_loosen_joins_transliterations(one: str, other: str) -> None:
    assert loosen(one) == loosen(other)


def test_loosen_keeps_different_names_apart() -> None:
    assert loosen("homs") != loosen("hama")


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


def test_metonym(gazetteer: Gazetteer) -> None:
    assert gazetteer.metonyms["Moscow"].name == "Government of Russia"


def test_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.countries["RU"].name == "Russia"


def test_names(gazetteer: Gazetteer) -> None:
    names = list(gazetteer.names())
    assert ("Diyarbakır", EntityKind.PLACE) in names
    assert ("Diyarbakir", EntityKind.PLACE) in names
    assert ("Taleban", EntityKind.ORGANISATION) in names
    assert "Putin" not in dict(names)
    assert "Tiny" not in dict(names)


def test_small_places_on_request(gazetteer: Gazetteer) -> None:
    assert "Tiny" in dict(gazetteer.names(least_people=0))


def test_kinds(gazetteer: Gazetteer) -> None:
    assert gazetteer.kinds("the Taliban") == {EntityKind.ORGANISATION}
    assert gazetteer.kinds("nobody") == frozenset()


def test_scope_and_precision() -> None:
    assert decode(ROWS[0]).precision is PlacePrecision.COUNTRY
    assert decode(ROWS[0]).scope is None
    assert decode(ROWS[4]).scope is PlaceScope.REGION
    assert decode(ROWS[7]).precision is None


@pytest.mark.parametrize("row", ROWS)
def test_a_row_survives(row: str) -> None:
    assert encode(decode(row), row.rsplit("\t", maxsplit=1)[-1].split("|")) == row


def test_targets() -> None:
    geonames: Entry = decode(ROWS[5])
    assert geonames.target == geonames.geonames == f"{GEONAMES}713174/"
    assert decode(ROWS[8]).target is None


def test_load_reads_every_table(tmp_path: Path) -> None:
    for name, rows in (("a", ROWS[:3]), ("b", ROWS[3:])):
        (tmp_path / f"{name}.tsv.gz").write_bytes(gzip.compress("".join(f"{row}\n" for row in rows).encode(), mtime=0))
    assert len(load_gazetteer(tmp_path)) == len(ROWS)


def test_load_names_the_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no gazetteer table"):
        load_gazetteer(tmp_path)


def test_load_names_the_broken_table(tmp_path: Path) -> None:
    (tmp_path / "broken.tsv.gz").write_bytes(b"no gzip")
    with pytest.raises(KgError, match=r"broken\.tsv\.gz"):
        load_gazetteer(tmp_path)
