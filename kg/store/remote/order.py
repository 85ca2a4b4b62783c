"""Several pieces of work under way at once, finished in the order in which they were begun."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

_Item = TypeVar("_Item")


def in_order(
    items: Iterable[_Item],
    work: Callable[[_Item], object],
    *,
    most: int,
    alone: Callable[[_Item], bool],
    stop: Callable[[], object],
) -> Generator[_Item, None, None]:
    """Yield `items` in their order, each when `work` on it is done; the next ones are read meanwhile.

    When reading fails, the items before are finished and yielded first. When work fails, nothing new is begun, the items
    before are yielded, and what is then under way is stopped.

    Args:
        items: what is read.
        work: is done in a thread.
        most: how many items are worked on at once.
        alone: whether an item must be done before the next is begun.
        stop: is called when work under way is in vain.

    Raises:
        Exception: what reading or `work` has raised.
    """
    waiting: deque[tuple[_Item, Future[None]]] = deque()
    pool = ThreadPoolExecutor(most)
    broken = Event()

    def tried(item: _Item) -> None:
        if broken.is_set():
            return  # An item before this one has failed, so that nobody will be told.
        try:
            work(item)
        except BaseException:
            broken.set()
            raise

    def finished(left: int) -> Iterator[_Item]:
        while len(waiting) > left:
            item, job = waiting.popleft()
            job.result()
            yield item

    reader = iter(items)
    try:
        while True:
            try:
                item = next(reader)
            except StopIteration:
                break
            except Exception:
                yield from finished(0)
                raise
            waiting.append((item, pool.submit(tried, item)))
            yield from finished(0 if alone(item) else most)
        yield from finished(0)
    except BaseException:
        stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
