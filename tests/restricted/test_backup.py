"""Backups of an index with restricted collections: all of it comes back, and nothing comes out."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import ConflictError, InputError, ServiceError
from indexer.build import move_documents, refresh_views
from indexer.catalogue import Catalogue
from indexer.check import check_index
from indexer.repair import repair_index
from indexer.restricted.compartment import Compartment
from indexer.restricted.place import ask_for_view, collections_of, views_asked, views_of
from library import collections
from library.file import Library
from library.place import library_of
from precedent.backup import make_backup, restore_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from precedent.cli import run
from search_api.access.keys import KeyFile
from tests.fakes import FakeEncoder
from tests.restricted.world import Record, ids_in, index, jsonl, texts_in
from tests.search_api.intake import a_text, job_record

SECRET = "zebrafinch"
OPEN, WITNESS, CASE = "A_HRC_96_1:en", "A_HRC_97_1@witness:en", "A_HRC_98_1@case:en"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder with an `index` of one public document and two collections of one each."""
    for number, name in enumerate(("open", "witness", "case")):
        words = f"Lawyers wait {SECRET if number else 'at the gate'} {name}."
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.en.txt").write_bytes(a_text(f"A/HRC/{96 + number}/1", words))
        index(tmp_path / name, tmp_path / "index", restricted=name if number else None)
    ask_for_view(tmp_path / "index", ["case"])
    return tmp_path


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "there", tmp_path / "there.sqlite", tmp_path / "models")


def backed_up(own: Path, **wanted: object) -> Path:
    file = own / "b.zip"
    make_backup(Wanted(own / "index", own / "library.sqlite", **wanted), file)  # type: ignore[arg-type]
    return file


