"""Build labelled paragraphs and footnotes from pieces; shared by paged and flowing formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.footnotes import RawNote
from corpus.segmentation.headings import is_recommendations
from corpus.segmentation.labels import label_paragraphs
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.resolution import is_opening, opening_verb, opens_operative
from corpus.types import Footnote, Paragraph, ParagraphKind

__all__ = ["attach_notes", "build_paragraphs"]

_MENTIONS_RECOMMENDATIONS = re.compile(
    r"recommendations|recommandations|recomendaciones|рекомендаци|建议|التوصيات", re.IGNORECASE
)


def build_paragraphs(
    pieces: Sequence[Piece], *, resolution: bool
) -> tuple[tuple[Paragraph, ...], tuple[Piece, ...]]:
    """Turn pieces into paragraphs with kind, section and label.

    Returns:
        Paragraphs in reading order, and the piece each was made from.
    """
    made: list[Paragraph] = []
    sources: list[Piece] = []
    annexes: list[int] = []
    path: list[tuple[int, str]] = []
    annex, operative, in_resolution = 0, False, False
    parent_recommends = False
    for piece in pieces:
        text = _clean(piece.text)
        if not text:
            continue
        verb: str | None = None
        section = tuple(title for _, title in path)
        if piece.role in (Role.HEADING, Role.ANNEX):
            kind = ParagraphKind.HEADING
            if piece.role is Role.ANNEX:
                annex += 1
                operative = in_resolution = False
            path = [(rank, title) for rank, title in path if rank < piece.rank]
            section = tuple(title for _, title in path)
            path.append((piece.rank, text))
        elif resolution and not annex:
            kind, verb = _resolution_kind(piece, text, operative, in_resolution)
            in_resolution = in_resolution or is_opening(text)
            operative = operative or kind is ParagraphKind.OPERATIVE
        else:
            kind = _kind(piece, section, annex, parent_recommends)
        if piece.role is Role.NUMBERED:
            parent_recommends = _MENTIONS_RECOMMENDATIONS.search(text) is not None
        made.append(
            Paragraph("", piece.number, kind, section, tuple(sorted(piece.pages)), text, verb)
        )
        sources.append(piece)
        annexes.append(annex)
    return label_paragraphs(made, annexes), tuple(sources)


def _kind(
    piece: Piece, section: Sequence[str], annex: int, parent_recommends: bool
) -> ParagraphKind:
    if annex:
        return ParagraphKind.ANNEX
    if piece.role in (Role.SUBNUMBERED, Role.NESTED) and parent_recommends:
        return ParagraphKind.RECOMMENDATION
    if piece.number is not None and section and is_recommendations(section[-1]):
        return ParagraphKind.RECOMMENDATION
    return ParagraphKind.BODY


def _resolution_kind(
    piece: Piece, text: str, operative: bool, in_resolution: bool
) -> tuple[ParagraphKind, str | None]:
    """Return the kind and verb of a paragraph of a resolution."""
    if piece.role is Role.NUMBERED:
        return ParagraphKind.OPERATIVE, opening_verb(text, piece.lead_italic)
    if piece.number is not None or not in_resolution:
        return ParagraphKind.BODY, None
    if opens_operative(text):
        return ParagraphKind.OPERATIVE, opening_verb(text, piece.lead_italic)
    if operative:
        return ParagraphKind.BODY, None
    return ParagraphKind.PREAMBULAR, opening_verb(text, piece.lead_italic)


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
