"""Index invented documents in a process that a test kills: `python -m tests.indexer.killable`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from corpus.types import Document
from indexer.build import build_from_documents
from indexer.encoder import Vectors
from tests.fakes import FakeEncoder, document

DOCUMENTS = 30
PARAGRAPHS = 6


class SlowEncoder(FakeEncoder):
    """Takes its time, so that kills fall into embedding too."""

    def encode_passages(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        time.sleep(0.02)
        return super().encode_passages(texts)


def documents(version: int) -> list[Document]:
    """Return the documents of a version: a third changes from one to the next."""
    made = []
    for n in range(DOCUMENTS):
        edition = version if n % 3 == 0 else 0
        texts = [f"word{n} edition{edition} paragraph{p}" for p in range(PARAGRAPHS)]
        made.append(document(f"SAMPLE/2024/SR/{n}", *texts, title=f"edition {edition}"))
    return made


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    build_from_documents(documents(int(sys.argv[2])), Path(sys.argv[1]), encoder=SlowEncoder())
    print("done", flush=True)  # noqa: T201
