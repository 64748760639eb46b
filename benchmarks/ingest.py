"""Reading PDFs: paragraphs, metadata, speed and memory, by file family.

`python -m benchmarks.ingest [FOLDER]` reads every PDF under the folder (the shared real data where
none is named) as the indexer does, in two worker processes, and then extracts their plain text with
pypdf in two more, which is the baseline of speed.

What is found is what reading itself can tell: numbers missing inside a chain are seen, whole
chapters lost without a trace are not. `hand_checked` holds the files to what a person saw on their
pages (tests/expectations/README.md): of each aspect, how many are right, and how many false (given
and wrong, not merely missing). Scans are read with tesseract where it is installed; speed is that
of born-digital files.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from benchmarks.expectations import load
from benchmarks.families import family_of, office_of, template_of
from benchmarks.results import save
from benchmarks.scoring import Check, score, score_error, tally
from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.readers.ocr.recognise import OCR_VARIABLE
from corpus.sandbox.handed import open_file
from corpus.sandbox.pool import ParsingPool
from corpus.sandbox.process import peak_bytes
from corpus.types import Document, Quality

__all__ = ["parse_and_weigh", "plain_text", "summary"]

WORKERS = 2
# Named in full: run as a command, this module is called __main__, which a worker cannot import.
_PARSE = "benchmarks.ingest:parse_and_weigh"
_BASELINE = "benchmarks.ingest:plain_text"
_FIELDS = ("symbol", "title", "date", "body", "kind", "language")
_MIB = 2**20


def parse_and_weigh(path: Path, limits: Limits) -> tuple[list[Document], int]:
    """Return the documents of a file, and the most memory its worker has held, in bytes."""
    return parse_file(path, limits), peak_bytes()


def plain_text(path: Path, _limits: Limits) -> int:
    """Return the number of pages whose text pypdf extracts, the baseline of speed."""
    try:
        with open_file(path) as file:
            pages = PdfReader(file).pages
            for page in pages:
                page.extract_text()
            return len(pages)
    except (PyPdfError, OSError, ValueError, RecursionError):
        return 0


def summary(documents: Sequence[Document]) -> dict[str, Any]:
    """Sum up how documents were read: paragraphs, gaps, and fields that are known."""
    numbered = [document for document in documents if document.quality.chain]
    found = sum(document.quality.chain for document in numbered)
    missing = sum(len(document.quality.gaps) for document in numbered)
    whole = sum(_is_whole(document.quality) for document in numbered)
    return {
        "documents": len(documents),
        "pages": sum(document.page_count or 0 for document in documents),
        "numbered_documents": len(numbered),
        "numbered_paragraphs": found,
        "numbers_missing": missing,
        "paragraphs_found": _share(found, found + missing),
        "documents_without_gap": _share(whole, len(numbered)),
        "known": {
            field: _share(
                sum(getattr(document, field) is not None for document in documents), len(documents)
            )
            for field in _FIELDS
        },
    }


def _is_whole(quality: Quality) -> bool:
    return not quality.gaps and not quality.repeats


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _by(documents: Iterable[Document], key: Callable[[Document], str]) -> dict[str, Any]:
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        groups[key(document)].append(document)
    return {name: summary(groups[name]) for name in sorted(groups)}


def _twins(documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Return, for each text held in several languages, how many paragraphs each version has."""
    versions: dict[str, dict[str, int]] = defaultdict(dict)
    for document in documents:
        if document.symbol and document.language:
            versions[document.symbol][document.language] = document.quality.chain
    return [
        {"symbol": symbol, "paragraphs": counts, "agree": len(set(counts.values())) == 1}
        for symbol, counts in sorted(versions.items())
        if len(counts) > 1
    ]


def _read(paths: Sequence[Path]) -> dict[str, Any]:
    documents: list[Document] = []
    refused: list[dict[str, str]] = []
    peak = 0
    with ParsingPool(_PARSE, workers=WORKERS, returns=tuple[list[Document], int]) as pool:
        for path, outcome in pool.run(paths):
            if isinstance(outcome, ReadError):
                kind = type(outcome).__name__
                refused.append({"file": path.name, "kind": kind, "cause": outcome.cause})
                continue
            read, held = outcome
            documents.extend(read)
            peak = max(peak, held)
    return {
        "documents": sorted(documents, key=lambda document: document.source),
        "refused": sorted(refused, key=lambda one: one["file"]),
        "peak_mib": peak / _MIB,
    }


def _hand_checked(documents: Sequence[Document], refused: Sequence[dict[str, str]]) -> Any:
    """Hold what was read to what a person saw; return the shares by aspect.

    Returns:
        For `printed` files (and those that must be refused), for `recognised` ones, whose words
        come from images at least in part, and by family.
    """
    by_file = {Path(document.source).name: document for document in documents}
    causes = {one["file"]: one["cause"] for one in refused}
    printed: list[Check] = []
    recognised: list[Check] = []
    families: dict[str, list[Check]] = defaultdict(list)
    for expectation in load():
        checks: tuple[Check, ...] = ()
        origin = printed
        if (document := by_file.get(expectation.file)) is not None:
            checks = score(document, expectation)
            origin = recognised if document.quality.ocr_pages else printed
        elif (cause := causes.get(expectation.file)) is not None:
            checks = score_error(cause, expectation)
        origin.extend(checks)
        families[expectation.family].extend(checks)
    return {
        "printed": _shares(printed),
        "recognised": _shares(recognised),
        "by_family": {name: _shares(families[name]) for name in sorted(families)},
    }


