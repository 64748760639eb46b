"""Files of earlier versions that several processes open at the same moment."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import IndexBusyError
from indexer import databases, journal, schema
from indexer.catalogue import Catalogue
from indexer.databases import faults_of, read_database, version_of
from indexer.schema import CATALOGUE_VERSION
from library import schema as library_schema
from library.file import Library
from library.schema import LIBRARY_VERSION
from tests.indexer.test_migrations import opened_as
from tests.library.test_file import version_1

OPENERS = 6

CATALOGUE = """
import sys
from pathlib import Path
from indexer.catalogue import Catalogue
print("ready", flush=True)
sys.stdin.readline()
with Catalogue(Path(sys.argv[1])) as catalogue:
    print(catalogue.count("documents"), catalogue.count("written"))
"""

LIBRARY = """
import sys
from pathlib import Path
from library.collections import create
from library.file import Library
print("ready", flush=True)
sys.stdin.readline()
with Library(Path(sys.argv[1])).writing() as connection:
    create(connection, f"Made by {sys.argv[2]}")
    print(connection.execute("SELECT count(*) FROM searches").fetchone()[0])
"""


def opened_at_once(program: str, path: Path) -> list[str]:
    """Start processes, let them open a file together, and return what they print."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(OPENERS)
    ]  # fmt: skip
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = []
    for process in running:
        out, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (0, "")
        told.append(out.strip())
    return told


def test_processes_that_open_an_old_catalogue_at_once_see_the_new_one(tmp_path: Path) -> None:
    path = opened_as("v1", tmp_path) / "catalogue.sqlite"
    assert opened_at_once(CATALOGUE, path) == ["3 3"] * OPENERS
    assert version_of(path) == CATALOGUE_VERSION
    assert version_of(path.with_name("catalogue.sqlite.v1")) == 1
    with read_database(path) as connection:
        assert schema.foreign_to_schema(connection) == []
        assert faults_of(connection) == []


def test_processes_that_open_an_old_library_at_once_see_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    version_1(path)
    assert opened_at_once(LIBRARY, path) == ["0"] * OPENERS
    assert version_of(path) == LIBRARY_VERSION
    assert version_of(path.with_name("library.sqlite.v1")) == 1
    with Library(path).reading() as connection:
        assert library_schema.foreign_to_schema(connection) == []
        found = connection.execute("SELECT count(*) FROM collections WHERE name LIKE 'Made by %'")
        assert found.fetchone()[0] == OPENERS


def test_the_copy_of_before_is_made_while_no_other_can_bring_the_file_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it could be a copy of the new file, under the name of the old version."""
    path = opened_as("v1", tmp_path) / "catalogue.sqlite"
    real = databases.copy_database

    def overtaken(source: Path, target: Path) -> None:
        other = sqlite3.connect(path, isolation_level=None, timeout=0)
        with contextlib.closing(other), contextlib.suppress(sqlite3.OperationalError):
            schema.migrate(other, str(path))
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(databases, "copy_database", overtaken)
        Catalogue(path).close()
    assert version_of(path.with_name("catalogue.sqlite.v1")) == 1
    assert version_of(path) == CATALOGUE_VERSION


def test_a_catalogue_that_another_program_holds_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = opened_as("v1", tmp_path) / "catalogue.sqlite"
    real = sqlite3.connect
    with contextlib.closing(real(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(journal, "_BUSY_S", 0.05)
        monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0.05}))
        with pytest.raises(IndexBusyError, match="another program has it open"):
            Catalogue(path)
        holder.execute("ROLLBACK")
