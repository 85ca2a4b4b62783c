"""The first sentence below a headline, which tells the same as the headline."""

from itertools import islice

from kg.extract.tokens import Doc

_FINAL = frozenset({".", "!", "?", "…", ":"})
_LAST = 3
"""A headline has no final punctuation among so many tokens at its end, quotation marks and line breaks included."""
_SHORTEST = 8
"""A shorter sentence below a headline is a dateline."""
_TRIED = 4


def find_lead(doc: Doc) -> tuple[int, int] | None:
    """Return where the first sentence below a headline begins and ends, `None` for a text without one.

    A headline is a first line without final punctuation; a dateline may stand between.
    """
    sentences = islice(doc.sents, _TRIED)
    first = next(sentences, None)
    if first is None or "\n" not in first[-1].text or any(token.text in _FINAL for token in first[-_LAST:]):
        return None
    lead = next((sentence for sentence in sentences if len(sentence) >= _SHORTEST), None)
    return None if lead is None else (lead.start, lead.end)
