"""Which encoder for which job: at once on the CPU for queries, when needed for an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.encoder.devices import Device, choose_device
from indexer.encoder.openvino import OpenVinoEncoder
from indexer.encoder.torch import TorchEncoder
from indexer.encoder.types import Encoder, EncoderIdentity, Vectors, digest_of
from indexer.models.store import InstalledModel, require

__all__ = ["LazyEncoder", "fastest_encoder", "open_encoder"]


def open_encoder(name: str, models_dir: Path, *, int8: bool = False) -> OpenVinoEncoder:
    """Open an installed model on the CPU, or raise ModelError with the command that installs it.

    `int8` must be what the index was made with: `manifest.encoder.precision == "int8"`.
    """
    return OpenVinoEncoder(require(name, models_dir), int8=int8)


def fastest_encoder(model: InstalledModel, *, int8: bool = False) -> Encoder:
    """Open an installed model for many passages: on a GPU where there is one (`choose_device`).

    8 bits are of the CPU only.

    Raises:
        ModelError: PRECEDENT_DEVICE names a device that is not there, or the model cannot be read.
    """
    from indexer.openvino_runtime import core

    device = choose_device(core(), "cpu" if int8 else None)
    return _ENGINES[device.engine](model, device, int8)


class LazyEncoder:
    """An installed model that is loaded when something is first encoded.

    A run of the indexer that finds nothing new then takes a fraction of a second, not three.
    """

    def __init__(self, model: InstalledModel, *, int8: bool = False) -> None:
        self._model = model
        self._int8 = int8
        self._loaded: Encoder | None = None

    @property
    def key(self) -> str:
        """Model and digest."""
        return f"{self._model.name} {digest_of(self._model, int8=self._int8)}"

    @property
    def identity(self) -> EncoderIdentity:
        """What the vectors are; loads the model, for the precision depends on this machine."""
        return self._load().identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._load().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._load().encode_passages(texts)

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return what `encode_queries` and `encode_passages` give."""
        return self._load().encode_both(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        return self._load().count_tokens(texts)

    def _load(self) -> Encoder:
        if self._loaded is None:
            self._loaded = fastest_encoder(self._model, int8=self._int8)
        return self._loaded


def _on_openvino(model: InstalledModel, device: Device, int8: bool) -> Encoder:
    return OpenVinoEncoder(model, device=device, int8=int8)


def _on_torch(model: InstalledModel, device: Device, _int8: bool) -> Encoder:
    return TorchEncoder(model, device)


_ENGINES: dict[str, Callable[[InstalledModel, Device, bool], Encoder]] = {
    "openvino": _on_openvino,
    "torch": _on_torch,
}
