"""Which device encodes, and in which arithmetic.

A GPU is used for passages when there is one: an NVIDIA card through sentence-transformers on torch,
an Intel one through OpenVINO. Queries stay on the CPU, where one short text takes no longer than
its way to a card and back, and where the service need not load torch.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import ModelError

__all__ = ["VARIABLE", "Device", "choose_device", "has_cuda", "has_nvidia_driver"]

VARIABLE = "PRECEDENT_DEVICE"

_NVIDIA_DRIVER = Path("/proc/driver/nvidia/version")


@dataclass(frozen=True, slots=True)
class Device:
    """Where a model runs.

    Attributes:
        engine: "openvino", or "torch" for an NVIDIA card.
        name: as the engine calls it: CPU, GPU, GPU.1, cuda.
        precision: bf16, f16 or f32.
    """

    engine: str
    name: str
    precision: str


def choose_device(
    core: Any, wanted: str | None = None, *, cuda: Callable[[], bool] | None = None
) -> Device:
    """Choose where to encode passages: an NVIDIA card, an Intel GPU, else the CPU.

    Args:
        core: OpenVINO's, asked what there is.
        wanted: "cpu", "gpu" or "cuda"; by default what the variable PRECEDENT_DEVICE names, and
            where that is not set either, the fastest there is.
        cuda: says whether torch can use an NVIDIA card; asked last, for it may load torch.

    Raises:
        ModelError: a device is wanted that is not there, or no such kind exists.
    """
    wanted = (wanted or os.environ.get(VARIABLE) or "auto").lower()
    if wanted not in {"auto", "cpu", "gpu", "cuda"}:
        raise ModelError(
            f"device {wanted}", "is not known", f"set {VARIABLE} to auto, cpu, gpu or cuda"
        )
    if wanted in {"auto", "cuda"} and (cuda or has_cuda)():
        return Device("torch", "cuda", "f16")
    card = _openvino_gpu(core.available_devices) if wanted in {"auto", "gpu"} else None
    if card:
        return Device("openvino", card, "f16")
    if wanted in {"gpu", "cuda"}:
        raise ModelError(
            f"device {wanted}",
            f"is not here; OpenVINO sees {', '.join(core.available_devices)}",
            f"unset {VARIABLE}, or set it to cpu",
        )
    from indexer.openvino_runtime import best_precision

    return Device("openvino", "CPU", best_precision(core))


def has_nvidia_driver() -> bool:
    """Say whether the kernel drives an NVIDIA card, which torch may or may not be built to use."""
    return _NVIDIA_DRIVER.exists()


def has_cuda() -> bool:
    """Say whether torch can use an NVIDIA card; without the driver, torch is not even imported."""
    if not has_nvidia_driver():
        return False
    import torch

    return torch.cuda.is_available()


def _openvino_gpu(devices: Sequence[str]) -> str | None:
    return next((name for name in devices if name.split(".")[0] == "GPU"), None)
