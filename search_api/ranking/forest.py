"""Decision trees that were grown elsewhere, evaluated with numpy alone.

The trees are grown by lightgbm, which serving does not need: a file of some tens of kilobytes holds
them, and 150 of them score 500 candidates in about a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Forest"]

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees laid side by side, each padded to the size of the largest.

    Attributes:
        feature: (trees, nodes) int32, the feature a node asks for; a leaf asks for feature 0.
        threshold: (trees, nodes) float32; a value up to it goes left.
        left: (trees, nodes) int32, place of the next node; of a leaf, its own.
        right: the same.
        value: (trees, nodes) float32, what a leaf adds.
        depth: steps from a root to the deepest leaf.
    """

    feature: NDArray[np.int32]
    threshold: Values
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Values
    depth: int

    @classmethod
    def from_json(cls, trees: list[list[list[Any]]]) -> Forest:
        """Read trees: lists of nodes, `[feature, threshold, left, right]` or `[value]`."""
        nodes = max(map(len, trees))
        shape = (len(trees), nodes)
        feature, left, right = (np.zeros(shape, np.int32) for _ in range(3))
        threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        for t, tree in enumerate(trees):
            for i, node in enumerate(tree):
                if len(node) == 1:
                    left[t, i] = right[t, i] = i
                    value[t, i] = node[0]
                else:
                    feature[t, i], threshold[t, i], left[t, i], right[t, i] = node
        return cls(feature, threshold, left, right, value, max(map(_depth, trees)))

    def scores(self, features: Values) -> Values:
        """Return the sum of all trees for each row of (n, features) float32, (n,) float32."""
        trees, nodes = self.feature.shape
        n, width = features.shape
        offset = np.arange(trees, dtype=np.int32)[:, None] * nodes
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        left, right = (self.left + offset).ravel(), (self.right + offset).ravel()
        flat = np.ascontiguousarray(features, np.float32).ravel()
        rows = np.arange(n, dtype=np.int32) * width
        at = np.repeat(offset, n, axis=1)
        for _ in range(self.depth):
            goes_left = flat[rows + feature[at]] <= threshold[at]
            at = np.where(goes_left, left[at], right[at])
        return np.asarray(self.value.ravel()[at].sum(axis=0), np.float32)


def _depth(tree: list[list[Any]], node: int = 0) -> int:
    if len(tree[node]) == 1:
        return 0
    return 1 + max(_depth(tree, int(tree[node][2])), _depth(tree, int(tree[node][3])))
