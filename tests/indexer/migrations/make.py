"""Write the files of a version of the catalogue, run by the software that had it.

    git archive REVISION | tar -x -C OLD
    cd OLD && PYTHONPATH=. python PATH/TO/make.py PATH/TO/tests/indexer/migrations/vN

with 4cad782 for v1, ec07c09 for v2, f22a8fa for v4 (version 3 was never released by itself) and the
present for what comes next. `catalogue.sql` is a dump, in which FOLDER stands for the folder that
was indexed; `manifest.json` is of the snapshot; `answers.json` has the ids that searches gave.
All texts are invented.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from pathlib import Path

from indexer.build import build_index
from indexer.manifest import current_dir
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder

DOCUMENTS = (
    ("SAMPLE/2023/SR/1", "en", 2023, ("The orchard has nine wells.", "Every well is guarded.")),
    ("SAMPLE/2024/SR/2", "en", 2024, ("Lawyers wait at the gate.", "Nobody lets them in.")),
    ("SAMPLE/2024/SR/2", "fr", 2024, ("Les avocats attendent.", "Personne ne leur ouvre.")),
)
QUESTIONS = ("lawyers at the gate", "nine wells", "avocats", "SAMPLE/2024/SR/2, para. 2")


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, index_dir = Path(scratch, "documents"), Path(scratch, "index")
        folder.mkdir()
        records = [
            {
                "symbol": symbol,
                "title": "An invented report",
                "language": language,
                "year": year,
                "paragraphs": [{"number": str(n), "text": t} for n, t in enumerate(texts, 1)],
            }
            for symbol, language, year, texts in DOCUMENTS
        ]
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / "reports.jsonl").write_text(lines)
        encoder = FakeEncoder(dim=8)
        build_index([folder], index_dir, encoder=encoder)
        engine = Engine(Snapshot.open(index_dir), encoder)
        answers = {
            question: [
                getattr(hit, "passage", hit).passage_id
                for hit in engine.search(SearchRequest(query=question, k=2)).hits
            ]
            for question in QUESTIONS
        }
        engine.close()
        target.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(index_dir / "catalogue.sqlite") as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            dump = [f"PRAGMA user_version = {version};", *connection.iterdump()]
        (target / "catalogue.sql").write_text("\n".join(dump).replace(str(folder), "FOLDER") + "\n")
        manifest = (current_dir(index_dir) / "manifest.json").read_text()
        (target / "manifest.json").write_text(manifest)
        (target / "answers.json").write_text(json.dumps(answers, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
