"""Search, keep, upload and index where nothing may be written: `python -m ...locked FOLDER`.

FOLDER holds an index and a library, and is mounted so that it may only be read. Prints one line of
JSON: what each came to.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fastapi.testclient import TestClient

from corpus.errors import StorageError
from indexer.build import build_from_documents
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
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))  # noqa: T201
