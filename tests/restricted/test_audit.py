"""What is done by command to restricted collections, backups and the library is noted."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer.build
from precedent.cli import run
from search_api.access.audit import AuditLog
from tests.fakes import FakeEncoder
from tests.restricted.world import index
from tests.search_api.intake import a_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an index, in which commands need no model."""
    monkeypatch.setenv("PRECEDENT_AUDIT", str(tmp_path / "audit.jsonl"))
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.setattr(indexer.build, "_installed", lambda *_: FakeEncoder())
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.en.txt").write_bytes(a_text("A/HRC/96/1", "Lawyers wait."))
    index(tmp_path / "own", tmp_path / "index")
    return tmp_path


def noted(folder: Path) -> list[tuple[str, str, str]]:
    log = AuditLog(folder / "audit.jsonl")
    assert log.check().wrong == ()
    return [(each.act, each.object, each.outcome) for each in log.entries()]


def test_every_act_by_command_is_noted(folder: Path) -> None:
    at = ("--index", str(folder / "index"))
    for command in (
        ["index", str(folder / "own"), "--restricted", "witness", *at],
        ["restricted", "release", "A/HRC/96/1", *at],
        ["restricted", "set", "witness", "A/HRC/96/1", *at],
        ["restricted", "views", "add", "witness", *at],
        ["restricted", "views", "drop", "witness", *at],
        ["restricted", "views", "refresh", *at],
        ["backup", str(folder / "b.zip"), *at],
        ["restore", str(folder / "b.zip"), "--replace", *at],
        ["library", "wipe", "--yes"],
    ):
        assert run(command) == 0, command
    (folder / "index" / "views" / "witness" / "CURRENT").unlink()
    assert run(["repair", *at]) == 0
    found = noted(folder)
    assert [act for act, _, _ in found] == [
        "restricted.index", "restricted.release", "restricted.set", "restricted.views.add",
        "restricted.views.drop", "restricted.views.refresh", "backup", "restore", "library.wipe",
        "repair",
    ]  # fmt: skip
    assert {outcome for _, _, outcome in found} == {"done"}
    assert found[2][1] == "witness"
    assert found[6][1] == str(folder / "b.zip")


def test_what_changes_nothing_is_not_noted(folder: Path) -> None:
    at = ("--index", str(folder / "index"))
    for command in (["restricted", "list", *at], ["repair", "--dry-run", *at], ["repair", *at]):
        assert run(command) == 0, command
    assert run(["restricted", "set", "witness", "A/HRC/1/1", *at]) == 1
    assert not (folder / "audit.jsonl").exists()
