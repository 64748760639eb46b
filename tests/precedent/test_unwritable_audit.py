"""Commands that are noted, where the audit log cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import indexer.build
import indexer.repair
import precedent.backup
from indexer.restricted import place
from library import collections
from library.file import Library
from precedent.cli import run
from search_api.access.keys import KeyFile

Captured = pytest.CaptureFixture[str]
Call = Callable[..., int]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.setenv("PRECEDENT_AUDIT", str(tmp_path / "file" / "audit.jsonl"))
    return lambda *arguments: run(list(arguments))


@pytest.mark.parametrize(
    "given",
    [
        ("keys", "add", "archive", "--scope", "read"),
        ("restricted", "set", "casework", "A/1"),
        ("restricted", "release", "A/1"),
        ("restricted", "views", "add", "a,b"),
        ("restricted", "views", "drop", "a,b"),
        ("restricted", "views", "refresh"),
        ("index", ".", "--restricted", "casework"),
        ("remove", "A/1"),
        ("backup", "b.zip"),
        ("restore", "b.zip"),
        ("repair",),
    ],
    ids=" ".join,
)
def test_what_cannot_be_noted_is_not_begun(
    call: Call,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    given: tuple[str, ...],
) -> None:
    begun: list[str] = []
    for module, name in [
        (indexer.build, "move_documents"),
        (indexer.build, "refresh_views"),
        (indexer.build, "build_index"),
        (indexer.build, "remove_documents"),
        (indexer.repair, "repair_index"),
        (precedent.backup, "make_backup"),
        (precedent.backup, "restore_backup"),
        (place, "ask_for_view"),
        (place, "drop_view"),
    ]:
        monkeypatch.setattr(module, name, lambda *_, name=name, **__: begun.append(name))
    monkeypatch.chdir(tmp_path)
    assert call(*given) == 1
    shown = capsys.readouterr()
    assert "the audit log cannot be written" in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""
    assert begun == []
    assert not (tmp_path / "keys.sqlite").exists()


def test_a_key_is_revoked_all_the_same(call: Call, capsys: Captured, tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.sqlite")
    key, _ = file.add("archive", ["read"])
    assert call("keys", "revoke", "archive") == 1
    shown = capsys.readouterr().err
    assert f"keys.revoke {key.key_id} (archive): done, but not noted" in shown
    assert "the audit log cannot be written" in shown
    assert shown.count("\n") == 1
    assert file.all()[0].state() == "revoked"


def test_a_library_is_wiped_all_the_same(call: Call, capsys: Captured, tmp_path: Path) -> None:
    with Library(tmp_path / "library.sqlite").writing() as connection:
        collections.create(connection, "Casework")
    capsys.readouterr()
    assert call("library", "wipe", "--yes") == 1
    assert "done, but not noted" in capsys.readouterr().err
    assert not (tmp_path / "library.sqlite").exists()
