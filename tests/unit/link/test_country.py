"""The country of places that are not linked."""

import pytest

from kg.config import LinkConfig
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.link import link
from kg.records import EntityKind, Link, Outcome
from tests.samples import naming


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def decide(gazetteer: Gazetteer, text: str, name: str, *others: str) -> Link:
    """Return the link of the place `name`; `others` are places that the text names too."""
    made = naming(text, dict.fromkeys((name, *others), EntityKind.PLACE))
    return link(made, gazetteer, LinkConfig()).links[0]


def test_the_words_behind_it_tell(gazetteer: Gazetteer) -> None:
    found = decide(gazetteer, "A strike hit Zzarmada, Syria, on Monday.", "Zzarmada", "Syria")
    assert (found.outcome, found.country) == (Outcome.NIL, "SY")
    assert found.reasons[-1] == "the words beside it say it lies in SY"


def test_its_owner_tells(gazetteer: Gazetteer) -> None:
    assert decide(gazetteer, "Tanks entered Iraq's western town of Zzarwa.", "Zzarwa", "Iraq").country == "IQ"


def test_a_quarter_of_a_city_lies_in_its_country(gazetteer: Gazetteer) -> None:
    text = "A bomb exploded in the Al-Zzinek neighborhood in Baghdad."
    assert decide(gazetteer, text, "Al-Zzinek", "Baghdad").country == "IQ"


def test_the_only_country_that_the_article_speaks_of(gazetteer: Gazetteer) -> None:
    assert decide(gazetteer, "Shells hit Zzarkiv. Kharkiv was quiet.", "Zzarkiv", "Kharkiv").country == "UA"


def test_no_country_where_the_article_speaks_of_two(gazetteer: Gazetteer) -> None:
    text = "Shells hit Zzarkiv. Kharkiv was quiet. So was Aleppo."
    assert decide(gazetteer, text, "Zzarkiv", "Kharkiv", "Aleppo").country is None


def test_the_country_whose_places_are_named_before_one_whose_people_are(gazetteer: Gazetteer) -> None:
    text = "Shells hit Zzarkiv near Kharkiv. The Slovenian consul was hurt."
    assert decide(gazetteer, text, "Zzarkiv", "Kharkiv").country == "UA"


def test_the_other_country_than_the_one_that_fights_abroad(gazetteer: Gazetteer) -> None:
    text = "Russian ships attacked Zzarkiv, Ukrainian officials said."
    assert decide(gazetteer, text, "Zzarkiv").country == "UA"
    assert decide(gazetteer, "A Russian and a U.S. ship met off Zzarkiv.", "Zzarkiv").country is None


def test_words_beside_it_count_more_than_rare_names(gazetteer: Gazetteer) -> None:
    text = "Troops left Saudi Arabia's southwestern Asir region."
    found = decide(gazetteer, text, "Asir", "Saudi Arabia")
    assert (found.outcome, found.country) == (Outcome.NIL, "SA")


def test_a_namesake_elsewhere_that_is_not_meant_tells_nothing(gazetteer: Gazetteer) -> None:
    text = "Coalition forces attacked Sadah. Fighting went on in Ramadi and Falluja."
    found = decide(gazetteer, text, "Sadah", "Ramadi", "Falluja")
    assert [candidate.country for candidate in found.candidates] == ["YE"]
    assert (found.outcome, found.country) == (Outcome.NIL, "IQ")


@pytest.mark.parametrize("name", ["Sea of Zzov", "Zzonga River", "Eastern Europe", "Gulf of Zzden"])
def test_waters_and_continents_have_none(gazetteer: Gazetteer, name: str) -> None:
    assert decide(gazetteer, f"A ship sank in the {name}. Kharkiv was quiet.", name, "Kharkiv").country is None


def test_a_linked_place_keeps_the_country_of_its_entry(gazetteer: Gazetteer) -> None:
    found = decide(gazetteer, "Shells hit Kharkiv.", "Kharkiv")
    assert found.outcome is Outcome.LINKED
    assert found.chosen is not None
    assert (found.chosen.country, found.country) == ("UA", None)
