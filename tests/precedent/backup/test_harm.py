"""Backups that are damaged, or made to harm: refused before anything is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import (
    InputError,
)
from indexer.build import build_from_documents
from indexer.check import check_index
from indexer.manifest import published_generation
from indexer.schema import CATALOGUE_VERSION
from precedent.backup import open_backup, restore_backup
from precedent.backup.contents import MOST_MEMBERS, SEAL, Contents
from precedent.backup.restore import Places
from tests.fakes import FakeEncoder, document
from tests.precedent.backup.making import (
    JOB,
    SHA256,
    Change,
    forged,
    with_field,
    with_member,
    with_statement,
)
from tests.robustness.docx_bytes import listing
from tests.search_api.intake import job_record

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
    "a size without end": (
        with_field(more={"README.txt": {"size": float("inf"), "sha256": "0" * 64}}),
        "list of members cannot be read",
    ),
    "a model of two words": (
        lambda members, manifest: (
            with_statement(f"UPDATE state SET value = 'a b {'f' * 64}' WHERE key = 'model'")(
                members, manifest
            ),
            manifest["encoder"].update(model="a b"),
        )[0],
        "what it says of the model of its vectors cannot be",
    ),
    "vectors of no length": (
        lambda _, manifest: manifest["encoder"].update(dim="x"),
        "what it says of the model of its vectors cannot be",
    ),
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


@pytest.mark.parametrize("content", [b"[" * 200_000, b"null", b"\xff", b'{"format": 1e999}'])
def test_a_list_of_members_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="its list of members cannot be read"):
        Contents.read(content, "b.zip")


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
def test_a_list_of_members_without_end_is_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, long: bool
) -> None:
    count = MOST_MEMBERS + 1
    (tmp_path / "b.zip").write_bytes(listing(count, 1, long=long, comment=SEAL + b"0" * 64))

    def refuse(*_: object) -> None:
        raise AssertionError("read: it takes half a kilobyte of memory a member")

    monkeypatch.setattr("zipfile.ZipFile", refuse)
    with (
        pytest.raises(InputError, match="more than 200,000 members"),
        open_backup(tmp_path / "b.zip"),
    ):
        pass


ENDS = {
    "a second end in the digest": lambda data: data[:-22] + b"PK\5\6" + bytes(18),
    "no end": lambda data: data[:-110] + b"PK__" + data[-106:],
    "another length of the comment": lambda data: data[:-90] + b"\0\0" + data[-88:],
    "a list larger than the file": lambda data: data[:-98] + b"\xff\xff\xff\x00" + data[-94:],
    "nothing else": lambda data: data[-88:],
}


@pytest.mark.parametrize("what", ENDS)
def test_what_does_not_end_as_a_backup_is_refused(tmp_path: Path, what: str) -> None:
    data = listing(1, 1, comment=SEAL + b"0" * 64)
    (tmp_path / "b.zip").write_bytes(ENDS[what](data))
    with (
        pytest.raises(InputError, match="does not end as a backup"),
        open_backup(tmp_path / "b.zip"),
    ):
        pass
