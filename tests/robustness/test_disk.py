"""A full disk and one that may only be read: nothing is lost, and what to do is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ModelError, StorageError
from indexer.models import DEFAULT_MODEL, store
from library import collections
from library.file import Library
from precedent.cli import run
from search_api.access.keys import KeyFile
from tests.robustness.namespaces import on_a_small_disk, read_only
from tests.search_api.intake import make_index


def _lines(done: Any) -> list[Any]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_disk_that_is_full_at_any_stage_of_indexing_costs_nothing_that_was_there(
    tmp_path: Path,
) -> None:
    tries = _lines(on_a_small_disk(tmp_path, 16 << 20, "-m", "tests.robustness.filling",
                                       tmp_path))  # fmt: skip
    *failed, last = tries
    assert {each["stage"] for each in failed} >= {
        "__init__", "transaction", "_write_serving", "write_vectors", "write_words"
    }  # fmt: skip
    for each in failed:
        assert f"the disk at {tmp_path} is full" in each["told"]
        assert "make room on it and run the same command again" in each["told"]
        assert each["generation"] == each["before"]
        assert each["left"] == [], "what was begun takes the room that is needed"
    held = [each["documents"] for each in tries]
    assert held == sorted(held), "what was committed stays"
    assert (last["done"], last["generation"], last["documents"]) == (True, 2, 20)


def test_what_is_kept_uploaded_and_exported_outlives_a_full_disk(tmp_path: Path) -> None:
    ((keep, send, export),) = _lines(
        on_a_small_disk(tmp_path, 4 << 20, "-m", "tests.robustness.crowded", tmp_path)
    )
    assert "library.sqlite: cannot be written: the disk at" in keep["said"]
    assert "make room on it" in keep["said"]
    assert keep["held"] == keep["number"] + 1, "it is read while the disk is full"
    assert keep["again"] == keep["held"] + 1
    assert [status for status, _ in send["answers"]] == [507, 507, 507]
    for _, detail in send["answers"]:
        assert "is full" in detail
        assert "make room on it and upload again" in detail
    assert (send["kept"], send["after"]) == (["first.txt"], ["first.txt", "last.txt"])
    assert export == {
        "said": "No space left on device",
        "code": 1,
        "content": "whole",
        "names": ["export.json"],
    }


def test_where_nothing_may_be_written_all_that_reads_works_and_the_rest_says_why(
    tmp_path: Path,
) -> None:
    make_index(tmp_path)
    library = Library(tmp_path / "library.sqlite")
    with library.writing() as connection:
        collections.create(connection, "Counsel")
    KeyFile(tmp_path / "k.sqlite").add("desk", ["read"])
    (found,) = _lines(read_only(tmp_path, "-m", "tests.robustness.locked", tmp_path))
    assert found["search"] == ["Lawyers wait at the gate."]
    assert found["ready"] == 200
    assert found["state"][1]["changeable"] is False
    assert "may only be read" in found["state"][1]["reason"]
    assert [each["name"] for each in found["collections"][1]["collections"]] == ["Counsel"]
    assert found["keep"][0] == 507
    assert "make its folder writable" in found["keep"][1]["detail"]
    assert found["upload"][0] == 403
    assert "may only be read" in found["upload"][1]["detail"]
    assert "cannot be written to: Read-only file system" in found["index"]
    assert "make it writable for this user and run the same command again" in found["index"]
    told = found["commands"]
    assert [told.pop(name) for name in ("check", "backup", "keys")] == [True, True, ["desk"]]
    for name, said in told.items():
        kind = "LibraryError" if name in ("repair library", "wipe") else "(Storage|Service)Error"
        assert re.match(rf"{kind}: {tmp_path}/.*(writable|permissions|to read and write)", said)


def test_a_full_disk_is_said_in_a_line_by_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "f"))

    monkeypatch.setattr("precedent.cli.cli.main", full)
    assert run([]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"precedent: {tmp_path / 'f'}: the disk at ")
    assert "make room on it" in line


def test_a_model_that_does_not_fit_leaves_what_was_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / DEFAULT_MODEL).mkdir()
    (tmp_path / DEFAULT_MODEL / "model.json").write_text("{}")
    monkeypatch.setattr(store, "fetch", full)
    with pytest.raises(StorageError, match=r"is full.*make room on it and run the same"):
        store.pull(DEFAULT_MODEL, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [DEFAULT_MODEL]
    with pytest.raises(ModelError, match="precedent models pull"):
        store.require(DEFAULT_MODEL, tmp_path)
