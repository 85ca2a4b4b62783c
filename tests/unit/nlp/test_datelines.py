"""Datelines by their marks."""

import pytest
import spacy

from kg.nlp.datelines import behind_datelines


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("KHARTOUM (Reuters) - A drone hit it.", "A"),
        ("PORT SUDAN, Sudan (Wire) — Shells fell.", "Shells"),
        ("MIRAMSHAH, Aug 6: Drones fired.", "Drones"),
        ("Sanaa (AFP) - Shells fell.", "Shells"),
        ("Seven dead\nKIRKUK -- Two died.", "Two"),
    ],
)
def test_the_news_begin_behind_it(text: str, first: str) -> None:
    doc = spacy.blank("en")(text)
    assert [doc[index].text for index in behind_datelines(doc)] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "UN: five were killed.",
        "The army (SAF) - which denies it - left.",
        "Goma fell — for a day.",
        f"{'A' * 90} — x",
        "",
    ],
)
def test_none(text: str) -> None:
    assert list(behind_datelines(spacy.blank("en")(text))) == []
