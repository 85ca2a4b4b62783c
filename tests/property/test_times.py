"""No time expression is passed over: whatever a pattern matches holds one of the words by which it is looked up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.times import RULES, words_of


@pytest.mark.parametrize("number", range(len(RULES)))
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_matches_hold_a_word_of_their_rule(number: int, data: st.DataObject) -> None:
    rule = RULES[number]
    text = data.draw(st.from_regex(rule.pattern, fullmatch=True, alphabet=st.characters(codec="ascii")))
    assert not rule.words.isdisjoint(words_of(text))
