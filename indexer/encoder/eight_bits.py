"""Layers in 8 bits: weights rounded once, activations as they come.

Offered, not the default. Kept in bf16 are the queries, keys and values of attention: they are a
quarter of the arithmetic and gave more than half of the error.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["to_eight_bits"]

_SENSITIVE = ".attention.self."


def to_eight_bits(model: Any) -> int:
    """Round the weights of a read model's dense layers to 8 bits, a scale for each output.

    The weights become `(u8 - 128) * scale`, which the CPU multiplies as integers with activations
    that it rounds as they come. Done when the model is loaded, in a fraction of a second, so that
    one installed model serves in either arithmetic.

    Returns:
        How many layers were changed.
    """
    from openvino import Type
    from openvino import opset13 as ops

    changed = 0
    for layer in model.get_ordered_ops():
        if layer.get_type_name() != "MatMul" or _SENSITIVE in layer.get_friendly_name():
            continue
        weights = _constant(layer.input_value(1).get_node())
        if weights is None or not layer.get_attributes()["transpose_b"]:
            continue
        scale = np.maximum(np.abs(weights).max(axis=1, keepdims=True), 1e-12) / 127
        rounded = (np.round(weights / scale) + 128).astype(np.uint8)
        middle = np.full(scale.shape, 128, np.uint8)
        centred = ops.subtract(
            ops.convert(ops.constant(rounded), Type.f32),
            ops.convert(ops.constant(middle), Type.f32),
        )
        restored = ops.multiply(centred, ops.constant(scale))
        layer.input(1).replace_source_output(restored.output(0))
        changed += 1
    model.validate_nodes_and_infer_types()
    return changed


def _constant(node: Any) -> Any:
    """Return a weight, (outputs, inputs) float32, or None where the input is no weight."""
    if node.get_type_name() == "Convert":
        node = node.input_value(0).get_node()
    if node.get_type_name() != "Constant":
        return None
    return np.asarray(node.data, np.float32)
