"""Which words name events: what the language model and the ontology's words say together."""

from collections.abc import Mapping

from kg.extract.tokens import Doc, Span

SURE = 0.7
"""So probable must a trigger be to count without the ontology knowing its words: below it are mostly words like "join"."""
PHRASE = 3
"""So many words of the ontology together name an event without the model."""
Arguments = list[tuple[str, tuple[int, int]]]
"""Role and token bounds of what belongs to a trigger."""


def find_trigger_words(doc: Doc) -> list[Span]:
    """Return the words that name events, in text order.

    The model decides whether words name an event: "strike" does not in "a strike by teachers". Where it is less sure the
    ontology must know the words. The ontology decides on the type of its own words, and needs no model for long phrases:
    "declares a state of emergency".

    Returns:
        Spans with the event type as label, "verb" or "noun" as `kb_id_`, and the model's status as `id_`, "" without one.
    """
    words = {token.i: span for span in doc.spans["trigger_words"] for token in span}
    triggers = doc.spans["triggers"]
    scores = zip(triggers, doc.scores["triggers"], strict=True)
    sure = {span.start for span, score in scores if score >= SURE} | _done_by_weapons(doc)
    phrases = (span for span in doc.spans["trigger_words"] if len(span) >= PHRASE)
    taken: set[int] = set()
    result: list[Span] = []
    for span in sorted([*triggers, *doc.spans["weak_triggers"], *phrases], key=lambda span: span.start):
        known = next((words[token.i] for token in span if token.i in words), None)
        if known is None and span.start not in sure:
            continue
        acts = known is not None and len(known) > 1 and known[-1].tag_[:2] == "VB" and "-" not in known.text
        if known is not None and acts and known.kb_id_ == "noun":
            # "a missile strikes a tower": the noun acts, and the verb tells of it
            known = Span(doc, known.end - 1, known.end, label=known.label_, kb_id="verb")
        found = known if known is not None else span
        form = known.kb_id_ if known is not None else "verb" if span.root.tag_[:2] == "VB" else "noun"
        if taken.isdisjoint(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            result.append(Span(doc, found.start, found.end, label=found.label_, kb_id=form, span_id=span.id_))
    return sorted(result, key=lambda span: span.start)


def _done_by_weapons(doc: Doc) -> set[int]:
    """Return the verbs of harm that a weapon does: "a missile kills four people, in the deadliest attack of the year"."""
    named = {token.i for group in ("triggers", "trigger_words") for span in doc.spans[group] for token in span}
    verbs = [span[0] for span in doc.spans["harms"] if span.kb_id_ == "verb"]
    named -= {verb.i for verb in verbs}
    weapons = {token.i for span in doc.spans["weapons"] for token in span if named.isdisjoint({token.i, token.i + 1})}
    return {verb.i for verb in verbs if any(child.dep_ == "nsubj" and child.i in weapons for child in verb.children)}


def find_arguments(doc: Doc) -> Mapping[int, Arguments]:
    """Return token of a trigger → what the model holds to belong to it."""
    triggers = doc.spans["triggers"]
    found: dict[int, Arguments] = {}
    for span in doc.spans["arguments"]:
        for token in triggers[int(span.kb_id_)]:
            found.setdefault(token.i, []).append((span.label_, (span.start, span.end)))
    return found


def trigger_scores(doc: Doc) -> Mapping[int, float]:
    """Return token → how probable the model holds that it names an event."""
    found: dict[int, float] = {}
    for group in ("weak_triggers", "triggers"):
        for span, score in zip(doc.spans[group], doc.scores[group], strict=True):
            for token in span:
                found[token.i] = max(score, found.get(token.i, 0.0))
    return found
