"""Damage to an installation, for what repairs it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.manifest import current_dir
from indexer.models import DEFAULT_MODEL
from tests.robustness.acts import MODEL_FILES, Installation

__all__ = ["hurt_index", "hurt_library", "hurt_model"]

_PAGE = 4096
_PARTS = ("serving.sqlite", "vectors.faiss", "manifest.json", "centring.npz")


def hurt_index(ours: Installation, at: random.Random) -> None:
    """Damage a catalogue, or a part of what is in service."""
    what = at.choice(("catalogue", "part", "current"))
    if what == "catalogue":
        held = {name for where in ours.held().values() for name in where}
        _empty_a_page(ours.catalogues()[at.choice(sorted(held, key=str))], at)
    elif what == "part":
        path = current_dir(ours.index_dir) / at.choice(_PARTS)
        path.write_bytes(path.read_bytes()[: at.randrange(1, path.stat().st_size)])
    else:
        (ours.index_dir / "CURRENT").write_text("garbage")


def hurt_library(ours: Installation) -> None:
    """Damage the index of a table of the library, so that all its rows can be read."""
    with closing(sqlite3.connect(ours.library)) as held:
        (page,) = held.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'entries_passage'"
        ).fetchone()
    _empty(ours.library, page - 1)


def hurt_model(ours: Installation, at: random.Random) -> None:
    """Alter a file of a model."""
    (ours.places.models / DEFAULT_MODEL / at.choice(MODEL_FILES)).write_bytes(b"altered")


def _empty_a_page(path: Path, at: random.Random) -> None:
    _empty(path, at.randrange(1, path.stat().st_size // _PAGE))


def _empty(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)
    path.write_bytes(content)
