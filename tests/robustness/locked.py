"""Search, keep, upload and index where nothing may be written: `python -m ...locked FOLDER`.

FOLDER holds an index and a library, and is mounted so that it may only be read. Prints one line of
JSON: what each came to.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from corpus.errors import PrecedentError, StorageError
from indexer.build import build_from_documents
from indexer.check import check_index
from indexer.repair import repair_index
from library.checking import repair_library
from library.file import Library
from precedent.backup import make_backup, restore_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from search_api.access.audit import AuditLog
from search_api.access.keys import KeyFile
from tests.fakes import FakeEncoder, document
from tests.search_api.intake import TEXT, service


def main(folder: Path) -> dict[str, object]:
    """Try everything; return what came of it."""
    index_dir = folder / "index"
    app = service(index_dir, library_file=folder / "library.sqlite")
    found: dict[str, object] = {}
    with TestClient(app) as client:
        hits = client.post("/v1/search", json={"query": "lawyers at the gate"}).json()["hits"]
        found["search"] = [hit["text"] for hit in hits][:1]
        found["ready"] = client.get("/readyz").status_code
        for name, answer in {
            "state": client.get("/v1/corpus"),
            "collections": client.get("/v1/collections"),
            "keep": client.post("/v1/collections", json={"name": "new"}),
            "upload": client.post("/v1/uploads", files=[("files", ("a.txt", TEXT, "text/plain"))]),
        }.items():
            found[name] = [answer.status_code, answer.json()]
    try:
        build_from_documents([document("A/1", "One.")], index_dir, encoder=FakeEncoder())
    except StorageError as error:
        found["index"] = str(error)
    found["commands"] = {name: _told(command) for name, command in _commands(folder).items()}
    return found


def _commands(folder: Path) -> dict[str, Callable[[], object]]:
    """Return what each command of recovery does; a backup goes to another disk."""
    index_dir, library, keys = (folder / name for name in ("index", "library.sqlite", "k.sqlite"))
    backup = Path(tempfile.mkdtemp()) / "backup.zip"
    places = Places(index_dir, library, folder / "models", keys)
    return {
        "check": lambda: check_index(index_dir).agrees,
        "repair": lambda: repair_index(index_dir).is_sound,
        "repair library": lambda: repair_library(library),
        "backup": lambda: make_backup(Wanted(index_dir, library, keys=keys), backup).size > 0,
        "restore": lambda: restore_backup(backup, places, replace_all=True),
        "keys": lambda: [each.name for each in KeyFile(keys).all()],
        "add a key": lambda: KeyFile(keys).add("another", ["read"]),
        "wipe": lambda: Library(library).wipe(),
        "note": lambda: AuditLog(folder / "audit.jsonl").note("index", "x"),
    }


def _told(command: Callable[[], object]) -> object:
    """Return what a command gives, or what it tells; any other fault ends this."""
    try:
        return command()
    except PrecedentError as error:
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))  # noqa: T201
