"""The label inventories of the model's heads, and the edit scripts that turn a word into its lemma."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.records import EntityKind, Harm, Stance, Status
from kg.vocab import Vocab
from training.model.document import Document

ROLES = ("perpetrator", "target", "place", "weapon", "time", "casualty")
SPEECH = ("source", "content")
ANCHORED = {"arguments": ROLES, "speech": SPEECH}
FILLERS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""The roles of MUC-4 (Sundheim 1992), by the names of its corpus."""
ENTITY_KINDS = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.WEAPON)
RAREST_LEMMA = 3
"""A lemma script seen fewer times is left out: the word itself is the better guess."""


def inventories(vocab: Vocab, documents: Iterable[Document]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the labels of every token head, and the dependency labels, seen in `documents`."""
    seen: dict[str, Counter[str]] = {layer: Counter() for layer in ("tag", "pos", "lemma", "relation")}
    for document in documents:
        for layer, counts in seen.items():
            counts.update(label for label in document.layers.get(layer, ()) if label is not None)
    lemmas = [script for script, count in sorted(seen["lemma"].items()) if count >= RAREST_LEMMA]
    return {
        "sentence": ["O", "S"],
        "tag": sorted(seen["tag"]),
        "pos": sorted(seen["pos"]),
        "lemma": lemmas,
        "entity": _bio(kind.value for kind in ENTITY_KINDS),
        "trigger": ["O", "B", "I"],
        "type": list(vocab.event_types),
        "status": [status.value for status in Status],
        "casualty": _bio(harm.value for harm in Harm),
        "cue": _bio(stance.value for stance in Stance),
        "filler": _bio(FILLERS),
    }, sorted(seen["relation"])


def numbers(labels: Sequence[str]) -> Mapping[str, int]:
    """Return label → number."""
    return {label: number for number, label in enumerate(labels)}


def _bio(kinds: Iterable[str]) -> list[str]:
    return ["O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]


def script(word: str, lemma: str) -> str:
    """Return the edit script from `word` to `lemma`: "=" keeps the word, "k:suffix" drops k letters of the lower-cased word.

    "=k:suffix" does the same without lowering the case.

    >>> script("bombings", "bombing"), script("Kyiv", "Kyiv"), script("children", "child"), script("was", "be")
    ('1:', '=', '3:', '3:be')
    """
    if word == lemma:
        return "="
    lower = word.lower()
    keep, form = ("=", word) if not lemma.islower() and lemma[:1].isupper() else ("", lower)
    common = 0
    while common < min(len(form), len(lemma)) and form[common] == lemma[common]:
        common += 1
    return f"{keep}{len(form) - common}:{lemma[common:]}"
