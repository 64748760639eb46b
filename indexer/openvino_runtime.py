"""The one door through which OpenVINO is imported, with its telemetry shut out.

`import openvino` sends an event over the network through the package openvino-telemetry, which
comes with it. OpenVINO falls back to a silent stub where that package cannot be imported; so it is
made unimportable before. Everything else in the project imports `ov` from here.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

__all__ = ["best_precision", "core", "ov"]

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]

import openvino as ov  # noqa: E402


@cache
def core() -> Any:
    """Return the one `ov.Core` of this process.

    The first to use the CPU gives the thread it runs in a stack for signals (matrix registers make
    their frames large) and the last to be freed unmaps it. Were that another thread, the next
    Ctrl-C would be written to memory that is gone, and end the process with a segmentation fault.
    So it is never freed.
    """
    return ov.Core()


def best_precision(core: Any) -> str:
    """Return "bf16" where the CPU computes in it, else "f32".

    bf16 keeps a cosine of 0.9999 or better to float32 and is what makes two cores enough; where the
    CPU only emulates it, it would be slower than float32.
    """
    return "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
