"""What of an answer is left out, counted by kind and reason: nothing vanishes unsaid."""

from collections import Counter
from enum import StrEnum


class Reason(StrEnum):
    """Why a record is left out."""

    NOT_LITERAL = "words that are not in the text"
    UNFIT = "values that do not fit, or refer to nothing"


Dropped = Counter[tuple[str, Reason]]
"""How many records of each kind ("event", "claim", …) were left out for each reason."""
