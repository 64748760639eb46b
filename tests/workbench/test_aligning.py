"""Which paragraph became which: kept, moved, renumbered, reworded, split, merged, lost, added."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.aligning import Alignment, align, unmoved
from workbench.likeness import Text

A = "Urges all States to ratify the convention without any reservation before the next session"
B = "Calls upon the secretariat to publish every report in six languages within three months"
C = "Welcomes the appointment of an independent expert on the right to clean drinking water"
D = "Deplores the closure of unions and associations by courts that heard nobody at all"
E = "Invites regional banks to lend to small farmers who lost their harvest in the flood"


def texts(*words: str) -> list[Text]:
    return [Text.of(str(n), each, numbered=True) for n, each in enumerate(words, 1)]


def aligned(first: list[Text], second: list[Text], **options: bool) -> Alignment:
    none = np.zeros((len(first), len(second)), np.float32)
    return align(first, second, none, **options)


def test_what_kept_its_words_under_another_number_is_not_moved() -> None:
    found = aligned(texts(A, B, C), texts(D, A, B, C))
    assert [(p.first, p.second, p.similarity, p.moved) for p in found.pairs] == [
        (0, 1, 1.0, False), (1, 2, 1.0, False), (2, 3, 1.0, False),
    ]  # fmt: skip
    assert (found.lost, found.added) == ((), (0,))


def test_the_one_that_left_its_place_is_moved() -> None:
    found = aligned(texts(A, B, C, D), texts(B, C, D, A))
    assert {p.first: p.moved for p in found.pairs} == {0: True, 1: False, 2: False, 3: False}


def test_a_rewording_keeps_its_pair() -> None:
    reworded = A.replace("before the next session", "as soon as possible")
    (pair,) = aligned(texts(A), texts(reworded)).pairs
    assert pair.similarity is not None
    assert 0.6 < pair.similarity < 1


def test_meaning_pairs_what_shares_no_words_but_not_before_wording() -> None:
    cosines = np.array([[0.9, 0.9], [0.0, 0.0]], np.float32)
    found = align(texts(A, B), texts(C, A), cosines)
    assert [(p.first, p.second) for p in found.pairs] == [(0, 1)]
    found = align(texts(A, B), texts(C, D), cosines)
    assert [(p.first, p.second) for p in found.pairs] == [(0, 0)]


def test_little_likeness_is_enough_only_between_the_same_neighbours() -> None:
    half = "Urges some States to ratify other treaties with reservations after this coming meeting"
    cosines = np.zeros((3, 3), np.float32)
    cosines[1, 1] = 0.7
    found = align(texts(B, A, C), texts(B, half, C), cosines)
    assert [(p.first, p.second) for p in found.pairs] == [(0, 0), (1, 1), (2, 2)]
    cosines = np.zeros((3, 3), np.float32)
    cosines[1, 2] = 0.7
    found = align(texts(B, A, C), texts(B, C, half), cosines)
    assert [(p.first, p.second) for p in found.pairs] == [(0, 0), (2, 1)]


def test_repeated_paragraphs_stay_each_with_its_own() -> None:
    found = aligned(texts(A, B, A, C, A), texts(A, B, A, C, A))
    assert [(p.first, p.second) for p in found.pairs] == [(n, n) for n in range(5)]


def test_a_merged_paragraph_is_found_within_the_longer_one() -> None:
    found = aligned(texts(A, B, C), texts(f"{A}; {D}; {B}; {E}", C))
    assert [(p.first, p.second) for p in found.pairs] == [(2, 1)]
    assert {place: within.place for place, within in found.merged.items()} == {0: 0, 1: 0}
    assert found.split == {}


def test_a_split_paragraph_is_found_within_the_longer_one() -> None:
    found = aligned(texts(f"{A}; {D}; {B}; {E}", C), texts(A, B, C))
    assert {place: within.place for place, within in found.split.items()} == {0: 0, 1: 0}
    assert found.split[1].kept == 1.0


def test_lost_paragraphs_stand_where_they_stood() -> None:
    found = aligned(texts(A, B, C, D), texts(A, E, C))
    assert found.order() == [(0, 0), (1, None), (None, 1), (2, 2), (3, None)]


def test_language_versions_are_paired_by_label_and_leave_no_other_to_it() -> None:
    first = [Text.of("u1", "The Assembly", numbered=False), *texts(A, B)]
    second = [Text.of("u1", "L’Assemblée", numbered=False), *texts("Prie les États", "Invite")]
    cosines = np.full((3, 3), 0.8, np.float32)
    found = align(first, second, cosines, same_language=False, by_label=True)
    assert [(p.first, p.second, p.similarity) for p in found.pairs] == [
        (0, 0, None), (1, 1, None), (2, 2, None),
    ]  # fmt: skip


def test_nothing_against_something() -> None:
    assert aligned([], texts(A)).added == (0,)
    assert aligned(texts(A), []).lost == (0,)
    assert aligned([], []).order() == []


@given(st.permutations(range(8)))
def test_what_is_unmoved_is_a_rising_run_and_none_longer(places: list[int]) -> None:
    kept = [places[at] for at in sorted(unmoved(places))]
    assert kept == sorted(kept)
    longest = [1] * len(places)
    for i in range(len(places)):
        for j in range(i):
            if places[j] < places[i]:
                longest[i] = max(longest[i], longest[j] + 1)
    assert len(kept) == max(longest)


@given(
    st.lists(st.sampled_from([A, B, C, D, E]), max_size=7),
    st.lists(st.sampled_from([A, B, C, D, E]), max_size=7),
)
def test_every_paragraph_is_told_once(first: list[str], second: list[str]) -> None:
    order = aligned(texts(*first), texts(*second)).order()
    assert sorted(a for a, _ in order if a is not None) == list(range(len(first)))
    assert [b for _, b in order if b is not None] == list(range(len(second)))
