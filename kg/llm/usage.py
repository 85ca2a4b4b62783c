"""What a run cost, in requests, tokens and money, and what it had to leave out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.llm.client import Tokens
from kg.llm.dropped import Dropped, Reason


@dataclass
class Usage:
    """Counts of one run; `untold` are completions whose tokens the endpoint does not tell."""

    requests: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    untold: int = 0
    dropped: Dropped = field(default_factory=Dropped)

    def add(self, tokens: Tokens | None) -> None:
        """Count the tokens of one completion."""
        if tokens is None:
            self.untold += 1
        else:
            self.prompt_tokens += tokens.prompt_tokens
            self.completion_tokens += tokens.completion_tokens


def usage_lines(usage: Usage, *, price_in: float = 0.0, price_out: float = 0.0) -> Iterator[str]:
    """Yield the report, a line each.

    Args:
        usage: the counts.
        price_in: price of a million prompt tokens.
        price_out: price of a million completion tokens, in the same currency; without any price no cost is told.

    >>> list(usage_lines(Usage(requests=2, retries=1, prompt_tokens=1000, completion_tokens=10), price_in=2))
    ['2 requests (1 retry), 1,000 prompt tokens, 10 completion tokens, cost 0.0020']
    """
    retries = _number(usage.retries, "retry", "retries")
    parts = [
        f"{_number(usage.requests, 'request')} ({retries})" if usage.retries else _number(usage.requests, "request"),
        _number(usage.prompt_tokens, "prompt token"),
        _number(usage.completion_tokens, "completion token"),
    ]
    least = "at least " if usage.untold else ""
    if price_in or price_out:
        cost = (usage.prompt_tokens * price_in + usage.completion_tokens * price_out) / 1_000_000
        parts.append(f"cost {least}{cost:.4f}")
    if usage.untold:
        parts.append(f"tokens not told for {_number(usage.untold, 'answer')}")
    yield ", ".join(parts)
    for reason in Reason:
        counts = [
            f"{number:,} {kind}" for (kind, why), number in sorted(usage.dropped.items()) if why is reason and number
        ]
        if counts:
            yield f"left out for {reason.value}: {', '.join(counts)}"


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
