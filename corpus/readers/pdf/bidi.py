"""Right-to-left pages: measure from the right edge, and put Latin words and brackets in order.

pdfium hands Arabic and Hebrew lines over letter by letter in reading order, but what runs against
it (a symbol, a number with its stop) piece by piece the wrong way round, and brackets as drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.readers.pdf.chunks import Chunk

__all__ = ["mirrored", "ordered", "tidied"]

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# A stop after a number stands left of it and is read first: ".12" is "12.".
_NUMBER_STOP = re.compile(r"^([.\-–)])\s?(\d{1,4})(?=\s|$)")
_BRACKETS = str.maketrans("()[]«»", ")(][»«")
_CLOSED_FIRST = re.compile(r"[^()]*\)[^()]*\(")


def mirrored(chunk: Chunk, width: float) -> Chunk:
    """Measure a run of right-to-left text from the right edge of the page.

    Margins, indents and gaps then mean what they mean from left to right.
    """
    return replace(chunk, x0=width - chunk.x1, x1=width - chunk.x0) if chunk.size else chunk


def ordered(line: Sequence[Chunk]) -> list[Chunk]:
    """Put the runs of each Latin stretch of a mirrored line in the order they are printed."""
    result: list[Chunk] = []
    for latin, group in groupby(line, key=lambda chunk: not _RIGHT_TO_LEFT.search(chunk.text)):
        chunks = list(group)
        if latin and any(_LATIN.search(chunk.text) for chunk in chunks):
            tail = [chunk for chunk in chunks[-1:] if not chunk.size]
            head = [chunk for chunk in chunks[:1] if not chunk.size]
            printed = sorted((c for c in chunks if c.size), key=lambda c: -c.x0)
            chunks = [*head, *_spaced(printed), *tail]
        result.extend(chunks)
    return result


def _spaced(printed: Sequence[Chunk]) -> list[Chunk]:
    """Put spaces back between runs that stand apart."""
    spaced: list[Chunk] = []
    for chunk in printed:
        if spaced and spaced[-1].x0 - chunk.x1 > 0.16 * chunk.size:
            spaced.append(Chunk(" ", 0.0, 0.0, 0.0, 0.0))
        spaced.append(chunk)
    return spaced


def tidied(text: str) -> str:
    """Put a stop behind its number, and brackets the way round they are read."""
    text = _NUMBER_STOP.sub(r"\2\1", text)
    return text.translate(_BRACKETS) if _CLOSED_FIRST.match(text) else text
