"""Where the keys and the audit log are: beside the library, both for their owner's eyes only."""

from __future__ import annotations

import os
from pathlib import Path

from library.place import library_path

__all__ = ["NO_AUDIT", "audit_path", "keys_path"]

NO_AUDIT = "off"
"""In place of a file: nothing is noted."""


def keys_path() -> Path:
    """Return `PRECEDENT_KEYS`, or `keys.sqlite` beside the library."""
    given = os.environ.get("PRECEDENT_KEYS")
    return Path(given).expanduser() if given else library_path().with_name("keys.sqlite")


def audit_path() -> Path | None:
    """Return `PRECEDENT_AUDIT`, or `audit.jsonl` beside the keys; None where that is "off"."""
    given = os.environ.get("PRECEDENT_AUDIT")
    if given == NO_AUDIT:
        return None
    return Path(given).expanduser() if given else keys_path().with_name("audit.jsonl")
