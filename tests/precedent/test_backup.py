"""Backups: whole or not there, restorable elsewhere, and harmless when they are made to harm."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.errors import (
    ConflictError,
    IndexBusyError,
    InputError,
    LibraryError,
    NoIndexError,
    ServiceError,
)
from indexer.build import build_from_documents
from indexer.catalogue import Catalogue
from indexer.check import check_index
from indexer.guard import only_writer
from indexer.manifest import published_generation
from indexer.schema import CATALOGUE_VERSION
from indexer.snapshot import Snapshot
from library import collections
from library.file import Library
from precedent.backup import make_backup, open_backup, restore_backup
from precedent.backup.contents import DIGEST_LENGTH, SEAL
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from precedent.cli import run
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder, document
from tests.search_api.intake import job_record, service

UPLOADED = b"Lawyers wait at the gate."
SHA256 = hashlib.sha256(UPLOADED).hexdigest()
JOB = "20250101-101112-abcdef"


def fill(index_dir: Path) -> None:
    """Make an index with an uploaded file, and the record of its job."""
    file = index_dir.absolute() / "uploads" / "files" / SHA256 / "gate é.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(UPLOADED)
    jobs = index_dir / "uploads" / "jobs"
    jobs.mkdir()
    (jobs / f"{JOB}.json").write_text(job_record(JOB, str(file), ""))
    documents = [document(f"SAMPLE/{n}", f"The well of place {n}.", "A gate.") for n in range(4)]
    build_from_documents(documents, index_dir, encoder=FakeEncoder())
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        for table in ("origins", "documents"):
            catalogue.connection.execute(
                f"UPDATE {table} SET source = ? WHERE document_id = 'SAMPLE_1:en'", (str(file),)
            )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `index`, `library.sqlite` and a backup of both."""
    folder = tmp_path_factory.mktemp("made")
    fill(folder / "index")
    with Library(folder / "library.sqlite").writing() as connection:
        collections.create(connection, "Counsel")
    wanted = Wanted(folder / "index", folder / "library.sqlite")
    make_backup(wanted, folder / "backup.zip")
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "there", tmp_path / "there.sqlite", tmp_path / "models")


def names(library: Path) -> list[str]:
    with Library(library).reading() as connection:
        return [each.name for each in collections.all_collections(connection)]


def answers(index_dir: Path) -> list[tuple[str, float]]:
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    try:
        hits = engine.search(SearchRequest(query="the well of a place")).hits
        return [(hit.passage_id, hit.score) for hit in hits]
    finally:
        engine.close()


# Making and restoring ---------------------------------------------------------------------------


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


JOBS = {
    "a file of the machine": job_record(JOB, "/etc/hostname"),
    "a way out": job_record(JOB, f"precedent-index:/uploads/files/{SHA256}/../../../x"),
    "another folder": job_record(JOB, f"precedent-index:/restricted/a/uploads/files/{SHA256}/x"),
    "another name": job_record("20250101-101112-000000", ""),
    "another collection": job_record(JOB, "", restricted="witness"),
    "nothing": "[]",
    "without end": "[" * 100_000,
}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_made_to_harm_is_passed_over(
    made: Path, tmp_path: Path, places: Places, name: str
) -> None:
    change = with_member(f"uploads/jobs/{JOB}.json", JOBS[name].encode())
    with forged(made, tmp_path / "forged.zip", change):
        assert restore_backup(tmp_path / "forged.zip", places).documents == 4
    assert list(places.index_dir.glob("uploads/jobs/*")) == []


def test_a_model_is_taken_where_it_is_asked_for_alone(
    made: Path, tmp_path: Path, places: Places
) -> None:
    with forged(made, tmp_path / "f.zip", with_member("model/model.json", b"{}")):
        done = restore_backup(tmp_path / "f.zip", places)
        assert any("--with-model" in remark for remark in done.remarks)
        assert not places.models.exists()
        asked = replace(places, takes_model=True)
        done = restore_backup(tmp_path / "f.zip", asked, replace_all=True)
    assert not any("--with-model" in remark for remark in done.remarks)
    assert (places.models / "fake" / "model.json").read_bytes() == b"{}"


def test_no_job_of_a_backup_goes_on_by_itself(made: Path, tmp_path: Path, places: Places) -> None:
    path = f"precedent-index:/uploads/files/{SHA256}/gate é.txt"
    record = job_record(JOB, path, state="queued")
    with forged(made, tmp_path / "f.zip", with_member(f"uploads/jobs/{JOB}.json", record.encode())):
        restore_backup(tmp_path / "f.zip", places)
    job = json.loads((places.index_dir / "uploads" / "jobs" / f"{JOB}.json").read_text())
    assert job["job"]["state"] == "interrupted"


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


# Replacing --------------------------------------------------------------------------------------


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


# Files that are damaged, or made to harm --------------------------------------------------------


@pytest.mark.parametrize("where", [0.1, 0.3, 0.6, 0.9, 0.999])
def test_a_byte_that_changed_is_seen(made: Path, tmp_path: Path, where: float) -> None:
    content = bytearray((made / "backup.zip").read_bytes())
    content[int(len(content) * where)] ^= 0x10
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(InputError), open_backup(tmp_path / "b.zip") as backup:
        backup.verify()


@pytest.mark.parametrize("left", [0, 10, 5000, -1])
def test_a_backup_that_was_cut_short_is_seen(made: Path, tmp_path: Path, left: int) -> None:
    (tmp_path / "b.zip").write_bytes((made / "backup.zip").read_bytes()[:left])
    cut_short = pytest.raises(InputError, match="is no backup of Precedent, or is cut short")
    with cut_short, open_backup(tmp_path / "b.zip"):
        pass


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


