"""Folders as they are: pipes, sockets, loops, names that are no text, files that change."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus.sources
from corpus.errors import LimitExceededError, ReadError, WrongTypeError
from corpus.sources import find_sources, printable_path
from corpus.types import Source
from indexer.build import build_index
from indexer.snapshot import Snapshot
from precedent.cli import run
from tests.fakes import FakeEncoder
from tests.robustness import pdf_bytes, plain_bytes


def sources_of(snapshot: Snapshot) -> set[str]:
    with snapshot.reading() as connection:
        return {row["source"] for row in connection.execute("SELECT source FROM documents")}


ODD_NAME = b"report \xff\xfe\x80.txt"
SHOWN_NAME = "report \\xff\\xfe\\x80.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "good.txt").write_bytes(plain_bytes.good_text())
    return made


def find(folder: Path) -> tuple[list[str], list[ReadError], dict[str, str]]:
    """Return the names found, the errors, and what was passed over with its kind."""
    omitted: dict[str, str] = {}
    found = list(find_sources([folder], lambda path, kind, _why: omitted.update({path.name: kind})))
    return (
        [one.path.name for one in found if isinstance(one, Source)],
        [one for one in found if isinstance(one, ReadError)],
        omitted,
    )


def test_what_is_no_file_is_passed_over_and_told(folder: Path) -> None:
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        # The path of a socket may be no longer than 107 bytes.
        os.chdir(folder)
        listening.bind("socket.txt")
        (folder / "nowhere.pdf").symlink_to(folder / "gone")
        (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
        (folder / "null.txt").symlink_to("/dev/null")
        (folder / ".hidden.txt").write_text("words")
        (folder / "table.tsv").write_text("a\tb\n")
        names, errors, omitted = find(folder)
    assert names == ["good.txt"]
    assert errors == []
    assert omitted == {
        "pipe.pdf": "special-file",
        "socket.txt": "special-file",
        "null.txt": "special-file",
        "nowhere.pdf": "broken-link",
        "loop.pdf": "broken-link",
        ".hidden.txt": "hidden",
        "table.tsv": "unknown-type",
    }


def test_a_pipe_named_outright_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (error,) = find_sources([tmp_path / "pipe.txt"])
    assert isinstance(error, WrongTypeError)
    assert error.cause == "a named pipe, not a file"


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Make folders nested deeper than Python's calls may be, and remove them, which it cannot."""
    top = tmp_path / "deep"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(sys.getrecursionlimit() + 200):  # the whole path would be too long for one call
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    yield top
    subprocess.run(["rm", "-rf", str(top)], check=True)


def test_folders_nested_deeper_than_calls_may_be(deep: Path) -> None:
    (deep / "good.txt").write_bytes(b"words")
    names, errors, _ = find(deep)
    assert names == ["good.txt"]
    # Linux allows a path of 4,096 bytes: what lies deeper cannot be looked at, and is said.
    assert all("File name too long" in error.cause for error in errors)


def test_folders_linked_in_a_circle_end(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "b").symlink_to(folder, target_is_directory=True)
    (folder / "a" / "c").symlink_to(folder / "a", target_is_directory=True)
    assert find(folder)[0] == ["good.txt"]


