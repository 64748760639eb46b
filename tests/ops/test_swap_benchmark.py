"""The benchmark of changes of generation changes it as a publication does."""

from __future__ import annotations

from pathlib import Path

from benchmarks.serve import link_generation
from indexer.build import build_from_documents
from indexer.manifest import set_current
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder, document


def test_a_generation_under_another_number_can_be_opened(tmp_path: Path) -> None:
    index, copy = tmp_path / "index", tmp_path / "copy"
    build_from_documents([document("A/1", "Words.")], index, encoder=FakeEncoder())
    link_generation(index, 1, copy, 2)
    set_current(copy, 2)
    for folder, generation in ((index, 1), (copy, 2)):
        snapshot = Snapshot.open(folder)
        snapshot.close()
        assert snapshot.manifest.generation == generation
