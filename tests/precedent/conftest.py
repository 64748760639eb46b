"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep a test away from the user's models and index."""
    monkeypatch.setenv("PRECEDENT_HOME", str(tmp_path / "home"))
    for name in ("PRECEDENT_INDEX", "PRECEDENT_MODELS", "PRECEDENT_DEVICE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"
