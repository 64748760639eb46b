"""The cross-encoder: loaded when it is needed and once, and nothing of a passage cut away."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from indexer.home import models_dir
from indexer.models import DEFAULT_RERANKER, installed
from indexer.reranker import LazyReranker, opening
from indexer.reranker.openvino import windows


@given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 20))
def test_windows_are_the_passage(ids: list[int], room: int) -> None:
    parts = windows(ids, room)
    assert [token for part in parts for token in part] == ids
    assert len(parts) == max(1, -(-len(ids) // room))
    assert all(len(part) <= room for part in parts)
    assert max(map(len, parts)) - min(map(len, parts)) <= len(parts)


def test_without_the_model_nothing_is_loaded_and_the_command_is_named(tmp_path: Path) -> None:
    reranker = LazyReranker(tmp_path)
    assert not reranker.is_installed()
    assert reranker.languages == {"en"}
    with pytest.raises(ModelError, match=f"precedent models pull {DEFAULT_RERANKER}"):
        reranker.scores("question", ["text"])


def test_many_threads_load_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[object] = []
    slow = threading.Event()

    class Loaded:
        def __init__(self, model: object, spec: object) -> None:
            slow.wait(0.05)
            loaded.append(model)

        def scores(self, question: str, texts: list[str]) -> np.ndarray:
            return np.zeros(len(texts), np.float32)

    monkeypatch.setattr("indexer.reranker.openvino.OpenVinoReranker", Loaded)
    monkeypatch.setattr(opening, "require_reranker", lambda name, _dir: (name, None))
    reranker = LazyReranker(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: reranker.scores("q", ["a", "b"]), range(8)))
    assert loaded == [DEFAULT_RERANKER]
    assert all(scores.shape == (2,) for scores in found)
    assert reranker.is_installed()


@pytest.fixture(scope="module")
def reranker() -> LazyReranker:
    if installed(DEFAULT_RERANKER, models_dir()) is None:
        pytest.skip(
            f"{DEFAULT_RERANKER} is not installed, and is optional; "
            f"run `precedent models pull {DEFAULT_RERANKER}`"
        )
    return LazyReranker(models_dir())


@pytest.mark.model
def test_the_answer_scores_above_what_only_shares_words(reranker: LazyReranker) -> None:
    texts = [
        "The law grants every arrested person a lawyer of their own choosing from the first hour.",
        "The lawyer of the company chose new chairs for the office.",
        "Rice is planted in spring.",
        "",
        "Rice is planted in spring. " * 200
        + "The law grants every arrested person a lawyer of their own choosing.",
    ]
    scores = reranker.scores("can detainees choose their lawyer", texts)
    assert scores.shape == (5,)
    assert scores.dtype == np.float32
    assert scores[0] > scores[1] > scores[2]
    assert scores[4] > scores[2], "the end of a long passage was not read"
    alone = [reranker.scores("can detainees choose their lawyer", [text])[0] for text in texts]
    np.testing.assert_allclose(scores, alone, atol=0.2)
    assert reranker.scores("anything", []).shape == (0,)
