"""An index to back up, and backups that are forged from it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indexer.build import build_from_documents
from indexer.catalogue import Catalogue
from indexer.snapshot import Snapshot
from library import collections
from library.file import Library
from precedent.backup.contents import DIGEST_LENGTH, SEAL
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder, document
from tests.search_api.intake import job_record

UPLOADED = b"Lawyers wait at the gate."
SHA256 = hashlib.sha256(UPLOADED).hexdigest()
JOB = "20250101-101112-abcdef"


def fill(index_dir: Path) -> None:
    """Make an index with an uploaded file, and the record of its job."""
    file = index_dir.absolute() / "uploads" / "files" / SHA256 / "gate é.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(UPLOADED)
    jobs = index_dir / "uploads" / "jobs"
    jobs.mkdir()
    (jobs / f"{JOB}.json").write_text(job_record(JOB, str(file), ""))
    documents = [document(f"SAMPLE/{n}", f"The well of place {n}.", "A gate.") for n in range(4)]
    build_from_documents(documents, index_dir, encoder=FakeEncoder())
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        for table in ("origins", "documents"):
            catalogue.connection.execute(
                f"UPDATE {table} SET source = ? WHERE document_id = 'SAMPLE_1:en'", (str(file),)
            )


def names(library: Path) -> list[str]:
    with Library(library).reading() as connection:
        return [each.name for each in collections.all_collections(connection)]


def answers(index_dir: Path) -> list[tuple[str, float]]:
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    try:
        hits = engine.search(SearchRequest(query="the well of a place")).hits
        return [(hit.passage_id, hit.score) for hit in hits]
    finally:
        engine.close()


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


@contextmanager
def forged(made: Path, target: Path, change: Change, **entry: Any) -> Iterator[None]:
    """Write a backup whose digests are all right, and whose contents are not."""
    with zipfile.ZipFile(made / "backup.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        members = {n: archive.read(n) for n in archive.namelist() if n != "manifest.json"}
    change(members, manifest)
    manifest["members"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
    } | manifest.pop("more", {})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = entry.get("mode", 0o100600) << 16
            archive.writestr(info, content)
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.comment = SEAL + b"0" * DIGEST_LENGTH
    body = target.read_bytes()[:-DIGEST_LENGTH]
    target.write_bytes(body + hashlib.sha256(body).hexdigest().encode())
    yield


def with_member(name: str, content: bytes = b"x") -> Change:
    def change(members: dict[str, bytes], _: dict[str, Any]) -> None:
        members[name] = content

    return change


def with_statement(*statements: str) -> Change:
    def change(members: dict[str, bytes], _: dict[str, Any]) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(members["catalogue.sqlite"])
        for statement in statements:
            connection.execute(statement)
        members["catalogue.sqlite"] = bytes(connection.serialize())
        connection.close()

    return change


def with_field(**fields: object) -> Change:
    return lambda _, manifest: manifest.update(fields)
