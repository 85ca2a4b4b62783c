"""Another extractor: a language model behind an OpenAI-compatible endpoint, whose every quote must be in the text."""

from kg.llm.endpoint import KEY_VARIABLE, Endpoint
from kg.llm.model import LanguageModel
from kg.llm.usage import usage_lines

__all__ = ["KEY_VARIABLE", "Endpoint", "LanguageModel", "usage_lines"]
