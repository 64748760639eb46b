"""What is chosen for an index is kept with it: every later publication follows it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexMismatchError
from corpus.types import Document
from indexer import choices
from indexer.build import build_from_documents, build_index, remove_documents
from indexer.catalogue import Catalogue
from indexer.encoder import Precision, digest_of
from indexer.manifest import Manifest, current_dir
from indexer.models import InstalledModel
from indexer.publish import publish
from indexer.snapshot import Snapshot
from indexer.vectors import KINDS, Kind
from tests.fakes import FakeEncoder, document
from tests.indexer.linking import made, text

CODED = 330
"""Passages: enough that a store which is forced to keeps codes; by size it would keep none."""

PARAGRAPHS = 30


def _many(count: int, first: int = 0) -> list[Document]:
    return [
        made(f"SAMPLE/{n}", text(200 + n, paragraphs=PARAGRAPHS))
        for n in range(first, first + count)
    ]


def _choose(index_dir: Path, kind: Kind | None) -> None:
    build_index([], index_dir, encoder=FakeEncoder(), vector_index=kind)


def _add(index_dir: Path, *documents: Document) -> None:
    build_from_documents(documents, index_dir, encoder=FakeEncoder())


def _kept(index_dir: Path) -> tuple[str, tuple[tuple[int, bool], ...], int]:
    snapshot = Snapshot.open(index_dir)
    snapshot.close()
    vectors = snapshot.vectors
    return vectors.kind, vectors.segments, snapshot.manifest.generation


@pytest.fixture
def index_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index made without a choice."""
    monkeypatch.setattr("indexer.vectors.kinds._LEAST_CODED", 100)
    _add(tmp_path, *_many(CODED // PARAGRAPHS))
    return tmp_path


def test_by_default_the_size_chooses(index_dir: Path) -> None:
    assert _kept(index_dir) == ("auto", ((CODED, False),), 1)


def test_a_choice_is_carried_out_though_nothing_else_changed(index_dir: Path) -> None:
    before = Snapshot.open(index_dir)
    _choose(index_dir, "rabitq")
    assert _kept(index_dir) == ("rabitq", ((CODED, True),), 2)
    after = Snapshot.open(index_dir)
    np.testing.assert_array_equal(
        after.vectors.floats(slice(None)), before.vectors.floats(slice(None))
    )
    shared = {path.parent.name for path in after.folder.rglob("*") if path.stat().st_nlink > 1}
    assert {"forward", "lexical"} <= shared, "what the choice does not touch is linked"
    before.close()
    after.close()


def test_a_choice_outlives_what_is_added_and_removed(index_dir: Path) -> None:
    _choose(index_dir, "rabitq")
    _add(index_dir, *_many(1, first=50))
    assert _kept(index_dir) == ("rabitq", ((CODED, True), (PARAGRAPHS, False)), 3)
    remove_documents(["SAMPLE/1"], index_dir, encoder=FakeEncoder())
    assert _kept(index_dir) == ("rabitq", ((CODED, True), (PARAGRAPHS, False)), 4)


def test_a_choice_is_carried_out_together_with_what_is_new(index_dir: Path) -> None:
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        choices.keep_vector_index(catalogue, "rabitq")
    _add(index_dir, *_many(1, first=50))
    assert _kept(index_dir) == ("rabitq", ((CODED + PARAGRAPHS, True),), 2)
    snapshot = Snapshot.open(index_dir)
    row = snapshot.document_rows("SAMPLE_50:en")[7]
    (passage,) = snapshot.passages([row])
    vector = snapshot.centring.of_passages(
        FakeEncoder().encode_passages([passage["text"]]), [passage["language"]]
    )[0]
    np.testing.assert_allclose(snapshot.vectors.vector(row), vector, atol=2e-3)
    assert snapshot.vectors.search(vector, 1)[0].tolist() == [row]
    snapshot.close()


def test_going_back_takes_the_codes_away(index_dir: Path) -> None:
    _choose(index_dir, "rabitq")
    _choose(index_dir, "flat")
    assert _kept(index_dir) == ("flat", ((CODED, False),), 3)
    _choose(index_dir, "auto")
    assert _kept(index_dir) == ("auto", ((CODED, False),), 4)


@pytest.mark.parametrize("kind", [None, "auto"])
def test_choosing_what_is_in_service_publishes_nothing(index_dir: Path, kind: Kind | None) -> None:
    _choose(index_dir, kind)
    assert _kept(index_dir)[2] == 1


def test_an_index_written_whole_is_of_the_kind_chosen(index_dir: Path) -> None:
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        choices.keep_vector_index(catalogue, "rabitq")
        publish(catalogue, index_dir, FakeEncoder().identity, whole=True)
    assert _kept(index_dir) == ("rabitq", ((CODED, True),), 2)


# Precision -------------------------------------------------------------------------------------


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> InstalledModel:
    """A model that is installed, and opens as a hashed bag of words of the arithmetic wanted."""
    model = InstalledModel("fake", "f" * 64, "", Path(), {})

    def opened(given: InstalledModel, *, int8: bool) -> FakeEncoder:
        assert given is model
        return FakeEncoder(digest=digest_of(model, int8=int8), precision="int8" if int8 else "bf16")

    monkeypatch.setattr("indexer.build.LazyEncoder", opened)
    monkeypatch.setattr("indexer.build.require", lambda _name, _folder: model)
    return model


def _build(index_dir: Path, precision: Precision | None, *documents: Document) -> None:
    build_from_documents(documents, index_dir, precision=precision)


def _precision(index_dir: Path) -> tuple[str, str]:
    encoder = Manifest.read(current_dir(index_dir)).encoder
    return encoder.precision, encoder.digest


@pytest.mark.usefixtures("installed")
def test_8_bits_are_kept_with_the_index(tmp_path: Path) -> None:
    _build(tmp_path, "int8", document("SAMPLE/1", "One."))
    assert _precision(tmp_path) == ("int8", "f" * 64 + "-int8")
    _build(tmp_path, None, document("SAMPLE/2", "Two."))
    build_index([], tmp_path)
    remove_documents(["SAMPLE/1"], tmp_path)
    manifest = Manifest.read(current_dir(tmp_path))
    assert (manifest.documents, manifest.encoder.precision) == (1, "int8")


@pytest.mark.usefixtures("installed")
def test_without_a_choice_no_index_is_in_8_bits(tmp_path: Path) -> None:
    _build(tmp_path, None, document("SAMPLE/1", "One."))
    _build(tmp_path, "float", document("SAMPLE/2", "Two."))
    assert _precision(tmp_path) == ("bf16", "f" * 64)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("held", "given"), [("float", "int8"), ("int8", "float")])
def test_two_precisions_do_not_mix(tmp_path: Path, held: Precision, given: Precision) -> None:
    _build(tmp_path, held, document("SAMPLE/1", "One."))
    before = _precision(tmp_path)
    with pytest.raises(IndexMismatchError, match="in 8 bits") as refused:
        _build(tmp_path, given, document("SAMPLE/2", "Two."))
    assert refused.value.remedy.startswith(f"use --precision {held}, or index into another folder")
    with pytest.raises(IndexMismatchError):
        build_index([], tmp_path, precision=given, vector_index="flat")
    assert _precision(tmp_path) == before
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        assert choices.vector_index_of(catalogue) == "auto", "what is refused changes nothing"
        assert catalogue.symbols() >= {"SAMPLE/1"}
        assert "SAMPLE/2" not in catalogue.symbols()


def test_a_kind_that_does_not_exist_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        with pytest.raises(ValueError, match="hnsw"):
            choices.keep_vector_index(catalogue, "hnsw")  # type: ignore[arg-type]
        for kind in KINDS:
            choices.keep_vector_index(catalogue, kind)
            assert choices.vector_index_of(catalogue) == kind
