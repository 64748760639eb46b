"""Measure text recognition: scans of the sample corpus against the same files with their letters.

Each PDF of the sample corpus is made a scan of 200 dpi, read by text recognition alone, and
compared with what is read from its letters: errors in 100 characters of the body, numbers of the
paragraphs, headings, seconds a page.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.results import save
from benchmarks.scanning import as_scan
from corpus.parse import parse_file
from corpus.readers.ocr.recognise import OCR_VARIABLE
from corpus.readers.ocr.tesseract import find_tesseract
from corpus.types import Document, ParagraphKind

__all__ = ["character_error", "main", "measure"]

_DOCUMENTS = Path(__file__).parent.parent / "corpus" / "sample" / "documents"
_SKEW_DEG = 0.8


def main() -> None:
    """Measure every PDF of the sample corpus, straight and askew, and keep the result."""
    engine = find_tesseract()
    if engine is None:
        raise SystemExit("tesseract is not installed: apt-get install tesseract-ocr")
    os.environ[OCR_VARIABLE] = "auto"
    measured: dict[str, object] = {"tesseract": engine.version}
    paths = sorted(_DOCUMENTS.glob("*.pdf"))
    one_each = list({_language(path): path for path in paths}.values())
    measured["straight"] = measure(paths, 0.0)
    measured[f"askew by {_SKEW_DEG} degrees, one file each"] = measure(one_each, _SKEW_DEG)
    save("ocr", "python -m benchmarks.ocr", measured)


def measure(paths: list[Path], angle_deg: float) -> dict[str, dict[str, float]]:
    """Return the measures of each language (ISO 639-1), over all its files."""
    totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for path in paths:
        (printed,) = parse_file(path)
        with tempfile.TemporaryDirectory() as folder:
            scan = Path(folder) / path.name
            scan.write_bytes(as_scan(path.read_bytes(), angle_deg=angle_deg))
            began = time.perf_counter()
            (read,) = parse_file(scan)
            seconds = time.perf_counter() - began
        _count(totals[_language(path)], printed, read, seconds)
    return {language: _shares(counts) for language, counts in sorted(totals.items())}


def _language(path: Path) -> str:
    return path.stem.rsplit(".", 1)[-1]


def _count(counts: dict[str, float], printed: Document, read: Document, seconds: float) -> None:
    right, given = _numbers(printed), _numbers(read)
    counts["files"] += 1
    counts["pages"] += printed.page_count or 0
    counts["seconds"] += seconds
    counts["numbers"] += len(right)
    counts["found"] += len(set(right) & set(given))
    counts["wrong"] += len(set(given) - set(right))
    counts["same chain"] += right == given
    characters, errors = character_error(_body(printed), _body(read))
    counts["characters"] += characters
    counts["errors"] += errors
    counts["symbol"] += printed.symbol == read.symbol
    counts["language"] += printed.language == read.language


def _shares(counts: dict[str, float]) -> dict[str, float]:
    return {
        "files": counts["files"],
        "pages": counts["pages"],
        "seconds_per_page": round(counts["seconds"] / counts["pages"], 2),
        "character_error_percent": round(100 * counts["errors"] / counts["characters"], 2),
        "numbered_paragraphs": counts["numbers"],
        "numbers_found": counts["found"],
        "numbers_wrong": counts["wrong"],
        "files_with_the_same_chain": counts["same chain"],
        "files_with_the_same_symbol": counts["symbol"],
        "files_with_the_same_language": counts["language"],
    }


def _numbers(document: Document) -> list[str]:
    return [p.number for p in document.paragraphs if p.number is not None]


def _body(document: Document) -> str:
    kept = (p.text for p in document.paragraphs if p.kind is not ParagraphKind.HEADING)
    return " ".join(" ".join(kept).split())


def character_error(right: str, given: str) -> tuple[int, int]:
    """Return the characters of the right text, and how many are wrong in the given one.

    Where the two part, the longer of the stretches counts.
    """
    errors = 0
    words, others = right.split(" "), given.split(" ")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if tag != "equal":
            errors += _parted(" ".join(words[i1:i2]), " ".join(others[j1:j2]))
    return len(right), errors


def _parted(right: str, given: str) -> int:
    """Count the characters in which two stretches part."""
    codes = SequenceMatcher(None, right, given, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal")


if __name__ == "__main__":
    main()
