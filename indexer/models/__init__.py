"""Models: what is known of each, and what is installed.

Embedding models make an index and its questions comparable; cross-encoders reorder hits on request.
"""

from indexer.models.registry import DEFAULT_MODEL, MODELS, ModelSpec, only_language
from indexer.models.rerankers import DEFAULT_RERANKER, RERANKERS, RerankerSpec
from indexer.models.store import InstalledModel, installed, pull, require, require_reranker, verify

__all__ = [
    "DEFAULT_MODEL",
    "DEFAULT_RERANKER",
    "MODELS",
    "RERANKERS",
    "InstalledModel",
    "ModelSpec",
    "RerankerSpec",
    "installed",
    "only_language",
    "pull",
    "require",
    "require_reranker",
    "verify",
]
