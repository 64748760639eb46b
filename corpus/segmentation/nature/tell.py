"""Tell what each paragraph of a document is: its kind, verb, addressees, recommending States."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.segmentation.headings import is_recommendations
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.nature.addressees import recommendation_addressees, resolution_addressees
from corpus.segmentation.nature.recommendations import recommending_states, recommends
from corpus.segmentation.nature.resolution import (
    is_opening,
    opening_verb,
    opens_operative,
    opens_preambular,
)
from corpus.types import ParagraphKind

__all__ = ["Nature", "NatureTeller"]

_MENTIONS_RECOMMENDATIONS = re.compile(
    r"recommendations|recommandations|recomendaciones|рекомендаци|建议|التوصيات", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Nature:
    """What a paragraph is; the fields are those of `corpus.types.Paragraph`."""

    kind: ParagraphKind
    verb: str | None = None
    addressees: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class NatureTeller:
    """Walks the pieces of a document in reading order; what came before decides with the words.

    A resolution may begin anew under a heading ("II"), with a preamble of its own; a heading alone
    ("Violence against women") leaves the operative paragraphs what they are.
    """

    def __init__(self, *, resolution: bool, annexed: bool = False) -> None:
        self.annex = 0
        self._resolution = resolution
        # Views on a communication are printed as the annex of a cover; nobody cites them so.
        self._annexed = annexed
        self._speaking = False
        self._operative = False
        self._headed = False
        self._recommending = False

    def tell(self, piece: Piece, text: str, section: Sequence[str]) -> Nature:
        """Return what the next paragraph is.

        Args:
            piece: the paragraph in the making.
            text: its words, white space folded.
            section: titles of the headings above it, outermost first.
        """
        if piece.role in (Role.HEADING, Role.ANNEX):
            if piece.role is Role.ANNEX and not self._annexed:
                self.annex += 1
                self._speaking = self._operative = False
            self._headed = True
            return Nature(ParagraphKind.HEADING)
        if self._resolution and not self.annex:
            nature = self._of_resolution(piece, text)
        else:
            nature = self._of_report(piece, text, section)
        if piece.role is Role.NUMBERED:
            self._annexed = False
            self._recommending = _MENTIONS_RECOMMENDATIONS.search(text) is not None
        return nature

    def _of_resolution(self, piece: Piece, text: str) -> Nature:
        if piece.number is None and is_opening(text):
            self._speaking, self._operative = True, False
            return Nature(ParagraphKind.BODY)
        numbered = piece.role is Role.NUMBERED
        if not numbered and (piece.number is not None or not self._speaking):
            return Nature(ParagraphKind.BODY)
        verb = opening_verb(text, piece.lead_italic)
        if numbered or opens_operative(text):
            self._operative, self._headed = True, False
            return Nature(ParagraphKind.OPERATIVE, verb, resolution_addressees(text))
        # After the last operative paragraph stand the meeting, the date and the vote.
        if self._operative and not (self._headed and opens_preambular(text)):
            return Nature(ParagraphKind.BODY)
        if not text[:1].isalpha():
            return Nature(ParagraphKind.BODY)
        self._operative = False
        return Nature(ParagraphKind.PREAMBULAR, verb)

    def _of_report(self, piece: Piece, text: str, section: Sequence[str]) -> Nature:
        if self.annex:
            return Nature(ParagraphKind.ANNEX)
        part = piece.role in (Role.SUBNUMBERED, Role.NESTED)
        if part and self._recommending:
            return Nature(ParagraphKind.RECOMMENDATION, states=recommending_states(text))
        if piece.number is None:
            return Nature(ParagraphKind.BODY)
        if recommends(text, section) or (section and is_recommendations(section[-1])):
            return Nature(ParagraphKind.RECOMMENDATION, addressees=recommendation_addressees(text))
        return Nature(ParagraphKind.BODY)
