"""How real an event is: what the words around its trigger, and the verbs and nouns that it hangs on, say of it.

Present tense tells of what happened, "rebels seize the town", as digests do; only a progressive goes on, "are seizing".
"""

from itertools import islice

from kg.extract.chunks import is_passive
from kg.extract.frame import Frame
from kg.extract.tokens import Span, Token
from kg.records import Stance, Status

_NOW = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})
_OBJECTS = frozenset({"obj", "nsubj:pass", "xcomp", "ccomp"})
_PURPOSE = frozenset({"for", "of", "with", "to", "against"})
_DEEPEST = 6
"""How many words are climbed from a trigger."""
_BOUND = {Stance.PROMISES: Status.PLANNED, Stance.THREATENS: Status.THREATENED, Stance.DEMANDS: Status.HYPOTHETICAL}
"""What is promised, threatened or demanded has not happened yet."""


def find_status(frame: Frame, span: Span, verb: Token | None) -> Status:
    """Return the status of the event that `span` names; `verb` is the trigger's, `None` for a noun.

    Where no word around it tells, the language model is believed that something is only planned.
    """
    if verb is None and len(span) > 1 and span[-1].lemma_.lower() in frame.words("PlanWords"):
        return Status.PLANNED  # "an assassination plot"
    if verb is None and _is_condition(frame, span):
        return Status.HYPOTHETICAL
    status = _of(frame, verb if verb is not None else span.root, span.start, _DEEPEST)
    return status or (Status.PLANNED if span.id_ == Status.PLANNED.value else Status.OCCURRED)


def _is_condition(frame: Frame, span: Span) -> bool:
    """Tell whether something is only said to come of an event: "if talks collapse", "should the talks fail".

    Violence that is definite has happened all the same: "if the attack goes on".
    """
    noun, verb = span.root, span.root.head
    if not noun.dep_.startswith("nsubj") or (frame.is_violent(span.label_) and noun.i and noun.nbor(-1).tag_ == "DT"):
        return False
    words = {child.lower_ for child in verb.children if child.i < noun.i}
    return not words.isdisjoint(frame.words("ConditionWords"))


def is_attempt(frame: Frame, verb: Token | None) -> bool:
    """Tell whether a verb is only tried: "attempted to seize the town", "failed to capture it"."""
    if verb is None or verb.head == verb or not any(child.lower_ == "to" for child in verb.children):
        return False
    return verb.head.lemma_.lower() in frame.words("AttemptWords")


def is_ruled_out(frame: Frame, span: Span, verb: Token | None) -> bool:
    """Tell whether words say that nothing comes of it: "will not attack", "do not target", "prohibited from leaving the country"."""
    word = span.root if verb is None else verb
    if _is_prevented(frame, word) or _is_played(frame, word):
        return True
    marks = (
        set() if verb is None else {child.lower_ for child in verb.children if child.dep_.startswith(("aux", "advmod"))}
    )
    never = marks & (frame.words("FutureAuxiliaries") | {"would", "could", "do", "does"})
    return bool(never and marks & frame.words("NegationWords"))


def _is_played(frame: Frame, word: Token) -> bool:
    """Tell whether an event is only part of an exercise: "drills simulating an attack"."""
    above = islice(word.ancestors, _DEEPEST)
    return any(token.lemma_.lower() in frame.words("SimulatingVerbs") and token.i < word.i for token in above)


def _is_prevented(frame: Frame, word: Token) -> bool:
    """Tell whether somebody sees to it that an event does not happen: "to avoid a bloodbath", not "failed to prevent"."""
    verb = word.head
    passive = word.tag_ == "VBN" and any(child.lower_ == "being" for child in word.children)
    governed = word.dep_ in _OBJECTS or ((word.tag_ == "VBG" or passive) and word.dep_ in {"advcl", "obl"})
    lemma = verb.lemma_.lower().removesuffix("ed")
    known = lemma in frame.words("PreventingWords")
    if verb == word or not governed or verb.tag_[:2] not in {"VB", "JJ"} or not known:
        return False
    marks = {child.lower_ for child in verb.children}
    failed = verb.head.lemma_.lower() in {"fail", "unable"} or marks & frame.words("NegationWords")
    return not failed and (lemma != "rule" or "out" in marks)


