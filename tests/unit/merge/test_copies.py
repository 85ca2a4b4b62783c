"""Near-duplicate articles."""

from kg.merge.copies import DAYS, find_copies, minhash
from tests.signatures import DAY, printed

TEXT = (
    "A car bomb exploded at a market in the port on Monday and killed fourteen people, police said. Dozens were taken to "
    "hospitals nearby, where relatives waited for news through the night. The governor called for calm and promised help "
    "for the families. Nobody has said who did it. Shops along the main road stayed closed for the rest of the day."
)
OTHER = (
    "Fourteen people died when a vehicle packed with explosives went off beside stalls in the port, doctors reported. The "
    "blast was heard across the town. Traders had just opened for the morning. Soldiers closed the streets around the market."
)


def copies(*articles: tuple[str, str, int]) -> dict[str, str]:
    found = find_copies(printed(name, minhash(text), day) for name, text, day in articles)
    return {one.rpartition("/")[2]: first.rpartition("/")[2] for one, first in found.items()}


def test_a_copy_with_a_sentence_of_its_own_is_one() -> None:
    assert copies(("a", TEXT, DAY), ("b", f"{TEXT} Our reporter is on the way.", DAY + 1)) == {"b": "a"}


def test_the_same_news_in_other_words_is_none() -> None:
    assert copies(("a", TEXT, DAY), ("b", OTHER, DAY)) == {}


def test_the_same_words_much_later_are_none() -> None:
    assert copies(("a", TEXT, DAY), ("b", TEXT, DAY + DAYS + 1)) == {}
    assert copies(("a", TEXT, DAY), ("b", TEXT, DAY + DAYS)) == {"b": "a"}


def test_copies_of_a_copy_belong_to_the_first_in_any_order() -> None:
    articles = [("c", TEXT, DAY + 12), ("b", TEXT, DAY + 6), ("a", TEXT, DAY)]
    assert copies(*articles) == copies(*articles[::-1]) == {"b": "a", "c": "a"}


def test_articles_without_day_are_compared_with_each_other() -> None:
    assert copies(("a", TEXT, 0), ("b", TEXT, 0), ("c", TEXT, DAY)) == {"b": "a"}


def test_texts_without_words_are_no_copies() -> None:
    assert minhash("… — !") == b""
    assert copies(("a", "…", DAY), ("b", "!", DAY)) == {}


def test_a_text_of_one_word_has_a_hash() -> None:
    assert len(minhash("Attack")) == len(minhash(TEXT))
