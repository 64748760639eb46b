"""Splitting: nothing lost, nothing too long, whatever the script."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.passages import passages_of, sentences, split
from tests.fakes import FakeEncoder, document

count = FakeEncoder().count_tokens
PROSE = st.text(
    alphabet=st.sampled_from("abc ABC .;:,!?()“”\n1234abcабвёقشй人权。；é\u0301-’"), max_size=600
)


@given(PROSE)
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = list(sentences(text))
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)


@given(PROSE, st.integers(min_value=4, max_value=40))
def test_a_split_covers_the_text_within_the_limit(text: str, limit: int) -> None:
    spans = split(text, limit, count)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a <= b for a, b in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(count([text[a:b]])[0] <= limit for a, b in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See art. 14 of it. Next.", ["See art. 14 of it.", "Next."]),
        ("General comment No. 32 says so. Yes.", ["General comment No. 32 says so.", "Yes."]),
        ("In A. B. v. C it held. Then.", ["In A. B. v. C it held.", "Then."]),
        ("Сослался на ст. 9 и п. 3. Далее.", ["Сослался на ст. 9 и п. 3.", "Далее."]),
        ("保护人权。禁止酷刑。", ["保护人权。", "禁止酷刑。"]),
        ("He asked: “Why?” She left.", ["He asked: “Why?”", "She left."]),
        ("It lists: one; two; three.", ["It lists: one; two; three."]),
    ],
    ids=["art", "No", "initials", "Russian", "Chinese", "quotes", "semicolons"],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


def test_a_paragraph_is_a_passage_unless_it_is_too_long() -> None:
    long = " ".join(f"Sentence {n} has words in it." for n in range(30))
    made = document("SAMPLE/2024/SR/9", "Short one.", long)
    (_, first), (paragraph, second) = passages_of(made, max_tokens=40, count_tokens=count)
    assert [p.id for p in first] == ["SAMPLE_2024_SR_9:en:1"]
    assert [p.part for p in second] == list(range(1, len(second) + 1))
    assert all(p.text == paragraph.text[p.start : p.end] for p in second)
    assert all(p.parts == len(second) > 1 for p in second)
    assert all(p.text.endswith(".") for p in second)


def test_ids_do_not_depend_on_other_documents() -> None:
    one = document("SAMPLE/2024/SR/9", "First.", "Second.")
    ids = [p.id for _, ps in passages_of(one, max_tokens=40, count_tokens=count) for p in ps]
    assert ids == ["SAMPLE_2024_SR_9:en:1", "SAMPLE_2024_SR_9:en:2"]


def test_lines_of_a_table_of_contents_are_no_passages() -> None:
    made = document(
        "SAMPLE/2024/SR/9",
        "Access to justice ......................... 61 - 64",
        "Access to justice was denied ... in 61 cases.",
    )
    found = [[p.id for p in ps] for _, ps in passages_of(made, max_tokens=40, count_tokens=count)]
    assert found == [[], ["SAMPLE_2024_SR_9:en:2"]]
