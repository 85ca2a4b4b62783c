"""One article that cannot be read never ends the run."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import nlp
from kg.records import Article

TEXTS = ("Rockets hit Goma.", "unreadable", "Rain fell.")


@Language.component("refuses_unreadable")
def refuses_unreadable(doc: Doc) -> Doc:
    if doc.text == "unreadable":
        msg = "refused"
        raise ValueError(msg)
    return doc


@pytest.fixture
def language() -> Language:
    found = spacy.blank("en")
    found.add_pipe("refuses_unreadable")
    return found


def articles() -> list[Article]:
    return [Article(id=str(number), text=text) for number, text in enumerate(TEXTS)]


def test_the_others_are_read_and_the_bad_one_is_told(language: Language) -> None:
    told: list[tuple[str, str]] = []
    pairs = list(nlp.pipe(language, articles(), lambda article, error: told.append((article.id, str(error)))))
    assert [(article.id, doc.text) for article, doc in pairs] == [("0", TEXTS[0]), ("2", TEXTS[2])]
    assert told == [("1", "refused")]


def test_without_anybody_to_tell_the_error_is_raised(language: Language) -> None:
    with pytest.raises(ValueError, match="refused"):
        list(nlp.pipe(language, articles()))
