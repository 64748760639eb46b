"""Shingles, and what two texts have in common."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.linking.likeness import (
    containment,
    folded_words,
    shingles,
    sketch,
    sketch_of,
    sketch_row,
)

WORDS = st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), max_size=60
)


def test_words_are_folded_in_every_script() -> None:
    assert folded_words("Calls upon States: (a) To act;") == [
        "calls",
        "upon",
        "states",
        "a",
        "to",
        "act",
    ]
    assert folded_words("Призывает ГОСУДАРСТВА") == ["призывает", "государства"]
    assert folded_words("يحث الدول") == ["يحث", "الدول"]
    assert folded_words("吁请各国2025年") == ["吁", "请", "各", "国", "2025", "年"]


def test_a_shingle_is_the_same_on_every_machine() -> None:
    """They are kept in catalogues, so a change to them has to raise the catalogue's version."""
    found = shingles(["the", "same", "five", "words", "here"])
    assert found.tolist() == [10618373720810547748]


def test_order_counts_and_places_do_not() -> None:
    one = shingles(["a", "b", "c", "d", "e", "f"])
    assert containment(one, shingles(["f", "e", "d", "c", "b", "a"])) == (0.0, 0.0)
    assert containment(one, shingles(["x", "y", "a", "b", "c", "d", "e", "f", "z"]))[0] == 1.0


def test_a_quotation_is_contained_and_does_not_contain() -> None:
    words = [f"word{n}" for n in range(400)]
    mine, theirs = containment(shingles(words[:100]), shingles(words))
    assert mine == 1.0
    assert theirs < 0.3


def test_texts_without_words_have_nothing_in_common() -> None:
    assert containment(shingles([]), shingles(["a"])) == (0.0, 0.0)
    assert len(shingles(["a", "b"])) == 1


@settings(max_examples=50)
@given(WORDS, WORDS)
def test_containment_is_what_sets_say(one: list[str], other: list[str]) -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4)) if words}

    mine, theirs = runs(one), runs(other)
    if len(one) >= 5 and len(other) >= 5:
        expected = len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)
        assert containment(shingles(one), shingles(other)) == expected


def test_a_sketch_is_a_sixteenth_that_is_the_same_everywhere() -> None:
    found = shingles([f"word{n}" for n in range(20_000)])
    sample = sketch(found)
    assert 0.8 < 16 * len(sample) / len(found) < 1.2
    part = sketch(found[:10_000])
    assert np.isin(part, sample).all()
    document_id, total, blob = sketch_row("X:en", ["one two three four five six"])
    assert (document_id, total) == ("X:en", 2)
    assert set(sketch_of(blob)) <= set(shingles(["one", "two", "three", "four", "five", "six"]))
