"""Answers and errors as HTTP responses."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.answers import Answers
from kg.serve.job import Answer, Job, Outcome
from kg.serve.line import BusyError
from kg.serve.pool import DiedError, TimedOutError

_STATUS = {
    Outcome.WRONG: 400,
    Outcome.UNACCEPTABLE: 406,
    Outcome.LARGE: 400,
    Outcome.MISSING: 404,
    Outcome.BROKEN: 500,
}


async def ask(answers: Answers, job: Job) -> Answer:
    """Return the result of `job`.

    Raises:
        HTTPException: there is none; status and words say why.
    """
    try:
        answer = await answers.get(job)
    except BusyError as error:
        raise HTTPException(503, "too many queries wait: ask again in a second", {"Retry-After": "1"}) from error
    except TimedOutError as error:
        raise HTTPException(504, "the query took too long and was stopped: add a LIMIT, or ask for less") from error
    except DiedError as error:
        raise HTTPException(400, "the query needs too much memory or is nested too deeply: ask for less") from error
    except StoreError as error:
        raise HTTPException(
            503, "no worker can be started: the log of the server says why", {"Retry-After": "5"}
        ) from error
    if answer.outcome is not Outcome.DONE:
        raise HTTPException(_STATUS[answer.outcome], answer.body.decode())
    return answer


def respond(answer: Answer) -> Response:
    """Return a result as a response; the same address gives other forms to other clients."""
    return Response(answer.body, media_type=answer.media, headers={"Vary": "Accept"})