def _shares(checks: Iterable[Check]) -> dict[str, dict[str, float]]:
    return {
        aspect: {
            "judged": one.total,
            "right": one.right,
            "false": one.false,
            "share": round(one.share, 4),
        }
        for aspect, one in sorted(tally(checks).items())
    }


def _born_digital(documents: Iterable[Document]) -> list[Path]:
    """Return the files whose words are text on every page."""
    return [
        Path(document.source)
        for document in documents
        if not document.quality.ocr_pages and not document.quality.textless_pages
    ]


def _pages_per_second(parse: str, paths: Sequence[Path]) -> tuple[int, float]:
    """Return pages and pages a second, recognition off: it looks again at poor text layers."""
    os.environ[OCR_VARIABLE] = "off"
    pages = 0
    start = time.perf_counter()
    with ParsingPool(parse, workers=WORKERS, returns=tuple[list[Document], int] | int) as pool:
        for _, outcome in pool.run(paths):
            if isinstance(outcome, tuple):
                pages += sum(document.page_count or 0 for document in outcome[0])
            elif isinstance(outcome, int):
                pages += outcome
    return pages, pages / (time.perf_counter() - start)


def measure(folder: Path) -> dict[str, Any]:
    """Read a folder's PDFs; return the whole report."""
    paths = sorted(path for path in folder.rglob("*.pdf") if path.is_file())
    read = _read(paths)
    documents: list[Document] = read["documents"]
    digital = _born_digital(documents)
    pages, speed = _pages_per_second(_PARSE, digital)
    _, baseline = _pages_per_second(_BASELINE, digital)
    return {
        "files": len(paths),
        "refused": read["refused"],
        "all": summary(documents),
        "by_template": _by(documents, template_of),
        "by_office": _by(documents, office_of),
        "by_language": _by(documents, lambda d: d.language or "unknown"),
        "by_family": _by(documents, lambda d: " / ".join(family_of(d))),
        "with_gaps": [
            {
                "symbol": document.symbol or Path(document.source).name,
                "gaps": list(document.quality.gaps),
                "repeats": list(document.quality.repeats),
            }
            for document in documents
            if not _is_whole(document.quality)
        ],
        "language_twins": _twins(documents),
        "hand_checked": _hand_checked(documents, read["refused"]),
        "speed": {
            "workers": WORKERS,
            "pages": pages,
            "pages_per_s": round(speed, 1),
            "pypdf_plain_text_pages_per_s": round(baseline, 1),
            "ratio": round(speed / baseline, 2),
            "worker_peak_mib": round(read["peak_mib"]),
        },
    }


def table(report: dict[str, Any]) -> str:
    """Return a report as the table of the documentation, a row for each family."""
    rows = [
        "| family | files | pages | paragraphs | found | without gap |",
        "|---|---|---|---|---|---|",
    ]
    for name, one in [*report["by_family"].items(), ("**all**", report["all"])]:
        rows.append(
            f"| {name} | {one['documents']} | {one['pages']} | {one['numbered_paragraphs']} "
            f"| {_percent(one['paragraphs_found'])} | {_percent(one['documents_without_gap'])} |"
        )
    return "\n".join(rows)


_ASPECTS = {
    "number": "paragraph number",
    "start": "first words",
    "end": "last words",
    "pages": "pages",
    "kind": "kind of paragraph",
    "heading": "innermost heading",
    "footnote": "place of a note",
    "metadata.symbol": "symbol",
    "metadata.title": "title",
    "metadata.date": "date",
    "metadata.body": "body",
    "metadata.kind": "kind of document",
    "metadata.language": "language",
}


def checked_table(report: dict[str, Any]) -> str:
    """Return the table of the hand-checked files, a row for each aspect."""
    rows = [
        "| held to the page | printed: right of judged | false | scans: right of judged | false |",
        "|---|---:|---:|---:|---:|",
    ]
    checked = report["hand_checked"]
    for aspect, name in _ASPECTS.items():
        cells = []
        for origin in ("printed", "recognised"):
            one = checked[origin].get(aspect)
            cells.append(
                f"{one['right']:,} of {one['judged']:,} | {one['false']}" if one else "– | –"
            )
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.2f} %"


def main() -> None:
    """Measure, keep the report and print its table."""
    shared = Path(os.environ.get("PRECEDENT_DATA", "../shared/data")) / "pdf"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=shared)
    parser.add_argument("--dry", action="store_true", help="print, keep nothing")
    given = parser.parse_args()
    report = measure(given.folder)
    print(table(report))
    print(checked_table(report))
    print(report["speed"], report["with_gaps"], report["language_twins"], sep="\n")
    if not given.dry:
        print("kept in", save("ingest", "python -m benchmarks.ingest", report).name)


if __name__ == "__main__":
    main()
