"""What a restoration asks of a database, asked when the backup is made too."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from corpus.errors import IndexDamagedError, LibraryError, PrecedentError, ServiceError
from indexer.databases import faults_of, read_database
from indexer.encoder import EncoderIdentity
from indexer.migrations import foreign_to
from indexer.restricted.compartment import foreign_to_compartment
from indexer.schema import foreign_to_schema
from library.schema import foreign_to_schema as foreign_to_library
from precedent.backup.contents import CATALOGUE, KEYED, KEYS, LIBRARY, RESTRICTED
from search_api.access.keys_file import MIGRATIONS as KEYS_STEPS

__all__ = ["fault_of_database", "is_possible_model", "require_restorable"]

_MODEL_NAME = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,80}")


def fault_of_database(name: str, path: Path) -> str | None:
    """Return what makes a database damaged, or other than ours: a trigger in it would run.

    Args:
        name: of the member that it is of a backup.
        path: where it lies.
    """
    try:
        with read_database(path) as connection:
            found = _foreign_to(name)(connection) or faults_of(connection)
    except sqlite3.DatabaseError as error:
        return str(error)
    return found[0] if found else None


def require_restorable(name: str, copy: Path, source: Path) -> None:
    """Refuse to back up what could not be restored.

    Costs 0.2 s for 31,255 passages.

    Args:
        name: of the member; what is no database is passed.
        copy: that is to go into the backup.
        source: that it is a copy of.

    Raises:
        IndexDamagedError: a catalogue is damaged, or holds what Precedent does not make.
        LibraryError: a library is.
        ServiceError: the file of keys is.
    """
    if not name.endswith(".sqlite") or (fault := fault_of_database(name, copy)) is None:
        return
    kind: type[PrecedentError] = IndexDamagedError
    remedy = "run `precedent check`; take out what another program has put into it"
    if name == LIBRARY or name.startswith(KEYED):
        kind = LibraryError
    elif name == KEYS:
        kind, remedy = ServiceError, "leave out --with-keys"
    raise kind(str(source), f"could not be restored from a backup: {fault}", remedy)


def _foreign_to(name: str) -> Callable[[sqlite3.Connection], list[str]]:
    if name == CATALOGUE:
        return foreign_to_schema
    if name.startswith(RESTRICTED):
        return foreign_to_compartment
    if name == KEYS:
        return lambda held: foreign_to(held, KEYS_STEPS)
    return foreign_to_library


def is_possible_model(identity: EncoderIdentity) -> bool:
    """Tell whether a model may be as a backup says: it names a folder, and is told to the user."""
    words = (identity.digest, identity.query_prompt, identity.passage_prompt, identity.precision)
    return (
        all(isinstance(each, str) for each in words)
        and all(type(each) is int and each > 0 for each in (identity.dim, identity.max_tokens))
        and isinstance(identity.model, str)
        and _MODEL_NAME.fullmatch(identity.model) is not None
        and " " not in identity.digest
    )
