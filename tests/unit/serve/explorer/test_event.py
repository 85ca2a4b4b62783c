import pyoxigraph as ox
import pytest

from kg.serve.explorer.event import Card, card
from kg.vocab import load_vocab

EVENT = "https://w3id.org/conflict-kg/id/event/"


@pytest.fixture
def shelling(small: ox.Store) -> Card:
    found = card(small, load_vocab(), ox.NamedNode(EVENT + "belgorod-shelling"))
    assert found is not None
    return found


def test_a_card_says_what_when_and_where(shelling: Card) -> None:
    assert (shelling.type, shelling.family, shelling.status) == ("Shelling", "RemoteViolence", "Occurred")
    assert [(place.label, place.link) for place in shelling.places] == [
        ("Belgorod", "http://www.wikidata.org/entity/Q3329")
    ]


def test_rival_tolls_name_their_sources_and_each_other(shelling: Card) -> None:
    counts = [claim for claim in shelling.claims if claim.kind == "casualty" and claim.harm == "Killed"]
    assert len(counts) >= 2
    assert len({claim.source.label for claim in counts}) >= 2
    assert any(claim.rivals for claim in counts)


def test_words_stand_in_their_sentence(shelling: Card) -> None:
    quotes = [claim.quote for claim in shelling.claims if claim.quote]
    assert quotes
    assert all(quote.words for quote in quotes)
    assert all(passage.marks for reading in shelling.readings for passage in reading.passages[:1])


def test_what_only_a_quoted_source_says_is_alleged(shelling: Card) -> None:
    roles = {(claim.role, claim.value.label): claim.alleged for claim in shelling.claims if claim.role and claim.value}
    assert roles["perpetrator", "Kyiv"] is True
    assert roles["place", "Belgorod"] is False


def test_an_address_that_runs_code_is_no_link(small: ox.Store) -> None:
    small.update("""
        PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX article: <https://w3id.org/conflict-kg/id/article/>
        DELETE WHERE { article:a1 dct:source ?s };
        INSERT DATA { article:a1 dct:source <javascript:alert(1)> }""")
    found = card(small, load_vocab(), ox.NamedNode(EVENT + "belgorod-shelling"))
    assert found is not None
    assert [reading.article.link for reading in found.readings] == [None]


def test_what_is_no_event_has_no_card(small: ox.Store) -> None:
    assert card(small, load_vocab(), ox.NamedNode(EVENT + "none")) is None
    assert card(small, load_vocab(), ox.NamedNode("https://w3id.org/conflict-kg/id/place/kyiv")) is None
