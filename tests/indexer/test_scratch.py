"""Folders for copies under way: each process has its own, and keeps it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from indexer.scratch import scratch_in


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / ".backup-killed"
    left.mkdir()
    (left / "lock").touch()
    (left / "catalogue.sqlite").write_bytes(b"half")
    with scratch_in(tmp_path, "backup") as mine:
        assert [path.name for path in tmp_path.iterdir()] == [mine.name]
        with scratch_in(tmp_path, "backup") as other:
            assert mine.exists()
            assert other != mine
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_swept_before_it_is_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two backups begin at the same moment: one sweeps between two steps of the other."""
    real = tempfile.mkdtemp
    overtaken: list[str] = []

    def mkdtemp(**how: str) -> str:
        made = real(**how)
        if not overtaken:
            overtaken.append(made)
            with scratch_in(tmp_path, "backup"):
                assert not Path(made).exists(), "swept: nothing held it"
        return made

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    with scratch_in(tmp_path, "backup") as mine:
        (mine / "catalogue.sqlite").write_bytes(b"a copy")
        assert str(mine) != overtaken[0]
    assert list(tmp_path.iterdir()) == []
