"""A worker: a process that answers queries on a read-only store, one after another, from standard input to output.

A query that runs in Oxigraph cannot be stopped, but a process can: the server ends one that takes too long. Whatever a query
does to it, by endless recursion or by hunger for memory, is done to this process alone.
"""

import gc
import os
import signal
import sys
import time
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.query.execute import Dataset, run
from kg.serve.explorer.parts import part
from kg.serve.job import HEAD, Answer, Ask, Describe, Job, Outcome, frame
from kg.serve.linked.page import page
from kg.serve.linked.rows import rows
from kg.serve.media import HTML, JSON
from kg.serve.write import TooLargeError, UnacceptableError, UnknownError, write
from kg.store import open_read_only

COLLECT = (100_000, 50, 1_000)
"""How seldom cycles are looked for: answers leave none, and looking takes a tenth of a page's time."""
GRACE = 5.0
"""Seconds after which a worker ends itself that nobody has ended."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker goes by.

    `timeout`, `memory`: seconds and bytes of memory for a query. `result`: most bytes of its result. `base`: what the IRIs of
    the data start with. `nice`: by how much the worker yields to other processes, from 0 to 19.
    """

    timeout: float
    memory: int
    result: int
    base: str
    nice: int = 0


def answer(store: ox.Store, job: Job, rules: Rules) -> Answer:
    """Answer one job; whatever is wrong with it is told in words."""
    try:
        media, body = _work(store, job, rules)
    except TooLargeError as error:
        return _words(Outcome.LARGE, error)
    except (UnacceptableError, InputError) as error:
        return _words(Outcome.UNACCEPTABLE, error)
    except UnknownError as error:
        return _words(Outcome.MISSING, error)
    except QueryError as error:
        return _words(Outcome.WRONG, error)
    except OSError as error:
        return _words(Outcome.BROKEN, error)
    return Answer(outcome=Outcome.DONE, media=media, body=body)


def _work(store: ox.Store, job: Job, rules: Rules) -> tuple[str, bytes]:
    if isinstance(job, Ask):
        return _ask(store, job, rules)
    if isinstance(job, Describe):
        return job.media, page(store, job, rules.base)
    return JSON, part(store, job)


def _ask(store: ox.Store, job: Ask, rules: Rules) -> tuple[str, bytes]:
    results = run(store, job.sparql, Dataset(default=job.default_graphs, named=job.named_graphs))
    if job.rows == HTML and not isinstance(results, ox.QueryTriples):
        return HTML, rows(results, rules.base, rules.result)
    return write(results, job.rows, job.triples, rules.result)


def serve(store: ox.Store, rules: Rules, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer the jobs that come until no more come. The first answer, to no job, says that the worker is ready."""
    answers.write(frame(Answer(outcome=Outcome.DONE, media="", body=b"")))
    answers.flush()
    while head := jobs.read(HEAD):
        job = msgspec.msgpack.decode(jobs.read(int.from_bytes(head)), type=Job)
        signal.setitimer(signal.ITIMER_REAL, rules.timeout + GRACE)
        before = time.process_time()
        found = answer(store, job, rules)
        told = frame(msgspec.structs.replace(found, seconds=time.process_time() - before))
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(told)
        answers.flush()


def main() -> None:
    """Read store and rules from the command line and serve."""
    rules = msgspec.json.decode(sys.argv[2], type=Rules)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_DATA, (rules.memory, rules.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.name == "posix":
        os.setpgid(0, 0)
        os.nice(rules.nice)
    store = open_read_only(Path(sys.argv[1]))
    gc.freeze()
    gc.set_threshold(*COLLECT)
    serve(store, rules, sys.stdin.buffer, sys.stdout.buffer)


def _words(outcome: Outcome, error: Exception) -> Answer:
    return Answer(outcome=outcome, media="text/plain", body=str(error).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
