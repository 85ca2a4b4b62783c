"""A language model as an extractor: asks, asks again, and reads the answer."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from kg.config import LlmConfig
from kg.errors import AnswerError, EndpointError, InputError
from kg.llm.answer import Answer, answer_schema, decode_answer
from kg.llm.client import Client, Completion, Failure, Fault
from kg.llm.endpoint import Endpoint
from kg.llm.pace import Pace
from kg.llm.prompt import instructions, question
from kg.llm.read import read_answer
from kg.llm.usage import Usage
from kg.patience import Clock
from kg.records import Article, Extraction
from kg.vocab import Vocab

if TYPE_CHECKING:
    import httpx

PATIENCE = 5
"""When the endpoint serves none of so many articles in a row, it will not serve the next ones either."""


class LanguageModel:
    """Extracts with the model behind an endpoint; a context manager that closes its connections.

    Args:
        endpoint: where the model is.
        vocab: the ontology that prompt and schema are made from.
        config: limits and pace.
        transport: what carries the requests, by default the network.
        clock: tells and passes the time, by default the real one.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        vocab: Vocab,
        config: LlmConfig | None = None,
        *,
        transport: "httpx.BaseTransport | None" = None,
        clock: Clock | None = None,
    ) -> None:
        self.usage = Usage()
        self._config = config or LlmConfig()
        self._clock = clock or Clock()
        self._client = Client(endpoint, self._config, transport=transport, clock=self._clock)
        self._pace = Pace(self._config.rate, self._clock)
        self._types = tuple(vocab.event_types)
        self._task = instructions(vocab)
        self._schema = answer_schema(vocab)
        self._reached = False
        self._unserved = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def extract(self, article: Article) -> Extraction:
        """Return what the model says that `article` tells, as far as the text bears it out.

        Raises:
            InputError: the article is too long.
            AnswerError: no try gave a usable answer; other articles may fare better.
            EndpointError: the endpoint does not work, so that no article will fare better.
        """
        if len(article.text) > self._config.max_chars:
            length, limit = len(article.text), self._config.max_chars
            msg = f"{length:,} characters are more than llm.max_chars = {limit:,}: split the article or raise the limit"
            raise InputError(msg)
        outcome = self._ask(article)
        if isinstance(outcome, Failure):
            self._give_up(outcome)
            raise AnswerError(outcome.reason)
        self._unserved = 0
        return read_answer(article, outcome, self._types, self.usage.dropped)

    def _ask(self, article: Article) -> Answer | Failure:
        """Ask until there is a usable answer, at most `retries` times again."""
        outcome = self._try(article, 0)
        for again in range(self._config.retries):
            if not isinstance(outcome, Failure) or outcome.fault is Fault.REFUSED:
                break
            wait = outcome.wait if outcome.wait is not None else 2.0**again
            self._clock.sleep(min(wait, self._config.max_wait))
            self.usage.retries += 1
            outcome = self._try(article, again + 1)
        return outcome

    def _try(self, article: Article, again: int) -> Answer | Failure:
        """Ask once; a further try gets a further seed, lest the same answer come back."""
        self._pace.wait()
        self.usage.requests += 1
        completion = self._client.post(self._request(article, self._config.seed + again))
        if isinstance(completion, Completion):
            self.usage.add(completion.tokens())
        content = completion.content() if isinstance(completion, Completion) else completion
        self._reached = self._reached or not (isinstance(content, Failure) and content.fault is Fault.UNREACHABLE)
        if isinstance(content, Failure):
            return content
        try:
            return decode_answer(content)
        except AnswerError as error:
            return Failure(fault=Fault.UNUSABLE, reason=self._client.endpoint.show(str(error)))

    def _request(self, article: Article, seed: int) -> bytes:
        return msgspec.json.encode(
            {
                "model": self._client.endpoint.model,
                "messages": [
                    {"role": "system", "content": self._task},
                    {"role": "user", "content": question(article)},
                ],
                "temperature": 0,
                "seed": seed,
                "max_tokens": self._config.max_tokens,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "extraction", "strict": True, "schema": self._schema},
                },
            }
        )

    def _give_up(self, failure: Failure) -> None:
        """End the run when the endpoint was never there, or serves nothing any more.

        Raises:
            EndpointError: it is so.
        """
        if failure.fault in {Fault.REFUSED, Fault.UNUSABLE}:
            self._unserved = 0
            return
        self._unserved += 1
        if not self._reached:
            msg = f"{failure.reason}: check --base-url, and that the server runs"
            raise EndpointError(msg)
        if self._unserved >= PATIENCE:
            msg = f"{failure.reason}; so it went with {PATIENCE} articles in a row: try again later"
            raise EndpointError(msg)
