"""English word forms: from the base form in the ontology to every form that a text may show."""

from collections.abc import Iterator, Mapping

from kg.vocab import Vocab

_VOWELS = "aeiou"
_LEMMA_LISTS = ("ContinuingWords", "PlanWords", "DecidingWords", "StoppingWords")
"""Word lists that hold verbs in their base form among other words; those called "…Verbs" hold nothing else."""


def verb_forms(phrase: str, irregular: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield all forms of a verb phrase, whose first word inflects.

    >>> sorted(verb_forms("shell", {}))
    ['shell', 'shelled', 'shelling', 'shells']
    """
    verb, *rest = phrase.split(" ")
    forms = irregular.get(verb) or (verb, plural(verb), _past(verb), _participle(verb))
    for form in dict.fromkeys(forms):
        yield " ".join([form, *rest])


def verb_lemmas(vocab: Vocab) -> Mapping[str, str]:
    """Return form → base form of the ontology's verbs; a form of two verbs is left out."""
    groups = [
        *(event.verbs for event in vocab.event_types.values()),
        *(cues.verbs for cues in vocab.stances.values()),
        *(words.verbs for words in vocab.harms.values()),
        *(words for name, words in vocab.words.items() if name.endswith("Verbs") or name in _LEMMA_LISTS),
    ]
    found: dict[str, set[str]] = {}
    for verb in dict.fromkeys(phrase.split(" ")[0] for phrases in groups for phrase in phrases):
        for form in verb_forms(verb, vocab.irregular):
            found.setdefault(form, set()).add(verb)
    return {form: next(iter(verbs)) for form, verbs in found.items() if len(verbs) == 1}


def noun_forms(phrase: str) -> Iterator[str]:
    """Yield singular and plural of a noun phrase, whose last word inflects.

    >>> list(noun_forms("air strike"))
    ['air strike', 'air strikes']
    """
    yield phrase
    *rest, noun = phrase.split(" ")
    if not noun.endswith("s") or noun.endswith("ss"):
        yield " ".join([*rest, plural(noun)])


def plural(word: str) -> str:
    """Return the plural of a regular noun, which is also the third person of a verb."""
    if word.endswith("man") and word != "human":
        return word[:-2] + "en"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _doubles(word: str) -> bool:
    """Tell whether the last consonant doubles: short words of one syllable ("stab", "ram") and listed endings."""
    if len(word) < 3 or word[-1] in "aeiouwxy" or word[-2] not in _VOWELS or word[-3] in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in word) == 1 or word.endswith(("nap", "mit", "fer", "pel", "bel"))


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + word[-1] * _doubles(word) + "ed"


def _participle(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        return word[:-1] + "ing"
    return word + word[-1] * _doubles(word) + "ing"
