"""Vectors of recent questions: the same as encoded anew, bounded, and of short questions only."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from indexer.encoder import Vectors
from search_api.remembered import MAX_CHARACTERS, MAX_QUESTIONS, RememberingEncoder
from tests.fakes import FakeEncoder


class CountingEncoder(FakeEncoder):
    """Keeps what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode_queries(texts)


def test_a_question_is_encoded_once_and_gives_the_same_vector() -> None:
    inner = CountingEncoder()
    encoder = RememberingEncoder(inner)
    first = encoder.encode_queries(["access to a lawyer"])
    second = encoder.encode_queries(["access to a lawyer"])
    assert inner.asked == ["access to a lawyer"]
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, FakeEncoder().encode_queries(["access to a lawyer"]))


def test_known_and_unknown_questions_of_one_call_keep_their_order() -> None:
    encoder = RememberingEncoder(CountingEncoder())
    encoder.encode_queries(["housing"])
    both = encoder.encode_queries(["water", "housing", "schools"])
    np.testing.assert_array_equal(
        both, FakeEncoder().encode_queries(["water", "housing", "schools"])
    )


def test_what_a_caller_does_to_a_vector_is_not_remembered() -> None:
    encoder = RememberingEncoder(CountingEncoder())
    encoder.encode_queries(["housing"])[0, :] = 7.0
    encoder.encode_queries(["housing"])[0, :] = 9.0
    np.testing.assert_array_equal(
        encoder.encode_queries(["housing"]), FakeEncoder().encode_queries(["housing"])
    )


def test_the_longest_unasked_question_is_forgotten_first() -> None:
    inner = CountingEncoder()
    encoder = RememberingEncoder(inner)
    encoder.encode_queries(["kept because it is asked again", "forgotten"])
    for number in range(MAX_QUESTIONS - 1):
        encoder.encode_queries([f"question {number}"])
        encoder.encode_queries(["kept because it is asked again"])
    inner.asked.clear()
    encoder.encode_queries(["kept because it is asked again", "forgotten"])
    assert inner.asked == ["forgotten"]


def test_a_pasted_text_is_not_kept() -> None:
    inner = CountingEncoder()
    encoder = RememberingEncoder(inner)
    pasted = "word " * MAX_CHARACTERS
    encoder.encode_queries([pasted])
    encoder.encode_queries([pasted])
    assert inner.asked == [pasted, pasted]


def test_no_texts_give_no_vectors() -> None:
    assert RememberingEncoder(FakeEncoder()).encode_queries([]).shape == (0, 64)


def test_a_sentence_is_encoded_once_and_apart_from_a_question_of_the_same_words() -> None:
    inner = FakeEncoder()
    encoder = RememberingEncoder(inner)
    encoder.encode_queries(["Rain fell."])
    before = inner.embedded
    first = encoder.encode_passages(["Rain fell.", "Cells were cold.", "Rain fell."])
    assert inner.embedded == before + 2
    np.testing.assert_array_equal(
        first, encoder.encode_passages(["Rain fell.", "Cells were cold."])[[0, 1, 0]]
    )
    assert inner.embedded == before + 2


def test_a_question_encoded_both_ways_is_remembered_as_question_and_as_passage() -> None:
    inner = CountingEncoder()
    encoder = RememberingEncoder(inner)
    given = encoder.encode_both(["housing"])
    assert (inner.asked, inner.embedded) == (["housing"], 1)
    again = (encoder.encode_queries(["housing"]), encoder.encode_passages(["housing"]))
    np.testing.assert_array_equal(given, again)
    np.testing.assert_array_equal(given, encoder.encode_both(["housing"]))
    assert (inner.asked, inner.embedded) == (["housing"], 1)


def test_of_a_question_that_is_known_one_way_only_the_other_is_encoded() -> None:
    inner = CountingEncoder()
    encoder = RememberingEncoder(inner)
    encoder.encode_queries(["housing"])
    given = encoder.encode_both(["housing"])
    assert (inner.asked, inner.embedded) == (["housing"], 1)
    np.testing.assert_array_equal(given, FakeEncoder().encode_both(["housing"]))


def test_passages_and_counts_are_the_encoders_own() -> None:
    inner = FakeEncoder()
    encoder = RememberingEncoder(inner)
    assert (encoder.key, encoder.identity) == (inner.key, inner.identity)
    assert encoder.count_tokens(["one two"]) == inner.count_tokens(["one two"])
    np.testing.assert_array_equal(
        encoder.encode_passages(["one two"]), inner.encode_passages(["one two"])
    )


def test_threads_that_ask_at_once_get_their_own_vectors() -> None:
    encoder = RememberingEncoder(FakeEncoder())
    texts = [f"question number {n % 40}" for n in range(400)]
    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(lambda text: encoder.encode_queries([text])[0], texts))
    np.testing.assert_array_equal(np.stack(given), FakeEncoder().encode_queries(texts))
