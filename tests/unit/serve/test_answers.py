"""Answers are worked out once and kept while there is room."""

import asyncio
from collections import Counter

import pytest

from kg.serve.answers import Answers
from kg.serve.job import Answer, Ask, Describe, Job, Outcome

ROOM = 40_000


class Work:
    """Works answers out, and counts them."""

    def __init__(self, size: int = 10) -> None:
        self.done: Counter[Job] = Counter()
        self.fails = False
        self._size = size

    async def __call__(self, job: Job) -> Answer:
        self.done[job] += 1
        await asyncio.sleep(0.01)
        if self.fails:
            raise TimeoutError
        return Answer(outcome=Outcome.DONE, media="text/csv", body=b"x" * self._size)


def asking(text: str, media: str = "text/csv") -> Ask:
    return Ask(sparql=text, rows=media, triples=None)


def test_many_who_ask_the_same_at_once_wait_for_one_answer() -> None:
    async def play() -> None:
        work = Work()
        answers = Answers(work, ROOM)
        found = await asyncio.gather(*(answers.get(asking("ASK {}")) for _ in range(50)))
        await answers.get(asking("ASK {}"))
        assert len({id(answer) for answer in found}) == 1
        assert work.done == {asking("ASK {}"): 1}

    asyncio.run(play())


def test_another_form_is_another_answer() -> None:
    async def play() -> None:
        work = Work()
        answers = Answers(work, ROOM)
        page = Describe(iri="urn:x", media="text/html")
        for job in (
            asking("ASK {}"),
            asking("ASK {}", "text/html"),
            page,
            Describe(iri="urn:x", media="text/turtle"),
            page,
        ):
            await answers.get(job)
        assert sorted(work.done.values()) == [1, 1, 1, 1]

    asyncio.run(play())


def test_a_failure_is_told_to_all_and_tried_again() -> None:
    async def play() -> None:
        work = Work()
        work.fails = True
        answers = Answers(work, ROOM)
        found = await asyncio.gather(*(answers.get(asking("ASK {}")) for _ in range(3)), return_exceptions=True)
        assert [type(each) for each in found] == [TimeoutError] * 3
        work.fails = False
        assert (await answers.get(asking("ASK {}"))).outcome is Outcome.DONE
        assert work.done.total() == 2

    asyncio.run(play())


@pytest.mark.parametrize(("size", "kept"), [(100, 20), (3_000, 10), (ROOM, 0)])
def test_what_was_not_asked_for_longest_makes_room(size: int, kept: int) -> None:
    async def play() -> None:
        work = Work(size)
        answers = Answers(work, ROOM)
        jobs = [asking(f"ASK {{}} # {number}") for number in range(20)]
        for job in (*jobs, *reversed(jobs)):
            await answers.get(job)
        again = sum(count == 2 for count in work.done.values())
        assert abs(len(jobs) - again - kept) <= 1

    asyncio.run(play())
