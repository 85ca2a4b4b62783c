"""What the builders of triples share while they work on one article."""

from collections.abc import Iterator

from kg.ids import Kind, Minter
from kg.rdf.namespaces import OA
from kg.rdf.ntriples import GENERATED_BY, TYPE, Statement, ckg, decimal, integer, named, term, text
from kg.rdf.sentences import Sentences
from kg.records import Span, Stance
from kg.resolved import Resolved, ResolvedEntity
from kg.vocab import Vocab

_SOURCE, _START, _END, _EXACT = (term(OA, name) for name in ("hasSource", "start", "end", "exact"))


class Scope:
    """One article on its way into the graph.

    Args:
        resolved: the article.
        run: the node of the run.
        minter: mints the IRIs.
        vocab: knows the event types.
    """

    def __init__(self, resolved: Resolved, *, run: str, minter: Minter, vocab: Vocab) -> None:
        self.resolved, self.run, self.minter, self.vocab = resolved, run, minter, vocab
        self.article = named(resolved.article)
        self.text = resolved.extraction.article.text
        self._claims = {claim.id: claim for claim in resolved.extraction.claims}
        self._own_voice = resolved.publisher.iri if resolved.publisher else resolved.article
        self._sentences = Sentences(self.text)
        self._spans: dict[Span, str] = {}

    def mint(self, kind: Kind, *parts: object) -> str:
        """Return a new node of `kind`."""
        return named(self.minter.iri(kind, *parts))

    def entity(self, mention: str) -> ResolvedEntity:
        """Return the entity that the mention `mention` stands for."""
        return self.resolved.mentions[mention]

    def source(self, claim: str | None) -> str:
        """Return the IRI of who says what `claim` says; for `None` the publisher, or the article when it names none."""
        return self._own_voice if claim is None else self.entity(self._claims[claim].claimant).iri

    def stance(self, claim: str | None) -> Stance:
        """Return how `claim` puts it; an article asserts."""
        return Stance.ASSERTS if claim is None else self._claims[claim].stance

    def quote(self, subject: str, predicate: str, span: Span) -> Iterator[Statement]:
        """Yield `subject` → span, and the first time the whole description of the span."""
        node = self._spans.get(span)
        if node is not None:
            yield subject, ckg(predicate), node
            return
        node = self._spans[span] = named(self.minter.span(self.resolved.article, span))
        yield subject, ckg(predicate), node
        yield node, TYPE, ckg("TextSpan")
        yield node, _SOURCE, self.article
        yield node, _START, integer(span.start)
        yield node, _END, integer(span.end)
        yield node, _EXACT, text(span.of(self.text))
        yield node, ckg("sentence"), text(self._sentences.around(span).of(self.text))

    def claim(
        self, node: str, kind: str, *, said: str | None, evidence: Span, confidence: float
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
        yield node, ckg("attributedTo"), named(self.source(said))
        yield node, ckg("reportedIn"), self.article
        yield node, ckg("confidence"), decimal(confidence)
        yield node, GENERATED_BY, self.run
        yield from self.quote(node, "evidence", evidence)
