r"""Bring together the numbers of an answer to several recommendations.

Addenda to reports of the universal periodic review answer so: "40., 41., 42.," stands left of the
answer, and the label goes on under itself, beside the second line of the answer ("43., 44.").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.numbering import leading_number
from corpus.readers.page import Line, Page

__all__ = ["gather_labels"]

_LABEL = re.compile(r"(?:\d{1,4}\.\s?(?:,|;|and|et|y|и)?\s?){1,20}")
_OPEN = re.compile(r"\d{1,4}\.(?:\s?,\s?\d{1,4}\.)*\s?(?:,|and|et|y|и)(?=\s+[^\d\s])")
# Left edges of one label are within this many points; its lines follow at one pitch.
_SAME_EDGE = 4.0
_NEXT_LINE = 1.5


def gather_labels(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Move the rest of a label that fills two lines up to its first line."""
    return tuple(
        replace(page, lines=tuple(_gathered(page.lines)))
        if any(_OPEN.match(line.text) for line in page.lines)
        else page
        for page in pages
    )


def _gathered(lines: Sequence[Line]) -> list[Line]:
    result: list[Line] = []
    owner: int | None = None
    cut = 0
    for line in lines:
        if owner is not None and (rest := _rest_of_label(result[owner], result[-1], line)):
            first = result[owner]
            label, words = first.text[:cut], first.text[cut:].lstrip()
            label = f"{label} {rest.strip()}"
            cut = len(label)
            result[owner] = replace(first, text=f"{label} {words}")
            remaining = line.text[len(rest) :]
            if not remaining:
                continue
            line = replace(line, text=remaining)
        elif head := _OPEN.match(line.text):
            owner, cut = len(result), head.end()
        else:
            owner = None
        result.append(line)
    return result


def _rest_of_label(first: Line, above: Line, line: Line) -> str:
    """Return the numbers with which a line goes on with the label of a line above, or ""."""
    if abs(line.x0 - first.x0) > _SAME_EDGE or line.y - above.y > _NEXT_LINE * line.size:
        return ""
    match = _LABEL.match(line.text)
    before = leading_number(first.text)
    if match is None or before is None:
        return ""
    after = int(re.match(r"\d+", match[0])[0])  # type: ignore[index]
    return match[0] if after > before.last and after <= before.last + 30 else ""
