"""`precedent parse`."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from corpus.disk import refusal
from precedent.cli import run


def test_parse_reads_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "statement.txt"
    file.write_text("Statement of the Example League\n\n1. First of all.\n\n2. And then.\n")

    assert run(["parse", str(file), "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    keys = (
        "symbol title kind body mandate country session agenda_item date language source sha256 "
        "paragraphs footnotes quality warnings"
    )
    assert set(keys.split()) <= set(document)
    assert {"id", "number", "kind", "section", "pages", "text"} <= set(document["paragraphs"][0])
    expected = "chain gaps unused_candidates first last restarts"
    assert set(expected.split()) <= set(document["quality"])
    assert [one["number"] for one in document["paragraphs"] if one["number"]] == ["1", "2"]
    assert document["symbol"] is None


def test_parse_of_records_is_an_object_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [
        {
            "symbol": f"A/80/{n}",
            "title": f"Report {n}",
            "paragraphs": [{"number": "1", "text": "x"}],
        }
        for n in (1, 2, 3)
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records))

    assert run(["parse", str(file), "--json"]) == 0

    symbols = [json.loads(line)["symbol"] for line in capsys.readouterr().out.splitlines()]
    assert symbols == ["A/80/1", "A/80/2", "A/80/3"]


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("missing.pdf", None, "no such file"),
        ("folder", "", "is a folder"),
        ("empty.pdf", b"", ""),
        ("picture.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 100, "JPEG"),
    ],
)
def test_parse_of_what_is_no_document_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | str | None,
    cause: str,
) -> None:
    file = tmp_path / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        file.mkdir()

    assert run(["parse", str(file), "--json"]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert name in printed.err
    assert cause in printed.err


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in a folder that may not be entered, to whoever runs the tests."""
    folder = tmp_path / "closed"
    seen = Path.stat

    def stat(place: Path, **named: bool) -> os.stat_result:
        if folder in place.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return seen(place, **named)

    monkeypatch.setattr(Path, "stat", stat)
    return folder / "report.pdf"


def test_parse_of_a_file_in_a_closed_folder_is_one_line(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["parse", str(closed)]) == 1

    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert "cannot be opened: Permission denied; check its permissions" in printed.err


def test_what_a_disk_refuses_in_a_closed_folder_is_told(closed: Path) -> None:
    told = refusal(PermissionError(errno.EACCES, "Permission denied", str(closed)), None)

    assert told is not None
    assert told.cause == "cannot be written to: Permission denied"
