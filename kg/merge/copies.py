"""Near-duplicate articles: wire copies count as one source.

MinHash by `rensa` (Rust, no dependency of its own, 3 µs an article; `datasketch` needs scipy and is a hundred times
slower), compared where a band of the hash is equal. Source: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4.
Articles of one fortnight are compared with each other, so that a fortnight can be worked on alone.
"""

import re
import sys
from array import array
from collections.abc import Iterable, Iterator

from rensa import RMinHash

from kg.merge.signature import Print

SIMILAR = 0.65
"""The least share of common shingles, as the MinHash estimates it, of two copies."""
DAYS = 7
"""How many days may lie between the publication of copies."""

Copies = tuple[Print, Print]
"""An article and a later one that is a near-duplicate."""

_PERMUTATIONS = 64
_ROWS = 4
_BYTES = 4
_SEED = 1
_SHINGLE = 4
_WORD = re.compile(r"\w+")
_FIRSTS = 8
"""How many different first articles of a band an article is compared with."""


def minhash(text: str) -> bytes:
    """Return the MinHash of the shingles of `text`, four words each; empty when it has no words.

    >>> minhash("The army said so.") == minhash("the army said so")
    True
    """
    words = _WORD.findall(text.lower())
    if not words:
        return b""
    shingles = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
    hasher = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    hasher.update(list(map(" ".join, shingles)) or [" ".join(words)])
    numbers = array("I", hasher.digest())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def fortnights(article: Print) -> Iterator[str]:
    """Yield the keys of the groups of articles that are compared with each other; articles without day are one group.

    Two articles that are published within `DAYS` have a key in common.
    """
    if not article.day:
        yield "undated"
        return
    week = article.day // DAYS
    yield from (str(week - 1), str(week))


def copies(group: Iterable[Print]) -> Iterator[Copies]:
    """Yield pairs of near-duplicates among the articles of one group, the earlier first; linear in their number."""
    articles = [one for one in {one.article: one for one in group}.values() if one.minhash]
    known: dict[tuple[str, str], bool] = {}
    width = _ROWS * _BYTES
    for start in range(0, _PERMUTATIONS * _BYTES, width):
        bands: dict[bytes, list[Print]] = {}
        for article in articles:
            bands.setdefault(article.minhash[start : start + width], []).append(article)
        for band in bands.values():
            if len(band) > 1:
                yield from _in_band(band, known)


def _in_band(band: list[Print], known: dict[tuple[str, str], bool]) -> Iterator[Copies]:
    """Yield the pairs of one band; `known` keeps what was compared in other bands."""
    firsts: list[Print] = []
    for later in sorted(band, key=lambda one: (one.order, one.article)):
        for earlier in firsts:
            key = (earlier.article, later.article)
            if key not in known:
                known[key] = _are_copies(earlier, later)
            if known[key]:
                yield earlier, later
                break
        else:
            firsts = [*firsts[-_FIRSTS + 1 :], later]


def first_of(pairs: Iterable[Copies]) -> dict[str, str]:
    """Return the IRI of the first article of each group of copies by the IRI of each of the others.

    Copies of a copy belong to one group. The order of `pairs` does not matter, nor that one comes twice.
    """
    parents: dict[str, str] = {}
    orders: dict[str, tuple[tuple[str, str], str]] = {}

    def root(article: str) -> str:
        while (above := parents.setdefault(article, article)) != article:
            parents[article] = parents[above]
            article = above
        return article

    for pair in pairs:
        for one in pair:
            orders[one.article] = (one.order, one.article)
        first, other = sorted((root(pair[0].article), root(pair[1].article)), key=orders.__getitem__)
        parents[other] = first
    return {article: root(article) for article in sorted(parents) if root(article) != article}


def find_copies(articles: Iterable[Print]) -> dict[str, str]:
    """Return the IRI of the first article by the IRI of each of its copies."""
    groups: dict[str, list[Print]] = {}
    for article in articles:
        for key in fortnights(article):
            groups.setdefault(key, []).append(article)
    return first_of(pair for group in groups.values() if len(group) > 1 for pair in copies(group))


def _are_copies(one: Print, other: Print) -> bool:
    if abs(one.day - other.day) > DAYS:
        return False
    if one.minhash == other.minhash:
        return True
    mine, theirs = memoryview(one.minhash).cast("I"), memoryview(other.minhash).cast("I")
    return sum(map(int.__eq__, mine, theirs)) >= SIMILAR * _PERMUTATIONS
