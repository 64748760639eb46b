"""A service that needs a key, over an engine without an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from search_api.access.keys import KeyFile
from search_api.access.keys_file import opened, seal
from tests.search_api.intake import told

__all__ = ["bearer", "closed", "expire", "key_file", "key_of"]


def key_file(folder: Path) -> KeyFile:
    return KeyFile(folder / "keys.sqlite")


def key_of(folder: Path, *scopes: str, name: str = "", **given: Any) -> str:
    """Make a key and return it."""
    return key_file(folder).add(name or " ".join(scopes), scopes, **given)[1]


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@contextmanager
def closed(folder: Path, **settings: Any) -> Iterator[TestClient]:
    """Yield a client of a service that needs a key, by the name of `testserver`."""
    given = {
        "require_keys": "on",
        "keys_file": folder / "keys.sqlite",
        "audit_file": folder / "audit.jsonl",
        "library_file": folder / "library.sqlite",
        **settings,
    }
    with TestClient(told(folder / "index", **given), raise_server_exceptions=False) as client:
        yield client


def expire(file: KeyFile, name: str, day: str) -> None:
    """Write the last day of a key, as no command writes one that is over."""
    named = [key.key_id for key in file.all() if key.name == name]
    with opened(file.path) as connection:
        connection.execute("UPDATE keys SET expires_on = ? WHERE name = ?", (day, name))
        seal(connection, named)
