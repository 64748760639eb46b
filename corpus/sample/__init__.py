"""The sample corpus: plainly fictional documents in the shapes that real ones take.

A newcomer's first search runs on these, and so do tests that may not use real texts. The
documents are committed; `corpus.sample.build` remakes them from `corpus/sample/sources`.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["DOCUMENTS_DIR", "QUESTIONS_FILE", "documents_dir"]

DOCUMENTS_DIR = Path(__file__).resolve().parent / "documents"
QUESTIONS_FILE = Path(__file__).resolve().parent / "questions.jsonl"


def documents_dir() -> Path:
    """Return the folder of committed sample documents, ready to be indexed."""
    return DOCUMENTS_DIR
