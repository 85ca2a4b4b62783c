"""How far a run has come, on a terminal: rate and time left. Elsewhere nothing is shown."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.run.watch import Silent, Watch

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """One bar, whose words tell the step."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begin(self, step: str, total: int) -> None:
        """Begin a step; without a total the bar moves to and fro."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(step, total=total or None, rate="")

    def advance(self, count: int = 1) -> None:
        """Move on."""
        if self._task is None:
            return
        self._progress.advance(self._task, count)
        speed = self._progress.tasks[-1].speed
        self._progress.update(self._task, rate=f"{speed:,.1f}/s" if speed else "")


@contextmanager
def progress() -> Iterator[Watch]:
    """Yield who shows the progress of a run on standard error, when that is a terminal."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console  # noqa: PLC0415 - only terminals pay for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield Bar(shown)
