from kg.serve.explorer.quotes import Passage, Span, beginnings, passages, quote

TEXT = "Shells hit Gaza City. Rockets left Gaza for the north of Gaza. Nobody spoke."
SECOND = "Rockets left Gaza for the north of Gaza."


def span(start: int, end: int, sentence: str) -> Span:
    return Span(article="a", start=start, end=end, words=TEXT[start:end], sentence=sentence)


def test_a_word_that_stands_twice_is_told_apart_by_its_neighbours() -> None:
    start = TEXT.index(SECOND)
    second_gaza = start + SECOND.rindex("Gaza")
    spans = [span(second_gaza, second_gaza + 4, SECOND), span(start, start + 7, SECOND)]
    found = quote(spans[0], beginnings(spans))
    assert found.before == "Rockets left Gaza for the north of "
    assert found.before + found.words + found.after == SECOND


def test_words_that_are_not_in_their_sentence_are_shown_alone() -> None:
    one = Span(article="a", start=3, end=8, words="other", sentence="Nobody spoke.")
    found = quote(one, beginnings([one]))
    assert (found.before, found.words, found.after) == ("", "other", "")


def test_passages_follow_the_article_and_mark_what_counts() -> None:
    start = TEXT.index(SECOND)
    spans = [span(start, start + 7, SECOND), span(0, 6, "Shells hit Gaza City.")]
    assert passages(spans, [spans[0]]) == (
        Passage(start=0, text="Shells hit Gaza City.", marks=()),
        Passage(start=start, text=SECOND, marks=((0, 7),)),
    )


def test_a_passage_within_another_one_is_left_out() -> None:
    whole, part = span(0, 6, "Shells hit Gaza City."), span(7, 10, "hit Gaza")
    assert [passage.text for passage in passages([whole, part], [])] == ["Shells hit Gaza City."]
