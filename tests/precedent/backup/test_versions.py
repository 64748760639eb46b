"""Backups of every version there has been, restored by the software of today, and the reverse."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from indexer.check import check_index
from indexer.databases import version_of
from indexer.schema import CATALOGUE_VERSION
from library.file import Library
from library.schema import LIBRARY_VERSION
from precedent.backup import restore_backup
from precedent.backup.contents import KEYS, LIBRARY
from precedent.backup.restore import Places
from search_api.access.keys import KeyFile, digest_of
from search_api.access.keys_file import MIGRATIONS
from tests.indexer import test_migrations
from tests.library import test_file
from tests.precedent.backup.making import forged, names

NEW_FIELDS = ("restricted", "views", "without_restricted", "without_originals")
"""Of what a backup says of itself: the first ones did not."""


def _keys_of_version_1(path: Path) -> str:
    """Write a file of a key as the first version did; return the key."""
    key = "prk_abcd1234_" + "x" * 43
    connection = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS[0](connection)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO keys (key_id, name, scopes, digest, created_at) VALUES (?, ?, ?, ?, ?)",
        ("abcd1234", "desk", '["read"]', digest_of(key), "2026-01-01T00:00:00+00:00"),
    )
    connection.close()
    return key


def _forged_as(version: str, made: Path, folder: Path) -> tuple[Path, str]:
    """Make a backup as a version of the catalogue left it, with the first library and keys."""
    old = folder / "old"
    index_dir = test_migrations.opened_as(version, old)
    test_file.version_1(old / "library.sqlite")
    key = _keys_of_version_1(old / "keys.sqlite")
    generation = index_dir / "generations" / "000001" / "manifest.json"

    def change(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
        members.clear()
        members["catalogue.sqlite"] = (index_dir / "catalogue.sqlite").read_bytes()
        for name in (LIBRARY, KEYS):
            members[name] = (old / name).read_bytes()
        for name in NEW_FIELDS:
            del manifest[name]
        manifest["encoder"] = json.loads(generation.read_text())["encoder"]
        manifest["catalogue_version"] = int(version.removeprefix("v"))
        manifest["library_version"] = 1

    backup = folder / "old.zip"
    with forged(made, backup, change):
        return backup, key


@pytest.mark.parametrize("version", test_migrations.VERSIONS)
def test_a_backup_of_any_version_is_restored_and_answers_as_before(
    version: str, made: Path, tmp_path: Path
) -> None:
    backup, key = _forged_as(version, made, tmp_path)
    there = tmp_path / "there"
    places = Places(there / "index", there / LIBRARY, there / "models", there / KEYS)
    restored = restore_backup(backup, places)
    assert (restored.documents, restored.keys, restored.library) == (3, True, True)
    assert version_of(places.index_dir / "catalogue.sqlite") == CATALOGUE_VERSION
    assert check_index(places.index_dir).agrees
    expected = json.loads((test_migrations.FILES / version / "answers.json").read_text())
    answers = test_migrations.answers(places.index_dir, version)
    assert answers == {asked: ids[0] for asked, ids in expected.items()}
    assert names(places.library) == ["Old"]
    with Library(places.library).writing():  # which brings it up to date
        pass
    assert version_of(places.library) == LIBRARY_VERSION
    assert places.keys is not None
    (kept,) = KeyFile(places.keys).all()
    assert kept.is_of(key)


@pytest.mark.parametrize("name", ["catalogue.sqlite", LIBRARY, KEYS])
def test_a_file_of_a_later_version_in_a_backup_is_left_to_the_newer_software(
    name: str, made: Path, tmp_path: Path
) -> None:
    """Whatever the backup says of its versions: the files themselves are asked."""
    keys = tmp_path / "one.sqlite"
    KeyFile(keys).add("desk", ["read"])

    def change(members: dict[str, bytes], _: dict[str, Any]) -> None:
        members[KEYS] = keys.read_bytes()
        held = sqlite3.connect(":memory:", isolation_level=None)
        held.deserialize(members[name])
        held.execute("PRAGMA user_version = 99")
        members[name] = bytes(held.serialize())
        held.close()

    there = tmp_path / "there"
    places = Places(there / "index", there / LIBRARY, there / "models", there / KEYS)
    refused = rf"{name}: has version 99, this software reads up to \d; install the newer Precedent"
    with (
        forged(made, tmp_path / "later.zip", change),
        pytest.raises(InputError, match=refused),
    ):
        restore_backup(tmp_path / "later.zip", places, replace_all=True)
    assert not (places.index_dir / "catalogue.sqlite").exists()
    assert not places.library.exists()