def _of(frame: Frame, word: Token, start: int, left: int) -> Status | None:
    """Return what `word` and the words above it say; tokens from `start` on, if before it, belong to it."""
    if left == 0:
        return None
    if word.tag_[:2] in {"VB", "MD"}:
        return _of_verb(frame, word, start, left)
    return _of_noun(frame, word, start, left)


def _of_verb(frame: Frame, verb: Token, start: int, left: int) -> Status | None:
    """Read the verb group ("will attack", "was not attacked", "are attacking"), then what governs an infinitive."""
    marks = {child.lower_ for child in verb.children if child.dep_.startswith(("aux", "advmod", "mark", "cop"))}
    head = verb.head
    bound = _bound(frame, head) if head != verb and verb.dep_ in {"ccomp", "xcomp"} else None
    if marks & frame.words("FutureAuxiliaries") or (bound is Status.THREATENED and "would" in marks):
        return bound or Status.PLANNED
    if marks & frame.words("HypotheticalWords"):
        return None if "have" in marks and not marks & {"would", "if"} else Status.HYPOTHETICAL
    if marks & frame.words("NegationWords"):
        return Status.DENIED
    if _is_progressive(verb, marks) or marks & frame.words("OngoingWords"):
        return Status.ONGOING
    if verb.tag_ == "VB" and verb.dep_ == "ccomp" and bound is not None and "to" not in marks:
        return bound  # "demanded that they release the nurses"
    if "to" in marks:
        return _of_infinitive(frame, verb, left)
    if verb.dep_ in {"acl", "xcomp"} and verb.tag_ == "VBG":
        return _governed(frame, verb, left)
    plain = (
        verb.dep_ == "conj" and head.tag_ == verb.tag_ and not any(c.dep_.startswith("nsubj") for c in verb.children)
    )
    return _of(frame, head, start, left - 1) if plain and verb.tag_ in {"VB", "VBG"} else None


def _is_progressive(verb: Token, marks: set[str]) -> bool:
    """Tell "is attacking", "have been attacking", "is being attacked" from "attacking" and "was attacking"."""
    if verb.tag_ == "VBG":
        return bool(marks & _NOW) or ("been" in marks and bool(marks & {"has", "have"}))
    return "being" in marks and bool(marks & _NOW)


def _of_infinitive(frame: Frame, verb: Token, left: int) -> Status | None:
    """Read "to attack" by what it hangs on: a plan, a demand, a threat, a beginning, else the status of that."""
    if verb.dep_ != "advcl" or verb.head.lemma_.lower() in frame.words("PlanWords"):
        return _governed(frame, verb, left)
    above = _of(frame, verb.head, verb.head.i, left - 1)
    return Status.PLANNED if above is Status.ONGOING else above  # "are being assembled to encircle the city"


def _governed(frame: Frame, word: Token, left: int) -> Status | None:
    """Read the governor of an object or a complement: "continue to shell", "plans to shell", "stop the shelling"."""
    head = word.head
    if head == word:
        return None
    lemma = head.lemma_.lower()
    if lemma in frame.words("ContinuingWords"):
        return _of_continuing(frame, head, left)
    if lemma in frame.words("EffortNouns") and word.dep_ == "acl":
        return Status.ONGOING
    infinitive = word.tag_ == "VB"
    if lemma in frame.words("PlanWords") or (infinitive and lemma in frame.words("DecidingWords")):
        return Status.PLANNED
    bound = _bound(frame, head)
    if bound is Status.THREATENED and _is_addressed(word):
        return Status.HYPOTHETICAL  # "warned residents to evacuate"
    if bound is not None:
        return bound
    if lemma in frame.words("StoppingWords"):
        wanted = _of(frame, head, head.i, left - 1)
        return Status.ONGOING if wanted in {Status.HYPOTHETICAL, Status.PLANNED} else wanted
    told = frame.cue_tokens.get(head.i, Stance.ASSERTS) is Stance.ASSERTS  # not "will condemn the attack"
    return _of(frame, head, head.i, left - 1) if told else None


