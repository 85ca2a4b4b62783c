"""The prompt is made from the ontology, and the article in it is data."""

import datetime as dt

from kg.llm.prompt import instructions, question
from kg.records import Article, EntityKind, Harm, Stance, Status, VictimCategory
from tests.samples import ARTICLE, TEXT, vocab


def test_every_term_of_the_ontology_is_explained() -> None:
    task = instructions(vocab())
    for kind in vocab().event_types.values():
        assert f"- {kind.name}: {kind.comment}" in task
    for terms in (EntityKind, Harm, Stance, Status, VictimCategory):
        assert all(f"\n- {term}: " in task for term in terms)
    assert all(weapon.label in task for weapon in vocab().weapon_classes.values())
    assert "$" not in task


def test_the_article_stands_unchanged_between_two_marks() -> None:
    asked = question(ARTICLE)
    first, *_, last = asked.splitlines()
    assert first == f"<<<{last.removesuffix('>>>')}"
    assert TEXT in asked
    assert "Published: 2024-01-01\n" in asked


def test_the_marks_depend_on_the_text_so_that_no_text_can_hold_its_own() -> None:
    first, second = (question(Article(id="a", text=text)).splitlines()[0] for text in ("one", "two"))
    assert first != second


def test_a_title_is_one_line_and_what_is_unknown_is_said() -> None:
    asked = question(Article(id="a", text="x", title="one\n  two"))
    assert "Title: one two\n" in asked
    assert "Published: unknown\n" in asked
    assert "Title: none\n" in question(Article(id="a", text="x", published=dt.date(2024, 1, 1)))
