"""What is served of a snapshot that has rows without a passage."""

from __future__ import annotations

from pathlib import Path

from indexer.build import build_from_documents, remove_documents
from indexer.facets import Selection
from indexer.snapshot import Snapshot
from search_api.counting import facets
from search_api.query import parse_query
from search_api.query.narrowing import narrow
from search_api.schemas import Filters
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, text


def test_dead_rows_count_for_nothing(tmp_path: Path) -> None:
    documents = [made(f"SAMPLE/{n}", text(200 + n, paragraphs=4)) for n in range(12)]
    build_from_documents(documents, tmp_path, encoder=FakeEncoder())
    remove_documents(["SAMPLE/3"], tmp_path, encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path)
    assert snapshot.columns.passages_by_document().tolist() == [4] * 11
    counted = facets(snapshot, Filters())
    assert [(value.value, value.passages) for value in counted.language] == [("en", 44)]
    typed = parse_query("word year:>=1900").filters
    mask = narrow(snapshot.columns, Selection(), typed).mask
    assert mask is not None
    assert int(mask.sum()) == 44
    snapshot.close()