@contextmanager
def forged(made: Path, target: Path, change: Change, **entry: Any) -> Iterator[None]:
    """Write a backup whose digests are all right, and whose contents are not."""
    with zipfile.ZipFile(made / "backup.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        members = {n: archive.read(n) for n in archive.namelist() if n != "manifest.json"}
    change(members, manifest)
    manifest["members"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
    } | manifest.pop("more", {})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = entry.get("mode", 0o100600) << 16
            archive.writestr(info, content)
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.comment = SEAL + b"0" * DIGEST_LENGTH
    body = target.read_bytes()[:-DIGEST_LENGTH]
    target.write_bytes(body + hashlib.sha256(body).hexdigest().encode())
    yield


def with_member(name: str, content: bytes = b"x") -> Change:
    def change(members: dict[str, bytes], _: dict[str, Any]) -> None:
        members[name] = content

    return change


def with_statement(*statements: str) -> Change:
    def change(members: dict[str, bytes], _: dict[str, Any]) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(members["catalogue.sqlite"])
        for statement in statements:
            connection.execute(statement)
        members["catalogue.sqlite"] = bytes(connection.serialize())
        connection.close()

    return change


def with_field(**fields: object) -> Change:
    return lambda _, manifest: manifest.update(fields)


FORGERIES: dict[str, tuple[Change, str]] = {
    "a way out": (with_member("../outside"), "which no backup does"),
    "a way out of uploads": (with_member(f"uploads/files/{SHA256}/.."), "which no backup does"),
    "an absolute name": (with_member("/tmp/outside"), "which no backup does"),  # noqa: S108
    "a backslash": (with_member(f"uploads/files/{SHA256}/..\\x"), "which no backup does"),
    "a file too many": (with_member("run.sh"), "which no backup does"),
    "a hidden model file": (with_member("model/.x/y"), "which no backup does"),
    "a member not there": (
        with_field(more={f"uploads/files/{SHA256}/x": {"size": 1, "sha256": "0" * 64}}),
        "not those of its list",
    ),
    "no catalogue": (lambda members, _: members.pop("catalogue.sqlite"), "holds no catalogue"),
    "another size": (
        with_field(more={"README.txt": {"size": 10**15, "sha256": "0" * 64}}),
        "not those of its list",
    ),
    "a bomb": (with_member("README.txt", bytes(300 << 20)), "says it holds"),
    "a list of nonsense": (with_field(generation="one"), "list of members cannot be read"),
    "a trigger": (
        with_statement(
            "CREATE TRIGGER t AFTER INSERT ON state BEGIN DELETE FROM documents; END"
        ),
        "trigger t is not as this software makes it",
    ),
    "a view": (
        with_statement("DROP TABLE failures", "CREATE VIEW failures AS SELECT 1"),
        "is not as this software makes it",
    ),
    "no database": (
        lambda members, _: members.update({"catalogue.sqlite": b"no database" * 500}),
        "file is not a database",
    ),
    "a library that is none": (
        lambda members, _: members.update({"library.sqlite": b"no database" * 500}),
        "file is not a database",
    ),
    "references to nothing": (
        with_statement("PRAGMA foreign_keys = OFF", "DELETE FROM documents WHERE rowid = 1"),
        "refers to no documents",
    ),
    "a later format": (with_field(format=2, software="9.0"), "made by Precedent 9.0"),
    "a later catalogue": (
        with_field(catalogue_version=CATALOGUE_VERSION + 1), "install the newer Precedent",
    ),
    "a later library": (with_field(library_version=99), "install the newer Precedent"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_file_made_to_harm_harms_nothing(
    made: Path, tmp_path: Path, places: Places, name: str
) -> None:
    build_from_documents([document("SAMPLE/9", "Before.")], places.index_dir, encoder=FakeEncoder())
    change, cause = FORGERIES[name]
    file = tmp_path / "forged.zip"
    with forged(made, file, change), pytest.raises(InputError, match=cause):
        restore_backup(file, places, replace_all=True)
    file.unlink()
    assert check_index(places.index_dir, quick=True).agrees
    assert published_generation(places.index_dir) == 1
    assert not places.library.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_link_in_a_backup_is_refused(made: Path, tmp_path: Path, places: Places) -> None:
    forgery = forged(made, tmp_path / "b.zip", lambda *_: None, mode=0o120777)
    with forgery, pytest.raises(InputError, match="is no plain file"):
        restore_backup(tmp_path / "b.zip", places)


# The commands -----------------------------------------------------------------------------------


def test_the_commands(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRECEDENT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(made / "library.sqlite"))
    monkeypatch.delenv("PRECEDENT_MODELS", raising=False)
    file, there = str(tmp_path / "b.zip"), str(tmp_path / "there")
    assert run(["backup", file, "--index", str(made / "index"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 4
    assert run(["backup", "--check", file]) == 0
    assert "whole" in capsys.readouterr().out
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(tmp_path / "library.sqlite"))
    assert run(["restore", file, "--index", there]) == 0
    assert "to search: precedent models pull fake" in capsys.readouterr().err
    assert run(["restore", file, "--index", there]) == 1
    assert "give --replace" in capsys.readouterr().err
    assert run(["check", "--index", there, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"] == {"model": 1}
    os.truncate(file, 1000)
    assert run(["backup", "--check", file]) == 1
    assert "is no backup of Precedent, or is cut short" in capsys.readouterr().err
    assert run(["repair", "--index", there]) == 0
    (Path(there) / "CURRENT").unlink()
    assert run(["repair", "--index", there, "--dry-run"]) == 1
    assert "would publish everything anew" in capsys.readouterr().out
    assert run(["repair", "--index", there]) == 0
    assert "done: publish everything anew" in capsys.readouterr().out