def test_collections_and_their_views_come_back(
    own: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_encoder(*_: object) -> None:
        raise AssertionError("nothing is embedded")

    with monkeypatch.context() as patched:
        patched.setattr(FakeEncoder, "encode_passages", no_encoder)
        done = restore_backup(backed_up(own), places)
    assert done.restricted == ("case", "witness")
    there = places.index_dir
    assert ids_in(there) == [OPEN]
    assert SECRET not in texts_in(there)
    assert ids_in(there, "witness") == [OPEN, WITNESS]
    assert ids_in(there, "case", "witness") == sorted([OPEN, WITNESS, CASE])
    assert views_asked(there) == [frozenset(["case"])]
    assert check_index(there).agrees
    again = index([own / "open", own / "witness"], there)
    assert (again.added, again.updated, again.embedded, again.views) == (0, 0, 0, [])
    assert ids_in(there) == [OPEN], "the claims came back too"


def test_an_index_of_nothing_but_a_collection_comes_back(tmp_path: Path, places: Places) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.en.txt").write_bytes(a_text("A/HRC/97/1", SECRET))
    index(tmp_path / "own", tmp_path / "index", restricted="witness")
    done = restore_backup(backed_up(tmp_path), places)
    assert (done.documents, done.generation) == (0, None)
    assert ids_in(places.index_dir, "witness") == [WITNESS]


def test_uploads_of_a_collection_come_back_apart(own: Path, places: Places) -> None:
    content = b"what was said"
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    folder = own / "index" / "restricted" / "witness" / "uploads"
    file = folder / "files" / digest / "said.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    (folder / "jobs").mkdir()
    job = "20250101-101112-abcdef.json"
    (folder / "jobs" / job).write_text(
        job_record(job.removesuffix(".json"), str(file.absolute()), restricted="witness")
    )
    with closing(Compartment(own / "index", "witness")) as held:
        held.claim([str(file.absolute())])
    backup = backed_up(own)
    with zipfile.ZipFile(backup) as archive:
        for name in archive.namelist():
            assert str(own / "index").encode() not in archive.read(name), name
    assert restore_backup(backup, places).uploads == 1
    there = places.index_dir.absolute() / "restricted" / "witness" / "uploads"
    assert (there / "files" / digest / "said.txt").read_bytes() == content
    assert json.loads((there / "jobs" / job).read_text())["paths"] == [
        str(there / "files" / digest / "said.txt")
    ]
    assert not (places.index_dir / "uploads").exists()
    with closing(Compartment(places.index_dir, "witness")) as held:
        assert held.has_claimed([str(there / "files" / digest / "said.txt")])


def test_what_was_being_moved_when_it_was_made_is_restricted(own: Path, places: Places) -> None:
    """The collection has a document already, and the public catalogue has it still."""
    index_dir = own / "index"
    name = str((own / "open" / "open.en.txt").absolute())
    with closing(Compartment(index_dir, "witness")) as held:
        held.claim([name])
    restore_backup(backed_up(own), places)
    assert ids_in(places.index_dir) == []
    assert "gate" not in texts_in(places.index_dir)


def test_what_was_restricted_since_is_restricted_after_a_restoration(own: Path) -> None:
    backup = backed_up(own)
    move_documents(["A/HRC/96/1"], own / "index", "witness", encoder=FakeEncoder())
    assert ids_in(own / "index") == []
    there = Places(own / "index", own / "library.sqlite", own / "models")
    with pytest.raises(ConflictError):
        restore_backup(backup, there)
    restore_backup(backup, there, replace_all=True)
    assert ids_in(own / "index") == []
    assert "gate" not in texts_in(own / "index")
    assert ids_in(own / "index", "witness") == ["A_HRC_96_1@witness:en", WITNESS]
    assert check_index(own / "index").agrees


def test_a_backup_without_them_has_no_trace_of_them(
    own: Path, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library(own / "library.sqlite").writing() as connection:
        collections.create(connection, "Counsel")
        for row in (f"{WITNESS}:1", f"{OPEN}:1"):
            connection.execute(
                "INSERT INTO entries (collection_id, position, note, tags, added_at, revision, "
                "passage_id, document_id, citation, text, counts) "
                "VALUES (1, 1, '', '[]', '', 1, ?, ?, '', ?, 1)",
                (row, row, SECRET if "@" in row else "gate"),
            )
    library = ("--library", str(own / "library.sqlite"))
    told = ["backup", str(own / "b.zip"), "--index", str(own / "index"), *library]
    assert run([*told, "--without-restricted"]) == 0
    shown = capsys.readouterr()
    assert "NOT in it: the restricted collections case, witness" in shown.err
    assert "made --without-restricted" in shown.out
    with zipfile.ZipFile(own / "b.zip") as archive:
        assert json.loads(archive.read("manifest.json"))["without_restricted"] is True
        for name in archive.namelist():
            content = archive.read(name).lower()
            for trace in (SECRET.encode(), b"witness", b"case.en"):
                assert trace not in content, (name, trace)
    done = restore_backup(own / "b.zip", places)
    assert any("--without-restricted" in remark for remark in done.remarks)
    assert collections_of(places.index_dir) == ()
    with Library(places.library).reading() as connection:
        assert [row["text"] for row in connection.execute("SELECT text FROM entries")] == ["gate"]


def test_collections_a_backup_does_not_have_stay(own: Path) -> None:
    backup = backed_up(own, restricted=False)
    there = Places(own / "index", own / "library.sqlite", own / "models")
    done = restore_backup(backup, there, replace_all=True)
    assert any("case, witness" in remark for remark in done.remarks)
    assert ids_in(own / "index", "witness") == [OPEN, WITNESS]
    assert check_index(own / "index").agrees


@pytest.mark.parametrize("to", ["catalogue.sqlite", "restricted/case/catalogue.sqlite"])
def test_a_document_in_the_wrong_catalogue_is_refused(own: Path, places: Places, to: str) -> None:
    file = "catalogue.sqlite" if to == "catalogue.sqlite" else to
    path = own / "index" / file
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (table,) in connection.execute(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND c.name = 'document_id' AND m.name NOT IN ('claims', "
            "'released')"
        ).fetchall():
            connection.execute(f"UPDATE {table} SET document_id = '{WITNESS}'")
        connection.commit()
    with pytest.raises(InputError, match="documents of another restricted collection"):
        restore_backup(backed_up(own), places)
    assert not (places.index_dir / "catalogue.sqlite").exists()


def test_a_view_that_is_gone_from_the_backup_is_gone(own: Path) -> None:
    backup = backed_up(own)
    more = jsonl(own / "more.jsonl", [Record("A/HRC/99/1", ("Later.",), "later")])
    index(more, own / "index")
    there = Places(own / "index", own / "library.sqlite", own / "models")
    restore_backup(backup, there, replace_all=True)
    # It is not in the backup, so it stays; its views are of what was restored.
    assert ids_in(own / "index", "later") == [OPEN, "A_HRC_99_1@later:en"]
    refresh_views(own / "index", encoder=FakeEncoder())
    assert frozenset(["case", "witness"]) not in views_of(own / "index")


# Keys, and what their holders keep --------------------------------------------------------------


def test_keys_and_what_their_holders_keep_come_back(own: Path, places: Places) -> None:
    keys = KeyFile(own / "keys.sqlite")
    key, presented = keys.add("archive", ["read", "restricted:witness"])
    with Library(library_of(key.key_id, own / "library.sqlite")).writing() as connection:
        collections.create(connection, "Theirs")
    backup = backed_up(own, keys=own / "keys.sqlite")
    with zipfile.ZipFile(backup) as archive:
        assert presented.encode() not in b"".join(map(archive.read, archive.namelist()))
    assert not restore_backup(backup, places).keys, "they open the service again: only if asked"
    with pytest.raises(ConflictError, match="holds collections already"):
        restore_backup(backup, Places(own / "two", places.library, places.models))
    asked = Places(places.index_dir, places.library, places.models, own / "new" / "keys.sqlite")
    done = restore_backup(backup, asked, replace_all=True)
    assert (done.keys, done.libraries_of_keys) == (True, 1)
    (found,) = KeyFile(own / "new" / "keys.sqlite").all()
    assert found.is_of(presented)
    assert (own / "new" / "keys.sqlite").stat().st_mode & 0o777 == 0o600
    with Library(library_of(key.key_id, places.library)).reading() as connection:
        assert [each.name for each in collections.all_collections(connection)] == ["Theirs"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON spent BEGIN UPDATE keys SET revoked_at = NULL; END",
        "PRAGMA user_version = 9",
    ],
)
def test_keys_that_are_not_as_ours_are_refused(
    own: Path, places: Places, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeyFile(own / "keys.sqlite").add("archive", ["read"])
    with closing(sqlite3.connect(own / "keys.sqlite", isolation_level=None)) as connection:
        connection.execute(statement)
    with pytest.raises(ServiceError, match=r"could not be restored .*; leave out --with-keys"):
        backed_up(own, keys=own / "keys.sqlite")
    monkeypatch.setattr("precedent.backup.staging.require_restorable", lambda *_: None)
    backup = backed_up(own, keys=own / "keys.sqlite")
    asked = Places(places.index_dir, places.library, places.models, own / "new.sqlite")
    with pytest.raises(InputError, match=r"keys\.sqlite: "):
        restore_backup(backup, asked)
    assert not (own / "new.sqlite").exists()
    restore_backup(backup, places)
    with Catalogue(places.index_dir / "catalogue.sqlite") as catalogue:
        assert catalogue.count("documents") == 1


# Checking and repairing -------------------------------------------------------------------------


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


FAULTS = {
    "a text of a collection": (
        "restricted/witness/catalogue.sqlite", "UPDATE paragraphs SET text = 'Other ' || text",
        ("restricted/witness", "text"),
    ),
    "a text of a view": (
        "views/witness/catalogue.sqlite",
        f"UPDATE paragraphs SET text = 'Other ' || text WHERE document_id = '{WITNESS}'",
        ("views/witness", "mirrored"),
    ),
    "a document in a view it is not of": (
        "views/witness/catalogue.sqlite",
        "UPDATE documents SET document_id = 'A_HRC_98_1@case:en' WHERE document_id LIKE "
        "'%witness%'",
        ("views/witness", "restricted"),
    ),
    "a document that is claimed and public": (
        "restricted/witness/catalogue.sqlite",
        "INSERT INTO claims SELECT source, '' FROM other.origins",
        ("", "restricted"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_disagrees_is_seen_and_repaired(own: Path, name: str) -> None:
    index_dir = own / "index"
    assert check_index(index_dir).agrees
    file, statement, found = FAULTS[name]
    spoil(
        index_dir / file,
        f"ATTACH DATABASE '{index_dir / 'catalogue.sqlite'}' AS other",
        "PRAGMA foreign_keys = OFF",
        statement,
    )
    report = check_index(index_dir)
    assert found in {(each.part, each.kind) for each in report.disagreements}
    repaired = repair_index(index_dir)
    assert repaired.is_sound, [str(each) for each in repaired.after.disagreements]  # type: ignore[union-attr]
    assert ids_in(index_dir, "witness")[-1] == WITNESS
    assert ids_in(index_dir) == ([] if found == ("", "restricted") else [OPEN])


@pytest.mark.parametrize("part", ["restricted", "views"])
@pytest.mark.parametrize("value", ["state SET value", "documents SET document_id"])
def test_a_value_of_another_type_is_damage_of_a_collection_too(
    own: Path, part: str, value: str
) -> None:
    column = value.split()[-1]
    where = "WHERE key = 'model'" if column == "value" else ""
    statement = f"UPDATE {value} = CAST({column} AS BLOB) {where}"
    path = own / "index" / part / "witness" / "catalogue.sqlite"
    spoil(path, "PRAGMA foreign_keys = OFF", statement)
    assert f"{part}/witness" in check_index(own / "index").damaged_parts
    repaired = repair_index(own / "index")
    assert repaired.is_sound, [str(each) for each in repaired.after.disagreements]  # type: ignore[union-attr]
    assert ids_in(own / "index", "witness") == [OPEN, WITNESS]


@pytest.mark.parametrize("lost", ["catalogue", "view", "published"])
def test_what_is_destroyed_is_made_anew(own: Path, lost: str) -> None:
    index_dir = own / "index"
    path = {
        "catalogue": index_dir / "restricted" / "witness" / "catalogue.sqlite",
        "view": index_dir / "views" / "witness" / "catalogue.sqlite",
        "published": index_dir / "views" / "witness" / "CURRENT",
    }[lost]
    if lost == "published":
        path.unlink()
    else:
        path.write_bytes(b"no database" * 500)
    assert not check_index(index_dir).agrees
    repaired = repair_index(index_dir)
    assert repaired.is_sound, [str(each) for each in repaired.after.disagreements]  # type: ignore[union-attr]
    assert ids_in(index_dir, "witness") == [OPEN, WITNESS]
    assert ids_in(index_dir) == [OPEN]
    again = index([own / "open", own / "witness"], index_dir)
    assert ids_in(index_dir) == [OPEN], "what was claimed is claimed still"
    assert again.embedded == 0
    assert SECRET not in texts_in(index_dir)
