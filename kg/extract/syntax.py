"""Who does what in a clause, from the dependency parse (Universal Dependencies)."""

from kg.extract.tokens import Token

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
    own = next((child for child in verb.children if _is_subject(child)), None)
    if own is not None:
        relative = own.tag_ in _RELATIVE or own.lower_ in {"that", "which", "who"}
        return verb.head if relative and verb.dep_ == "acl:relcl" and verb.head is not verb else own
    if verb.head is verb or depth >= _DEEPEST:
        return None
    if verb.dep_ in {"acl", "acl:relcl"}:
        return verb.head
    controller = next((child for child in verb.head.children if _is_addressed(child)), None)
    if verb.dep_ == "xcomp":
        return controller if controller is not None else subject(verb.head, depth + 1)
    if verb.dep_ == "ccomp" and verb.tag_ == "VBG":  # "accused the rebels of carrying out the attack"
        return controller
    if verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.head.pos_ in {"VERB", "AUX"} and not _is_dated(verb)):
        return subject(verb.head, depth + 1)
    return None


def _is_dated(verb: Token) -> bool:
    """Tell a clause that has a subject of its own, which the parser may miss: "died when a drone hit the school"."""
    return verb.tag_ in {"VBD", "VBZ", "VBP"} and any(child.tag_ == "WRB" for child in verb.children)


def _is_subject(child: Token) -> bool:
    """Tell whether a word is the subject of its verb; an agent before an active verb is one that the parser misjudged."""
    before = child.i < child.head.i
    return (child.dep_ in _SUBJECTS and not _is_object(child)) or (child.dep_ == "obl:agent" and before)


def _is_object(child: Token) -> bool:
    """Tell an object that the parser takes for a subject: "denied the attack and accused the rebels of it"."""
    return child.dep_ == "nsubj" and child.i > child.head.i and child.head.dep_ == "conj"


def _is_addressed(child: Token) -> bool:
    """Tell whether a word is whom its verb asks to act: "urged the army to leave", "called on the army to leave"."""
    asked = child.dep_ == "obl" and any(word.lower_ in {"for", "on", "upon"} for word in child.children)
    return (
        child.dep_ in {"obj", "iobj"}
        or _is_object(child)
        or (asked and child.head.lemma_ in {"call", "appeal"} and child.i > child.head.i)
    )


def named(noun: Token) -> Token:
    """Return the person named in apposition to `noun`, else `noun`: "The governor, Vyacheslav Gladkov, condemned"."""
    return next((child for child in noun.children if child.dep_ == "appos" and child.ent_type_ == "Person"), noun)
