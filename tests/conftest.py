"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _real_data_dir() -> Path:
    given = os.environ.get("PRECEDENT_DATA")
    return Path(given) if given else ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data, or skip with the reason."""
    folder = _real_data_dir()
    if not (folder / "pdf").is_dir():
        pytest.skip(f"no real data at {folder}; set PRECEDENT_DATA to a folder that has it")
    return folder
