"""An explanation as text."""

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby

from kg.query.explain import Count, Explanation, Said, Speech
from kg.query.names import compact
from kg.rdf.namespaces import spaced

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
WIDTH = 100
"""Columns that long sentences are wrapped to."""


def render(explanation: Explanation) -> str:
    """Return the explanation for people to read, with a line break at its end."""
    parts = (_head, _facts, _counts, _speeches, _merged)
    return "\n\n".join("\n".join(lines) for lines in (list(part(explanation)) for part in parts) if lines) + "\n"


def _head(explanation: Explanation) -> Iterator[str]:
    yield _clean(explanation.label)
    yield f"  {compact(explanation.iri)}"
    values = dict(explanation.properties)
    start, end = values.pop("startDate", None), values.pop("endDate", None)
    if start and end:
        values["date"] = (start if start == end else f"{start} to {end}") + f" ({values.pop('datePrecision', 'day')})"
    names = {"placePrecision": "place known as", "class": "class"}
    for name, value in values.items():
        yield f"  {names.get(name, name)}: {_clean(value)}"
    copies = dict(explanation.copies)
    for article in explanation.articles:
        same = f" (copy of {_clean(copies[article])})" if article in copies else ""
        yield f"  told in: {_clean(article)}{same}"


def _facts(explanation: Explanation) -> Iterator[str]:
    if explanation.facts:
        yield "Who, where, with what"
    for (role, value, alleged), group in groupby(explanation.facts, lambda fact: (fact.role, fact.value, fact.alleged)):
        yield f"  {role}: {_clean(value)}{' (alleged)' if alleged else ''}"
        for fact in group:
            yield from _said(fact.said, "    ")


def _counts(explanation: Explanation) -> Iterator[str]:
    if explanation.counts:
        yield "Casualties, each count with its source"
    ranges = {harm: (low, high) for harm, low, high in explanation.ranges}
    for harm, group in groupby(explanation.counts, lambda count: count.harm):
        low, high = ranges.get(harm, ("", ""))
        yield f"  {harm}: {low or '?'} to {high or '?'} in all" if harm in ranges else f"  {harm}"
        counts = list(group)
        widths = [max(len(part) for part in column) for column in zip(*map(_columns, counts), strict=True)]
        for count in counts:
            shown = "  ".join(part.ljust(width) for part, width in zip(_columns(count), widths, strict=True))
            yield f"    {shown}  “{_clean(count.said.words)}”{' (replaced by a later count)' if count.former else ''}"
            yield from _sentence(count.said, "      ")


def _columns(count: Count) -> tuple[str, str, str]:
    number = count.low if count.low == count.high else f"{count.low or '?'} to {count.high or '?'}"
    category = "" if count.category == "AnyPerson" else f" ({count.category})"
    return number or "?", f"{_clean(count.group)}{category}", _source(count.said)


def _speeches(explanation: Explanation) -> Iterator[str]:
    if explanation.speeches:
        yield "What is said about it"
    for speech in explanation.speeches:
        yield f"  {_source(speech.said)}, {_stance(speech)}:"
        yield from _quote(speech.said, "    ")


def _merged(explanation: Explanation) -> Iterator[str]:
    if explanation.merged:
        yield "Why what several articles tell is one event"
    for reason in explanation.merged:
        yield from _wrap(_clean(reason), "  ")


def _stance(speech: Speech) -> str:
    words = spaced(speech.said.stance)
    return f"{words} ({_clean(speech.accused)})" if speech.accused else words


def _said(said: Said, indent: str) -> Iterator[str]:
    stance = "" if said.own or said.stance == "Asserts" else f", {spaced(said.stance)}"
    yield f"{indent}{_source(said)}{stance}:"
    yield from _quote(said, indent + "  ")


def _quote(said: Said, indent: str) -> Iterator[str]:
    yield from _wrap(f"“{_clean(said.words)}”", indent)
    yield from _sentence(said, indent)


def _sentence(said: Said, indent: str) -> Iterator[str]:
    if said.sentence and said.sentence.strip(" .") != said.words.strip(" ."):
        yield from _wrap(f"in: {_clean(said.sentence)}", indent)


def _source(said: Said) -> str:
    return f"the article ({_clean(said.source)})" if said.own else _clean(said.source)


def _wrap(words: str, indent: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _clean(words: str) -> str:
    return _CONTROL.sub(" ", words)
