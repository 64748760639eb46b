"""Backups that are restored: elsewhere, or in the place of what is there."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.errors import (
    ConflictError,
    IndexBusyError,
    LibraryError,
    ServiceError,
)
from indexer.build import build_from_documents
from indexer.catalogue import Catalogue
from indexer.check import check_index
from indexer.guard import only_writer
from library import collections
from library.file import Library
from precedent.backup import make_backup, restore_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from tests.fakes import FakeEncoder, document
from tests.precedent.backup.making import (
    JOB,
    SHA256,
    UPLOADED,
    answers,
    names,
)
from tests.search_api.intake import job_record, service


def test_what_was_backed_up_is_restored_elsewhere(
    made: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_encoder(*_: object) -> None:
        raise AssertionError("nothing is embedded")

    monkeypatch.setattr(FakeEncoder, "encode_passages", no_encoder)
    done = restore_backup(made / "backup.zip", places)
    assert (done.documents, done.passages, done.uploads, done.library) == (4, 8, 1, True)
    assert done.generation == 2, "later than the one that was backed up"
    assert (done.model, done.model_is_installed) == (f"fake {'f' * 64}", False)
    assert answers(places.index_dir) == answers(made / "index")
    assert names(places.library) == ["Counsel"]
    file = places.index_dir / "uploads" / "files" / SHA256 / "gate é.txt"
    assert file.read_bytes() == UPLOADED
    job = json.loads((places.index_dir / "uploads" / "jobs" / f"{JOB}.json").read_text())
    assert job["paths"] == [str(file), ""]
    with Catalogue(places.index_dir / "catalogue.sqlite") as catalogue:
        assert catalogue.origin("SAMPLE_1:en") == str(file)
    assert check_index(places.index_dir).agrees
    assert [path.name for path in places.index_dir.glob(".*")] == []
    for path in (file, places.library, places.index_dir / "catalogue.sqlite"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_backup_without_originals_takes_none_away(
    made: Path, places: Places, tmp_path: Path
) -> None:
    restore_backup(made / "backup.zip", places)
    make_backup(Wanted(made / "index", originals=False), tmp_path / "backup.zip")
    restore_backup(tmp_path / "backup.zip", places, replace_all=True)
    assert check_index(places.index_dir).agrees, "the document's file is there"
    files = places.index_dir / "uploads" / "files"
    assert [path.read_bytes() for path in files.glob("*/*")] == [UPLOADED]


def test_files_of_jobs_that_can_go_on_stay(made: Path, places: Places) -> None:
    restore_backup(made / "backup.zip", places)
    uploads = places.index_dir.absolute() / "uploads"
    for number, state in enumerate(("interrupted", "done")):
        file = uploads / "files" / (f"{number}" * 64) / "more.txt"
        file.parent.mkdir()
        file.write_bytes(b"more")
        job = f"20250101-101113-abcde{number}"
        (uploads / "jobs" / f"{job}.json").write_text(job_record(job, str(file), state=state))
    restore_backup(made / "backup.zip", places, replace_all=True)
    held = {path.name for path in (uploads / "files").iterdir()}
    assert held == {SHA256, "0" * 64}


def test_what_is_restored_is_on_the_disk_before_it_has_its_name(
    made: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, synced = os.fsync, set()

    def fsync(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    restore_backup(made / "backup.zip", places)
    file = places.index_dir / "uploads" / "files" / SHA256 / "gate é.txt"
    job = places.index_dir / "uploads" / "jobs" / f"{JOB}.json"
    for path in (places.library, file, file.parent, job):
        assert path.stat().st_ino in synced, path.name


def test_what_an_indexer_had_not_embedded_waits(tmp_path: Path, places: Places) -> None:
    build_from_documents([document("SAMPLE/0", "One.")], tmp_path / "index", encoder=FakeEncoder())
    with Catalogue(tmp_path / "index" / "catalogue.sqlite") as catalogue:
        catalogue.write(
            document("SAMPLE/1", "Two."), origin="1.txt", reading="1", max_tokens=64,
            count_tokens=FakeEncoder().count_tokens,
        )  # fmt: skip
    make_backup(Wanted(tmp_path / "index"), tmp_path / "backup.zip")
    done = restore_backup(tmp_path / "backup.zip", places)
    assert (done.documents, done.passages, done.waiting) == (2, 1, ("SAMPLE_1:en",))
    report = build_from_documents([], places.index_dir, encoder=FakeEncoder())
    assert (report.documents, report.embedded) == (2, 1)
    assert check_index(places.index_dir).agrees


def test_what_is_there_is_refused_and_then_replaced(made: Path, places: Places) -> None:
    build_from_documents([document("SAMPLE/9", "Before.")], places.index_dir, encoder=FakeEncoder())
    with Library(places.library).writing() as connection:
        collections.create(connection, "Before")
    with pytest.raises(ConflictError, match="holds an index already"):
        restore_backup(made / "backup.zip", places)
    elsewhere = Places(places.index_dir.with_name("new"), places.library, places.models)
    with pytest.raises(ConflictError, match="holds collections already"):
        restore_backup(made / "backup.zip", elsewhere)
    assert names(places.library) == ["Before"]
    done = restore_backup(made / "backup.zip", places, replace_all=True)
    assert done.generation == 2
    assert names(places.library) == ["Counsel"]
    assert answers(places.index_dir) == answers(made / "index")
    assert check_index(places.index_dir).agrees


def test_a_library_that_is_locked_is_not_replaced_as_a_damaged_one(
    made: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_backup(made / "backup.zip", places)
    with sqlite3.connect(places.library, isolation_level=None) as holder:
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        real = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0.05}))
        with pytest.raises(LibraryError, match="being written to without end"):
            restore_backup(made / "backup.zip", places, replace_all=True)
        holder.execute("UPDATE collections SET note = 'kept while locked'")
        holder.execute("COMMIT")
    holder.close()
    assert list(places.library.parent.glob("*damaged*")) == []
    with Library(places.library).reading() as connection:
        (only,) = collections.all_collections(connection)
    assert only.note == "kept while locked"


def test_a_restoration_that_fails_changes_nothing(
    made: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_from_documents([document("SAMPLE/9", "Before.")], places.index_dir, encoder=FakeEncoder())
    before = answers(places.index_dir)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("precedent.backup.restore.republish", fail)
    with pytest.raises(ServiceError, match="No space left"):
        restore_backup(made / "backup.zip", places, replace_all=True)
    assert answers(places.index_dir) == before
    assert check_index(places.index_dir).agrees
    assert list(places.index_dir.glob(".*")) == []


def test_an_indexer_at_work_is_not_disturbed(made: Path, places: Places) -> None:
    with only_writer(places.index_dir), pytest.raises(IndexBusyError):
        restore_backup(made / "backup.zip", places, replace_all=True)


def test_a_service_takes_the_restored_index_into_service(made: Path, places: Places) -> None:
    build_from_documents([document("SAMPLE/9", "Before.")], places.index_dir, encoder=FakeEncoder())
    with TestClient(service(places.index_dir)) as client:
        assert client.get("/v1/info").json()["documents"] == 1
        restore_backup(made / "backup.zip", places, replace_all=True)
        for _ in range(600):
            if client.get("/v1/info").json()["documents"] == 4:
                break
            threading.Event().wait(0.02)
        assert client.get("/v1/info").json()["documents"] == 4
        found = client.post("/v1/search", json={"query": "the well of place 2"}).json()
        assert found["hits"][0]["passage_id"] == "SAMPLE_2:en:1"
