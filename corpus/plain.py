"""Documents of which no more is known than their paragraphs, such as those of evaluation sets."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.types import Document, Paragraph, ParagraphKind

__all__ = ["plain_document"]


def plain_document(
    document_id: str,
    symbol: str,
    paragraphs: Iterable[tuple[str, str | None, str]],
    *,
    language: str | None,
    source: str,
    sha256: str,
    title: str | None = None,
    year: int | None = None,
) -> Document:
    """Return a document without metadata, whose paragraphs are body text on no page.

    Args:
        document_id: unique in an index.
        symbol: what it is cited by.
        paragraphs: label, number as printed or None, and text of each, in reading order.
        language: ISO 639-1, or None where it is unknown.
        source: where it is from.
        sha256: of what it was made from; a document of the same digest is passed over.
        title: or None.
        year: or None.
    """
    return Document(
        id=document_id,
        symbol=symbol,
        title=title,
        kind=None,
        body=None,
        mandate=None,
        country=(),
        session=None,
        agenda_item=None,
        date=None,
        year=year,
        language=language,
        source=source,
        sha256=sha256,
        paragraphs=tuple(
            Paragraph(label, number, ParagraphKind.BODY, (), (), text)
            for label, number, text in paragraphs
        ),
    )
