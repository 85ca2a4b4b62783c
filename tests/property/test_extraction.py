"""Whatever the text, extraction does not raise, and every span lies in the text."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg import nlp
from kg.extract import extract
from kg.gazetteer import load_gazetteer
from kg.records import Article
from kg.vocab import Vocab, load_vocab

WORDS = """
Russian forces shelled Kyiv , killing at least 21 people , including three children . The ministry said that " no
one " denied it according to Reuters - made Vampire rockets and dozens of drones in Belgorod yesterday ; who did not up to
60 militants were injured by gunmen (AFP) as U.N. officials ’s condemned the attack \n\n claimed responsibility with 10 to
""".split(" ")

soup = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
noise = st.text(max_size=200) | st.text(alphabet="аБв قتل 爆炸 😀\u200b\u202e\t\n.,\"'-–5", max_size=80)
texts = soup | noise | st.tuples(soup, noise, soup).map("".join)


@pytest.fixture(scope="module")
def language() -> tuple[Language, Vocab]:
    vocab = load_vocab()
    return nlp.load(vocab, load_gazetteer()), vocab


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_any_text(language: tuple[Language, Vocab], text: str) -> None:
    article = Article(id="a", text=text, published=dt.date(2024, 1, 1))
    ((article, doc),) = nlp.pipe(language[0], [article])
    assert doc.text == text
    extraction = extract(article, doc, language[1])
    assert list(extraction.problems()) == []


def test_a_sentence_of_ten_thousand_words(language: tuple[Language, Vocab]) -> None:
    article = Article(id="a", text="Russian forces shelled Kyiv and " * 2000)
    ((article, doc),) = nlp.pipe(language[0], [article])
    assert list(extract(article, doc, language[1]).problems()) == []
