"""Fixtures that every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# An example may wait for a machine that does something else.
settings.register_profile("without wall time", deadline=None)
settings.load_profile("without wall time")

# Recognition takes seconds a page where it is installed; the tests that are about it ask for it.
os.environ.setdefault("PRECEDENT_OCR", "off")

# Nothing that a test does is noted in the log of whoever runs it; one that reads it names its own.
os.environ["PRECEDENT_AUDIT"] = "off"

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


@pytest.fixture(autouse=True)
def _program() -> Iterator[None]:
    """Leave `__main__` as it was.

    Streamlit's runner puts the page that it tests there, and multiprocessing makes every process
    that a later test starts run that page before its own work.
    """
    program = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = program


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that hold slow tests: left to the end, one process would run alone."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
