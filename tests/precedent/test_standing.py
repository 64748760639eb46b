"""A table of standing that is named and cannot be used: told at start, before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_from_documents
from precedent.cli import run
from precedent.diagnosis import State, diagnose
from tests.fakes import FakeEncoder, document


@pytest.fixture
def missing(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The table that is named, and is not there."""
    monkeypatch.setenv("PRECEDENT_STANDING", str(tmp_path / "gone.toml"))
    return tmp_path / "gone.toml"


def test_a_service_does_not_start_without_it(
    missing: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["serve", "--port", "0", "--index", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"PRECEDENT_STANDING: {missing}: cannot be read: No such file" in said
    assert "unset that" in said


def test_no_backup_is_made_without_it(
    missing: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    build_from_documents([document("X/1", "A word.")], tmp_path / "i", encoder=FakeEncoder())
    assert run(["backup", str(tmp_path / "b.zip"), "--index", str(tmp_path / "i")]) == 1
    assert f"PRECEDENT_STANDING: {missing}: cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.loopback
def test_doctor_names_it(
    missing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, socket_enabled: None
) -> None:
    (told,) = (
        each
        for each in diagnose(tmp_path / "index", tmp_path / "models", tmp_path)
        if each.part == "table of standing"
    )
    assert told.state is State.FAILED
    assert told.detail.startswith(f"PRECEDENT_STANDING: {missing}: cannot be read: No such file")
    assert "unset that" in told.remedy
    missing.write_text('[[standing]]\nname = "ours"\nlabel = "Ours"\ncounts = true\n')
    found = {each.part: each for each in diagnose(tmp_path / "index", tmp_path / "m", tmp_path)}
    assert found["table of standing"].detail == f"{missing} is in force"
    monkeypatch.delenv("PRECEDENT_STANDING")
    parts = [each.part for each in diagnose(tmp_path / "index", tmp_path / "models", tmp_path)]
    assert "table of standing" not in parts
