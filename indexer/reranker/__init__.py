"""Cross-encoders: a question and a passage read together, for a few hits at a time."""

from indexer.reranker.opening import LazyReranker
from indexer.reranker.types import Reranker, Scores

__all__ = ["LazyReranker", "Reranker", "Scores"]
