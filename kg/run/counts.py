"""What a run is summed up by."""

import msgspec


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many articles a graph is made of, what they tell, and how many problems there were with them."""

    articles: int
    events: int
    claims: int
    problems: int = 0

    def summary(self) -> str:
        """Return one line with the counts.

        >>> Counts(articles=1, events=2, claims=0).summary()
        '1 article, 2 events, 0 claims'
        """
        parts = [
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in ((self.articles, "article"), (self.events, "event"), (self.claims, "claim"))
        ]
        problems = f"; {self.problems} problem{'' if self.problems == 1 else 's'}" if self.problems else ""
        return ", ".join(parts) + problems
