"""Twins by number, copies, and the list of documents worth a look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Box, Document, Paragraph, ParagraphKind, Quality, Relation, RelationKind
from indexer.build import build_index
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.quality import quality
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published, text


def resolution(language: str, seed: int, *, without: str = "") -> Document:
    base = made("A/HRC/RES/59/25", [], language, kind="resolution")
    labels = [("pp1", None, "preambular"), ("1", "1", "operative"), ("2", "2", "operative"),
              ("annex1-4", "4", "annex"), ("u5", None, "body")]  # fmt: skip
    return replace(
        base,
        paragraphs=tuple(
            Paragraph(label, number, ParagraphKind(kind), (), (2,), words)
            for (label, number, kind), words in zip(labels, text(seed, 5), strict=True)
            if label != without
        ),
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    rich = replace(
        made("A/HRC/15/16", text(4, 3), relations=(Relation(RelationKind.ADDS_TO, "A/HRC/15/1"),)),
        mandate_holder="An Invented Person",
        job_number="GE.25-05795",
        quality=Quality(chain=9, gaps=(4, 7), first=1, last=11, ocr_pages=(2,)),
    )
    first = replace(
        rich.paragraphs[0],
        verb="Calls upon",
        addressees=("States", "Government of Exemplaria"),
        states=("NOR",),
        boxes=(Box(1, 113.44, 50.0, 500.25, 90.06), Box(2, 113.4, 60, 500.2, 80)),
        ocr=True,
    )
    rich = replace(rich, paragraphs=(first, *rich.paragraphs[1:]))
    folder = tmp_path_factory.mktemp("index")
    documents = [resolution("en", 1), resolution("fr", 2), resolution("ru", 3, without="2"), rich]
    made_engine = Engine(published(folder, *documents), FakeEncoder())
    yield made_engine
    made_engine.close()


@pytest.mark.parametrize("label", ["pp1", "1", "annex1-4"])
def test_a_paragraph_is_found_in_other_languages_by_its_number(engine: Engine, label: str) -> None:
    found = engine.twins(f"A_HRC_RES_59_25:en:{label}")
    assert [p.passage_id for p in found.twins] == [
        f"A_HRC_RES_59_25:fr:{label}", f"A_HRC_RES_59_25:ru:{label}"
    ]  # fmt: skip
    assert found.without == ()


def test_a_version_without_the_paragraph_is_named(engine: Engine) -> None:
    found = engine.twins("A_HRC_RES_59_25:en:2")
    assert [p.language for p in found.twins] == ["fr"]
    assert found.without == ("A_HRC_RES_59_25:ru",)


def test_an_unnumbered_paragraph_has_no_twin(engine: Engine) -> None:
    """Its place in the text is no name of it: one heading more, and it would be another."""
    found = engine.twins("A_HRC_RES_59_25:en:u5")
    assert (found.twins, found.without) == ((), ())


def test_what_a_reader_found_comes_out(engine: Engine) -> None:
    whole = engine.document("A/HRC/15/16")
    assert (whole.mandate_holder, whole.job_number) == ("An Invented Person", "GE.25-05795")
    assert [(r.kind, r.symbol) for r in whole.relations] == [("adds-to", "A/HRC/15/1")]
    first, second = whole.contents[:2]
    assert (first.verb, first.addressees, first.states, first.ocr) == (
        "Calls upon", ("States", "Government of Exemplaria"), ("NOR",), True
    )  # fmt: skip
    assert [box.model_dump() for box in first.boxes] == [
        {"page": 1, "x0": 113.4, "y0": 50.0, "x1": 500.2, "y1": 90.1},
        {"page": 2, "x0": 113.4, "y0": 60.0, "x1": 500.2, "y1": 80.0},
    ]
    assert (second.boxes, second.ocr, second.addressees) == ((), False, ())


def test_documents_are_listed_worst_first_with_their_reasons(engine: Engine) -> None:
    report = engine.quality()
    assert report.worst[0].symbol == "A/HRC/15/16"
    assert {c.code for c in report.worst[0].concerns} == {"gaps", "ocr"}
    scores = [document.score for document in report.worst]
    assert scores == sorted(scores, reverse=True)
    assert (report.documents, report.numbered, report.without_gap) == (4, 1, 0)
    assert (report.paragraphs, report.missing, report.ocr) == (9, 2, 1)
    assert report.concerns["twin-count"] == 1
    paged = [engine.quality(offset=at, k=1).worst for at in range(report.total)]
    assert tuple(document for (document,) in paged) == report.worst


def _record(symbol: str, *texts: str) -> str:
    paragraphs = [{"number": str(n), "text": words} for n, words in enumerate(texts, 1)]
    return json.dumps({"symbol": symbol, "title": "T", "language": "en", "year": 2024,
                       "paragraphs": paragraphs})  # fmt: skip


def _report(index_dir: Path) -> tuple[list[tuple[str, str]], int]:
    snapshot = Snapshot.open(index_dir)
    report = quality(snapshot)
    snapshot.close()
    assert report.unread_total == len(report.unread)
    assert not any("/" in file.source for file in report.unread)
    return [(file.source, file.kind) for file in report.unread], snapshot.manifest.generation


def test_files_that_failed_are_kept_until_they_are_read(tmp_path: Path) -> None:
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    folder.mkdir()
    (folder / "good.jsonl").write_text(_record("SAMPLE/1", "One."))
    (folder / "half.jsonl").write_text(_record("SAMPLE/2", "Two.") + "\nnot json\n")
    (folder / "empty.pdf").write_bytes(b"")
    build_index([folder], index_dir, encoder=FakeEncoder())
    both = [("empty.pdf", "empty-file"), ("half.jsonl, line 2", "damaged")]
    assert _report(index_dir) == (both, 1)
    build_index([folder / "good.jsonl"], index_dir, encoder=FakeEncoder())
    assert _report(index_dir) == (both, 1), "another run leaves them, and publishes nothing"
    build_index([folder], index_dir, encoder=FakeEncoder())
    assert _report(index_dir) == (both, 1), "the same failures are no change"
    (folder / "half.jsonl").write_text(_record("SAMPLE/2", "Two."))
    build_index([folder], index_dir, encoder=FakeEncoder())
    assert _report(index_dir) == (both[:1], 2)
    (folder / "empty.pdf").unlink()
    build_index([folder], index_dir, encoder=FakeEncoder())
    assert _report(index_dir) == ([], 3), "a file that is gone has not failed"


def test_copies_are_named_and_not_indexed_twice(tmp_path: Path) -> None:
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl", "c.jsonl"):
        (folder / name).write_text(_record("SAMPLE/1", "One."))
    report = build_index([folder], index_dir, encoder=FakeEncoder())
    assert (report.documents, report.duplicates) == (1, 2)
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    assert engine.document("SAMPLE/1").copies == ("b.jsonl", "c.jsonl")
    engine.close()
    (folder / "c.jsonl").write_text(_record("SAMPLE/3", "Three."))
    build_index([folder], index_dir, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    assert engine.document("SAMPLE/1").copies == ("b.jsonl",)
    engine.close()


def test_another_text_under_one_symbol_is_linked_and_said(tmp_path: Path) -> None:
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    folder.mkdir()
    (folder / "a.jsonl").write_text(_record("SAMPLE/1", "One."))
    (folder / "b.jsonl").write_text(_record("SAMPLE/1", "Quite another."))
    build_index([folder], index_dir, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    one = engine.document("SAMPLE_1:en")
    assert [link.kind for link in one.links] == ["another-version"]
    assert "another-version" in {concern.code for concern in one.concerns}
    engine.close()
