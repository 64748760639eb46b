"""What is common to the vectors of a language is taken out of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from indexer.centring import Centring, parallel_phrases, parallel_sentences

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


def _typed(*phrases_of: str) -> Centring:
    totals = {"en": (_vectors("en", TOPICS).sum(axis=0), len(TOPICS))}
    parallel = {name: _vectors(name, TOPICS[:20]) for name in BIAS}
    phrases = {name: _asked(name) for name in phrases_of}
    return Centring.fit(totals, parallel, DIM, phrases)


PROMPT = 6 * CHANCE.normal(size=DIM).astype(np.float32)
"""What a few words have in common when they are encoded as a question."""


def _asked(language: str) -> np.ndarray:
    vectors = TOPICS + BIAS[language] / 6 + PROMPT
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_a_few_words_lose_what_few_words_have_in_common() -> None:
    asked = _asked("en")
    short = _typed("en", "be").of_typed(asked, "en", 2)
    long = _typed("en", "be").of_typed(asked, "en", 30)
    common = [float(np.linalg.norm(vectors.mean(axis=0))) for vectors in (short, long)]
    assert common[0] < 0.95 * common[1], common
    np.testing.assert_allclose(long, _fitted("en").of_questions(asked, "en", 0.5), atol=1e-5)
    between = _typed("en", "be").of_typed(asked, "en", 6)
    assert ((between * short).sum(axis=1) > (long * short).sum(axis=1)).all()
    for vectors in (short, long, between):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("language", [None, "xx", "fr"])
def test_a_language_without_phrases_has_the_mean_of_all(language: str | None) -> None:
    asked = _asked("en")
    centring = _typed("en", "be")
    assert centring.phrases is not None
    np.testing.assert_allclose(centring.phrases[-1], centring.phrases[:2].mean(axis=0), atol=1e-5)
    taken = asked - 0.75 * centring.phrases[-1]
    expected = taken / np.linalg.norm(taken, axis=1, keepdims=True)
    np.testing.assert_allclose(centring.of_typed(asked, language, 2), expected, atol=1e-5)


def test_a_snapshot_of_before_takes_of_questions_what_it_took(tmp_path: Path) -> None:
    asked = _vectors("en", TOPICS)
    for centring in (_fitted("en"), _typed("en")):
        centring.save(tmp_path / "centring.npz")
        opened = Centring.open(tmp_path / "centring.npz")
        found = opened.of_typed(asked, "en", 2)
        np.testing.assert_array_equal(found, centring.of_typed(asked, "en", 2))
    before = _fitted("en").of_typed(asked, "en", 2)
    np.testing.assert_array_equal(before, _fitted("en").of_questions(asked, "en", 0.5))


def test_every_language_has_as_many_phrases_of_few_words() -> None:
    phrases = parallel_phrases()
    assert {len(each) for each in phrases.values()} == {40}
    assert all(phrase.strip() for each in phrases.values() for phrase in each)
    assert max(len(phrase.split()) for each in phrases.values() for phrase in each) <= 4
