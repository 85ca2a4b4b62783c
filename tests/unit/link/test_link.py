"""Link decisions on short texts with the gazetteer that comes with the program."""

import datetime as dt
import time

import msgspec
import pytest

from kg.config import LinkConfig
from kg.gazetteer import GEONAMES, WIKIDATA, Gazetteer, load_gazetteer
from kg.link import link
from kg.records import (
    Article,
    Claim,
    Entity,
    EntityKind,
    Event,
    Extraction,
    Link,
    Mention,
    Outcome,
    Participant,
    Role,
    Span,
    Stance,
    Status,
)

PLACE, BODY, PERSON, WEAPON, GROUP = (
    EntityKind.PLACE,
    EntityKind.ORGANISATION,
    EntityKind.PERSON,
    EntityKind.WEAPON,
    EntityKind.GROUP,
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def extraction(text: str, names: dict[str, EntityKind], actors: tuple[str, ...] = ()) -> Extraction:
    """Make an extraction whose entities are `names`, each with its first mention in `text`."""
    mentions, entities = [], []
    for number, (name, kind) in enumerate(names.items()):
        start = text.index(name)
        span = Span(start=start, end=start + len(name))
        mentions.append(Mention(id=f"m{number}", span=span, kind=kind, head=span))
        entities.append(Entity(id=f"n{number}", kind=kind, name=name, named=True, mentions=(f"m{number}",)))
    ids = {entity.name: entity.mentions[0] for entity in entities}
    event = Event(
        id="e1",
        type="Shelling",
        trigger=Span(start=0, end=1),
        status=Status.OCCURRED,
        participants=tuple(Participant(role=Role.PERPETRATOR, mention=ids[name], confidence=1.0) for name in actors),
        confidence=1.0,
        spans=(Span(start=0, end=1),),
    )
    return Extraction(
        article=Article(id="a", text=text), mentions=tuple(mentions), entities=tuple(entities), events=(event,)
    )


def decisions(
    gazetteer: Gazetteer, text: str, *names: str, kind: EntityKind = PLACE, **more: tuple[str, ...]
) -> dict[str, Link]:
    made = extraction(text, dict.fromkeys(names, kind), **more)
    linked = link(made, gazetteer, LinkConfig())
    return {entity.name: found for entity, found in zip(made.entities, linked.links, strict=True)}


@pytest.mark.parametrize(
    ("text", "name", "qid"),
    [
        ("Troops entered Georgia.", "Georgia", "Q230"),
        ("He flew to Jordan.", "Jordan", "Q810"),
        ("Soldiers in Niger seized power.", "Niger", "Q1032"),
        ("A coup in Guinea failed.", "Guinea", "Q1006"),
        ("Shelling hit Belgorod.", "Belgorod", "Q3323"),
        ("Shelling hit Belgorod Oblast.", "Belgorod Oblast", "Q3329"),
        ("Shelling hit the Belgorod region.", "Belgorod region", "Q3329"),
        ("Shelling hit Kharkiv.", "Kharkiv", "Q42308"),
        ("Shelling hit Kharkov.", "Kharkov", "Q42308"),
        ("Shelling hit Kharkiv Oblast.", "Kharkiv Oblast", "Q170666"),
        ("Shelling hit Donetsk.", "Donetsk", "Q43070"),
        ("Shelling hit the Donetsk region.", "Donetsk region", "Q2012050"),
        ("Blasts in Kyiv.", "Kyiv", "Q1899"),
        ("Blasts in Kiev.", "Kiev", "Q1899"),
        ("Blasts in Odesa.", "Odesa", "Q1874"),
        ("Blasts in Odessa.", "Odessa", "Q1874"),
        ("Fighting for Artemivsk.", "Artemivsk", "Q706857"),
        ("Fighting for Bakhmut.", "Bakhmut", "Q706857"),
        ("Clashes in Tripoli.", "Tripoli", "Q3579"),
        ("Clashes in Tripoli, Lebanon, went on.", "Tripoli", "Q168954"),
        ("Clashes in the Lebanese city of Tripoli.", "Tripoli", "Q168954"),
        ("The Russian advance.", "Russian", "Q159"),
        ("The Russians advance.", "Russians", "Q159"),
        ("Tensions with the U.S. grow.", "U.S.", "Q30"),
        ("Fighting in Idlib.", "Idlib", "Q504657"),
        ("Fighting in Idlib province.", "Idlib province", "Q233218"),
        ("Talks in Washington.", "Washington", "Q61"),
    ],
)
def test_place(gazetteer: Gazetteer, text: str, name: str, qid: str) -> None:
    assert decisions(gazetteer, text, name)[name].target == WIKIDATA + qid


def test_a_city_named_before_decides_for_the_state(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "A gunman in Atlanta, Georgia, fled.", "Atlanta", "Georgia")
    assert found["Georgia"].target == WIKIDATA + "Q1428"


def test_other_places_decide(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Clashes in Tripoli. Beirut sent the army.", "Tripoli", "Beirut")
    assert found["Tripoli"].target == WIKIDATA + "Q168954"


def test_an_invader_does_not_move_the_place(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Russia shelled Donetsk.", "Russia", "Donetsk", actors=("Russia",))
    assert found["Donetsk"].target == WIKIDATA + "Q43070"


def test_a_list_of_places_is_no_containment(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Unrest in Tripoli, Georgia and Niger.", "Tripoli", "Georgia")
    assert found["Tripoli"].target == WIKIDATA + "Q3579"


@pytest.mark.parametrize("name", ["Congo", "Congolese"])
def test_equal_rivals_are_ambiguous(gazetteer: Gazetteer, name: str) -> None:
    found = decisions(gazetteer, f"Rebels in {name} land.", name)[name]
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.target is None
    assert {candidate.country for candidate in found.candidates} == {"CD", "CG"}


def test_context_settles_congo(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Rebels in Congo took Goma.", "Congo", "Goma")
    assert found["Congo"].target == WIKIDATA + "Q974"


@pytest.mark.parametrize("name", ["Gaza Strip", "West Bank", "Black Sea", "Nowhereville"])
def test_what_no_source_identifies_is_nil(gazetteer: Gazetteer, name: str) -> None:
    found = decisions(gazetteer, f"Fighting in {name}.", name)[name]
    assert found.outcome is Outcome.NIL
    assert found.target is None
    assert found.reasons


@pytest.mark.parametrize(
    ("name", "country"),
    [("northern Iraq", "IQ"), ("south-eastern Turkey", "TR"), ("Kyiv TV Tower", "UA"), ("Zhytomyr Airport", "UA")],
)
def test_part_of_a_known_place_keeps_it_as_candidate(gazetteer: Gazetteer, name: str, country: str) -> None:
    found = decisions(gazetteer, f"An attack in {name}.", name)[name]
    assert found.outcome is Outcome.NIL
    assert found.candidates[0].country == country


def test_a_building_is_not_named_after_a_town_abroad(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "They blew up the Temple of Bel in Palmyra.", "Temple of Bel", "Palmyra")
    assert not found["Temple of Bel"].candidates


@pytest.mark.parametrize(
    ("text", "name", "kind", "qid"),
    [
        ("NATO met.", "NATO", BODY, "Q7184"),
        ("The EU agreed.", "EU", BODY, "Q458"),
        ("The U.N. Security Council met.", "U.N. Security Council", BODY, "Q37470"),
        ("Russian Defense Ministry said.", "Russian Defense Ministry", BODY, "Q1146492"),
        ("The Ukrainian Armed Forces said.", "Ukrainian Armed Forces", BODY, "Q936105"),
        ("Kyiv said.", "Kyiv", BODY, "Q1899"),
        ("Ukraine said.", "Ukraine", BODY, "Q212"),
        ("Vladimir Putin spoke.", "Vladimir Putin", PERSON, "Q7747"),
        ("Russian leader Putin spoke.", "Putin", PERSON, "Q7747"),
        ("Maria Zakharova spoke.", "Maria Zakharova", PERSON, "Q20812953"),
        ("Shahed drones came.", "Shahed", WEAPON, "Q109044360"),
    ],
)
def test_other_kinds(gazetteer: Gazetteer, text: str, name: str, kind: EntityKind, qid: str) -> None:
    assert decisions(gazetteer, text, name, kind=kind)[name].target == WIKIDATA + qid


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Taliban", BODY), ("Houthis", BODY), ("Vyacheslav Gladkov", PERSON), ("Vampire", WEAPON), ("Russians", GROUP)],
)
def test_unidentified_of_other_kinds(gazetteer: Gazetteer, name: str, kind: EntityKind) -> None:
    assert decisions(gazetteer, f"The {name} came.", name, kind=kind)[name].outcome is Outcome.NIL


def test_a_surname_alone_needs_its_country(gazetteer: Gazetteer) -> None:
    assert decisions(gazetteer, "Lavrov spoke.", "Lavrov", kind=PERSON)["Lavrov"].outcome is Outcome.NIL


def test_unnamed_entities_get_no_link(gazetteer: Gazetteer) -> None:
    span = Span(start=0, end=11)
    made = Extraction(
        article=Article(id="a", text="two gunmen fired."),
        mentions=(Mention(id="m1", span=span, kind=GROUP, head=span),),
        entities=(Entity(id="n1", kind=GROUP, name="two gunmen", named=False, mentions=("m1",)),),
    )
    assert link(made, gazetteer, LinkConfig()).links == ()


def test_scores_reasons_and_rivals(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Clashes in Tripoli.", "Tripoli")["Tripoli"]
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 1 < len(found.candidates) <= 5
    assert all(candidate.reasons for candidate in found.candidates)
    assert found.chosen is not None
    assert found.chosen.target == found.target


def test_a_higher_threshold_links_less(gazetteer: Gazetteer) -> None:
    made = extraction("Clashes in Tripoli.", {"Tripoli": PLACE})
    assert link(made, gazetteer, LinkConfig(threshold=0.99)).links[0].outcome is not Outcome.LINKED


def test_geonames_places_link_to_geonames(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Sartana near Mariupol was shelled.", "Sartana", "Mariupol")["Sartana"]
    assert (found.target or "").startswith(GEONAMES)


def test_claimants_are_actors(gazetteer: Gazetteer) -> None:
    made = extraction("Russia said Donetsk was shelled.", {"Russia": PLACE, "Donetsk": PLACE})
    claim = Claim(
        id="c1",
        stance=Stance.ASSERTS,
        claimant="m0",
        cue=Span(start=7, end=11),
        content=Span(start=12, end=31),
        confidence=1.0,
    )
    made = Extraction(article=made.article, mentions=made.mentions, entities=made.entities, claims=(claim,))
    assert link(made, gazetteer, LinkConfig()).links[1].target == WIKIDATA + "Q43070"


def saying(made: Extraction, mention: str = "m0") -> Extraction:
    """Return `made` with a claim of one of its mentions."""
    end = len(made.article.text)
    claim = Claim(
        id="c1",
        stance=Stance.ASSERTS,
        claimant=mention,
        cue=Span(start=0, end=1),
        content=Span(start=1, end=end),
        confidence=1.0,
    )
    return msgspec.structs.replace(made, claims=(claim,))


@pytest.mark.parametrize(
    ("name", "qid"), [("Kyiv", "Q613729"), ("Kremlin", "Q60645"), ("White House", "Q639738"), ("Pentagon", "Q11209")]
)
def test_a_seat_that_speaks_acts_for_its_body(gazetteer: Gazetteer, name: str, qid: str) -> None:
    (decision,) = link(saying(extraction(f"{name} said so.", {name: PLACE})), gazetteer, LinkConfig()).links
    assert decision.acts_for is not None
    assert decision.acts_for.target == WIKIDATA + qid


@pytest.mark.parametrize("name", ["Kyiv", "Kremlin", "Kharkiv"])
def test_a_seat_that_is_a_place_acts_for_nothing(gazetteer: Gazetteer, name: str) -> None:
    found = decisions(gazetteer, f"A bomb exploded in {name}.", name)[name]
    assert found.acts_for is None


def test_a_city_that_speaks_is_no_government(gazetteer: Gazetteer) -> None:
    (decision,) = link(saying(extraction("Kharkiv said so.", {"Kharkiv": PLACE})), gazetteer, LinkConfig()).links
    assert decision.acts_for is None


@pytest.mark.parametrize(
    ("text", "name", "qid"),
    [
        ("Fighting in Idlib province.", "Idlib", "Q233218"),
        ("Fighting in the province of Idlib.", "Idlib", "Q233218"),
        ("Fighting in the city of Idlib.", "Idlib", "Q504657"),
        ("Fighting in Idlib. The province of Aleppo was calm.", "Idlib", "Q504657"),
        ("Bandits struck in the state of Niger in Nigeria.", "Niger", "Q503932"),
    ],
)
def test_the_word_for_its_kind_decides(gazetteer: Gazetteer, text: str, name: str, qid: str) -> None:
    assert decisions(gazetteer, text, name)[name].target == WIKIDATA + qid


@pytest.mark.parametrize("name", ["Dr. Ashraf Ghani", "President Ashraf Ghani", "Ashraf H. Ghani"])
def test_titles_and_initials_are_no_names(gazetteer: Gazetteer, name: str) -> None:
    found = decisions(gazetteer, f"{name} spoke.", name, kind=PERSON)[name]
    assert found.target == WIKIDATA + "Q172388"


def test_a_first_name_is_no_title(gazetteer: Gazetteer) -> None:
    name = "Ivan Vladimir Putin"
    assert decisions(gazetteer, f"{name} spoke.", name, kind=PERSON)[name].target is None


def test_a_last_name_stands_for_the_full_name(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Narendra Modi left. Modi flew home.", "Narendra Modi", kind=PERSON)
    both = decisions(gazetteer, "Narendra Modi left. Later Modi flew.", "Narendra Modi", "Modi", kind=PERSON)
    assert both["Modi"].target == found["Narendra Modi"].target == WIKIDATA + "Q1058"
    assert both["Modi"].reasons[-1] == "short for Narendra Modi"


def test_a_last_name_of_somebody_else_is_not_linked(gazetteer: Gazetteer) -> None:
    both = decisions(gazetteer, "Sunil Modi left India. Later Modi flew.", "Sunil Modi", "Modi", kind=PERSON)
    assert (both["Sunil Modi"].target, both["Modi"].target) == (None, None)


def test_an_acronym_stands_for_what_it_is_explained_by(gazetteer: Gazetteer) -> None:
    text = "The European Union (EUX) met. EUX ministers left."
    made = extraction(text, {"European Union": BODY, "EUX": BODY})
    assert {one.target for one in link(made, gazetteer, LinkConfig()).links} == {WIKIDATA + "Q458"}


def test_an_acronym_of_something_unknown_is_not_linked(gazetteer: Gazetteer) -> None:
    text = "The Ukrainian Numismatists (UN) met. UN members left."
    made = extraction(text, {"Ukrainian Numismatists": BODY, "UN": BODY})
    assert [one.target for one in link(made, gazetteer, LinkConfig()).links] == [None, None]


def test_places_of_one_event_lie_near_each_other(gazetteer: Gazetteer) -> None:
    text = "Jihadists took Tripoli and Zgharta."
    apart = decisions(gazetteer, text, "Tripoli")
    made = extraction(text, {"Tripoli": PLACE, "Zgharta": PLACE}, actors=("Tripoli", "Zgharta"))
    near = link(made, gazetteer, LinkConfig()).links[0]
    assert apart["Tripoli"].target == WIKIDATA + "Q3579"
    assert any("named with the same event" in reason for one in near.candidates for reason in one.reasons)


def test_office_at_the_date_of_the_article(gazetteer: Gazetteer) -> None:
    made = extraction("Joseph Aoun spoke.", {"Joseph Aoun": PERSON})
    dated = msgspec.structs.replace(made.article, published=dt.date(2025, 6, 1))
    (found,) = link(msgspec.structs.replace(made, article=dated), gazetteer, LinkConfig()).links
    assert "in office in 2025" in found.reasons


def test_a_small_place_abroad_is_not_meant(gazetteer: Gazetteer) -> None:
    found = decisions(gazetteer, "Kharkiv was shelled. So was Florida in the end.", "Florida", "Kharkiv")
    assert found["Florida"].outcome is not Outcome.LINKED


def test_the_owner_completes_the_name_of_a_body(gazetteer: Gazetteer) -> None:
    name = "Ministry of Defence"
    assert decisions(gazetteer, f"Russia's {name} spoke.", name, kind=BODY)[name].target == WIKIDATA + "Q1146492"
    assert decisions(gazetteer, f"A {name} spoke.", name, kind=BODY)[name].target is None


def test_thirty_entities_within_five_milliseconds(gazetteer: Gazetteer) -> None:
    names = (
        "Kyiv Tripoli Georgia Springfield Aleppo Idlib Raqqa Homs Hama Mosul Basra Kirkuk Baghdad Erbil Sanaa Aden Taiz Gaza "
        "Beirut Sidon Tyre Haifa Donetsk Luhansk Kherson Sumy Lviv Odesa Mariupol Kharkiv"
    ).split()
    text = f"Fighting in {', '.join(names)}. " + "Russian officials said so. " * 60
    made = extraction(text, dict.fromkeys(names, PLACE))
    best = min(_seconds(made, gazetteer) for _ in range(5))
    assert best < 0.005


def _seconds(made: Extraction, gazetteer: Gazetteer) -> float:
    start = time.perf_counter()
    link(made, gazetteer, LinkConfig())
    return time.perf_counter() - start
