"""Marks of words and phrases, against a plain reading of the same rule."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import WORD, field_language
from indexer.build import build_from_documents
from indexer.lexical import LexicalStore
from indexer.snapshot import Snapshot
from search_api.highlights import Highlighter
from tests.fakes import FakeEncoder, document

_WORDS = ("court", "Courts", "courtship", "_court_", "courts-martial", "1", " ")
_TEXTS = st.one_of(
    st.text(alphabet=st.sampled_from("aé́x_ 1-ß’ьў'Яїأ法官 \n"), max_size=60),
    st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join),
)


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> LexicalStore:
    index_dir = tmp_path_factory.mktemp("index")
    texts = ["Courts sat for days.", *(f"Filler of number {n}." for n in range(9))]
    build_from_documents([document("SAMPLE/2022/SR/1", *texts)], index_dir, encoder=FakeEncoder())
    return Snapshot.open(index_dir).lexical


def _read_plainly(
    lexical: LexicalStore, query: str, text: str, language: str
) -> list[tuple[int, int]]:
    wanted = lexical.telling_terms(field_language(language), query)
    return [
        match.span()
        for match in WORD.finditer(text)
        if not wanted.isdisjoint(lexical.terms_of(field_language(language), match.group()))
    ]


@given(
    query=_TEXTS,
    text=_TEXTS,
    language=st.sampled_from(["en", "ru", "zh", "ar", "be"]),
    looked_for=st.sampled_from([0, 100]),
)
def test_words_are_marked_where_a_plain_reading_finds_them(
    lexical: LexicalStore, query: str, text: str, language: str, looked_for: int
) -> None:
    with mock.patch("search_api.highlights._LOOKED_FOR", looked_for):
        marks = Highlighter(query, (), lexical).mark(text, language)
    found = [(mark.start, mark.end) for mark in marks]
    assert found == _read_plainly(lexical, query, text, language)


def test_a_part_of_a_longer_word_is_not_marked(lexical: LexicalStore) -> None:
    text = "courtship, Courts, court_room and a court"
    marks = Highlighter("court", (), lexical).mark(text, "en")
    assert [text[mark.start : mark.end] for mark in marks] == ["Courts", "court", "court"]


def test_a_phrase_is_marked_once_and_its_words_not_again(lexical: LexicalStore) -> None:
    text = "The high court sat; the court was high."
    marks = Highlighter("high court", ("high court",), lexical).mark(text, "en")
    assert [(text[m.start : m.end], m.kind) for m in marks] == [
        ("high court", "phrase"),
        ("court", "word"),
        ("high", "word"),
    ]


def test_a_long_run_of_chinese_is_analysed_and_not_remembered(lexical: LexicalStore) -> None:
    text = "法" * 200 + "官"
    marks = Highlighter("法官", (), lexical).mark(text, "zh")
    assert [(mark.start, mark.end) for mark in marks] == [(0, 201)]


def test_the_theme_of_a_few_passages_is_marked_though_most_have_it(lexical: LexicalStore) -> None:
    marks = Highlighter("filler", (), lexical).mark("Filler of number 3.", "en")
    assert [(mark.start, mark.end) for mark in marks] == [(0, 6)]


def test_what_most_of_many_passages_have_is_not_marked(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    index_dir = tmp_path_factory.mktemp("index")
    texts = [f"The committee noted matter{n}." for n in range(60)]
    build_from_documents([document("SAMPLE/2022/SR/1", *texts)], index_dir, encoder=FakeEncoder())
    lexical = Snapshot.open(index_dir).lexical
    marks = Highlighter("committee matter7", (), lexical).mark(texts[7], "en")
    assert [texts[7][mark.start : mark.end] for mark in marks] == ["matter7"]
