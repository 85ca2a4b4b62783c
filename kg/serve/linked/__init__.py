"""A page for every IRI of the graph and of the ontology: HTML for people, RDF for programs."""
