"""Backups that are made: whole or not there, private, of one moment."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from corpus.errors import (
    InputError,
    LibraryError,
    NoIndexError,
    ServiceError,
)
from indexer.build import build_from_documents
from indexer.catalogue import Catalogue
from precedent.backup import make_backup
from precedent.backup.contents import DIGEST_LENGTH
from precedent.backup.make import Wanted
from tests.fakes import FakeEncoder, document


def test_no_path_of_this_machine_is_in_a_backup(made: Path) -> None:
    with zipfile.ZipFile(made / "backup.zip") as archive:
        for name in archive.namelist():
            assert str(made).encode() not in archive.read(name), name


def test_a_backup_is_private_and_opens_without_precedent(made: Path, tmp_path: Path) -> None:
    file = made / "backup.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    body, digest = content[:-DIGEST_LENGTH], content[-DIGEST_LENGTH:]
    assert hashlib.sha256(body).hexdigest().encode() == digest
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        archive.extract("catalogue.sqlite", tmp_path)
        for name, about in manifest["members"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == about["sha256"]
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (4,)
    connection.close()


def test_what_was_removed_is_not_in_a_backup(tmp_path: Path) -> None:
    secret = "unmistakable"
    made = [document("SAMPLE/1", f"An {secret} word."), document("SAMPLE/2", "Another.")]
    build_from_documents(made, tmp_path / "index", encoder=FakeEncoder())
    with Catalogue(tmp_path / "index" / "catalogue.sqlite") as catalogue:
        catalogue.connection.execute("PRAGMA secure_delete = OFF")
        catalogue.remove("SAMPLE/1")
    make_backup(Wanted(tmp_path / "index"), tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert secret.encode() not in archive.read("catalogue.sqlite")


def test_an_empty_library_is_told_and_not_backed_up(made: Path, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    library.touch()
    with pytest.raises(LibraryError, match="is empty, or no library; put it back"):
        make_backup(Wanted(made / "index", library), tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_originals_may_be_left_out(made: Path, tmp_path: Path) -> None:
    done = make_backup(Wanted(made / "index", originals=False), tmp_path / "backup.zip")
    assert sorted(done.contents.members) == ["README.txt", "catalogue.sqlite"]


def test_a_backup_is_of_one_moment_while_an_indexer_writes(tmp_path: Path) -> None:
    """Each document is written whole, and there are as many as were counted."""
    index_dir = tmp_path / "index"
    build_from_documents([document("SAMPLE/0", "One.")], index_dir, encoder=FakeEncoder())
    stop = threading.Event()

    def write() -> None:
        encoder = FakeEncoder()
        with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
            for number in range(1, 10_000):
                if stop.is_set():
                    return
                catalogue.write(
                    document(f"SAMPLE/{number}", *("Some words." for _ in range(20))),
                    origin=f"{number}.txt", reading="1", max_tokens=64,
                    count_tokens=encoder.count_tokens,
                )  # fmt: skip

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            make_backup(Wanted(index_dir), tmp_path / f"{number}.zip")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
            archive.extract("catalogue.sqlite", tmp_path / str(number))
        with sqlite3.connect(tmp_path / str(number) / "catalogue.sqlite") as connection:
            (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
            (change,) = connection.execute(
                "SELECT value FROM state WHERE key = 'change'"
            ).fetchone()
            (whole,) = connection.execute(
                "SELECT count(*) FROM (SELECT 1 FROM passages GROUP BY document_id "
                "HAVING count(*) = 20)"
            ).fetchone()
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        assert documents == int(change) == whole + 1


def test_killed_it_leaves_nothing_under_the_name(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.zip"
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from precedent.backup import make_backup\nfrom precedent.backup.make import Wanted\n"
        "make_backup(Wanted(Path(sys.argv[1])), Path(sys.argv[2]),"
        " lambda _: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    command = [sys.executable, "-c", program, str(made / "index"), str(target)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == [".backup.zip.partial"]
    make_backup(Wanted(made / "index"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["backup.zip"]


def test_interrupted_it_leaves_nothing_at_all(made: Path, tmp_path: Path) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(Wanted(made / "index"), tmp_path / "backup.zip", interrupt)
    assert list(tmp_path.iterdir()) == []
    assert list((made / "index").glob(".*")) == []


def test_another_file_is_never_written_over(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match="is no backup"):
        make_backup(Wanted(made / "index"), target)
    assert target.read_bytes() == b"%PDF-1.4"
    shutil.copy(made / "backup.zip", tmp_path / "old.zip")
    make_backup(Wanted(made / "index"), tmp_path / "old.zip")


def test_where_there_is_no_index_or_no_folder(made: Path, tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        make_backup(Wanted(tmp_path / "nowhere"), tmp_path / "backup.zip")
    with pytest.raises(ServiceError, match="a folder you may write to"):
        make_backup(Wanted(made / "index"), tmp_path / "no" / "backup.zip")
    assert list(tmp_path.iterdir()) == []
