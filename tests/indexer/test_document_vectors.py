"""The vector of a document is the middle of its passages', whatever else was asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer import document_vectors
from indexer.build import build_from_documents, remove_documents
from indexer.document_vectors import DocumentVectors
from indexer.snapshot import Snapshot
from indexer.vectors import VectorStore
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published, text


def _expected(snapshot: Snapshot, number: int) -> np.ndarray:
    rows = np.flatnonzero(snapshot.columns.document == number)
    total = snapshot.vectors.floats_of(rows).sum(axis=0)
    return total / np.linalg.norm(total)


def test_each_document_has_the_middle_of_its_passages(tmp_path: Path) -> None:
    snapshot = published(tmp_path, *(made(f"A/{n}", text(n, n)) for n in range(1, 6)))
    wanted = np.array([3, 0, 4], np.int32)
    found = snapshot.document_vectors.of(wanted)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [_expected(snapshot, n) for n in wanted], atol=1e-3)
    np.testing.assert_array_equal(snapshot.document_vectors.of(wanted), found)


def test_a_grown_snapshot_counts_what_it_has_now(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    published(tmp_path, *(made(f"A/{n}", text(n, 3)) for n in range(1, 9))).close()
    remove_documents(["A_2:en"], tmp_path, encoder=encoder)
    build_from_documents([made("A/9", text(9, 4))], tmp_path, encoder=encoder)
    snapshot = Snapshot.open(tmp_path)
    numbers = np.arange(len(snapshot.columns.document_ids), dtype=np.int32)
    assert "A_9:en" in snapshot.columns.document_ids
    expected = [_expected(snapshot, int(n)) for n in numbers]
    np.testing.assert_allclose(snapshot.document_vectors.of(numbers), expected, atol=1e-3)
    spans = snapshot.columns.spans
    for number in numbers.tolist():
        rows = np.flatnonzero(snapshot.columns.document == number)
        assert rows.tolist() == list(range(*spans[number].tolist()))


def test_a_long_document_is_read_in_blocks_by_several_threads_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document_vectors, "_BLOCK", 7)
    drawn = np.random.default_rng(1).standard_normal((60, 16)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    held = DocumentVectors(VectorStore.build(drawn), np.array([[0, 20], [20, 21], [21, 60]]))
    wanted = np.array([0, 1, 2], np.int32)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: held.of(wanted), range(20)))
    middles = np.stack([drawn[:20].sum(0), drawn[20], drawn[21:].sum(0)])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    for each in found:
        np.testing.assert_allclose(each, middles, atol=2e-3)
