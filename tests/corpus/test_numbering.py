"""The numbering chain: a planted one is found among noise, and bad numbers are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbering import (
    Candidate,
    best_chain,
    decimal_chain,
    find_chains,
    find_nested,
    leading_number,
    leading_subnumber,
)


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("12. The Committee notes", 12, "The Committee notes"),
        ("12.The Committee notes", 12, "The Committee notes"),
        ("1 . Recalling", 1, "Recalling"),
        ("7.", 7, ""),
        ("3．委员会注意到", 3, "委员会注意到"),
        ("١٢. تلاحظ اللجنة", 12, "تلاحظ اللجنة"),
        ("12- تلاحظ اللجنة", 12, "تلاحظ اللجنة"),
        ("70 - The Applicant", 70, "The Applicant"),
        ("35- M. Sunday", 35, "M. Sunday"),
        ("[4. The text in brackets]", 4, "The text in brackets]"),
    ],
)
def test_leading_number_is_read(text: str, number: int, words: str) -> None:
    found = leading_number(text)
    assert found is not None
    assert found.number == found.last == number
    assert text[found.start :] == words


@pytest.mark.parametrize(
    "text",
    [
        "1.5 million people",
        "2024 was a year",
        "(12) of the Covenant",
        "A. Title",
        "",
        "12",
        "5 - 10 May",
    ],
)
def test_what_is_no_paragraph_number_is_left(text: str) -> None:
    assert leading_number(text) is None


def test_several_numbers_answered_together_are_one() -> None:
    found = leading_number("5., 6., 7. The Government accepts")
    assert found is not None
    assert (found.number, found.last) == (5, 7)
    assert "5., 6., 7. The Government accepts"[found.start :] == "The Government accepts"


def test_numbers_that_do_not_follow_each_other_are_not_taken_together() -> None:
    found = leading_number("5., 9. The Government accepts")
    assert found is not None
    assert found.last == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("97.12. Ratify", (97, 12, 7)),
        ("140.3 Ratify", (140, 3, 6)),
        ("97.12", None),
        ("1.500 people", (1, 500, 6)),
    ],
)
def test_leading_subnumber(text: str, expected: tuple[int, int, int] | None) -> None:
    assert leading_subnumber(text) == expected


@given(
    length=st.integers(6, 60),
    noise=st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 200), st.sampled_from([28.0, 56.0, -30.0])),
        max_size=40,
    ),
)
def test_a_planted_chain_is_found_among_noise(
    length: int, noise: list[tuple[int, int, float]]
) -> None:
    """Whatever stands in other columns, the clean run 1..N in its own column wins whole."""
    rows = [(100 * n, n, 0.0, 1.0) for n in range(1, length + 1)]
    # Noise looks worse, as lists and tables do, and can form no run as long as the planted one.
    seen: set[tuple[int, float]] = set()
    for place, (after, number, column) in enumerate(noise):
        if (number, column) not in seen and sum(c == column for _, c in seen) < 5:
            seen.add((number, column))
            rows.append((100 * min(after, length) + 1 + place, number, column, 0.6))
    candidates = [Candidate(*row) for row in sorted(rows)]
    chain = best_chain(candidates)
    assert [c.number for c in chain.members if c.column == 0.0] == list(range(1, length + 1))
    assert chain.gaps == ()


@given(st.lists(st.tuples(st.integers(1, 500), st.floats(0, 100)), max_size=60))
def test_a_chain_always_ascends_and_its_gaps_are_what_is_missing(
    rows: list[tuple[int, float]],
) -> None:
    candidates = [Candidate(i, number, column) for i, (number, column) in enumerate(rows)]
    chain = best_chain(candidates)
    numbers = [c.number for c in chain.members]
    assert numbers == sorted(set(numbers))
    assert [c.index for c in chain.members] == sorted(c.index for c in chain.members)
    if numbers:
        assert sorted([*numbers, *chain.gaps]) == list(range(numbers[0], numbers[-1] + 1))


def _column(numbers: list[int], *, start: int = 0, column: float = 0.0) -> list[Candidate]:
    return [Candidate(start + i, number, column) for i, number in enumerate(numbers)]


def test_a_missing_number_is_a_gap_and_the_chain_goes_on() -> None:
    chain = best_chain(_column([1, 2, 3, 5, 6, 7]))
    assert chain.gaps == (4,)
    assert len(chain.members) == 6


def test_a_stray_year_does_not_end_the_chain() -> None:
    chain = best_chain(_column([1, 2, 2015, 3, 4]))
    assert [c.number for c in chain.members] == [1, 2, 3, 4]


def test_annexes_begin_anew() -> None:
    chains = find_chains([_column([1, 2, 3, 4]), _column([1, 2], start=10)])
    assert [len(chain.members) for chain in chains] == [4, 2]


def test_an_annex_that_does_not_begin_at_one_is_no_chain() -> None:
    assert len(find_chains([_column([1, 2, 3, 4]), _column([7, 8], start=10)])) == 1


def test_a_second_text_in_one_file_begins_anew() -> None:
    chains = find_chains([_column([1, 2, 3, 4, 1, 2, 3])])
    assert [len(chain.members) for chain in chains] == [4, 3]


def test_two_numbered_lines_in_a_long_text_are_no_chain() -> None:
    assert find_chains([_column([3, 4])]) == ()


def test_a_list_inside_a_paragraph_is_nested() -> None:
    numbers = [*range(1, 9), 1, 2, 3, 4, 9, 10]
    candidates = {c.index: c for c in _column(numbers)}
    chains = find_chains([list(candidates.values())])
    assert len(chains[0].members) == 10
    assert find_nested(candidates, chains) == {8: "1", 9: "2", 10: "3", 11: "4"}


def test_decisions_count_in_parts() -> None:
    wholes = [Candidate(5, 4, 0.0), Candidate(9, 7, 0.0)]
    decimals = [(0, 1, 1), (1, 1, 2), (2, 2, 1), (3, 2, 2), (4, 3, 1), (6, 5, 1), (7, 5, 2)]
    members, chain = decimal_chain(wholes, decimals)
    assert list(members.values()) == ["1.1", "1.2", "2.1", "2.2", "3.1", "4", "5.1", "5.2", "7"]
    assert chain.gaps == (6,)


def test_recommendations_under_their_paragraph_are_no_parts() -> None:
    wholes = [Candidate(n, n, 0.0) for n in range(1, 6)]
    decimals = [(10, 5, 1), (11, 5, 2), (12, 5, 3)]
    assert decimal_chain(wholes, decimals)[0] == {}
