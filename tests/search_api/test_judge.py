"""The trees that rank pasted texts, and the order of typed questions."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from search_api.ranking.evidence import Evidence
from search_api.ranking.features import FEATURES
from search_api.ranking.forest import Forest
from search_api.ranking.judge import judge
from search_api.ranking.typed import literal_first, typed_scores


def _grown(chance: random.Random, depth: int) -> list[list[Any]]:
    nodes: list[list[Any]] = [[]]

    def grow(place: int, left: int) -> None:
        if left == 0 or chance.random() < 0.2:
            nodes[place] = [chance.uniform(-1, 1)]
            return
        first = len(nodes)
        nodes.extend([[], []])
        nodes[place] = [chance.randrange(5), chance.uniform(0, 1), first, first + 1]
        grow(first, left - 1)
        grow(first + 1, left - 1)

    grow(0, depth)
    return nodes


def _walked(tree: list[list[Any]], row: np.ndarray) -> float:
    node = tree[0]
    while len(node) > 1:
        node = tree[node[2] if row[node[0]] <= np.float32(node[1]) else node[3]]
    return float(node[0])


@pytest.mark.parametrize("seed", range(5))
def test_a_forest_adds_up_its_trees(seed: int) -> None:
    chance = random.Random(seed)
    trees = [_grown(chance, depth) for depth in (0, 1, 3, 6)[: seed + 1]]
    rows = np.random.default_rng(seed).random((1040, 5), np.float32)
    expected = [sum(_walked(tree, row) for tree in trees) for row in rows]
    np.testing.assert_allclose(Forest.from_json(trees).scores(rows), expected, atol=1e-5)


def test_a_value_at_a_threshold_passes_and_what_is_no_number_does_not() -> None:
    forest = Forest.from_json([[[0, 0.5, 1, 2], [1.0], [2.0]], [[4.0]]])
    rows = np.array([[0.5], [0.6], [np.nan]], np.float32)
    assert forest.scores(rows).tolist() == [5, 6, 6]
    assert Forest.from_json([[[4.0]]]).scores(rows).tolist() == [4, 4, 4]
    assert forest.scores(rows[:0]).tolist() == []


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    comb: list[list[Any]] = []
    for node in range(64):
        comb += [[0, float(node), 2 * node + 1, 2 * node + 2], [float(node)]]
    comb.append([64.0])
    with pytest.raises(ValueError, match="65 leaves, more than 64"):
        Forest.from_json([comb])


def _evidence(
    lexical: list[float], dense: list[float] | None, coverage: list[float], foreign: list[bool]
) -> Evidence:
    n = len(lexical)
    return Evidence(
        rows=np.arange(n),
        signals={"coverage": np.array(coverage, np.float32)},
        itself={},
        lexical=np.array(lexical, np.float32),
        dense=None if dense is None else np.array(dense, np.float32),
        foreign=np.array(foreign),
    )


def test_what_says_all_stands_above_what_says_nothing() -> None:
    evidence = _evidence([0, 9, 1, 0], [0.9, 0.1, 0.2, 0.5], [0, 1, 1, 0], [False] * 4)
    scores = literal_first(typed_scores(evidence), evidence.signals["coverage"])
    assert scores.argsort()[::-1].tolist()[:2] == [1, 2]
    assert scores[0] > scores[3]


def test_chance_words_of_another_language_do_not_count() -> None:
    scores = typed_scores(_evidence([3, 0], [0.2, 0.6], [0.1, 0.0], [True, True]))
    assert scores.argmax() == 1


def test_words_alone_rank_where_meaning_is_not_asked_for() -> None:
    scores = typed_scores(_evidence([1, 4, 2], None, [0.2, 1, 0.4], [False] * 3))
    assert scores.tolist() == [0.25, 1.0, 0.5]


def test_what_is_shipped_prefers_a_quotation() -> None:
    matrix = np.zeros((2, len(FEATURES)), np.float32)
    for name in FEATURES:
        matrix[1, FEATURES.index(name)] = 0 if name.endswith("-best") else 1
    matrix[0, [FEATURES.index(n) for n in FEATURES if n.endswith("-best")]] = -0.4
    low, high = judge().scores(matrix, np.zeros(2, np.bool_))
    assert 0 <= low < high <= 1


def test_meaning_is_told_as_a_share_of_the_best_whatever_the_worst_is() -> None:
    kept = _evidence([0, 0, 0], [0.4, 0.3, 0.2], [0] * 3, [False] * 3)
    worse = _evidence([0, 0, 0, 0], [0.4, 0.3, 0.2, -0.9], [0] * 4, [False] * 4)
    scores = typed_scores(worse)
    np.testing.assert_allclose(scores[:3], typed_scores(kept))
    np.testing.assert_allclose(scores, [0.5, 0.375, 0.25, 0.0])
    nothing = typed_scores(_evidence([0, 0], [-0.1, -0.2], [0, 0], [False] * 2))
    assert nothing.tolist() == [0.0, 0.0]
