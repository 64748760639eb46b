"""The vector store against brute force."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from indexer.vectors import VectorStore


def _unit(rng: np.random.Generator, n: int, dim: int = 24) -> np.ndarray:
    vectors = rng.standard_normal((n, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.01, 0.002], ids=lambda s: f"{s:.1%}")
def test_filtered_search_is_exact(share: float) -> None:
    rng = np.random.default_rng(7)
    vectors, queries = _unit(rng, 2000), _unit(rng, 20)
    store = VectorStore.build(vectors)
    allowed = rng.random(2000) < share
    allowed[3] = True
    for query in queries:
        rows, scores = store.search(query, 10, None if share == 1.0 else allowed)
        expected = vectors @ query
        if share < 1.0:
            expected[~allowed] = -np.inf
        best = np.argsort(-expected)[: min(10, int(allowed.sum()))]
        assert rows.tolist() == best.tolist()[: len(rows)]
        assert len(rows) == min(10, 2000 if share == 1.0 else int(allowed.sum()))
        np.testing.assert_allclose(scores, expected[best][: len(rows)], rtol=1e-5)


def test_nothing_allowed_finds_nothing() -> None:
    store = VectorStore.build(_unit(np.random.default_rng(1), 50))
    rows, scores = store.search(store.vector(0), 5, np.zeros(50, np.bool_))
    assert len(rows) == len(scores) == 0


def test_a_store_survives_being_saved(tmp_path: Path) -> None:
    vectors = _unit(np.random.default_rng(2), 30)
    VectorStore.build(vectors).save(tmp_path / "v")
    store = VectorStore.open(tmp_path / "v")
    assert len(store) == 30
    np.testing.assert_array_equal(store.vector(7), vectors[7])
    np.testing.assert_allclose(store.scores(vectors[7], np.array([7, 3]))[0], 1.0, rtol=1e-5)


def test_an_empty_store_answers() -> None:
    store = VectorStore.build(np.empty((0, 8), np.float32))
    assert len(store.search(np.ones(8, np.float32), 5, None)[0]) == 0


@pytest.mark.parametrize("content", [b"", b"not faiss at all"], ids=["empty", "other"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="FAISS cannot read it"):
        VectorStore.open(tmp_path / "v")
