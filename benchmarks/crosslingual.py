"""Across languages: `python -m benchmarks.crosslingual`, with the shared real data.

The Universal Declaration in eleven languages, thirty articles each. An article in English is asked
for in another language, and back; it is found where the same article comes first. Two indexes are
asked: one that holds all languages, with a filter on the wanted one, and one that holds nothing but
the wanted language.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.results import RESULTS_DIR, save
from benchmarks.texts import real_data_dir
from corpus.plain import plain_document
from corpus.types import Document
from indexer.build import build_from_documents
from indexer.encoder import open_encoder
from indexer.home import models_dir
from indexer.models import DEFAULT_MODEL
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import Filters, SearchRequest, Signals

PIVOT = "en"
LANGUAGES = ("fr", "es", "ru", "ar", "zh", "be", "uk", "pl", "de", "pt")
SIGNALS: tuple[Signals, ...] = ("dense", "hybrid")

Articles = list[tuple[int, str]]


def read(folder: Path) -> dict[str, Articles]:
    """Return (number, text) of the articles by language."""
    held: dict[str, Articles] = {}
    for language in (PIVOT, *LANGUAGES):
        lines = (folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        held[language] = [(record["article"], record["text"]) for record in records]
    return held


def document(language: str, articles: Articles) -> Document:
    """Return the articles of a language as one document of numbered paragraphs."""
    return plain_document(
        f"UDHR:{language}",
        "UDHR",
        [(str(number), str(number), text) for number, text in articles],
        language=language,
        source="udhr",
        sha256=language.rjust(64, "0"),
        year=1948,
    )


def found(engine: Engine, asked: Articles, wanted: str, signals: Signals) -> float:
    """Return the share of articles of which the first hit in a language is the same article."""
    right = 0
    for number, text in asked:
        request = SearchRequest(
            query=text, k=1, signals=signals, filters=Filters(language=(wanted,)), highlights=False
        )
        hits = engine.search(request).hits
        right += bool(hits) and hits[0].number == str(number)
    return round(right / len(asked), 3)


def measure(held: dict[str, Articles], model: str) -> Iterator[dict[str, object]]:
    """Yield a row for each kind of index, language and signal."""
    with tempfile.TemporaryDirectory() as scratch:
        together = Path(scratch, "all")
        encoder = open_encoder(model, models_dir())
        build_from_documents([document(*each) for each in held.items()], together, encoder=encoder)
        for kind in ("all languages", "one language"):
            for language in LANGUAGES:
                row: dict[str, object] = {"index": kind, "language": language}
                for asked, wanted in ((PIVOT, language), (language, PIVOT)):
                    index = together
                    if kind == "one language":
                        index = Path(scratch, wanted)
                        only = [document(wanted, held[wanted])]
                        build_from_documents(only, index, encoder=encoder)
                    engine = Engine(Snapshot.open(index), encoder)
                    for signals in SIGNALS:
                        score = found(engine, held[asked], wanted, signals)
                        row[f"{asked}-{wanted} {signals}"] = score
                    engine.close()
                yield row


def table(rows: list[dict[str, object]]) -> str:
    """Return the result as a Markdown table."""
    lines = [
        "| index | language | from English: meaning | hybrid | to English: meaning | hybrid |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for row in rows:
        there, back = f"{PIVOT}-{row['language']}", f"{row['language']}-{PIVOT}"
        cells = [row[f"{way} {signals}"] for way in (there, back) for signals in SIGNALS]
        shown = " | ".join(f"{cell:.2f}" for cell in cells)
        lines.append(f"| {row['index']} | {row['language']} | {shown} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--table", action="store_true", help="print the kept result and stop")
    given = parser.parse_args()
    if given.table:
        print(table(json.loads((RESULTS_DIR / "crosslingual.json").read_text())["rows"]))
        return
    folder = real_data_dir()
    if folder is None:
        raise SystemExit("no real data; set PRECEDENT_DATA to a folder that has eval/")
    rows = list(measure(read(folder / "eval" / "udhr"), given.model))
    path = save(
        "crosslingual",
        "python -m benchmarks.crosslingual",
        {"measure": "share of 30 articles whose first hit is the same article", "rows": rows},
    )
    print(table(rows))
    print("kept in", path.name)


if __name__ == "__main__":
    main()
