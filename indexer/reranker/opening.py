"""A cross-encoder that is loaded when something is first reranked, and once a process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.models.rerankers import DEFAULT_RERANKER, RERANKERS
from indexer.models.store import installed, require_reranker
from indexer.reranker.types import Scores

if TYPE_CHECKING:
    from indexer.reranker.openvino import OpenVinoReranker

__all__ = ["LazyReranker"]


class LazyReranker:
    """An installed cross-encoder, or the place where one would be. Safe to call from threads.

    Whoever never asks for it pays neither its memory nor its half second of loading; one that is
    installed while the process runs serves from then on.
    """

    def __init__(self, models_dir: Path, name: str = DEFAULT_RERANKER) -> None:
        self._models_dir = models_dir
        self._name = name
        self._lock = threading.Lock()
        self._loaded: OpenVinoReranker | None = None

    @property
    def name(self) -> str:
        """Name of its model."""
        return self._name

    @property
    def languages(self) -> frozenset[str]:
        """Languages it reads, ISO 639-1."""
        return frozenset(RERANKERS[self._name].languages.split())

    def is_installed(self) -> bool:
        """Tell whether it can be used; loads nothing.

        Raises:
            ModelError: what is installed cannot be read.
        """
        return self._loaded is not None or installed(self._name, self._models_dir) is not None

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Return how well each text answers, (n,) float32, higher is better.

        Raises:
            ModelError: it is not installed, or its files cannot be loaded.
        """
        return self._load().scores(question, texts)

    def _load(self) -> OpenVinoReranker:
        with self._lock:
            if self._loaded is None:
                from indexer.reranker.openvino import OpenVinoReranker

                model, spec = require_reranker(self._name, self._models_dir)
                self._loaded = OpenVinoReranker(model, spec)
            return self._loaded
