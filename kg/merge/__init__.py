"""One graph out of many articles: decides the IRI and the names of every event and entity, and which of them are one.

`join` finds in memory which events are one and which articles are copies; `unify` gives everything its place in the graph.
At scale the steps run by themselves, none depends on the order of its input:

    sign          an article → a `Signature`: its `Print` and its `EventSignature`s, small records in place of the text
    home          the key by which events are sent to one place; `join_events` there returns their clusters
    fortnights    the keys by which prints are sent to one place; `copies` there yields pairs, `first_of` adds all up
    unify, place  the article with the IRIs of its events: `Clusters.events` need only hold those of its own events

`kg.rdf.graph.Writer` then writes each article, and each event that several articles tell from their `Telling`s.
"""

from kg.merge.join import join
from kg.merge.unify import unify

__all__ = ["join", "unify"]
