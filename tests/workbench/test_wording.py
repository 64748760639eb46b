"""How close two wordings are, and what differs between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.closeness import closeness
from workbench.differing import ChangeKind, changes
from workbench.words import keys, words_of

SENTENCE = "Calls upon States to ensure that detainees have prompt access to a lawyer"
PASSAGE = (
    f"The Council, recalling its resolutions, {SENTENCE.lower()}; and decides to remain seized."
)


def near(sentence: str, passage: str):  # type: ignore[no-untyped-def]
    return closeness(words_of(sentence), words_of(passage))


def part(sentence: str, passage: str) -> str:
    found, words = near(sentence, passage), words_of(passage)
    return passage[words[found.first].start : words[found.last - 1].end]


def test_words_that_stand_in_a_passage_are_verbatim() -> None:
    assert near(SENTENCE, PASSAGE).verbatim
    assert part(SENTENCE, PASSAGE) == SENTENCE.lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the State’s duty", "the State's duty"),
        ("well-known", "well‑known"),
        ("ﬁnal", "final"),
        ("ПЫТКИ запрещены", "пытки запрещены"),
        ("المُحامي", "المحامي"),
        ("“Torture”, he said", "torture he said"),
    ],
)
def test_what_is_no_difference_of_words(one: str, other: str) -> None:
    assert keys(one) == keys(other)
    assert near(one, other).verbatim


def test_one_word_less_is_not_verbatim_but_near() -> None:
    found = near(SENTENCE, PASSAGE.replace("prompt ", ""))
    assert not found.verbatim
    assert 0.9 < found.similarity < 1.0
    assert found.kept == pytest.approx(12 / 13)


def test_a_word_far_away_does_not_make_the_part_long() -> None:
    passage = "Calls were made. " + "Nothing of this kind was said by anyone. " * 3
    assert len(part("Calls upon States", passage).split()) <= 3


def test_words_replaced_at_the_ends_are_part_of_it() -> None:
    passage = "Then urges all States to protect every child; and more."
    assert part("Encourages all States to protect every children", passage) == (
        "urges all States to protect every child"
    )


def test_chinese_is_compared_by_character() -> None:
    assert near("人人有权", "宣布人人有权享有自由").verbatim
    assert not near("人人有权", "人人享有权利").verbatim


def test_nothing_in_common_is_nothing() -> None:
    assert near("zebra quagga", PASSAGE).similarity == 0.0
    assert near("", PASSAGE).similarity == 0.0
    assert near(SENTENCE, "").similarity == 0.0


texts = st.text(alphabet=st.sampled_from("ab cd,.é人"), max_size=60)


@given(texts, texts)
def test_closeness_is_a_share_of_a_part(one: str, other: str) -> None:
    found = near(one, other)
    assert 0.0 <= found.similarity <= 1.0
    assert 0.0 <= found.kept <= 1.0
    assert 0 <= found.first <= found.last <= len(words_of(other))
    row = " ".join(keys(one))
    stands = bool(row) and f" {row} " in f" {' '.join(keys(other))} "
    assert found.verbatim is stands


def shown(before: str, after: str) -> list[tuple[str, str, str]]:
    return [
        (change.kind.value, before[slice(*change.before)], after[slice(*change.after)])
        for change in changes(before, after)
    ]


def test_changes_are_runs_of_words() -> None:
    assert shown("Urges all States to act now", "Encourages States to act without delay") == [
        ("replaced", "Urges all", "Encourages"),
        ("same", "States to act", "States to act"),
        ("replaced", "now", "without delay"),
    ]


def test_a_difference_in_punctuation_is_none() -> None:
    assert {
        change.kind for change in changes("No one: shall be held;", "“No one shall be held.”")
    } == {ChangeKind.SAME}


def test_one_word_kept_within_what_was_rewritten_is_no_run_of_its_own() -> None:
    assert shown("alpha beta the gamma delta", "one two the three four") == [
        ("replaced", "alpha beta the gamma delta", "one two the three four")
    ]


@given(texts, texts)
def test_changes_account_for_every_word_once(before: str, after: str) -> None:
    found = changes(before, after)
    for text, spans in (
        (before, [change.before for change in found]),
        (after, [change.after for change in found]),
    ):
        joined = " ".join(text[start:end] for start, end in spans if start < end)
        assert keys(joined) == keys(text)
        assert spans == sorted(spans)
    same = [change for change in found if change.kind is ChangeKind.SAME]
    for change in same:
        assert keys(before[slice(*change.before)]) == keys(after[slice(*change.after)])
