"""Build labelled paragraphs and footnotes from pieces; shared by paged and flowing formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.footnotes import RawNote
from corpus.segmentation.labels import label_paragraphs
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.nature.tell import NatureTeller
from corpus.types import Footnote, Paragraph

__all__ = ["attach_notes", "build_paragraphs"]


def build_paragraphs(
    pieces: Sequence[Piece], *, resolution: bool, annexed: bool = False
) -> tuple[tuple[Paragraph, ...], tuple[Piece, ...]]:
    """Turn pieces into paragraphs with kind, section and label.

    Args:
        pieces: in reading order.
        resolution: the text is a resolution.
        annexed: the main text is printed as an annex.

    Returns:
        Paragraphs in reading order, and the piece each was made from.
    """
    made: list[Paragraph] = []
    sources: list[Piece] = []
    annexes: list[int] = []
    lists: list[str | None] = []
    owner: str | None = None
    path: list[tuple[int, str]] = []
    teller = NatureTeller(resolution=resolution, annexed=annexed)
    for piece in pieces:
        text = _clean(piece.text)
        if not text:
            continue
        if piece.role in (Role.HEADING, Role.ANNEX):
            path = [(rank, title) for rank, title in path if rank < piece.rank]
        section = tuple(title for _, title in path)
        nature = teller.tell(piece, text, section)
        if piece.role in (Role.HEADING, Role.ANNEX):
            path.append((piece.rank, text))
        made.append(
            Paragraph(
                id="",
                number=piece.number,
                kind=nature.kind,
                section=section,
                pages=tuple(sorted(piece.pages)),
                text=text,
                verb=nature.verb,
                addressees=nature.addressees,
                states=nature.states,
                boxes=piece.boxes,
                ocr=piece.ocr,
            )
        )
        sources.append(piece)
        annexes.append(teller.annex)
        owner = piece.number if piece.role is Role.NUMBERED else owner
        lists.append(owner if piece.role is Role.NESTED else None)
    return label_paragraphs(made, annexes, lists), tuple(sources)


def _clean(text: str) -> str:
    """Fold white space, keep the line breaks before sub-paragraphs."""
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def attach_notes(
    notes: Sequence[RawNote], paragraphs: Sequence[Paragraph], pieces: Sequence[Piece]
) -> tuple[Footnote, ...]:
    """Find the paragraph each note's mark stands in.

    A footnote's mark is looked for on its own page; an endnote's anywhere, in order.
    """
    on_page: dict[tuple[int, str], str] = {}
    anywhere: dict[str, str] = {}
    for paragraph, piece in zip(paragraphs, pieces, strict=True):
        for page, mark in piece.marks:
            on_page.setdefault((page, mark), paragraph.id)
            anywhere.setdefault(mark, paragraph.id)
    found: list[Footnote] = []
    for note in notes:
        if not note.text:
            continue
        owner = anywhere.get(note.mark) if note.at_end else on_page.get((note.page, note.mark))
        found.append(Footnote(note.mark, note.text, note.page or None, owner))
    return tuple(found)
