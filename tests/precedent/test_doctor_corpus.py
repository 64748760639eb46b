"""`precedent doctor --corpus`: documents worth a look, from an index alone, without a model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Quality
from indexer.build import build_from_documents, build_index
from precedent.cli import run
from tests.fakes import FakeEncoder, document

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    bad = replace(
        document("A/HRC/15/16", "One.", "Four."),
        quality=Quality(chain=2, gaps=(2, 3), first=1, last=4),
    )
    worse = replace(bad, id="A_HRC_20_1:en", symbol="A/HRC/20/1", title=None, sha256="0" * 64)
    good = replace(document("A/HRC/30/1", "One."), quality=Quality(chain=1, first=1, last=1))
    place = tmp_path / "index"
    build_from_documents([bad, worse, good], place, encoder=FakeEncoder())
    return place


def test_documents_are_listed_worst_first_in_plain_words(
    index_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--corpus", "--index", str(index_dir)]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "3 documents, 3 with numbered paragraphs: 33.3 % of these without a gap, "
        "55.6 % of 9 numbers found\n2 worth a look, 0 files not read\n"
    )
    assert told.index("A/HRC/20/1") < told.index("A/HRC/15/16")
    assert "paragraph numbers 2, 3 are missing" in told
    assert "no title was found" in told
    assert "A/HRC/30/1" not in told


def test_the_list_can_be_cut_and_says_what_is_left(
    index_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--corpus", "--limit", "1", "--index", str(index_dir)]) == 0
    told = capsys.readouterr().out
    assert "A/HRC/15/16" not in told
    assert "… and 1 more (-k)" in told


def test_programs_get_what_the_api_gives(
    index_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--corpus", "--json", "--index", str(index_dir)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["documents"], answer["without_gap"], answer["missing"]) == (3, 1, 4)
    assert [one["symbol"] for one in answer["worst"]] == ["A/HRC/20/1", "A/HRC/15/16"]
    assert answer["worst"][1]["concerns"][0]["code"] == "gaps"


def test_files_that_failed_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "note.txt").write_text("A note of an invented body.\n\nIt has two paragraphs.\n")
    (folder / "empty\x1b[31m.pdf").write_bytes(b"")
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert run(["doctor", "--corpus", "--index", str(tmp_path / "index")]) == 0
    told = capsys.readouterr().out
    assert "Not read when last tried:" in told
    assert "the file is empty" in told
    assert "\x1b" not in told


def test_no_index_is_said_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--corpus", "--index", str(tmp_path / "nothing")]) == 1
    assert "precedent index PATH" in capsys.readouterr().err
