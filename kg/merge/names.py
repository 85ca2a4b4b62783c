"""Names of entities: the form in which they are compared, and the choice of the one that is shown."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg.gazetteer import fold as fold_words

_KEPT = 10_000
"""How many names are kept in each form: news name the same things again and again."""

_ARTICLE = re.compile(r"^the\s+(?=\S)")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks for breaks and the direction of writing, which texts copied from the web hold."""


@lru_cache(_KEPT)
def tidy(name: str) -> str:
    """Return `name` on one line, without a lower-case article before it, a possessive after it, or marks that nobody sees.

    >>> tidy("the  Taliban's")
    'Taliban'
    >>> tidy("The Hague")
    'The Hague'
    """
    line = " ".join(_UNSEEN.sub("", name).split())
    return _ARTICLE.sub("", _POSSESSIVE.sub("", line)) or line


@lru_cache(_KEPT)
def key_of(name: str) -> str:
    """Return the form of `name` that ignores case, accents, punctuation and the article.

    >>> key_of("The U.S. Army") == key_of("US army")
    True
    """
    return fold_words(tidy(name)).removeprefix("the ") or name


def best(names: Iterable[str]) -> str:
    """Return the most frequent of `names`; of equally frequent ones the longest, then the first by alphabet.

    >>> best(["Putin", "Vladimir Putin", "Putin"])
    'Putin'
    """
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def is_name(form: str) -> bool:
    """Tell whether the words look like a name: one of them has a capital, or their script has none.

    >>> is_name("the governor"), is_name("Gov. Gladkov")
    (False, True)
    """
    return bool(form) and (form != form.lower() or form.lower() == form.upper())
