"""Embedding models: what is known of each, and what is installed."""

from indexer.models.registry import DEFAULT_MODEL, MODELS, ModelSpec
from indexer.models.store import InstalledModel, installed, pull, require, verify

__all__ = [
    "DEFAULT_MODEL",
    "MODELS",
    "InstalledModel",
    "ModelSpec",
    "installed",
    "pull",
    "require",
    "verify",
]
