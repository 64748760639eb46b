"""What restricted collections there are, for whoever holds the folder of the index."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.manifest import published_generation
from indexer.restricted.compartment import Compartment
from indexer.restricted.listed import require_all
from indexer.restricted.place import collections_of, name_of, views_asked, views_of

__all__ = ["told"]


def told(index_dir: Path) -> dict[str, Any]:
    """Return the collections with their documents and folders, and the views, as plain values.

    Raises:
        IndexDamagedError: a collection is not there any more.
    """
    require_all(index_dir)
    asked = views_asked(index_dir)
    return {
        "collections": [_collection(index_dir, name) for name in collections_of(index_dir)],
        "views": [
            {
                "name": name_of(view),
                "collections": sorted(view),
                "asked": view in asked,
                "generation": published_generation(folder),
            }
            for view, folder in views_of(index_dir).items()
            if view
        ],
    }


def _collection(index_dir: Path, name: str) -> dict[str, Any]:
    with closing(Compartment(index_dir, name)) as held:
        rows = held.catalogue.connection.execute(
            "SELECT document_id, symbol, title, source FROM documents ORDER BY document_id"
        ).fetchall()
        return {
            "name": name,
            "folders": held.folders(),
            "documents": [
                dict(zip(("document_id", "symbol", "title", "source"), row, strict=True))
                for row in rows
            ],
        }
