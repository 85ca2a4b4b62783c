"""Records to RDF: triples, serialisation and the canonical form. Disk and network stay outside."""
