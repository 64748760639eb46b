"""One network compiled for one device, run by any number of threads."""

from __future__ import annotations

from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["CompiledNetwork", "settings"]

PLANS_KEPT = 2048
"""Plans of shapes that a stream keeps (the engine's default is 5,000). The shapes of one index fit;
what a hostile mixture of lengths can make the engine hold is bounded."""

ACTIVATIONS_A_SCALE = 128
"""Activations that share one scale in 8 bits. Of 32 to 384, the fastest, and with half the loss
of 384."""


def settings(device: str, precision: str, threads: int) -> dict[str, str]:
    """Return the settings of OpenVINO for a device, in `precision`, on `threads` cores."""
    if device != "CPU":
        return {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision}
    return {
        "PERFORMANCE_HINT": "THROUGHPUT",
        "NUM_STREAMS": str(threads),
        "INFERENCE_NUM_THREADS": str(threads),
        "INFERENCE_PRECISION_HINT": precision,
        "CPU_RUNTIME_CACHE_CAPACITY": str(PLANS_KEPT),
    }


class CompiledNetwork:
    """A compiled model and the requests it has at rest. Safe to call from several threads.

    `openvino.AsyncInferQueue` is not used: its callbacks enter Python from threads of its own, and
    a process that ended soon after the last of them aborted, or hung, three times in four.
    """

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._idle: SimpleQueue[Any] = SimpleQueue()

    def infer(self, inputs: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Run one batch on a request that no other thread has, and hand the request back."""
        try:
            request = self._idle.get_nowait()
        except Empty:
            request = self._compiled.create_infer_request()
        try:
            return np.array(request.infer(inputs, share_outputs=True)[0], np.float32)
        finally:
            self._idle.put(request)
