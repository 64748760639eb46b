"""Where engines come from: an index directory, and the models that all its views share.

The application needs no more of an engine than `EngineLike`, so that it can be built and tested
without vectors. The real one is imported when it is opened.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from search_api.engine_like import EngineLike

if TYPE_CHECKING:
    from indexer.encoder import Encoder, EncoderIdentity
    from indexer.encoder.ahead import EncoderAhead
    from indexer.reranker import Reranker

__all__ = ["EngineOpener", "IndexOpener"]


class EngineOpener(Protocol):
    """Where engines come from."""

    def published(self) -> int | None:
        """Return the generation now published, or None; cheap enough to ask every second."""

    def open(self) -> EngineLike:
        """Open what is published.

        Raises:
            PrecedentError: it cannot be opened.
        """


class IndexOpener:
    """Opens the real engine over an index directory.

    The encoder outlives the generation it was opened for, as what reranks does. Reading a
    vocabulary of 250,000 pieces keeps every other thread of Python waiting for most of a second, at
    each publication; and the vectors of recent questions stay known.
    """

    def __init__(
        self,
        index_dir: Path,
        models_dir: Path | None,
        models: _Models | None = None,
        ahead: EncoderAhead | None = None,
    ) -> None:
        self._index_dir = index_dir
        self._models = models or _Models(models_dir, ahead)
        self._encoder: Encoder | None = None
        self._reranker: Reranker | None = None

    def of_view(self, view: frozenset[str]) -> IndexOpener:
        """Return what opens a view of the index with the same models.

        What was encoded and reranked is remembered for each view by itself: how soon a text is
        encoded would tell that somebody else was shown it.
        """
        from indexer.restricted.place import view_dir

        return IndexOpener(view_dir(self._index_dir, view), None, self._models)

    def published(self) -> int | None:
        """Return the generation that the index directory publishes."""
        from indexer.manifest import published_generation

        return published_generation(self._index_dir)

    def open(self) -> EngineLike:
        """Open the index, and its model where it is another than before."""
        from indexer.snapshot import Snapshot
        from search_api.engine import Engine

        snapshot = Snapshot.open(self._index_dir)
        try:
            encoder = self._encoder_of(snapshot.manifest.encoder)
            return Engine(snapshot, encoder, self._lazy_reranker())
        except BaseException:
            snapshot.close()
            raise

    def _encoder_of(self, wanted: EncoderIdentity) -> Encoder:
        held = None if self._encoder is None else self._encoder.identity
        if held is None or (held.model, held.digest) != (wanted.model, wanted.digest):
            from search_api.remembered import RememberingEncoder

            self._encoder = RememberingEncoder(self._models.encoder(wanted))
        assert self._encoder is not None  # noqa: S101
        return self._encoder

    def _lazy_reranker(self) -> Reranker:
        if self._reranker is None:
            from search_api.remembered import RememberingReranker

            self._reranker = RememberingReranker(self._models.reranker())
        return self._reranker


class _Models:
    """The models of an index, each opened once for all its views."""

    def __init__(self, models_dir: Path | None, ahead: EncoderAhead | None) -> None:
        self._models_dir = models_dir
        self._ahead = ahead
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._reranker: Reranker | None = None

    def encoder(self, wanted: EncoderIdentity) -> Encoder:
        """Return the encoder of a model, opened where another was open before."""
        with self._lock:
            held = None if self._encoder is None else self._encoder.identity
            if held is None or (held.model, held.digest) != (wanted.model, wanted.digest):
                from indexer.encoder import open_encoder

                ready = None if self._ahead is None else self._ahead.take(wanted)
                self._encoder = ready or open_encoder(
                    wanted.model, self._folder(), int8=wanted.int8
                )
            assert self._encoder is not None  # noqa: S101
            return self._encoder

    def reranker(self) -> Reranker:
        """Return what reranks; it is loaded when first used."""
        with self._lock:
            if self._reranker is None:
                from indexer.reranker import LazyReranker

                self._reranker = LazyReranker(self._folder())
            return self._reranker

    def _folder(self) -> Path:
        from indexer.home import models_dir

        return self._models_dir or models_dir()
