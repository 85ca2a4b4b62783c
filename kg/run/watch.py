"""Who is told how far a run has come."""

from typing import Protocol


class Watch(Protocol):
    """Shows the steps of a run, one after another."""

    def begin(self, step: str, total: int) -> None:
        """Begin a step of so many units of work."""
        ...

    def advance(self, count: int = 1) -> None:
        """Say that so many more units of the step are done."""
        ...


class Silent:
    """Shows nothing."""

    def begin(self, step: str, total: int) -> None:
        """Show nothing."""

    def advance(self, count: int = 1) -> None:
        """Show nothing."""
