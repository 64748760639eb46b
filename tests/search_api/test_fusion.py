"""Fusing scores."""

import numpy as np

from search_api.fusion import dense_weight, fuse


def test_a_candidate_best_in_both_is_first_and_scores_one() -> None:
    fused = fuse(np.array([9.0, 3.0, 0.0], np.float32), np.array([0.9, 0.8, 0.7], np.float32), 5)
    assert fused.argmax() == 0
    assert fused[0] == 1
    assert fused[2] == 0


def test_without_a_common_word_meaning_decides() -> None:
    fused = fuse(np.zeros(3, np.float32), np.array([0.7, 0.9, 0.8], np.float32), 5)
    assert np.argsort(-fused).tolist() == [1, 2, 0]


def test_scores_stay_between_nought_and_one() -> None:
    rng = np.random.default_rng(0)
    for n in (0, 1, 2, 50):
        fused = fuse(rng.random(n, np.float32) * 30, rng.random(n, np.float32), 100)
        assert fused.shape == (n,)
        assert ((fused >= 0) & (fused <= 1)).all()


def test_the_longer_the_query_the_more_its_words_count() -> None:
    weights = [dense_weight(words) for words in (0, 1, 32, 64, 320)]
    assert weights == [0.5, 0.5, 0.5, 0.25, 0.05]
    lexical, dense = np.array([5.0, 4.0], np.float32), np.array([0.8, 0.9], np.float32)
    assert fuse(lexical, dense, 5).argmax() == 1
    assert fuse(lexical, dense, 200).argmax() == 0
