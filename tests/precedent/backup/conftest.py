"""What tests of backups have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from library import collections
from library.file import Library
from precedent.backup import make_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from tests.precedent.backup.making import (
    fill,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `index`, `library.sqlite` and a backup of both."""
    folder = tmp_path_factory.mktemp("made")
    fill(folder / "index")
    with Library(folder / "library.sqlite").writing() as connection:
        collections.create(connection, "Counsel")
    wanted = Wanted(folder / "index", folder / "library.sqlite")
    make_backup(wanted, folder / "backup.zip")
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "there", tmp_path / "there.sqlite", tmp_path / "models")