def test_what_may_not_be_opened_is_named_and_the_rest_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, who may open everything: the refusal is put in by hand."""
    (folder / "locked.pdf").write_bytes(pdf_bytes.good_pdf())
    (folder / "shut").mkdir()
    opened, listed = Path.open, Path.iterdir

    def refuse_file(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "locked.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    def refuse_folder(self: Path) -> object:
        if self.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(Path, "open", refuse_file)
    monkeypatch.setattr(Path, "iterdir", refuse_folder)
    names, errors, _ = find(folder)
    assert names == ["good.txt"]
    assert sorted(Path(error.subject).name for error in errors) == ["locked.pdf", "shut"]
    assert {error.remedy for error in errors} == {"check its permissions"}


def test_a_file_that_claims_terabytes_is_refused_without_being_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "sparse.pdf").open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(2**40)
    digested: list[Path] = []
    whole = corpus.sources.digest_file
    monkeypatch.setattr(
        corpus.sources, "digest_file", lambda path: (digested.append(path), whole(path))[1]
    )
    names, (error,), _ = find(folder)
    assert names == ["good.txt"]
    assert isinstance(error, LimitExceededError)
    assert "more than" in error.cause
    assert [path.name for path in digested] == ["good.txt"]


@pytest.fixture
def odd(folder: Path) -> Path:
    """Make files whose names are no UTF-8, hold line ends, or are as long as names may be."""
    (folder / os.fsdecode(b"\xe9t\xe9")).mkdir()
    for name, first in ((ODD_NAME, 11), (b"\xe9t\xe9/\xff.html", 21), (b"two\nlines.txt", 31),
                        (b"n" * 251 + b".txt", 41), (b"bad \xff.pdf", 0)):  # fmt: skip
        path = os.fsencode(folder) + b"/" + name
        with open(path, "wb") as stream:  # noqa: PTH123 - the name is bytes
            make = plain_bytes.good_page if name.endswith(b".html") else plain_bytes.good_text
            stream.write(make(first, first + 9) if first else b"%PDF-1.7\n")
    return folder


def test_names_that_are_no_text_go_all_the_way(odd: Path, tmp_path: Path) -> None:
    report = build_index([odd], tmp_path / "index", encoder=FakeEncoder())

    assert report.documents == 5
    (failure,) = report.failed
    assert failure.source == f"{odd}/bad \\xff.pdf"
    json.dumps(report.as_dict(), ensure_ascii=False).encode("utf-8")
    report.write(tmp_path / "report.jsonl")
    snapshot = Snapshot.open(tmp_path / "index")
    sources = sources_of(snapshot)
    snapshot.close()
    assert f"{odd}/{SHOWN_NAME}" in sources
    assert f"{odd}/\\xe9t\\xe9/\\xff.html" in sources

    again = build_index([odd], tmp_path / "index", encoder=FakeEncoder())
    assert (again.added, again.updated, again.unchanged) == (0, 0, 5)


def test_the_command_prints_such_names(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(os.fsdecode(os.fsencode(odd) + b"/" + ODD_NAME))

    assert run(["parse", str(path), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["source"].endswith(SHOWN_NAME)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"plain.txt", "plain.txt"),
        ("отчёт.txt".encode(), "отчёт.txt"),
        (b"\xff.txt", "\\xff.txt"),
        ("a\n\u202eb".encode(), "a\n\u202eb"),
    ],
)
def test_printable_path(name: bytes, shown: str) -> None:
    assert printable_path(Path(os.fsdecode(name))) == shown


def test_files_that_vanish_or_change_between_finding_and_reading(
    folder: Path, tmp_path: Path
) -> None:
    for name in ("gone.txt", "gone.jsonl", "changed.txt", "folder.txt"):
        (folder / name).write_bytes(plain_bytes.good_text(11, 20))
    done = False

    def meddle(step: object) -> None:
        nonlocal done
        if getattr(step, "stage", "") == "read" and not done:
            done = True
            (folder / "gone.txt").unlink()
            (folder / "gone.jsonl").unlink()
            (folder / "changed.txt").write_bytes(plain_bytes.good_text(51, 60))
            (folder / "folder.txt").unlink()
            (folder / "folder.txt").mkdir()

    index = tmp_path / "index"
    report = build_index([folder], index, encoder=FakeEncoder(), progress=meddle)
    assert done
    assert report.documents == 2
    assert sorted(Path(f.source).name for f in report.failed) == [
        "folder.txt", "gone.jsonl", "gone.txt",
    ]  # fmt: skip
    # What was read is what is there now, and the next run has nothing wrong to keep.
    build_index([folder], index, encoder=FakeEncoder())
    snapshot = Snapshot.open(index)
    rows = snapshot.passages(range(len(snapshot.vectors)))
    numbers = {row["number"] for row in rows if row["document_id"].startswith("~changed")}
    snapshot.close()
    assert numbers == {str(number) for number in range(51, 61)}


def test_a_folder_without_the_right_to_look_at_its_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Path.stat

    def refuse(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.name == "good.txt":
            raise PermissionError(13, "Permission denied")
        return looked(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    names, (error,), _ = find(folder)
    assert names == []
    assert "Permission denied" in error.cause
    assert stat.S_ISDIR(looked(folder).st_mode)
