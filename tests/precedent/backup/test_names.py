"""No backup is made that cannot be restored, whatever lies among what goes into it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, LibraryError, ServiceError
from indexer.models import InstalledModel
from library.file import Library
from precedent.backup import Made, make_backup, open_backup, restore_backup
from precedent.backup import contents as limits
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from precedent.cli import run
from tests.precedent.backup.making import JOB, SHA256, UPLOADED
from tests.search_api.intake import job_record

ODD_AND_ALLOWED = [
    ".hidden.txt",
    ".DS_Store",
    "two  spaces and trailing .txt ",
    "rapport définitif – été.pdf",
    "e\u0301.txt",
    "تقرير.docx",
    "报告" * 40 + ".txt",
    "n" * 251 + ".txt",
    "\u202egpj.txt",
    "...",
    "100% a:b*?.txt",
]

NOT_OURS = [b"new\nline.txt", b"back\\slash.txt", b"bad\xff.txt", b"\x7f"]


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """A copy of the index that may be changed."""
    return shutil.copytree(made / "index", tmp_path / "index")


def upload(index: Path, name: str) -> Path:
    """Put a file among the uploads, under its digest."""
    content = name.encode()
    path = index / "uploads" / "files" / hashlib.sha256(content).hexdigest() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def restored(index: Path, places: Places) -> tuple[Made, Path]:
    """Back an index up, check the backup and restore it."""
    file = places.index_dir.with_name("b.zip")
    done = make_backup(Wanted(index), file)
    with open_backup(file) as backup:
        backup.verify()
    restore_backup(file, places)
    return done, places.index_dir / "uploads" / "files"


def test_files_of_odd_names_come_back(index: Path, places: Places) -> None:
    given = [upload(index, name) for name in ODD_AND_ALLOWED]
    done, files = restored(index, places)
    assert done.passed_over == ()
    for path in given:
        assert (files / path.parent.name / path.name).read_bytes() == path.name.encode()
    assert len(list(files.glob("*/*"))) == len(given) + 1


def test_a_file_beside_an_upload_does_not_take_its_place(index: Path, places: Places) -> None:
    for name in (".DS_Store", "zzz"):
        (index / "uploads" / "files" / SHA256 / name).write_bytes(b"of a file manager")
    _, files = restored(index, places)
    assert (files / SHA256 / "gate é.txt").read_bytes() == UPLOADED
    assert len(list((files / SHA256).iterdir())) == 3


def test_what_no_upload_has_made_is_left_out_and_told(
    index: Path, places: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = os.fsencode(index / "uploads" / "files" / ("a" * 64))
    Path(os.fsdecode(folder)).mkdir()
    for name in NOT_OURS:
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(b"x")
    (index / "uploads" / "files" / "notes").mkdir()
    (index / "uploads" / "files" / "notes" / "x.txt").write_bytes(b"x")
    done, files = restored(index, places)
    assert len(done.passed_over) == len(NOT_OURS) + 1
    assert [path.name for path in files.iterdir()] == [SHA256]
    monkeypatch.setenv("PRECEDENT_HOME", str(index.parent))
    capsys.readouterr()
    assert run(["backup", str(index.parent / "again.zip"), "--index", str(index)]) == 0
    said = capsys.readouterr().err
    assert "NOT in it, as no upload has made it: " in said
    assert "new\\nline.txt" in said
    assert "bad\\udcff.txt" in said


def test_records_of_other_names_are_left_out(index: Path, places: Places) -> None:
    jobs = index / "uploads" / "jobs"
    for name in (JOB, f"._{JOB}"):
        (jobs / f"{name}.json").write_text(job_record(JOB, "", ""))
    (jobs / "notes.json").write_text("{}")
    restored(index, places)
    held = places.index_dir / "uploads" / "jobs"
    assert [path.name for path in held.iterdir()] == [f"{JOB}.json"]


def test_what_a_file_manager_puts_beside_a_model_is_not_of_it(
    index: Path, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "given" / "fake"
    (folder / "deep" / ".cache").mkdir(parents=True)
    for name in ("model.json", ".DS_Store", "deep/tokenizer.json", "deep/.cache/x"):
        (folder / name).write_bytes(b"{}")
    model = InstalledModel("fake", "f" * 64, "given", folder, {})
    monkeypatch.setattr("precedent.backup.staging.verify", lambda *_: model)
    make_backup(Wanted(index, model=folder.parent), tmp_path / "b.zip")
    taking = Places(places.index_dir, places.library, places.models, takes_model=True)
    restore_backup(tmp_path / "b.zip", taking)
    held = places.models / "fake"
    found = {str(path.relative_to(held)) for path in held.rglob("*") if path.is_file()}
    assert found == {"model.json", "deep/tokenizer.json"}


# What a restoration would refuse ------------------------------------------------------------------


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    "statements",
    [
        ("ANALYZE",),
        ("CREATE VIEW more AS SELECT 1",),
        ("PRAGMA foreign_keys = OFF", "DELETE FROM documents WHERE rowid = 1"),
    ],
    ids=["statistics", "a view", "a broken reference"],
)
def test_a_catalogue_that_could_not_be_restored_is_not_backed_up(
    index: Path, tmp_path: Path, statements: tuple[str, ...]
) -> None:
    change(index / "catalogue.sqlite", *statements)
    with pytest.raises(IndexDamagedError, match="could not be restored from a backup: ") as told:
        make_backup(Wanted(index), tmp_path / "b.zip")
    assert told.value.subject == str(index / "catalogue.sqlite")
    assert not (tmp_path / "b.zip").exists()


def test_a_library_that_could_not_be_restored_is_not_backed_up(index: Path, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    with Library(library).writing():
        pass
    change(library, "CREATE TABLE mine (words TEXT)")
    with pytest.raises(LibraryError, match="table mine is not as this software makes it") as told:
        make_backup(Wanted(index, library), tmp_path / "b.zip")
    assert told.value.subject == str(library)


@pytest.mark.parametrize(
    ("limit", "most", "cause"),
    [
        ("MOST_MEMBERS", 4, "would hold 5 files, 4 fit in"),
        ("LONGEST_LIST", 10, "bytes of its files"),
        ("_ALWAYS", -(1 << 30), "be taken for made to harm"),
    ],
)
def test_a_backup_that_its_reader_would_refuse_is_not_made(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    limit: str, most: int, cause: str,
) -> None:  # fmt: skip
    for module in ("contents", "sealed"):
        monkeypatch.setattr(f"precedent.backup.{module}.{limit}", most, raising=False)
    with pytest.raises(ServiceError, match=f"{cause}.*--without-originals"):
        make_backup(Wanted(made / "index"), tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []
    with (tmp_path / "pipe").open("wb") as stream, pytest.raises(ServiceError):
        make_backup(Wanted(made / "index"), stream)


def test_what_shrinks_most_may_still_be_backed_up(
    index: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_ALWAYS", 0)
    content = bytes(32 << 20)
    path = index / "uploads" / "files" / hashlib.sha256(content).hexdigest() / "zeros.txt"
    path.parent.mkdir()
    path.write_bytes(content)
    _, files = restored(index, places)
    assert (files / path.parent.name / "zeros.txt").stat().st_size == len(content)


def test_a_file_that_cannot_be_read_is_named(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = index / "uploads" / "files" / SHA256 / "gate é.txt"
    real = Path.open

    def refused(path: Path, *how: str, **more: object) -> object:
        if path == unread:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *how, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(ServiceError, match=r"gate é\.txt: cannot be read: Permission denied"):
        make_backup(Wanted(index), tmp_path / "b.zip")
    assert list(tmp_path.glob("*.zip")) == []
