"""What must hold for every row of the tables that come with the program, and for the command that makes them."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.gazetteer import GEONAMES, WIKIDATA, Entry, Gazetteer, fold, load_gazetteer
from kg.gazetteer.table import NAME, SUFFIX
from kg.records import EntityKind

ROOT = Path(__file__).parents[2]
ABBREVIATIONS = {
    *(
        "US UK UAE DRC CAR PRC ROK UN EU AU IMF CIA AFP AP MSF IDF PKK DPR LPR AFU USA TB2 FDA IS ICC ICJ WHO WTO OIC FAO OAS WFP GCC".split()
    ),
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def entries(gazetteer: Gazetteer) -> list[Entry]:
    return list(gazetteer)


def by_target(entries: list[Entry], target: str) -> Entry:
    return next(entry for entry in entries if entry.target == target)


def test_every_row_has_source_and_licence(entries: list[Entry]) -> None:
    assert not [entry for entry in entries if not entry.source or not entry.licence]


def test_targets_are_well_formed(entries: list[Entry]) -> None:
    form = re.compile(rf"{re.escape(WIKIDATA)}Q[1-9]\d*|{re.escape(GEONAMES)}[1-9]\d*/")
    assert not [entry for entry in entries if entry.target is not None and not form.fullmatch(entry.target)]


def test_targets_are_unique(entries: list[Entry]) -> None:
    targets = [entry.target for entry in entries if entry.target is not None]
    assert len(set(targets)) == len(targets)


def test_coordinates_lie_on_earth(entries: list[Entry]) -> None:
    for entry in entries:
        assert (entry.latitude is None) == (entry.longitude is None)
        assert entry.latitude is None or -90 <= entry.latitude <= 90
        assert entry.longitude is None or -180 <= entry.longitude <= 180


def test_country_codes_are_alpha_2(entries: list[Entry]) -> None:
    assert not [entry for entry in entries if entry.country is not None and not re.fullmatch("[A-Z]{2}", entry.country)]


def test_short_aliases_are_abbreviations(entries: list[Entry]) -> None:
    short = {alias.replace(".", "") for entry in entries for alias in entry.aliases if len(alias.replace(".", "")) <= 3}
    assert short <= ABBREVIATIONS


def test_no_alias_is_a_bare_transliteration(entries: list[Entry]) -> None:
    assert not [alias for entry in entries for alias in entry.aliases if alias == alias.lower()]


def test_moscow_oblast_is_not_moscow(entries: list[Entry]) -> None:
    assert "Moscow" not in by_target(entries, WIKIDATA + "Q1697").aliases


def test_no_region_bears_the_bare_name_of_a_city_beside_it(gazetteer: Gazetteer) -> None:
    for name in ("Moscow", "Belgorod", "Kharkiv", "Donetsk", "Idlib", "Aleppo"):
        assert "adm1" not in {entry.type for entry in gazetteer.lookup(name)}


def test_tel_aviv_is_no_capital(gazetteer: Gazetteer) -> None:
    assert {entry.type for entry in gazetteer.lookup("Tel Aviv")} == {"city"}
    assert {entry.acts_for for entry in gazetteer.lookup("Tel Aviv")} == {None}


def test_labels_are_current(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Kiev")[0].name == "Kyiv"
    assert gazetteer.lookup("Odesa")[0].name == "Odesa"


def test_turkish_cities_come_from_elsewhere(entries: list[Entry]) -> None:
    wrong = [e for e in entries if e.country == "TR" and e.source == "countries-states-cities" and e.type != "adm1"]
    assert not wrong


def test_conflict_countries_have_capitals_and_regions(entries: list[Entry]) -> None:
    for country in "UA RU SY IQ YE LY SD SO AF PK ET NG ML CD MM".split():
        types = {entry.type for entry in entries if entry.country == country}
        assert {"country", "capital", "adm1", "city"} <= types, country


def test_armed_groups_have_no_guessed_identifier(entries: list[Entry]) -> None:
    assert not [entry for entry in entries if entry.source == "ucdp" and entry.target is not None]


def test_words_of_every_day_are_no_names(gazetteer: Gazetteer) -> None:
    for word in ("Of", "More", "Police", "North", "Central", "Along", "General", "Same", "Africa", "Downtown"):
        assert not gazetteer.lookup(word, EntityKind.PLACE), word


def test_keys_are_those_of_the_folding(gazetteer: Gazetteer, entries: list[Entry]) -> None:
    for entry in entries[::97]:
        if entry.type not in {"adm1", "district"}:
            assert entry in gazetteer.lookup(entry.name, entry.kind)


@pytest.mark.parametrize(
    ("name", "kind", "qid"),
    [
        ("Belgorod", EntityKind.PLACE, "Q3323"),
        ("Belgorod Oblast", EntityKind.PLACE, "Q3329"),
        ("Russia", EntityKind.PLACE, "Q159"),
        ("Ukraine", EntityKind.PLACE, "Q212"),
        ("Kyiv", EntityKind.PLACE, "Q1899"),
        ("Moscow", EntityKind.PLACE, "Q649"),
        ("Poland", EntityKind.PLACE, "Q36"),
        ("Warsaw", EntityKind.PLACE, "Q270"),
        ("United Kingdom", EntityKind.PLACE, "Q145"),
        ("United States", EntityKind.PLACE, "Q30"),
        ("European Union", EntityKind.ORGANISATION, "Q458"),
        ("United Nations Security Council", EntityKind.ORGANISATION, "Q37470"),
        ("Vladimir Putin", EntityKind.PERSON, "Q7747"),
        ("HESA Shahed 136", EntityKind.WEAPON, "Q109044360"),
        ("Russian Armed Forces", EntityKind.ORGANISATION, "Q193159"),
        ("Mikhail Murashko", EntityKind.PERSON, "Q83379002"),
        ("Maria Zakharova", EntityKind.PERSON, "Q20812953"),
        ("Armed Forces of Ukraine", EntityKind.ORGANISATION, "Q936105"),
        ("Ministry of Defence of Russia", EntityKind.ORGANISATION, "Q1146492"),
        ("Ministry of Foreign Affairs of Russia", EntityKind.ORGANISATION, "Q789889"),
        ("Bakhmut", EntityKind.PLACE, "Q706857"),
        ("Avdiivka", EntityKind.PLACE, "Q791673"),
        ("Izium", EntityKind.PLACE, "Q544003"),
    ],
)
def test_verified_identifiers(gazetteer: Gazetteer, name: str, kind: EntityKind, qid: str) -> None:
    assert WIKIDATA + qid in {entry.target for entry in gazetteer.lookup(name, kind)}


def test_tables_are_small(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) > 85_000
    assert sum(path.stat().st_size for path in (ROOT / "gazetteer").glob(f"*{SUFFIX}")) <= 12_000_000


def test_opening_reads_nothing() -> None:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        load_gazetteer()
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05


@pytest.mark.parametrize(
    ("kind", "type_", "least"),
    [
        (EntityKind.PLACE, "city", 75_000),
        (EntityKind.PLACE, "adm1", 3_500),
        (EntityKind.PLACE, "country", 195),
        (EntityKind.PLACE, "capital", 190),
        (EntityKind.ORGANISATION, "government", 185),
        (EntityKind.ORGANISATION, "international", 110),
        (EntityKind.ORGANISATION, "armed group", 850),
        (EntityKind.WEAPON, None, 200),
        (EntityKind.PERSON, None, 750),
    ],
)
def test_there_are_enough_of_each(entries: list[Entry], kind: EntityKind, type_: str | None, least: int) -> None:
    assert sum(entry.kind is kind and type_ in {None, entry.type} for entry in entries) >= least


def test_most_places_have_an_item_or_a_feature(entries: list[Entry]) -> None:
    iris = [entry.target or "" for entry in entries if entry.kind is EntityKind.PLACE]
    assert sum(iri.startswith(WIKIDATA) for iri in iris) > 35_000
    assert sum(iri.startswith(GEONAMES) for iri in iris) > 50_000


@pytest.mark.parametrize("name", ["Kremlin", "White House", "Downing Street", "Pentagon"])
def test_seats_have_no_item_but_a_body_that_they_act_for(gazetteer: Gazetteer, name: str) -> None:
    (seat,) = gazetteer.lookup(name, EntityKind.PLACE)
    assert seat.target is None
    assert seat.acts_for is not None
    assert gazetteer.by_target(seat.acts_for) is not None


def test_capitals_act_for_governments(gazetteer: Gazetteer, entries: list[Entry]) -> None:
    bodies = [gazetteer.by_target(entry.acts_for) for entry in entries if entry.type == "capital" and entry.acts_for]
    assert len(bodies) > 180
    assert {body.type for body in bodies if body} == {"government"}


def test_people_have_years(entries: list[Entry]) -> None:
    assert sum(entry.kind is EntityKind.PERSON and entry.since is not None for entry in entries) > 50


def test_models_of_weapons_without_an_item_are_names(gazetteer: Gazetteer) -> None:
    (model,) = gazetteer.lookup("T-72B3", EntityKind.WEAPON)
    assert (model.target, model.type, model.source) == (None, "Tanks", "oryx")


def tiny_raw(folder: Path) -> Path:
    """Write a few raw rows with the known faults."""
    folder.mkdir()
    (folder / "places_q_strict.tsv").write_text(
        "Q159\tcountry\tRussia\tRUS|Rusi\t60\t100\tRU\t146000000\t\trigour\n"
        "Q649\tcapital\tMoscow\tMOW|mskw|Moskva\t55.75\t37.6\tRU\t10381222\t524901\tne\n"
        "Q1697\tadm1:administrative region\tMoscow Oblast\tRU-MOS|Moscow|Moscow Region\t55.6\t37.6\tRU\t13010112\t\tdr5hn-st\n"
        "Q33935\tcapital\tTel Aviv\tTLV\t32.08\t34.77\tIL\t432892\t293397\tne\n"
        "Q347084\tcity\tAdaklı\tAdakli\t39.2\t40.4\tTR\t900000\t325380\tdr5hn\n"
        "Q168652\tcapital\tHargeisa\tHGA|hrjysh\t9.56\t44.06\t-99\t477876\t\tne\n",
        encoding="utf-8",
    )
    (folder / "places_gn_only.tsv").write_text(
        "gn:713174\tcity\tArtemivsk\tBakhmut|Artemowsk\t48.59\t37.99\tUA\t80500\n", encoding="utf-8"
    )
    (folder / "verified_qids.tsv").write_text("Q706857\tBakhmut\tcity\t1\tchecked\n", encoding="utf-8")
    (folder / "demonyms.tsv").write_text("Russian\tQ159\tRussia\n", encoding="utf-8")
    (folder / "orgs.tsv").write_text("Q7184\tNATO\tigo\topensanctions\t156\n", encoding="utf-8")
    (folder / "weapons_seed.tsv").write_text("Q155658\tT-72\tmain battle tank\t\n", encoding="utf-8")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    raw = tiny_raw(tmp_path / "raw")
    command = [sys.executable, str(ROOT / "training" / "gazetteer" / "build.py"), str(raw)]
    targets = tmp_path / "one", tmp_path / "two"
    for seed, target in enumerate(targets, start=1):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)}
        subprocess.run([*command, str(target)], check=True, capture_output=True, env=environment)
    return targets


def test_the_build_is_deterministic(built: tuple[Path, Path]) -> None:
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in built)
    assert one == two


def test_the_build_repairs_known_faults(built: tuple[Path, Path]) -> None:
    gazetteer = load_gazetteer(built[0])
    names = {entry.name: entry for entry in gazetteer}
    assert names["Moscow Oblast"].aliases == ("Moscow Region",)
    assert names["Moscow"].aliases == ("Moskva",)
    assert names["Tel Aviv"].type == "city"
    assert names["Hargeisa"].country == "SO"
    assert "Adaklı" not in names
    assert names["Bakhmut"].target == WIKIDATA + "Q706857"
    assert names["Bakhmut"].geonames == f"{GEONAMES}713174/"
    assert names["Russia"].demonyms == ("Russian", "Russians")


def test_key_marks_are_no_part_of_names(entries: list[Entry]) -> None:
    assert not [entry for entry in entries if entry.name.startswith(NAME) or not fold(entry.name)]
