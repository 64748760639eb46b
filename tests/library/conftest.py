"""A library of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from library.file import Library
from library.records import PassageCopy


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "own" / "library.sqlite")


@pytest.fixture(scope="session")
def passage() -> Callable[..., PassageCopy]:
    def make(number: int, **changes: object) -> PassageCopy:
        facts: dict[str, object] = {
            "passage_id": f"X_1:en:{number}",
            "document_id": "X_1:en",
            "citation": f"X/1, para. {number}",
            "text": f"Words of paragraph {number}.",
            "symbol": "X/1",
            "title": "An invented report",
            "url": None,
            "date": "2021",
            "language": "en",
            "standing": "Final",
            "counts": True,
            **changes,
        }
        return PassageCopy(**facts)  # type: ignore[arg-type]

    return make
