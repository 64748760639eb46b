"""A hit says why it is one; a question with operators says how it was read."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given

from search_api.schemas import Hit, ReadAs, ReadFilter, Scores, Sentence, Span, Why
from tests.ui.test_markup import HOSTILE, Reader
from ui.search.reasons import read_as, reasons

MakeHit = Callable[..., Hit]

WHY = Why(
    words=("told", "Nobody"),
    phrases=("was told",),
    run=Span(start=7, end=15),
    sentence=Sentence(start=0, end=16, score=0.517),
)


def test_every_reason_is_named(make_hit: MakeHit) -> None:
    text = "Nobody was told. It rained."
    hit = make_hit(text=text, why=WHY, scores=Scores(fused=0.8, dense=0.444))
    words = Reader(str(reasons(hit))).words
    for expected in (
        "words: told, Nobody",
        "quoted: was told",
        "in a row: “was told”",
        "meaning 0.44",
        "nearest sentence (0.52): “Nobody was told.”",
    ):
        assert expected in words


def test_a_passage_of_one_sentence_is_not_said_twice(make_hit: MakeHit) -> None:
    assert "nearest sentence" not in Reader(str(reasons(make_hit(why=WHY)))).words


def test_without_a_reason_nothing_is_said(make_hit: MakeHit) -> None:
    assert reasons(make_hit()) is None
    assert reasons(make_hit(why=Why())) is None


@given(value=HOSTILE)
def test_no_word_can_add_an_element(make_hit: MakeHit, value: str) -> None:
    hit = make_hit(text=value, why=Why(words=(value,), phrases=(value,)))
    assert set(Reader(str(reasons(hit))).elements) <= {"ul", "li", "span"}


def test_operators_are_read_back() -> None:
    read = ReadAs(
        words="lawyer",
        phrases=("in absentia",),
        excluded=("military",),
        filters=(
            ReadFilter(field="country", values=("BLR", "FRD")),
            ReadFilter(field="year", values=("..1999",), excluded=True),
        ),
        symbol="A/HRC/15/16",
    )
    assert read_as(read, {"country": {"FRD": "Freedonia"}}) == (
        "Read as: words “lawyer”; exactly “in absentia”; without “military”; "
        "Country: BLR or Freedonia; not year: ..1999; within A/HRC/15/16."
    )


def test_plain_words_are_not_read_back() -> None:
    assert read_as(ReadAs(words="access to a lawyer"), {}) is None
