"""News articles about armed conflict in, a knowledge graph in RDF that a person can check out."""
