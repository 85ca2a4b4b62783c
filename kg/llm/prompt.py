"""What the model is told: the task in words of the ontology, then one article as data."""

from collections.abc import Iterable
from importlib import resources
from string import Template

from kg.ids import digest, text_hash
from kg.records import Article, EntityKind, Harm, Stance, Status, VictimCategory
from kg.vocab import Vocab


def instructions(vocab: Vocab) -> str:
    """Return the task: `prompt.txt` with the terms of `vocab` and what they mean."""
    template = Template(resources.files("kg.llm").joinpath("prompt.txt").read_text("utf-8"))
    return template.substitute(
        events="\n".join(f"- {kind.name}: {kind.comment}" for kind in vocab.event_types.values()),
        weapons=", ".join(weapon.label for weapon in vocab.weapon_classes.values()),
        statuses=_listed(Status, vocab),
        stances=_listed(Stance, vocab),
        harms=_listed(Harm, vocab),
        categories=_listed(VictimCategory, vocab),
        kinds=_listed(EntityKind, vocab),
    )


def question(article: Article) -> str:
    """Return the article between two marks that its own text cannot hold, because they are made from its hash."""
    mark = f"ARTICLE-{digest(article.id, text_hash(article))}"
    published = article.published.isoformat() if article.published else "unknown"
    title = " ".join((article.title or "").split()) or "none"
    return f"<<<{mark}\nPublished: {published}\nTitle: {title}\nText:\n{article.text}\n{mark}>>>"


def _listed(terms: Iterable[str], vocab: Vocab) -> str:
    return "\n".join(f"- {term}: {vocab.meanings[term]}" for term in map(str, terms))
