"""What the builders of triples share while they work on one article."""

from collections.abc import Iterator

import msgspec
import pyoxigraph as ox

from kg.ids import Kind, Minter
from kg.rdf import literals
from kg.rdf.namespaces import GENERATED_BY, OA, TYPE, ckg
from kg.rdf.sentences import sentence_around
from kg.records import Claim, Resolved, ResolvedEntity, Span, Stance
from kg.vocab import Vocab

Statement = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]
"""Subject, predicate and object of one triple."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """One article on its way into the graph.

    `claims` maps claim ids to records; `run` is the node of the run.
    """

    resolved: Resolved
    claims: dict[str, Claim]
    run: ox.NamedNode
    minter: Minter
    vocab: Vocab

    @property
    def article(self) -> ox.NamedNode:
        """The node of the article."""
        return ox.NamedNode(self.resolved.article)

    @property
    def text(self) -> str:
        """The text that all offsets count in."""
        return self.resolved.extraction.article.text

    def mint(self, kind: Kind, *parts: object) -> ox.NamedNode:
        """Return a new node of `kind`."""
        return ox.NamedNode(self.minter.iri(kind, *parts))

    def entity(self, mention: str) -> ResolvedEntity:
        """Return the entity that the mention `mention` stands for."""
        return self.resolved.mentions[mention]

    def source(self, claim: str | None) -> ox.NamedNode:
        """Return who says what `claim` says; for `None` the publisher, or the article when it names none."""
        if claim is not None:
            return ox.NamedNode(self.entity(self.claims[claim].claimant).iri)
        publisher = self.resolved.publisher
        return ox.NamedNode(publisher.iri) if publisher else self.article

    def stance(self, claim: str | None) -> Stance:
        """Return how `claim` puts it; an article asserts."""
        return Stance.ASSERTS if claim is None else self.claims[claim].stance

    def span(self, span: Span) -> ox.NamedNode:
        """Return the node of a span of the article."""
        return ox.NamedNode(self.minter.span(self.resolved.article, span))

    def quote(self, subject: ox.NamedNode, predicate: str, span: Span) -> Iterator[Statement]:
        """Yield `subject` → span, and the whole description of the span."""
        node = self.span(span)
        yield subject, ckg(predicate), node
        yield node, TYPE, ckg("TextSpan")
        yield node, ox.NamedNode(OA + "hasSource"), self.article
        yield node, ox.NamedNode(OA + "start"), literals.integer(span.start)
        yield node, ox.NamedNode(OA + "end"), literals.integer(span.end)
        yield node, ox.NamedNode(OA + "exact"), literals.text(span.of(self.text))
        yield node, ckg("sentence"), literals.text(sentence_around(self.text, span).of(self.text))

    def claim(
        self, node: ox.NamedNode, kind: str, *, said: str | None, evidence: Span, confidence: float
    ) -> Iterator[Statement]:
        """Yield what claims of all kinds have in common, except what they are about.

        Args:
            node: the claim.
            kind: its class.
            said: the id of the claim record that tells it, `None` for the article's own voice.
            evidence: the words that show it.
            confidence: 0 to 1.
        """
        yield node, TYPE, ckg(kind)
        yield node, ckg("stance"), ckg(self.stance(said))
        yield node, ckg("attributedTo"), self.source(said)
        yield node, ckg("reportedIn"), self.article
        yield node, ckg("confidence"), literals.decimal(confidence)
        yield node, GENERATED_BY, self.run
        yield from self.quote(node, "evidence", evidence)
