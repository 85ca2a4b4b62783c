"""Who does what in a clause, from the dependency parse (Universal Dependencies)."""

from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_RELATIVE = frozenset({"WP", "WDT"})
_DEEPEST = 4
"""How many verbs are climbed in search of a subject."""


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Return the head word of the subject of `verb`, `None` when the clause names none.

    A relative pronoun stands for the noun that its clause modifies, "the rebels who shelled"; participles and conjoined
    or controlled verbs take the subject of the verb or the noun that they hang on: "rebels attacking Goma", "fired and
    fled", "forced residents to leave" (whose subject is the object, residents).
    """
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if own is not None:
        relative = own.tag_ in _RELATIVE or own.lower_ in {"that", "which", "who"}
        return verb.head if relative and verb.dep_ == "acl:relcl" and verb.head is not verb else own
    if verb.head is verb or depth >= _DEEPEST:
        return None
    if verb.dep_ in {"acl", "acl:relcl"}:
        return verb.head
    if verb.dep_ == "xcomp":
        controller = next((child for child in verb.head.children if child.dep_ in {"obj", "iobj"}), None)
        return controller if controller is not None else subject(verb.head, depth + 1)
    if verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.head.pos_ in {"VERB", "AUX"}):
        return subject(verb.head, depth + 1)
    return None


def named(noun: Token) -> Token:
    """Return the person named in apposition to `noun`, else `noun`: "The governor, Vyacheslav Gladkov, condemned"."""
    return next((child for child in noun.children if child.dep_ == "appos" and child.ent_type_ == "Person"), noun)
