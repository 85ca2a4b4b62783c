"""Event claims: what a quoted source says."""

from collections import Counter
from collections.abc import Iterator

from kg.ids import Kind
from kg.rdf.ntriples import ckg, named, text, triple
from kg.rdf.scope import Scope
from kg.records import Claim, Span


def claim_triples(scope: Scope) -> Iterator[str]:
    """Yield all that quoted sources say in the article; two claims made of the same words are numbered."""
    seen: Counter[tuple[int, ...]] = Counter()
    for claim in scope.resolved.extraction.claims:
        seed = (claim.cue.start, claim.cue.end, claim.content.start, claim.content.end)
        number = (seen[seed],) if seen[seed] else ()
        seen[seed] += 1
        yield from _claim(scope, claim, scope.mint(Kind.CLAIM, scope.resolved.article, "speech", *seed, *number))


def _claim(scope: Scope, claim: Claim, node: str) -> Iterator[str]:
    mentions = {mention.id: mention.span for mention in scope.resolved.extraction.mentions}
    cue, content = claim.cue, claim.content
    evidence = Span(start=min(cue.start, content.start), end=max(cue.end, content.end))
    yield scope.claim(node, "EventClaim", said=claim.id, evidence=evidence, confidence=claim.confidence)
    yield triple(node, ckg("content"), text(content.of(scope.text)))
    yield scope.quote(node, "mention", mentions[claim.claimant])
    yield scope.quote(node, "cue", cue)
    if claim.about is not None:
        yield triple(node, ckg("about"), named(scope.resolved.events[claim.about]))
    if claim.target is not None:
        yield triple(node, ckg("accused"), named(scope.entity(claim.target).iri))
