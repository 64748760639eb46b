"""The encoder of an index, got ready while other things are.

OpenVINO compiles a network for most of a second without needing Python, which meanwhile imports
what serves: together they take two thirds of the time that they take in turn.
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from threading import Lock, Thread

from corpus.errors import PrecedentError
from indexer.encoder.opening import open_encoder
from indexer.encoder.types import Encoder, EncoderIdentity

# A thread must not import what another is importing, so that all it needs is imported first.
from indexer.openvino_runtime import core

__all__ = ["EncoderAhead"]


class EncoderAhead:
    """Opens an encoder in a thread of its own, from now on, for whoever takes it first."""

    def __init__(self, wanted: EncoderIdentity, models_dir: Path) -> None:
        """Begin to open the installed model that an index was made with."""
        core()
        self._wanted = wanted
        self._lock = Lock()
        self._opening: Future[Encoder] | None = Future()
        # Waited for at the end of the process: compiling cannot be broken off.
        Thread(target=self._open, args=(self._opening, models_dir), name="encoder ahead").start()

    def take(self, wanted: EncoderIdentity) -> Encoder | None:
        """Return the encoder once it is open, and only once.

        None where it is another than is wanted, was taken already, or cannot be opened: whoever
        then opens it is told why.
        """
        with self._lock:
            opening, self._opening = self._opening, None
        if opening is None or (wanted.model, wanted.digest) != (
            self._wanted.model,
            self._wanted.digest,
        ):
            return None
        try:
            return opening.result()
        except PrecedentError:
            return None

    def _open(self, opening: Future[Encoder], models_dir: Path) -> None:
        try:
            opening.set_result(open_encoder(self._wanted.model, models_dir, int8=self._wanted.int8))
        except BaseException as error:
            opening.set_exception(error)
