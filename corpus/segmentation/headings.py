"""Recognise headings and their depth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.segmentation.layout import Layout, Placed

__all__ = ["ANNEX_RANK", "HeadingRanks", "heading_end", "is_annex_heading", "is_recommendations"]

ANNEX_RANK = 0
_ROMAN = re.compile(r"([IVXLC]{1,6})\s?[.:–-]\s")
_LETTER = re.compile(r"([A-ZА-Я])\s?\.\s")
_ARABIC = re.compile(r"(\d{1,2})\.\s")
_PAREN = re.compile(r"(?:\(?[a-z0-9ivx]{1,4}\)|[a-z]\.|[ivx]{1,5}\.)\s")
_PART = re.compile(r"(?:part|chapter|chapitre|capítulo|partie|parte|часть|глава)\b", re.IGNORECASE)
_ANNEX = re.compile(
    r"(?:annex(?:es)?|appendix|annexes?|anexos?|apéndice|appendice|приложени[ея]|附件|المرفق)"
    r"(?:\s+(?P<number>[IVX]{1,5}|\d{1,2}|[A-Z]|[一二三四五六七八九十]))?\s*[.:*]*",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.;,:。；，：]\s?[\"”»’)]*$")
_ENDS_CLAUSE = re.compile(r"[.;:!?。；：]\s?[\"”»’)]*$")
_RECOMMENDATIONS = re.compile(
    r"(?:[IVXLC\dA-Z]{1,5}\.\s+)?(?:recommendations?|recommandations?|recomendaci(?:ón|ones)"
    r"|рекомендаци[ия]|建议|التوصيات)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\b[A-Z]{1,5}/[A-Z0-9]|\d{2,}")
_MAX_LINES = 6
_MAX_CHARS = 420
# Space above a heading, in line pitches; between lines of one paragraph it is 1.0.
_SPACE_ABOVE = 1.18


def is_annex_heading(text: str) -> re.Match[str] | None:
    """Match a line that is nothing but "Annex", "Annex II", "Приложение 1"."""
    return _ANNEX.fullmatch(text.strip())


def is_recommendations(title: str) -> bool:
    """Tell whether a section holds recommendations and nothing else."""
    return _RECOMMENDATIONS.fullmatch(title.strip()) is not None


def heading_end(layout: Layout, i: int, taken: set[int]) -> int:
    """Return the index after the heading that begins at a line, or the same index if none does.

    Args:
        layout: the document.
        i: the line.
        taken: lines that open numbered paragraphs, which are no headings however bold.
    """
    lines = layout.lines
    first = lines[i]
    if i in taken or not _looks_like_heading(first):
        return i
    if is_annex_heading(first.line.text) and (first.line.bold or first.line.size > first.body):
        return i + 1
    end = i + 1
    while (
        end < len(lines)
        and end - i < _MAX_LINES
        and _same_heading(lines[i], lines, end, taken, lines[i].pitch)
    ):
        end += 1
    group = [p.line.text for p in lines[i:end]]
    if len(" ".join(group)) > _MAX_CHARS or not _stands_apart(layout, i, end, taken):
        return i
    if _runs_on(layout, i, end):
        return i
    last = group[-1].rstrip()
    labelled = _label_rank(group[0]) is not None
    colon = len(group) == 1 and last.endswith(":") and (labelled or end in taken)
    larger = labelled and first.line.size > first.body + 0.8
    if _ENDS_SENTENCE.search(last) and not (colon or larger):
        return i
    return end


def _looks_like_heading(placed: Placed) -> bool:
    line = placed.line
    text = line.text
    if line.size < placed.body - 0.6 or not any(c.isalpha() for c in text) or len(text) < 2:
        return False
    if placed.in_table and line.size < placed.body + 0.8:
        return False
    if (line.bold and not line.mixed) or line.size > placed.body + 1.4:
        return not text.startswith(("•", "–", "-", "“"))
    if line.italic:
        # A label left of the margin is a heading's, however long.
        labelled = _label_rank(text) is not None
        if labelled and text.rstrip().endswith(":"):
            return placed.width < 0.7
        return (
            placed.width < 0.98 or (labelled and placed.indent < -5)
        ) and not _ENDS_SENTENCE.search(text.rstrip())
    capitals = text.isupper() and len(text) > 6 and not _SYMBOL.search(text)
    return capitals and (placed.centred or placed.gap is None or placed.gap > 1.5)


def _same_heading(
    first: Placed, lines: Sequence[Placed], index: int, taken: set[int], pitch: float
) -> bool:
    """Tell whether a line goes on with the heading above it."""
    line, before = lines[index].line, lines[index - 1].line
    return (
        index not in taken
        and line.page == first.line.page
        and line.bold == first.line.bold
        and (line.bold or line.italic == first.line.italic)
        and abs(line.size - first.line.size) < 0.4
        and 0 < line.y - before.y < max(1.45 * line.size, 1.15 * pitch)
        and _label_rank(line.text) is None
        and not is_annex_heading(line.text)
    )


def _stands_apart(layout: Layout, i: int, end: int, taken: set[int]) -> bool:
    """Tell whether space, or another print, sets a heading off from the text around it."""
    lines = layout.lines
    first = lines[i]
    if first.line.size > first.body + 0.8:
        # Under a scan the sizes of lines differ by chance; a heading has space above it.
        spaced = first.gap is None or first.gap > _SPACE_ABOVE
        return spaced or first.line.bold or first.line.size > first.body + 3
    labelled = _label_rank(first.line.text) is not None
    if i == 0:
        return True
    before = lines[i - 1]
    if first.gap is None:
        # At the top of a page a bold line may go on with a bold paragraph.
        finished = _ENDS_SENTENCE.search(before.line.text.rstrip()) is not None
        if not (labelled or finished or not before.line.bold):
            return False
    elif first.gap < _SPACE_ABOVE and not _breaks_in_bold(before, first, lines[end : end + 1]):
        return False
    if end < len(lines):
        after = lines[end]
        if after.gap is not None and after.gap < _SPACE_ABOVE and after.line.bold:
            return False
        numbered = end in taken
        if first.line.italic and not numbered and (after.gap or _SPACE_ABOVE) < _SPACE_ABOVE:
            return False
    return True


def _breaks_in_bold(before: Placed, first: Placed, after: Sequence[Placed]) -> bool:
    """Tell whether a bold line stands between plain ones, with space below it only."""
    return (
        first.line.bold
        and not before.line.bold
        and not first.in_table
        and _ENDS_CLAUSE.search(before.line.text.rstrip()) is not None
        and all(a.gap is None or a.gap > _SPACE_ABOVE for a in after)
    )


def _runs_on(layout: Layout, i: int, end: int) -> bool:
    """Tell whether a bold group is the part of a bold paragraph: "(b) …", or cut by the page."""
    lines = layout.lines
    first, last = lines[i], lines[end - 1]
    if first.line.size > first.body + 0.8:
        return False
    before = lines[i - 1] if i else None
    if before and before.line.bold and first.line.bold and _PAREN.match(first.line.text):
        return before.reach > 0.95 or _ENDS_SENTENCE.search(before.line.text.rstrip()) is not None
    if end < len(lines) and lines[end].line.page != last.line.page:
        after = lines[end].line
        full = last.indent > -5 and last.reach > 0.95
        return full and after.bold and after.text[:1].islower()
    return False


def _label_rank(text: str) -> int | None:
    if _PART.match(text):
        return 1
    if _ROMAN.match(text):
        return 2
    if _LETTER.match(text):
        return 3
    if _ARABIC.match(text):
        return 4
    return 5 if _PAREN.match(text) else None


class HeadingRanks:
    """Gives each heading its depth: 0 annex, 10 part, 20 "I.", 30 "A.", 40 "1.", 50 "(a)".

    "C." and "I." are letters or Roman numerals by what came before: after "B." comes "C.". A
    heading without label stands below the one that was open when its print first appeared, and
    beside the others in that print.
    """

    def __init__(self, body: float) -> None:
        self._body = body
        self._letter = ""
        self._current = 0
        self._styles: dict[tuple[float, bool, bool], int] = {}

    def rank(self, text: str, size: float, *, bold: bool, italic: bool = False) -> int:
        """Return the depth of a heading, smaller is outer."""
        known = self._labelled(text)
        style = (round(size, 0), bold, italic)
        if known is None and style in self._styles:
            known = self._styles[style]
        elif known is None:
            if size > self._body + 3:
                known = 20
            elif size > self._body + 0.8:
                known = 30
            else:
                known = max(25, self._current + 5)
            self._styles[style] = known
        self._current = known
        self._styles = {key: rank for key, rank in self._styles.items() if rank <= known}
        return known

    def _labelled(self, text: str) -> int | None:
        if is_annex_heading(text):
            self._letter = ""
            return ANNEX_RANK
        roman, letter = _ROMAN.match(text), _LETTER.match(text)
        if letter and (not roman or self._follows(letter[1])):
            self._letter = letter[1]
            return 30
        if roman:
            self._letter = ""
            return 20
        rank = _label_rank(text)
        return rank * 10 if rank is not None else None

    def _follows(self, letter: str) -> bool:
        return bool(self._letter) and ord(letter) == ord(self._letter) + 1
