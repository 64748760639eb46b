"""Where candidates are looked for by their meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from indexer.vectors import VectorStore
from search_api.engine import Engine
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
