"""What the user decides about names wins over every score."""

from pathlib import Path

import pytest

from kg.config import LinkConfig
from kg.errors import ConfigError
from kg.gazetteer import load_gazetteer
from kg.link import coarsen, link
from kg.link.overrides import Overrides, read_overrides
from kg.records import EntityKind, Link, Outcome
from tests.samples import naming

GAZETTEER = load_gazetteer()
LIBYAN, LEBANESE = "http://www.wikidata.org/entity/Q3579", "http://www.wikidata.org/entity/Q168954"


def table(tmp_path: Path, *lines: str) -> Overrides:
    path = tmp_path / "overrides.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_overrides(path)


def decide(overrides: Overrides, text: str, name: str, *others: str) -> Link:
    """Return the link of the place `name`; `others` are places that the text names too."""
    made = naming(text, dict.fromkeys((name, *others), EntityKind.PLACE))
    return link(made, GAZETTEER, LinkConfig(), overrides).links[0]


def test_a_decision_for_a_country_counts_where_the_article_speaks_of_it(tmp_path: Path) -> None:
    overrides = table(tmp_path, "# surface\tcountry\ttarget", "", "Tripoli\tLB\tQ168954")
    assert decide(overrides, "Shots in Tripoli, said Beirut.", "Tripoli", "Beirut").target == LEBANESE
    assert decide(overrides, "Shots in Tripoli, said Misrata.", "Tripoli", "Misrata").target == LIBYAN


def test_a_decision_for_a_country_goes_before_one_for_everywhere(tmp_path: Path) -> None:
    overrides = table(tmp_path, "Tripoli\t\tNIL", "Tripoli\tLB\tQ168954")
    assert decide(overrides, "Shots in Tripoli, said Beirut.", "Tripoli", "Beirut").target == LEBANESE
    found = decide(overrides, "Shots in Tripoli.", "Tripoli")
    assert (found.outcome, found.reasons) == (Outcome.NIL, ("line 1 of the overrides says so",))


def test_what_the_tables_know_of_the_target_comes_along(tmp_path: Path) -> None:
    found = decide(table(tmp_path, "The  Fortress\t\tQ168954"), "Shots in the Fortress.", "Fortress")
    assert (found.candidates[0].name, found.candidates[0].country) == ("Tripoli", "LB")
    assert found.candidates[0].latitude is not None


def test_an_unknown_target_bears_the_name_that_the_table_gives(tmp_path: Path) -> None:
    overrides = table(tmp_path, "Zzart\t\tgn:999999999\tZzart-on-Sea")
    candidate = decide(overrides, "Shots in Zzart.", "Zzart").candidates[0]
    assert (candidate.target, candidate.name) == ("https://sws.geonames.org/999999999/", "Zzart-on-Sea")
    assert (candidate.latitude, candidate.country) == (None, None)


def test_an_unknown_target_lies_where_the_article_says(tmp_path: Path) -> None:
    overrides = table(tmp_path, "Zzart\t\tgn:999999999")
    assert decide(overrides, "Shots in Zzart, Lebanon.", "Zzart", "Lebanon").candidates[0].country == "LB"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Tripoli\tQ168954", "line 1: needs surface, context country and target"),
        ("Tripoli\tLebanon\tQ168954", "'Lebanon' is no country code"),
        ("Tripoli\tLB\t168954", "'168954' is no target"),
        ("\tLB\tQ168954", "line 1: needs surface"),
        ("Tripoli\tLB\tQ1\ntripoli\tLB\tQ2", "line 2: 'tripoli' is decided on line 1 already"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        table(tmp_path, line)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.tsv: No such file"):
        read_overrides(tmp_path / "none.tsv")


def test_coordinates_keep_to_the_grid() -> None:
    found = decide(Overrides(), "Shots in Tripoli, said Misrata.", "Tripoli", "Misrata")
    coarse = coarsen(found, 0.5).candidates[0]
    assert (coarse.latitude, coarse.longitude) == (33.0, 13.0)
    assert coarsen(found, 0.0) is found
