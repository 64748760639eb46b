"""What is common to the vectors of a language is taken out of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from indexer.centring import Centring, parallel_sentences

DIM = 32
CHANCE = np.random.default_rng(7)
TOPICS = CHANCE.normal(size=(40, DIM)).astype(np.float32)
BIAS = {language: 6 * CHANCE.normal(size=DIM).astype(np.float32) for language in ("be", "en", "fr")}


def _vectors(language: str, topics: np.ndarray) -> np.ndarray:
    vectors = topics + BIAS[language]
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _fitted(*held: str) -> Centring:
    totals = {name: (_vectors(name, TOPICS).sum(axis=0), len(TOPICS)) for name in held}
    parallel = {name: _vectors(name, TOPICS[:20]) for name in BIAS}
    return Centring.fit(totals, parallel, DIM)


@pytest.mark.parametrize("asked", ["en", "fr"])
def test_a_text_finds_itself_in_another_language(asked: str) -> None:
    passages, questions = _vectors("be", TOPICS), _vectors(asked, TOPICS)
    assert ((questions @ passages.T).argmax(axis=1) == np.arange(len(TOPICS))).mean() < 0.9
    centring = _fitted("be", "en")
    centred = centring.of_passages(passages, ["be"] * len(passages))
    found = (centring.of_questions(questions, asked) @ centred.T).argmax(axis=1)
    assert (found == np.arange(len(TOPICS))).mean() >= 0.95


def test_vectors_stay_unit_length_and_unknown_languages_have_the_common_mean() -> None:
    centring = _fitted("en")
    vectors = centring.of_passages(_vectors("en", TOPICS), [None] * len(TOPICS))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    unknown = centring.of_questions(_vectors("en", TOPICS), "xx")
    np.testing.assert_allclose(unknown, vectors, atol=1e-5)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    centring = _fitted("en", "fr")
    centring.save(tmp_path / "centring.npz")
    opened = Centring.open(tmp_path / "centring.npz")
    assert opened.languages == centring.languages
    np.testing.assert_array_equal(opened.passages, centring.passages)
    content = (tmp_path / "centring.npz").read_bytes()
    for cut in (b"PK", content[:10], content[: len(content) // 2], b""):
        (tmp_path / "centring.npz").write_bytes(cut)
        with pytest.raises(IndexDamagedError, match="cannot be read"):
            Centring.open(tmp_path / "centring.npz")


def test_an_empty_collection_has_a_centring() -> None:
    centring = Centring.fit({}, {}, DIM)
    assert centring.of_questions(TOPICS[:1], "en").shape == (1, DIM)


def test_every_language_has_the_same_sentences() -> None:
    counts = {language: len(sentences) for language, sentences in parallel_sentences().items()}
    assert set(counts.values()) == {20}
    assert len(counts) == 11
