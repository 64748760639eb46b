"""Small corpora of which a part is restricted, and services over them, without a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

import indexer.reading
from indexer.build import BuildReport, build_index
from indexer.restricted.place import PUBLIC, View, view_dir
from indexer.snapshot import Snapshot
from search_api.access.caller import READ, WRITE, Caller
from search_api.app import create_app
from search_api.settings import Settings
from tests.fakes import FakeEncoder
from tests.search_api.fake_engine import TEST_HOST
from tests.search_api.fake_job import OwnPool
from tests.search_api.intake import SmallIndex, queue_of

__all__ = ["Record", "ids_in", "index", "jsonl", "service", "texts_in"]

SCOPES = "x-test-scopes"


@dataclass(frozen=True)
class Record:
    """A document of a JSON Lines file."""

    symbol: str
    texts: tuple[str, ...]
    restricted: str | None = None
    language: str = "en"

    def line(self) -> str:
        paragraphs = [{"number": str(n), "text": t} for n, t in enumerate(self.texts, 1)]
        said = {} if self.restricted is None else {"restricted": self.restricted}
        return json.dumps(
            {"symbol": self.symbol, "language": self.language, "title": f"On {self.texts[0]}",
             "paragraphs": paragraphs, **said}
        )  # fmt: skip


def jsonl(path: Path, records: Iterable[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{record.line()}\n" for record in records))
    return path


def index(paths: Sequence[Path] | Path, index_dir: Path, **given: Any) -> BuildReport:
    """Index as `precedent index` does, without the second that a worker takes to start."""
    named = [paths] if isinstance(paths, Path) else list(paths)
    with patch.object(indexer.reading, "ParsingPool", OwnPool):
        return build_index(named, index_dir, **{"encoder": FakeEncoder(), **given})


def ids_in(index_dir: Path, *view: str) -> list[str]:
    """Return the ids of the documents that a published view has."""
    snapshot = Snapshot.open(view_dir(index_dir, frozenset(view)))
    try:
        return sorted(snapshot.columns.document_ids)
    finally:
        snapshot.close()


def texts_in(index_dir: Path, view: View = PUBLIC) -> str:
    """Return everything that the folder of a view holds, as far as it is plain, lower-cased."""
    folder = view_dir(index_dir, view)
    hidden = {folder / "restricted", folder / "views"}
    files = (
        path for path in folder.rglob("*") if path.is_file() and not hidden & {path, *path.parents}
    )
    return b"".join(path.read_bytes().lower() for path in files).decode("latin-1")


class _Named:
    """Says whose a request is by a header, as what looks at keys will."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            given = connection.headers.get(SCOPES)
            if given is not None:
                Caller("a key", frozenset({READ, WRITE, *given.split()})).kept_by(connection)
        await self._app(scope, receive, send)


def service(index_dir: Path, **settings: Any) -> FastAPI:
    """Return a service over an index, whose callers say their scopes in a header."""
    given = {
        "index_dir": index_dir,
        "library_file": index_dir.parent / "library.sqlite",
        "poll_s": 0.05,
        "allowed_hosts": (TEST_HOST,),
        **settings,
    }
    app = create_app(
        Settings.model_validate(given),
        SmallIndex(index_dir),
        queue_of(index_dir),
        lambda view: SmallIndex(view_dir(index_dir, view)),
    )
    app.add_middleware(_Named)
    return app
