"""Scoring a graph against gold annotation: precision, recall, F1, kinds of error, reliability of confidence."""

from kg.evaluate.gold import GoldDocument, news_file, read_gold
from kg.evaluate.score import Evaluation, evaluate

__all__ = ["Evaluation", "GoldDocument", "evaluate", "news_file", "read_gold"]
