"""What passages have in common with a question, against counting by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indexer.forward import pair_id, term_ids
from search_api.ranking.overlap import K1, B, Texts, overlap, own_overlap
from search_api.ranking.terms import QuestionTerms, Vocabulary

IDF = {"torture": 3.0, "evidence": 2.0, "obtained": 1.5, "by": 0.1}
PAIRS = {("evidence", "obtained"): 4.0, ("obtained", "by"): 3.0, ("by", "torture"): 5.0}
SENTENCES = [["evidence", "obtained", "by", "torture"]]


def _vocabulary(ids: np.ndarray, idf: list[float]) -> Vocabulary:
    order = np.argsort(ids)
    ones = np.ones(len(ids), np.float32)
    return Vocabulary(ids[order], np.array(idf, np.float32)[order], ones, ones[None])


def _question() -> QuestionTerms:
    left, right = zip(*PAIRS, strict=True)
    return QuestionTerms(
        _vocabulary(term_ids(list(IDF)), list(IDF.values())),
        _vocabulary(pair_id(term_ids(left), term_ids(right)), list(PAIRS.values())),
    )


def _texts(*texts: str, average: float = 5.0) -> Texts:
    words = [text.split() for text in texts]
    offsets = np.cumsum([0, *map(len, words)])
    return Texts(term_ids([w for each in words for w in each]), offsets, average)


def _bm25(tf: int, idf: float, length: int, average: float = 5.0) -> float:
    return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))


def test_what_is_found_is_what_looking_each_up_finds() -> None:
    chance = np.random.default_rng(3)
    ids = np.unique(chance.integers(0, 1 << 32, 40, np.uint32))
    # Of the second half the last bits are those of a term, and the first are not.
    others = chance.integers(0, 1 << 32, 500, np.uint32)
    alike = chance.choice(ids, 500) ^ (chance.integers(1, 1 << 16, 500, np.uint32) << np.uint32(16))
    given = chance.permutation(np.concatenate([chance.choice(ids, 500), others, alike]))
    at, term = _vocabulary(ids, [1.0] * len(ids)).found_in(given)
    expected = [(i, ids.tolist().index(one)) for i, one in enumerate(given) if one in ids]
    assert list(zip(at.tolist(), term.tolist(), strict=True)) == expected
    assert len(expected) >= 500


@pytest.mark.parametrize(("terms", "ids"), [(0, 5), (5, 0), (0, 0)])
def test_nothing_is_found_in_nothing(terms: int, ids: int) -> None:
    vocabulary = _vocabulary(np.arange(terms, dtype=np.uint32), [1.0] * terms)
    at, term = vocabulary.found_in(np.arange(10, 10 + ids, dtype=np.uint32))
    assert (at.tolist(), term.tolist()) == ([], [])


def test_words_and_pairs_are_counted_as_by_hand() -> None:
    texts = _texts("torture and torture again", "the evidence was obtained by torture", "nothing")
    found = overlap(_question(), texts, _texts("", "", "torture"))
    assert found["words_once"][0] == pytest.approx(_bm25(2, 3.0, 4))
    second = sum(_bm25(1, idf, 6) for idf in IDF.values())
    assert found["words_once"][1] == pytest.approx(second, rel=1e-5)
    pairs = _bm25(1, 3.0, 6) + _bm25(1, 5.0, 6)
    assert found["pairs"].tolist() == pytest.approx([0.0, pairs, 0.0], rel=1e-5)
    assert found["context"][2] > 0
    assert found["coverage"].tolist() == pytest.approx([3.0 / 6.6, 1.0, 0.0], rel=1e-5)
    assert found["rarest"].tolist() == pytest.approx([3.0, 3.0, 0.0])


def test_the_longest_run_in_common_is_found() -> None:
    texts = _texts("evidence obtained by torture", "obtained by others by torture", "by evidence")
    found = overlap(_question(), texts, _texts("", "", ""))
    assert found["run_words"].tolist() == [4, 2, 0]
    assert found["run"].tolist() == pytest.approx([6.6, 3.1, 0.0], rel=1e-5)


def test_a_run_never_goes_from_one_passage_into_the_next() -> None:
    found = overlap(_question(), _texts("evidence obtained", "by torture"), _texts("", ""))
    assert found["run_words"].tolist() == [2, 2]


def test_the_question_has_all_of_itself() -> None:
    own = own_overlap(_question())
    assert own["words_once"] == pytest.approx(math.fsum(IDF.values()))
    assert own["pairs"] == pytest.approx(math.fsum(PAIRS.values()))


def test_passages_without_a_term_have_nothing_in_common() -> None:
    found = overlap(_question(), _texts("", ""), _texts("", ""))
    assert all(not values.any() for values in found.values())
