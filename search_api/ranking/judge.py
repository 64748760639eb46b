"""The learned order of candidates for a pasted text: how likely each is what was asked for.

A file beside this one holds it: decision trees over what is known of a candidate, grown on judged
texts, and the weight of meaning alone, for passages in another language, which share no words with
the text. `python -m benchmarks.learn` remakes it; what it learned from stands in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from search_api.ranking.features import FEATURES
from search_api.ranking.forest import Forest

__all__ = ["MEANING_FEATURES", "PASTED", "Judge", "judge"]

Values = NDArray[np.float32]

PASTED = "pasted.json"

MEANING_FEATURES = ("meaning", "meaning-best")


@dataclass(frozen=True, slots=True)
class Judge:
    """What was learned.

    Attributes:
        forest: trees over all features.
        columns: places of the features that the trees ask for, in their order.
        slope: with `offset`, makes a likelihood of what the trees add up to.
        offset: the same.
        meaning: weights of `MEANING_FEATURES`, (2,) float32.
        meaning_offset: added to them.
    """

    forest: Forest
    columns: NDArray[np.intp]
    slope: float
    offset: float
    meaning: Values
    meaning_offset: float

    @classmethod
    def from_json(cls, content: str) -> Judge:
        """Read what `benchmarks.learn` wrote."""
        held = json.loads(content)
        return cls(
            Forest.from_json(held["trees"]),
            np.array([FEATURES.index(name) for name in held["features"]], np.intp),
            float(held["slope"]),
            float(held["offset"]),
            np.array([held["meaning"][name] for name in MEANING_FEATURES], np.float32),
            float(held["meaning_offset"]),
        )

    def scores(self, features: Values, abroad: NDArray[np.bool_]) -> Values:
        """Return a likelihood for each candidate, (n,) float32, 0 to 1.

        What is in another language is taken by its meaning, held to the measure by which meaning
        tells what is in the question's own language.

        Args:
            features: (n, len(FEATURES)) float32.
            abroad: which candidates are in another language than the question, (n,) bool.
        """
        trees = self.forest.scores(features[:, self.columns])
        likely = _logistic(self.slope * trees + self.offset)
        if abroad.any():
            places = [FEATURES.index(name) for name in MEANING_FEATURES]
            alike = _logistic(features[:, places] @ self.meaning + self.meaning_offset)
            at_home = float(alike[~abroad].sum())
            measure = min(1.0, float(likely[~abroad].sum()) / at_home) if at_home else 1.0
            likely[abroad] = measure * alike[abroad]
        return likely


def _logistic(values: Values) -> Values:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


@cache
def judge() -> Judge:
    """Return what is shipped."""
    text = (files("search_api.ranking") / PASTED).read_text(encoding="utf-8")
    return Judge.from_json(text)