def _of_continuing(frame: Frame, verb: Token, left: int) -> Status | None:
    """Read "continue to shell", "have begun shelling", "began shelling", "vowed to resume attacks"."""
    begins = verb.tag_ == "VB" and verb.lemma_.lower() in frame.words("BeginningWords")
    if not begins and (verb.tag_ != "VBD" or verb.lemma_.lower() == "continue"):
        return Status.ONGOING
    above = _of(frame, verb, verb.i, left - 1)
    return Status.ONGOING if begins and above is None else above


def _is_addressed(infinitive: Token) -> bool:
    """Tell whether somebody else is to act: "warned residents to evacuate", not "threatened to bomb the city"."""
    own = any(child.dep_ == "nsubj" for child in infinitive.children)
    return own or any(child.dep_ in {"obj", "iobj"} and child.i < infinitive.i for child in infinitive.head.children)


def _bound(frame: Frame, word: Token) -> Status | None:
    """Return what a word of a promise, threat or demand makes of its content."""
    if word.lower_ in frame.words("ThreatWords"):
        return Status.THREATENED
    stance = frame.cue_tokens.get(word.i)
    return None if stance is None else _BOUND.get(stance)


def _of_noun(frame: Frame, noun: Token, start: int, left: int) -> Status | None:
    """Read the words before a noun, the verb that it is the subject of, and what it is the object of."""
    position = frame.chunk_at(start)
    first = start if position is None else frame.chunks[position].start
    before = [token.lower_ for token in noun.doc[first : noun.i]]
    for name, status in (("OngoingWords", Status.ONGOING), ("PlannedWords", Status.PLANNED)):
        if not frame.words(name).isdisjoint(before):
            return status
    if not frame.words("ThreatWords").isdisjoint(before):
        return Status.THREATENED
    definite = not {"the", "this", "that", "these", "those"}.isdisjoint(before)
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ == noun.pos_:
        return _of(frame, head, head.i, left - 1)
    if noun.dep_ == "nsubj" or (noun.dep_ == "nsubj:pass" and definite):
        return _of_subject(frame, noun, definite=definite)
    preposition = next((child.lower_ for child in noun.children if child.dep_ == "case"), None)
    stopped = head.lemma_.lower() in frame.words("StoppingWords")
    if preposition == "for" and frame.cue_tokens.get(head.i) is Stance.DEMANDS:
        return Status.HYPOTHETICAL  # "called for the release of the hostages"
    if noun.dep_ in _OBJECTS or (preposition in _PURPOSE and not (definite and not stopped)):
        return _governed(frame, noun, left) if not definite or stopped or head.pos_ == "VERB" else None
    return None


def _of_subject(frame: Frame, noun: Token, *, definite: bool) -> Status | None:
    """Read what is said of an event: "is underway", "continued", "enters its third week", "will begin", "could come"."""
    verb = noun.head
    marks = {child.lower_ for child in verb.children if child.dep_.startswith(("aux", "advmod"))}
    lasting = verb.lemma_.lower() == "enter" and any(
        token.lower_ in frame.words("TimeWords") for token in verb.subtree if token.i > verb.i
    )
    lemmas = {verb.lemma_.lower(), verb.lower_}
    if lemmas & frame.words("BeginningWords") and marks & frame.words("FutureAuxiliaries"):
        return Status.PLANNED  # "a ceasefire will begin on Sunday"
    if lasting or (lemmas & (frame.words("ContinuingWords") | frame.words("OngoingWords")) and verb.tag_ != "VBD"):
        return Status.ONGOING
    lasting = lasting or (verb.lemma_ == "go" and any(child.lower_ == "on" for child in verb.children))
    if lasting or verb.lemma_.lower() == "continue" or _is_progressive(verb, marks):
        return Status.ONGOING
    if definite or is_passive(verb):
        return None
    if marks & frame.words("FutureAuxiliaries"):
        return Status.PLANNED
    return Status.HYPOTHETICAL if marks & frame.words("HypotheticalWords") and "have" not in marks else None
