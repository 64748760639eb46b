"""What must be true of everything that comes out of a reader, however bad the file was."""

from __future__ import annotations

import math
from itertools import islice
from pathlib import Path

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.parse import iter_documents
from corpus.types import Document

__all__ = ["assert_sound", "parse_twice"]

Found = list[Document | ReadError]
_CONTROLS = {chr(code) for code in (*range(10), *range(11, 32), 127)}


def parse_twice(path: Path, limits: Limits) -> tuple[Found, bool]:
    """Return what comes of a file in a worker, and whether it comes again."""
    first = list(islice(iter_documents(path, limits), 2000))
    second = list(islice(iter_documents(path, limits), 2000))
    return first, [str(one) for one in first] == [str(one) for one in second]


def assert_sound(found: Found) -> None:
    """Check every document and every reason."""
    for one in found:
        if isinstance(one, ReadError):
            assert one.cause
            assert "\n" not in str(one).replace(one.subject, ""), str(one)
            assert "failed on it" not in one.cause, one
        else:
            _assert_document(one)


def _assert_document(document: Document) -> None:
    labels = [paragraph.id for paragraph in document.paragraphs]
    assert len(set(labels)) == len(labels)
    for paragraph in document.paragraphs:
        assert paragraph.text.strip()
        assert paragraph.text.encode("utf-8"), "no half characters"
        assert not _CONTROLS & set(paragraph.text), repr(paragraph.text)
        assert list(paragraph.pages) == sorted(set(paragraph.pages))
        assert all(1 <= page <= (document.page_count or 10**6) for page in paragraph.pages)
        for box in paragraph.boxes:
            assert box.page in paragraph.pages
            assert all(map(math.isfinite, (box.x0, box.y0, box.x1, box.y1)))
            assert box.x0 <= box.x1
            assert box.y0 <= box.y1
    for note in document.footnotes:
        assert note.paragraph_id is None or note.paragraph_id in labels
    for value in (document.id, document.title, document.symbol, document.source, document.body):
        assert value is None or value.encode("utf-8")
    assert document.year is None or 1900 <= document.year < 2100
