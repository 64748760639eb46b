"""What a reader that was taken over says of other files is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer.reading
from corpus.sandbox.pool import ParsingPool
from indexer.build import build_index
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder
from tests.indexer.lying import lie

WORDS = "1. Words of the {} file, which stand in it.\n"


@pytest.mark.parametrize("name", ["as-another", "with-a-digest-of-another", "as-many"])
def test_a_reader_speaks_for_its_own_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for each in (name, "other"):
        (folder / f"{each}.txt").write_text(WORDS.format(each))
    monkeypatch.setattr(
        indexer.reading, "ParsingPool", lambda _parse, workers: ParsingPool(lie, workers)
    )
    report = build_index([folder], tmp_path / "index", encoder=FakeEncoder(), workers=1)
    snapshot = Snapshot.open(tmp_path / "index")
    with snapshot.reading() as connection:
        held = {row[0] for row in connection.execute("SELECT document_id FROM documents")}
    snapshot.close()
    if name == "as-many":
        assert held == {"~as-many", "~other"}
        assert not report.failed
    else:
        assert held == {"~other"}
        (failure,) = report.failed
        assert "not of this file" in failure.cause
        assert failure.origin.endswith(f"{name}.txt")
