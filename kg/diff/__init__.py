"""What is new, changed and gone between two graphs."""

from kg.diff.compare import Change, Difference, Kind, compare
from kg.diff.patch import patch

__all__ = ["Change", "Difference", "Kind", "compare", "patch"]
