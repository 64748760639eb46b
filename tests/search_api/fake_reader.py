"""A reader without an index: answers of the right form."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from search_api.reading.original import Original
from search_api.reading.reader import Asked
from search_api.schemas import ReadDocument, Reading
from search_api.standing import standing_of

_FILE = Path(__file__).parents[2] / "corpus" / "sample" / "documents" / "sr-2024-1.en.pdf"


class FakeReader:
    """Answers whatever is asked; every document is read from one of the sample."""

    def read(self, asked: Asked) -> Reading:
        facts: dict[str, Any] = dict.fromkeys(("symbol", "title", "kind", "body"))
        document = ReadDocument(
            document_id=asked.named,
            **facts,
            source="freedonia.txt",
            sha256="0" * 64,
            paragraphs=0,
            passages=0,
            standing=standing_of(None, None),
            original="record",
            page_images=False,
        )
        return Reading(document=document, total=0, offset=asked.offset or 0)

    def original(self, document: str) -> Original:
        digest = hashlib.sha256(_FILE.read_bytes()).hexdigest()
        return Original(document, (_FILE,), digest, 4)
