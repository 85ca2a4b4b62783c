"""Which entities of several articles are one."""

import msgspec

from kg.merge import unify
from kg.records import (
    Article,
    Entity,
    EntityKind,
    Extraction,
    Link,
    LinkedExtraction,
    Mention,
    Outcome,
    Span,
)
from kg.resolved import Resolved, ResolvedEntity
from tests.samples import BELGOROD, LINKED, MINTER, SHELLING, vocab


def article(
    name: str, text: str, *, kind: EntityKind = EntityKind.PERSON, named: bool = True, linked: bool = False
) -> LinkedExtraction:
    """Return an article whose whole text is one mention of one entity."""
    link = Link(entity="n1", outcome=Outcome.LINKED, target=BELGOROD.target, candidates=(BELGOROD,))
    whole = Span(start=0, end=len(text))
    return LinkedExtraction(
        extraction=Extraction(
            article=Article(id=name, text=text),
            mentions=(Mention(id="m1", span=whole, kind=kind, head=whole),),
            entities=(Entity(id="n1", kind=kind, name=text, named=named, mentions=("m1",)),),
        ),
        links=(link,) if linked else (Link(entity="n1", outcome=Outcome.NIL),) if named else (),
    )


def nodes(*linked: LinkedExtraction, merge: bool = True) -> dict[str, ResolvedEntity]:
    found = unify(linked, minter=MINTER, vocab=vocab(), merge=merge)
    return {one.extraction.article.id: one.entities["n1"] for one in found}


def test_equal_names_are_one() -> None:
    found = nodes(article("a", "Vladimir Putin"), article("b", "VLADIMIR PUTIN"))
    assert found["a"] == found["b"]


def test_equal_names_of_other_kinds_are_two() -> None:
    found = nodes(article("a", "Wagner"), article("b", "Wagner", kind=EntityKind.ORGANISATION))
    assert found["a"].iri != found["b"].iri


def test_links_join_other_names_and_name_them() -> None:
    found = nodes(
        article("a", "Belgorod city", kind=EntityKind.PLACE, linked=True),
        article("b", "Bilhorod", kind=EntityKind.PLACE, linked=True),
    )
    assert found["a"] == found["b"]
    assert (found["a"].label, found["a"].names) == ("Belgorod", ("Belgorod city", "Bilhorod"))


def test_without_merging_all_stay_apart_and_keep_the_name_of_the_text() -> None:
    found = nodes(
        article("a", "Bilhorod", kind=EntityKind.PLACE, linked=True),
        article("b", "Bilhorod", kind=EntityKind.PLACE, linked=True),
        merge=False,
    )
    assert found["a"].iri != found["b"].iri
    assert (found["a"].label, found["a"].names) == ("Bilhorod", ("Belgorod",))


def test_described_people_never_merge() -> None:
    found = nodes(article("a", "two gunmen", named=False), article("b", "two gunmen", named=False))
    assert found["a"].iri != found["b"].iri
    assert found["a"].kind is EntityKind.GROUP
    assert found["a"].described


def test_common_weapons_are_shared_even_without_merging() -> None:
    weapon = EntityKind.WEAPON
    found = nodes(
        article("a", "rockets", kind=weapon, named=False),
        article("b", "a rocket", kind=weapon, named=False),
        merge=False,
    )
    assert found["a"] == found["b"]
    assert found["a"].weapon_class is not None
    assert not found["a"].described


def test_most_frequent_name_is_the_label() -> None:
    found = nodes(article("a", "Al-Shabab"), article("b", "al Shabab"), article("c", "al Shabab "))
    assert {node.label for node in found.values()} == {"al Shabab"}


def test_order_does_not_matter() -> None:
    linked = [article(name, text) for name, text in (("a", "Al-Shabab"), ("b", "al Shabab"), ("c", "Hamas"))]

    def run(some: list[LinkedExtraction]) -> list[Resolved]:
        return list(unify(some, minter=MINTER, vocab=vocab()))

    assert run(linked) == run(linked[::-1])


def test_the_same_article_twice_counts_once() -> None:
    titled = msgspec.structs.replace(
        LINKED,
        extraction=msgspec.structs.replace(
            LINKED.extraction, article=msgspec.structs.replace(LINKED.extraction.article, title="Other")
        ),
    )
    one = list(unify([LINKED, titled, LINKED], minter=MINTER, vocab=vocab()))
    other = list(unify([titled, LINKED], minter=MINTER, vocab=vocab()))
    assert len(one) == 1
    assert one == other


def test_mentions_of_no_entity_are_described() -> None:
    bare = msgspec.structs.replace(LINKED, extraction=msgspec.structs.replace(LINKED.extraction, entities=()), links=())
    (found,) = unify([bare], minter=MINTER, vocab=vocab())
    assert set(found.mentions) == {"m1", "m2", "m3", "m4", "m5", "m6"}
    assert not any(node.named for node in found.mentions.values())


def test_one_publisher_in_two_spellings_has_one_label() -> None:
    def by(publisher: str, name: str) -> LinkedExtraction:
        article = Article(id=name, text=name, publisher=publisher)
        return LinkedExtraction(extraction=Extraction(article=article))

    found = list(unify([by("Example Wire", "a"), by("EXAMPLE WIRE", "b")], minter=MINTER, vocab=vocab()))
    assert len({one.publisher.iri for one in found if one.publisher}) == 1
    assert len({one.publisher.label for one in found if one.publisher}) == 1


def test_events_of_one_trigger_get_two_iris() -> None:
    twin = msgspec.structs.replace(SHELLING, id="e2")
    extraction = msgspec.structs.replace(LINKED.extraction, events=(SHELLING, twin))
    (found,) = unify([msgspec.structs.replace(LINKED, extraction=extraction)], minter=MINTER, vocab=vocab())
    assert len(set(found.events.values())) == 2
