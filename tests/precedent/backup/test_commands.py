"""`precedent backup` and `precedent restore`, as typed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from precedent.cli import run


def test_the_commands(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRECEDENT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(made / "library.sqlite"))
    monkeypatch.delenv("PRECEDENT_MODELS", raising=False)
    file, there = str(tmp_path / "b.zip"), str(tmp_path / "there")
    assert run(["backup", file, "--index", str(made / "index"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 4
    assert run(["backup", "--check", file]) == 0
    assert "whole" in capsys.readouterr().out
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(tmp_path / "library.sqlite"))
    assert run(["restore", file, "--index", there]) == 0
    assert "to search: precedent models pull fake" in capsys.readouterr().err
    assert run(["restore", file, "--index", there]) == 1
    assert "give --replace" in capsys.readouterr().err
    assert run(["check", "--index", there, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"] == {"model": 1}
    os.truncate(file, 1000)
    assert run(["backup", "--check", file]) == 1
    assert "is no backup of Precedent, or is cut short" in capsys.readouterr().err
    assert run(["repair", "--index", there]) == 0
    (Path(there) / "CURRENT").unlink()
    assert run(["repair", "--index", there, "--dry-run"]) == 1
    assert "would publish everything anew" in capsys.readouterr().out
    assert run(["repair", "--index", there]) == 0
    assert "done: publish everything anew" in capsys.readouterr().out
