"""Work under way at once: finished in order, never more than wanted, and stopped when in vain."""

import threading
import time
from collections.abc import Generator, Iterator

import pytest

from kg.store.remote.order import in_order


class Work:
    """Notes what is under way; numbers in `slow` take longer, those in `wrong` fail."""

    def __init__(self, *, slow: tuple[int, ...] = (), wrong: tuple[int, ...] = ()) -> None:
        self.slow, self.wrong = slow, wrong
        self.under_way: set[int] = set()
        self.most = 0
        self.done: list[int] = []
        self.beside: dict[int, set[int]] = {}
        self.stopped = threading.Event()
        self._lock = threading.Lock()

    def __call__(self, number: int) -> None:
        with self._lock:
            self.under_way.add(number)
            self.most = max(self.most, len(self.under_way))
            for other in self.under_way:
                self.beside.setdefault(other, set()).update(self.under_way - {other})
        self.stopped.wait(0.2 if number in self.slow else 0.005)
        with self._lock:
            self.under_way.discard(number)
            if number in self.wrong:
                raise ValueError(number)
            self.done.append(number)


def run(items: Iterator[int], work: Work, *, most: int = 3, alone: tuple[int, ...] = ()) -> Generator[int, None, None]:
    return in_order(items, work, most=most, alone=lambda item: item in alone, stop=work.stopped.set)


def test_the_order_is_kept_and_no_more_than_wanted_are_under_way() -> None:
    work = Work(slow=(0, 5))
    assert list(run(iter(range(20)), work)) == list(range(20))
    assert work.most == 3
    assert work.done[0] != 0, "others are done before a slow one"
    assert not work.stopped.is_set()


def test_what_goes_alone_has_nothing_behind_it() -> None:
    work = Work(slow=(4,))
    assert list(run(iter(range(10)), work, alone=(0, 4))) == list(range(10))
    assert max(work.beside[4], default=0) < 4
    assert work.beside[0] == set()


def test_what_was_read_before_an_error_is_finished_first() -> None:
    def reader() -> Iterator[int]:
        yield from range(4)
        message = "line 5"
        raise OSError(message)

    work = Work(slow=(3,))
    seen: list[int] = []
    with pytest.raises(OSError, match="line 5"):
        seen.extend(run(reader(), work))
    assert seen == sorted(work.done) == [0, 1, 2, 3]


def test_an_error_comes_in_its_turn_and_stops_the_rest() -> None:
    work = Work(slow=(1, 3), wrong=(2,))
    seen: list[int] = []
    with pytest.raises(ValueError, match="2"):
        seen.extend(run(iter(range(1000)), work))
    assert seen == [0, 1]
    assert work.stopped.is_set()
    assert len(work.done) < 10


def test_nothing_is_begun_behind_an_error() -> None:
    work = Work(slow=(0,), wrong=(1,))
    with pytest.raises(ValueError, match="1"):
        list(run(iter(range(10)), work, most=2))
    assert work.done == [0], "what came before is done all the same"


def test_who_wants_no_more_waits_for_nothing() -> None:
    work = Work(slow=tuple(range(1, 100)))
    running = run(iter(range(100)), work)
    next(running)
    began = time.monotonic()
    running.close()
    assert time.monotonic() - began < 0.15
    assert work.under_way == set()
