"""`precedent trend`, over a small index with a bag of words for a model."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from precedent.cli import run, trends
from search_api.engine import Engine
from tests.fakes import FakeEncoder, document


@pytest.fixture(autouse=True)
def _index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [
        document("S/1", "Water.", "Water and prisons.", "Schools.", "Schools.", year=2001),
        document("S/2", "Water.", "Prisons.", body="CAT", year=2003),
        document("S/3", "Water.", year=None),
    ]
    build_from_documents(documents, tmp_path, encoder=FakeEncoder())

    @contextmanager
    def opened(index_dir: str | None) -> Iterator[Engine]:
        assert index_dir == "there"
        engine = Engine(Snapshot.open(tmp_path), FakeEncoder())
        yield engine
        engine.close()

    monkeypatch.setattr(trends, "opened", opened)


def test_counts_stand_beside_what_there_is_with_bars(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trend", "water", "--index", "there"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "water"
    assert lines[1].split() == ["2001", "2", "of", "4", "50.00%", "█" * 15]
    assert lines[2].split()[:5] == ["2003", "1", "of", "2", "50.00%"]
    assert lines[3].split() == ["no", "year", "1", "of", "1", "100.00%", "█" * 30]
    assert lines[4].split()[:5] == ["all", "4", "of", "7", "57.14%"]


def test_bodies_and_documents(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trend", "prison", "--by", "body", "--documents", "--index", "there"]) == 0
    words = [line.split("%")[0].split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert words == [
        ["Sample", "Council", "1", "of", "2", "50.00"],
        ["CAT", "1", "of", "1", "100.00"],
        ["all", "2", "of", "3", "66.67"],
    ]


def test_json_and_csv_are_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trend", "water", "schools", "--json", "--index", "there"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [trend["total"]["passages"] for trend in told["trends"]] == [4, 2]
    assert run(["trend", "water", "--by", "body-year", "--csv", "--index", "there"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["body"], row["year"], row["passages"]) for row in rows] == [
        ("Sample Council", "2001", "2"), ("CAT", "2003", "1")
    ]  # fmt: skip


def test_too_little_for_periods_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trend", "water", "--telling", "--index", "there"]) == 0
    assert "too few to tell periods apart" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["a", "b", "--telling"], ["a", "--by", "body-year"], [*"abcdefghi"], ["x" * 501]]
)
def test_what_cannot_be_drawn_is_wrong_usage(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trend", *wrong, "--index", "there"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
