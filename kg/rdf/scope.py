"""What the builders of triples share while they work on one article."""

from kg.ids import Kind, Minter
from kg.rdf.namespaces import OA
from kg.rdf.ntriples import GENERATED_BY, TYPE, ckg, decimal, integer, named, term, text, triple
from kg.rdf.sentences import Sentences
from kg.records import Span, Stance
from kg.resolved import Resolved, ResolvedEntity
from kg.vocab import Vocab

_SOURCE, _START, _END, _EXACT = (term(OA, name) for name in ("hasSource", "start", "end", "exact"))
_STANCE, _BY, _IN, _SURE = (ckg(name) for name in ("stance", "attributedTo", "reportedIn", "confidence"))
_SPAN, _SENTENCE = ckg("TextSpan"), ckg("sentence")


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
        return f"<{self.minter.iri(kind, *parts)}>"  # letters and digits behind the base, which `named` has seen

    def entity(self, mention: str) -> ResolvedEntity:
        """Return the entity that the mention `mention` stands for."""
        return self.resolved.mentions[mention]

    def source(self, claim: str | None) -> str:
        """Return the IRI of who says what `claim` says; for `None` the publisher, or the article when it names none."""
        return self._own_voice if claim is None else self.entity(self._claims[claim].claimant).iri

    def stance(self, claim: str | None) -> Stance:
        """Return how `claim` puts it; an article asserts."""
        return Stance.ASSERTS if claim is None else self._claims[claim].stance

    def quote(self, subject: str, predicate: str, span: Span) -> str:
        """Return `subject` → span as lines, with the whole description of the span the first time."""
        node = self._spans.get(span)
        if node is not None:
            return triple(subject, ckg(predicate), node)
        node = self._spans[span] = self.mint(Kind.SPAN, self.resolved.article, span.start, span.end)
        return (
            f"{subject} {ckg(predicate)} {node} .\n"
            f"{node} {TYPE} {_SPAN} .\n"
            f"{node} {_SOURCE} {self.article} .\n"
            f"{node} {_START} {integer(span.start)} .\n"
            f"{node} {_END} {integer(span.end)} .\n"
            f"{node} {_EXACT} {text(span.of(self.text))} .\n"
            f"{node} {_SENTENCE} {text(self._sentences.around(span).of(self.text))} .\n"
        )

    def claim(self, node: str, kind: str, *, said: str | None, evidence: Span, confidence: float) -> str:
        """Return as lines what claims of all kinds have in common, except what they are about.

        Args:
            node: the claim.
            kind: its class.
            said: the id of the claim record that tells it, `None` for the article's own voice.
            evidence: the words that show it.
            confidence: 0 to 1.
        """
        return (
            f"{node} {TYPE} {ckg(kind)} .\n"
            f"{node} {_STANCE} {ckg(self.stance(said))} .\n"
            f"{node} {_BY} {named(self.source(said))} .\n"
            f"{node} {_IN} {self.article} .\n"
            f"{node} {_SURE} {decimal(confidence)} .\n"
            f"{node} {GENERATED_BY} {self.run} .\n"
            f"{self.quote(node, 'evidence', evidence)}"
        )
