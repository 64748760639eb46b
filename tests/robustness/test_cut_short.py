"""Commands that were cut at one moment: the same one finishes, and nothing of the first is left.

`tests.robustness.kills` has found each of these; here the moment is chosen.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from corpus.errors import UnknownNameError
from indexer import migrations
from indexer.build import move_documents, remove_documents
from indexer.catalogue import Catalogue
from indexer.check import check_index
from indexer.outcomes import files_of
from indexer.repair import repair_index
from indexer.restricted.place import view_dir
from indexer.restricted.running import Restricted
from indexer.run import Run
from library import collections
from library.checking import repair_library
from library.file import Library
from precedent.backup import make_backup, restore_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from search_api.intake.folder import UploadFolder
from search_api.intake.records import Record, Records, new_job
from tests.fakes import FakeEncoder
from tests.restricted.world import ids_in, index
from tests.search_api.intake import TEXT, a_text, kept, make_index, service, upload, wait


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    """An index of two documents, of which one is restricted."""
    own = tmp_path / "own"
    own.mkdir()
    for number in (1, 2):
        (own / f"{number}.en.txt").write_bytes(a_text(f"A/HRC/96/{number}", f"Lawyer {number}."))
    index(own, tmp_path / "index")
    move_documents(["A/HRC/96/2"], tmp_path / "index", "casework", encoder=FakeEncoder())
    return tmp_path / "index"


def _cut(owner: type, name: str, act: Callable[[], object]) -> None:
    """Do something that is interrupted as it comes to a method."""
    interrupt = patch.object(owner, name, side_effect=KeyboardInterrupt)
    with interrupt, pytest.raises(KeyboardInterrupt):
        act()


def _release(index_dir: Path) -> None:
    move_documents(["A/HRC/96/2"], index_dir, None, encoder=FakeEncoder())


def test_a_release_that_was_cut_before_it_was_published(index_dir: Path) -> None:
    _cut(Run, "finish", lambda: _release(index_dir))
    assert ids_in(index_dir) == ["A_HRC_96_1:en"]
    _release(index_dir)
    assert ids_in(index_dir) == ["A_HRC_96_1:en", "A_HRC_96_2:en"]
    assert check_index(index_dir).agrees
    with pytest.raises(UnknownNameError):
        move_documents(["A/HRC/96/3"], index_dir, None, encoder=FakeEncoder())


@pytest.mark.parametrize("document_id", ["A_HRC_96_1:en", "A_HRC_96_2@casework:en"])
def test_a_removal_that_was_cut_before_its_views_were_published(
    index_dir: Path, document_id: str
) -> None:
    def remove() -> None:
        remove_documents([document_id], index_dir, encoder=FakeEncoder())

    _cut(Restricted, "finish", remove)
    assert document_id in ids_in(index_dir, "casework")
    remove()
    assert document_id not in ids_in(index_dir, "casework")
    assert check_index(index_dir).agrees
    with pytest.raises(UnknownNameError):
        remove()


def test_a_repair_sweeps_what_a_killed_publication_of_a_view_left(index_dir: Path) -> None:
    left = view_dir(index_dir, frozenset(["casework"])) / "generations" / ".000009-1"
    left.mkdir()
    assert repair_index(index_dir).steps == []
    assert not left.exists()


# Uploads -----------------------------------------------------------------------------------------


def _as_killed(index_dir: Path, document_id: str, freed: tuple[str, ...]) -> str:
    """Write the record of a removal as a service leaves it that is killed while it is done."""
    records = Records(UploadFolder(index_dir))
    records.load()
    job = new_job("remove", subject=document_id).model_copy(update={"state": "running"})
    records.add(Record(job=job, attempt=1, freed=freed))
    return job.job_id


def test_a_removal_that_was_cut_behind_its_commit_is_done_and_its_file_goes(tmp_path: Path) -> None:
    index_dir = make_index(tmp_path)
    with TestClient(service(index_dir)) as client:
        uploaded = wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
    (document,) = uploaded.files[0].documents
    freed = tuple(files_of(index_dir, document.document_id))
    remove_documents([document.document_id], index_dir, encoder=FakeEncoder())
    job_id = _as_killed(index_dir, document.document_id, freed)
    assert kept(index_dir) == ["report.en.txt"]
    with TestClient(service(index_dir)) as client:
        assert wait(client, job_id).state == "interrupted"
        assert client.post(f"/v1/jobs/{job_id}/resume").status_code == 202
        assert wait(client, job_id, "done", "failed").state == "done"
    assert kept(index_dir) == []


def test_a_removal_notes_its_files_before_it_begins(tmp_path: Path) -> None:
    index_dir = make_index(tmp_path)
    with TestClient(service(index_dir)) as client:
        wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
        job = client.delete("/v1/documents/A_HRC_97_1:en").json()
        assert wait(client, job["job_id"]).state == "done"
    records = Records(UploadFolder(index_dir))
    records.load()
    (path,) = records.get(job["job_id"]).freed
    assert Path(path).name == "report.en.txt"
    assert kept(index_dir) == []


def test_a_document_that_never_was_there_is_not_removed_at_the_second_try(tmp_path: Path) -> None:
    index_dir = make_index(tmp_path)
    job_id = _as_killed(index_dir, "A_HRC_99_9:en", ())
    with TestClient(service(index_dir)) as client:
        wait(client, job_id)
        client.post(f"/v1/jobs/{job_id}/resume")
        assert wait(client, job_id, "done", "failed").state == "failed"


# What is made ready beside -----------------------------------------------------------------------


def _library(folder: Path) -> Library:
    library = Library(folder / "library.sqlite")
    with library.writing() as connection:
        collections.create(connection, "Counsel")
    return library


def _hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(".*"))


def test_what_a_killed_repair_or_restoration_of_a_library_left_is_swept(tmp_path: Path) -> None:
    library = _library(tmp_path)
    for act in ("repair", "restore"):
        left = tmp_path / f".library.sqlite-{act}-x1y2z3"
        left.mkdir()
        shutil.copy(library.path, left)
    repair_library(library.path)
    assert _hidden(tmp_path) == [".library.sqlite-restore-x1y2z3"]
    assert library.wipe()
    assert _hidden(tmp_path) == []


def test_what_a_killed_restoration_left_is_swept_by_the_next(index_dir: Path) -> None:
    folder = index_dir.parent
    library = _library(folder)
    make_backup(Wanted(index_dir, library.path), folder / "backup.zip")
    left = folder / ".library.sqlite-restore-x1y2z3"
    left.mkdir()
    places = Places(index_dir, library.path, folder / "models")
    restore_backup(folder / "backup.zip", places, replace_all=True)
    assert _hidden(folder) == []


def test_what_a_killed_copy_before_a_migration_left_is_swept(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with Catalogue(path) as catalogue:
        catalogue.connection.execute("PRAGMA user_version = 1")
        (tmp_path / ".catalogue.sqlite.v1-4711").write_bytes(b"half")
        migrations.bring_up(catalogue.connection, [lambda _: None, lambda _: None])
    assert _hidden(tmp_path) == []
    assert (tmp_path / "catalogue.sqlite.v1").exists()
