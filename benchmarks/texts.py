"""Texts to measure with: real paragraphs where they are, else those of the sample corpus."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

from corpus.parse import iter_documents
from corpus.sample import documents_dir
from corpus.types import Document

__all__ = ["real_data_dir", "sample_of_paragraphs"]

_SEED = 7


def real_data_dir() -> Path | None:
    """Return the folder of real data (`PRECEDENT_DATA`, or `../shared/data`), or None."""
    given = os.environ.get("PRECEDENT_DATA")
    folder = Path(given) if given else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder if folder.is_dir() else None


def sample_of_paragraphs(count: int) -> tuple[str, list[str]]:
    """Return (where from, texts): a fixed choice of `count` paragraphs."""
    folder = real_data_dir()
    if folder is None:
        origin = "sample corpus"
        texts = [
            paragraph.text
            for path in sorted(documents_dir().iterdir())
            if path.suffix in {".docx", ".html", ".pdf", ".txt"}
            for found in iter_documents(path)
            if isinstance(found, Document)
            for paragraph in found.paragraphs
        ]
    else:
        origin = "special-rapporteur-reports.jsonl.gz"
        with gzip.open(folder / "paragraphs" / origin, "rt", encoding="utf-8") as stream:
            texts = [p["text"] for line in stream for p in json.loads(line)["paragraphs"]]
    chosen = random.Random(_SEED).sample(texts, min(count, len(texts)))  # noqa: S311
    return origin, chosen
