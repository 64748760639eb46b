"""Where candidates are looked for by their meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from indexer.vectors import VectorStore
from search_api.engine import Engine
from search_api.ranking import Question
from search_api.ranking.question import count_words
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder, document

PASTED = "Detained lawyers were denied access to counsel of their own choice. " * 4


@pytest.mark.parametrize(("query", "thorough"), [("counsel of choice", True), (PASTED, False)])
def test_a_typed_question_is_looked_for_thoroughly(
    query: str, thorough: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies apart from all passages, as a pasted text does not."""
    held = [
        document("SAMPLE/2024/SR/1", "Detained lawyers were denied access to counsel."),
        document("SAMPLE/2024/SR/2", "Les détenus n'ont pas vu leur avocat.", language="fr"),
    ]
    encoder = FakeEncoder()
    build_from_documents(held, tmp_path, encoder=encoder)
    search_many, asked = VectorStore.search_many, []

    def noted(*args, **named):  # type: ignore[no-untyped-def]
        asked.append(named["thorough"])
        return search_many(*args, **named)

    monkeypatch.setattr(VectorStore, "search_many", noted)
    engine = Engine(Snapshot.open(tmp_path), encoder)
    assert engine.search(SearchRequest(query=query)).hits
    engine.close()
    assert asked
    assert set(asked) == {thorough}


CHINESE = "被拘留的律师未能会见其自行选择的辩护人，也未获告知被捕的理由。"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("the right to counsel", 4),
        ("辩护人", 2),
        ("第14条 (fair trial)", 4),
        (CHINESE, 15),
    ],
)
def test_words_are_counted_where_no_spaces_are_set(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_pasted_paragraph_in_chinese_is_one_and_nothing_of_it_is_cut(tmp_path: Path) -> None:
    assert not Question(words=CHINESE).is_pasted
    assert Question(words=CHINESE * 3).is_pasted
    encoder = _Parts(max_tokens=16)
    build_from_documents(
        [document("SAMPLE/2024/SR/1", CHINESE, language="zh")], tmp_path, encoder=encoder
    )
    engine = Engine(Snapshot.open(tmp_path), encoder)
    encoder.encoded.clear()
    assert engine.search(SearchRequest(query=CHINESE * 12)).hits
    engine.close()
    read = [text for text in encoder.encoded if "律师" in text]
    assert sum(text.count("律师") for text in read) == 12
    assert len(read) > 1


class _Parts(FakeEncoder):
    """Counts a token for each character, and notes what it encodes."""

    encoded: list[str] = []  # noqa: RUF012

    def count_tokens(self, texts):  # type: ignore[no-untyped-def]
        return [len(text) // 4 + 2 for text in texts]

    def _encode(self, texts):  # type: ignore[no-untyped-def]
        self.encoded.extend(texts)
        return super()._encode(texts)
