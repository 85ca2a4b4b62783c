"""The graph over HTTP: SPARQL 1.1 Protocol, canned queries, a page for every IRI (extra `server`)."""
