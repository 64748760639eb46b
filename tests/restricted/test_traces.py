"""What is left of a document that was public once and is restricted now."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from corpus.errors import ServiceError
from indexer.build import move_documents
from library.place import library_of
from precedent.backup.make import Wanted, make_backup
from precedent.cli import run
from search_api.access.keys import KeyFile
from search_api.keeping.census import Census
from tests.fakes import FakeEncoder
from tests.restricted.world import SCOPES, Record, index, jsonl, service
from tests.search_api.intake import a_text, upload, wait

SECRET = "zebrafinch"
WITNESS = {SCOPES: "restricted:witness"}


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    """Return an index of two public documents and one restricted one."""
    for number, words in ((90, "water"), (93, SECRET)):
        record = Record(f"A/HRC/{number}/1", (f"Lawyers and {words}.",))
        index(jsonl(tmp_path / f"{number}" / "own.jsonl", [record]), tmp_path / "index")
    closed = jsonl(tmp_path / "closed" / "closed.jsonl", [Record("A/HRC/91/1", ("Lawyers wait.",))])
    index(closed, tmp_path / "index", restricted="witness")
    return tmp_path / "index"


def backed_up(index_dir: Path, **wanted: Path) -> Path:
    file = index_dir.parent / "b.zip"
    library = index_dir.parent / "library.sqlite"
    make_backup(Wanted(index_dir, library, restricted=False, **wanted), file)
    return file


def test_what_was_kept_while_it_was_public_is_not_in_a_backup_without_it(
    index_dir: Path, tmp_path: Path
) -> None:
    with TestClient(service(index_dir)) as client:
        made = client.post("/v1/collections", json={"name": "Kept"}).json()["id"]
        for number in (90, 93):
            entry = {"passage_id": f"A_HRC_{number}_1:en:1", "note": f"{number}: of lawyers"}
            client.post(f"/v1/collections/{made}/entries", json=entry).raise_for_status()
        asked = {"name": "S", "request": {"query": "lawyers"}}
        client.post("/v1/searches", json=asked).raise_for_status()
        client.post("/v1/searches", json=asked | {"name": "T"}, headers=WITNESS).raise_for_status()
    own = tmp_path / "library.sqlite"
    keyed = library_of("abcdefgh", own)
    keyed.parent.mkdir()
    keyed.write_bytes(own.read_bytes())
    move_documents(["A/HRC/93/1"], index_dir, "witness", encoder=FakeEncoder())
    with zipfile.ZipFile(backed_up(index_dir)) as archive:
        for name in archive.namelist():
            content = archive.read(name).lower()
            for trace in (SECRET, "93_1", "93/1", "91_1", "witness"):
                assert trace.encode() not in content, (name, trace)
        for name in ("library.sqlite", "libraries/abcdefgh.sqlite"):
            with closing(sqlite3.connect(archive.extract(name, tmp_path / "out"))) as library:
                (entry,) = library.execute("SELECT passage_id FROM entries").fetchall()
                assert entry == ("A_HRC_90_1:en:1",)
                censuses = library.execute("SELECT keys FROM censuses").fetchall()
            assert len(censuses) == 2
            for (keys,) in censuses:
                had = Census(keys)
                assert had.had("A_HRC_90_1:en:1"), "alerts of what is public go on"
                for hidden in ("A_HRC_93_1:en:1", "A_HRC_91_1@witness:en:1"):
                    assert not had.had(hidden)


def test_keys_in_a_backup_without_collections_do_not_name_them(
    index_dir: Path, tmp_path: Path
) -> None:
    keys = KeyFile(tmp_path / "keys.sqlite")
    keys.add("archive", ["read", "restricted:witness"])
    keys.add("of nothing else", ["restricted:witness"])
    with zipfile.ZipFile(backed_up(index_dir, keys=tmp_path / "keys.sqlite")) as archive:
        assert b"witness" not in archive.read("keys.sqlite")
        archive.extract("keys.sqlite", tmp_path / "out")
    (left,) = KeyFile(tmp_path / "out" / "keys.sqlite").all()
    assert (left.name, left.scopes) == ("archive", {"read"})
    assert sum(len(each.scopes) for each in keys.all()) == 3, "those in use are as they were"


def test_a_damaged_key_is_not_made_good_by_a_backup(index_dir: Path, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.sqlite")
    keys.add("archive", ["read", "restricted:witness"])
    with closing(sqlite3.connect(keys.path)) as held:
        held.execute("UPDATE keys SET expires_on = '2999-01-01'")
        held.commit()
    with zipfile.ZipFile(backed_up(index_dir, keys=keys.path)) as archive:
        archive.extract("keys.sqlite", tmp_path / "out")
    with pytest.raises(ServiceError, match="a key in it is not what was written"):
        KeyFile(tmp_path / "out" / "keys.sqlite").all()


@pytest.fixture
def uploaded(index_dir: Path) -> Iterator[tuple[TestClient, str, str]]:
    """Yield a service, and the jobs of a secret upload and of one beside something else."""
    said = {
        "other.txt": a_text("A/HRC/94/1", "Nothing is said."),
        "said.txt": a_text("A/HRC/95/1", "The bullfinch testifies."),
    }
    with TestClient(service(index_dir)) as client:
        both = wait(client, upload(client, said).job_id)
        assert [file.outcome for file in both.files] == ["indexed", "indexed"]
        alone = wait(client, upload(client, {"again.txt": said["said.txt"]}).job_id)
        yield client, both.job_id, alone.job_id


def test_a_job_tells_no_more_of_what_is_restricted_since(
    uploaded: tuple[TestClient, str, str], index_dir: Path
) -> None:
    client, both, alone = uploaded
    assert "said.txt" in client.get(f"/v1/jobs/{both}/events").text
    restrict = ["restricted", "set", "witness", "A/HRC/95/1", "--index", str(index_dir)]
    with patch("indexer.build.move_documents", partial(move_documents, encoder=FakeEncoder())):
        assert run(restrict) == 0
    jobs = client.get("/v1/jobs").json()["jobs"]
    assert [each["job_id"] for each in jobs] == [both]
    assert client.get(f"/v1/jobs/{alone}").status_code == 404
    left = client.get(f"/v1/jobs/{both}")
    assert [file["name"] for file in left.json()["files"]] == ["other.txt"]
    assert left.json()["counts"]["indexed"] == jobs[0]["counts"]["indexed"] == 1
    for told in (left, client.get(f"/v1/jobs/{both}/events")):
        for trace in ("said.txt", "95/1", "95_1", "bullfinch"):
            assert trace not in told.text


def test_a_backup_without_collections_names_no_upload_of_theirs(
    uploaded: tuple[TestClient, str, str], index_dir: Path
) -> None:
    """Restricted by what cleans no records: an earlier version, or one that was cut."""
    _, both, alone = uploaded
    move_documents(["A/HRC/95/1"], index_dir, "witness", encoder=FakeEncoder())
    with zipfile.ZipFile(backed_up(index_dir)) as archive:
        names = archive.namelist()
        assert f"uploads/jobs/{both}.json" in names
        assert f"uploads/jobs/{alone}.json" not in names
        for name in names:
            for trace in (b"said.txt", b"95/1", b"95_1", b"bullfinch"):
                assert trace not in archive.read(name), name
