"""A set of judged queries becomes an index: its documents, its paragraphs, its precision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.types import ParagraphKind
from indexer.encoder import Precision, digest_of
from indexer.models import InstalledModel
from search_api.evaluate import evaluate
from search_api.evaluation_set import EvaluationSet, open_set
from tests.fakes import FakeEncoder

CORPUS = {
    "GC/1#1": "Counsel must be admitted at once.",
    "GC/1#2": "Prisons are not to be crowded.",
    "alone": "Schools teach every child.",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of three paragraphs, and an installed model that is a hashed bag of words."""
    model = InstalledModel("fake", "f" * 64, "", Path(), {})

    def opened(*_given: object, int8: bool) -> FakeEncoder:
        return FakeEncoder(digest=digest_of(model, int8=int8), precision="int8" if int8 else "bf16")

    for name in ("indexer.build.require", "search_api.evaluation_set.require"):
        monkeypatch.setattr(name, lambda _name, _folder: model)
    monkeypatch.setattr("indexer.build.LazyEncoder", opened)
    monkeypatch.setattr("search_api.engine.open_encoder", opened)
    lines = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in CORPUS.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "crowded prisons"}))
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq\tGC/1#2\t1\n")
    return tmp_path


def _open(folder: Path, precision: Precision = "float") -> EvaluationSet:
    return open_set(folder, precision=precision, models_dir=folder, cache_dir=folder / "cache")


def test_ids_that_differ_behind_the_mark_are_paragraphs_of_one_document(folder: Path) -> None:
    held = _open(folder)
    found = held.engine.document("GC/1")
    held.engine.close()
    assert [each.text for each in found.contents] == [CORPUS["GC/1#1"], CORPUS["GC/1#2"]]
    assert {each.paragraph_kind for each in found.contents} == {ParagraphKind.BODY}
    assert (found.kind, found.year, found.title) == (None, None, None)
    assert held.report.documents == 2
    assert sorted(held.names.values()) == sorted(CORPUS)


def test_each_precision_has_an_index_of_its_own(folder: Path) -> None:
    digests = []
    for precision, runs_in in (("float", "bf16"), ("int8", "int8"), ("float", "bf16")):
        held = _open(folder, precision)  # type: ignore[arg-type]
        assert held.engine.info().model.precision == runs_in
        held.engine.close()
        digests.append(held.model_digest)
    assert digests == ["f" * 64, "f" * 64 + "-int8", "f" * 64]
    assert len(list((folder / "cache").iterdir())) == 2


@pytest.mark.parametrize("precision", ["float", "int8"])
def test_what_is_asked_for_is_measured(folder: Path, precision: Precision) -> None:
    measured = evaluate(folder, precision=precision, models_dir=folder, cache_dir=folder / "cache")
    assert measured.measures["nDCG@10"] == 1.0
    assert measured.model_digest.endswith("-int8") is (precision == "int8")
