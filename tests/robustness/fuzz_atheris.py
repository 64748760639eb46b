"""Let a coverage-guided fuzzer look for bytes that a reader does not survive.

    pip install atheris
    python -m tests.robustness.fuzz_atheris pdf -max_total_time=300 [FOLDER OF FINDINGS]

The target is a reader, `pdf`, `docx` (the bytes are `word/document.xml`), `archive` (the bytes are
the whole DOCX), `html`, `txt` or `jsonl`, or one of `text_targets.py`: `answers`, `head`, `query`,
`symbols`, `citations`, `drafts`, `table`, `library`, `sidecar`, `folder-toml`, `folder-csv`,
`standing` or `manifest`. It starts from the sample documents or a few lines and ends at the first
failure, whose bytes it leaves in the working folder; make a test of them. Optional: the suite runs
without it, and `test_fuzz.py` and `test_fuzz_text.py` try the same properties.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

TARGETS = {
    "pdf": ".pdf",
    "docx": ".docx",
    "archive": ".docx",
    "html": ".html",
    "txt": ".txt",
    "jsonl": ".jsonl",
}

# pdfium, which is no Python, may end this process; a worker's death is another test's matter.
os.environ.setdefault("PRECEDENT_PDF_READER", "pypdf")
os.environ.setdefault("PRECEDENT_OCR", "off")

with atheris.instrument_imports(
    include=["corpus", "workbench", "search_api.query", "indexer.manifest", "tomllib", "csv"]
):
    from corpus.errors import ReadError
    from corpus.limits import Limits
    from corpus.parse import iter_documents
    from tests.robustness import docx_bytes, soundness
    from tests.robustness.mutation import sample, samples_of
    from tests.robustness.text_seeds import TEXT_SEEDS
    from tests.robustness.text_targets import TEXT_TARGETS

LIMITS = Limits(max_file_bytes=2**20, max_pages=50, max_page_chars=20_000)


def main() -> None:
    """Run the fuzzer on the target named first."""
    target = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if target in TEXT_TARGETS:
        _search(TEXT_TARGETS[target], dict(enumerate(TEXT_SEEDS[target])))
        return
    if target not in TARGETS:
        raise SystemExit(f"name a target: {', '.join((*TARGETS, *TEXT_TARGETS))}")
    scratch = Path(tempfile.mkdtemp())
    path = scratch / f"input{TARGETS[target]}"
    seeds = {one.name: sample(one)[: 2**18] for one in samples_of(TARGETS[target])}
    if target == "docx":
        body = docx_bytes.OPENING + docx_bytes.numbered(1, 3) + docx_bytes.CLOSING
        seeds = {"document.xml": body.encode()}

    def test_one_input(data: bytes) -> None:
        if target == "docx":
            data = docx_bytes.archive(
                {"[Content_Types].xml": docx_bytes.TYPES, "word/document.xml": data}
            )
        path.write_bytes(data)
        try:
            found: list[object] = list(iter_documents(path, LIMITS))
        except (RecursionError, MemoryError):  # a worker says so in its own words
            return
        soundness.assert_sound([one for one in found if not isinstance(one, ReadError)])  # type: ignore[misc]

    _search(test_one_input, seeds)


def _search(target: Callable[[bytes], None], seeds: Mapping[object, bytes]) -> None:
    """Hand the target over to the fuzzer, which does not return."""
    folder = Path(tempfile.mkdtemp())
    for name, data in seeds.items():
        (folder / str(name)).write_bytes(data)
    atheris.Setup([*sys.argv, str(folder)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
