"""The stages composed: articles to extractions, extractions to a graph."""
