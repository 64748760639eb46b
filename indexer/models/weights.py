"""Weights as packages store them, back to the float32 tensors of `transformers`.

Two packages carry quantised weights. Undoing the quantisation once, at installation, lets one
encoder run every model in the precision of this machine, instead of one kernel a storage format.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

__all__ = ["Tensors", "read_e5s1", "read_onnx_int8"]

Tensors = dict[str, NDArray[np.float32]]

_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2

_E5S1_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_E5S1_EMBEDDING = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


_OF_BERT = r"(bert\.)?"
"""What is before the names of a BERT that has a task's layer on top."""

_PARTS = r"(embeddings|encoder|pooler)"


class _Cursor:
    """Read little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def skip(self, count: int) -> None:
        self.at += count


def _q4_0(data: bytes, offset: int, count: int) -> NDArray[np.float32]:
    """Undo Q4_0: blocks of 32 weights, a float16 scale and 16 bytes of two nibbles, less 8."""
    blocks = count // _BLOCK
    raw = np.frombuffer(data, np.uint8, blocks * _BLOCK_BYTES, offset).reshape(blocks, _BLOCK_BYTES)
    scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([raw[:, 2:] & 0x0F, raw[:, 2:] >> 4], axis=1).astype(np.float32)
    return np.asarray((nibbles - 8.0) * scale, np.float32).reshape(-1)


def _bert_name(name: str) -> str:
    if name in _E5S1_EMBEDDING:
        return _E5S1_EMBEDDING[name]
    layer, part, role = name.split(".")
    suffix = {"w": "weight", "b": "bias"}[role]
    return f"encoder.layer.{int(layer[1:])}.{_E5S1_LAYER[part]}.{suffix}"


def read_e5s1(path: Path) -> Tensors:
    """Read the "E5S1" container: header, tokenizer, tensor directory, tensors.

    Returns:
        Tensors by their `BertModel` name, float32, in the shapes of the architecture.

    Raises:
        ModelError: the file is not such a container.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelError(str(path), "not an E5S1 weights file", "run `precedent models pull` again")
    cursor = _Cursor(data)
    cursor.skip(8)
    hidden, _layers, _heads, inner, _vocabulary, _positions, _types = cursor.take("7i")
    cursor.take("fi")
    (pieces,) = cursor.take("i")
    cursor.take("4i")
    (blob,) = cursor.take("Q")
    cursor.skip((int(pieces) + 1) * 4 + int(pieces) * 4 + int(blob))
    _count, normalisation = cursor.take("iI")
    cursor.skip(int(normalisation))
    (entries,) = cursor.take("i")
    tensors: Tensors = {}
    for _ in range(int(entries)):
        (length,) = cursor.take("H")
        name = data[cursor.at : cursor.at + int(length)].decode("ascii")
        cursor.skip(int(length))
        kind, count, offset, size = (int(v) for v in cursor.take("BIQQ"))
        quantised = size == count // _BLOCK * _BLOCK_BYTES
        values = (
            _q4_0(data, offset, count)
            if quantised
            else np.frombuffer(data, np.float32, count, offset).copy()
        )
        del kind
        bert = _bert_name(name)
        if bert.endswith("weight") and "LayerNorm" not in bert:
            columns = (
                int(inner)
                if bert.endswith("output.dense.weight") and ("attention" not in bert)
                else int(hidden)
            )
            values = values.reshape(-1, columns)
        tensors[bert] = values
    return tensors


def read_onnx_int8(path: Path) -> Tensors:
    """Read a dynamically quantised BERT in ONNX and undo the quantisation of its weights.

    OpenVINO parses the file, so that no ONNX library is needed for one installation step. Matrices
    of linear layers have lost their names in such files; the operation that uses one still has it.

    Returns:
        Tensors by the name they have in `transformers`, float32; linear weights transposed to
        (out, in).
    """
    from indexer.openvino_runtime import core

    operations = {o.get_friendly_name(): o for o in core().read_model(path).get_ops()}

    def constant(name: str) -> NDArray[np.float32]:
        return np.asarray(operations[name].data, dtype=np.float32)

    def dequantised(stem: str) -> NDArray[np.float32]:
        values = constant(f"{stem}_quantized") - constant(f"{stem}_zero_point")
        return np.asarray(values * constant(f"{stem}_scale"), np.float32)

    tensors: Tensors = {}
    for name in operations:
        if re.fullmatch(rf"{_OF_BERT}embeddings\..*\.weight_quantized", name):
            stem = name.removesuffix("_quantized")
            tensors[stem] = dequantised(stem)
        elif re.fullmatch(rf"({_OF_BERT}{_PARTS}\..*|classifier)\.(weight|bias)", name):
            tensors[name] = constant(name)
        elif match := re.fullmatch(r"/(.+)/(Gemm_)?MatMul_quant_scales_mul", name):
            scale = operations[name].input(1).get_source_output().get_node().get_friendly_name()
            stem = scale.removesuffix("_scale")
            tensors[match[1].replace("/", ".") + ".weight"] = np.ascontiguousarray(
                dequantised(stem).T
            )
    return tensors
