"""Leave out what stands before the text of a flowing document, and nothing else.

A masthead says itself what it is, a caption names body, session and agenda item, and a title is
what was reported as the title. A block that is none of these is text, however short: statements
and letters open with one line, and a lost paragraph is worse than a stray line of a cover.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.bodies import body_named
from corpus.readers.page import Block, BlockKind
from corpus.segmentation.front import CONTENTS, MASTHEAD, SUMMARY, is_contents_entry
from corpus.segmentation.nature.resolution import is_opening

__all__ = ["contents_blocks", "is_sentence", "text_start"]

# Blocks of a cover: a masthead in a table, captions, titles, a contents heading.
_FRONT_BLOCKS = 40
# A masthead, caption or title this many blocks further on means that the front is not over.
_LOOK_AHEAD = 4
_LONG_TEXT = 220
_SENTENCE_CHARS = 40
_SENTENCE_END = re.compile(r"[.;:!?…。；：؛؟][\"'”’»)\]*]*\Z")
_LABELLED = re.compile(r"(?:I|A|1|一)[.、]\s?\S")
_SYMBOL = re.compile(r"\(?[A-Z]{1,6}(?:/[A-Z0-9.()_-]+)+\*?\)?")
_SESSION = re.compile(
    r"\bsession\b|\bsesión\b|\bperíodo de sesiones\b|\bсесси[яи]\b|\bсэсія\b|الدورة|届会",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?:agenda items?|items?|points?|temas?|пункты?|البنود|البند|议程项目)\s*\d+", re.IGNORECASE
)
# What a title block says besides the title: who adopted, who proposes.
_ADOPTED = re.compile(
    r"\A(?:resolution|decision|r[ée]solution|décision|resoluci[óo]n|decisión|резолюция|решение)"
    r"\W+(?:adopted|adoptée|aprobada|принят)|: (?:revised )?draft (?:resolution|decision)\W*\Z"
    r"|\s?: projet de (?:résolution|décision)|: proyecto de (?:resolución|decisión)"
    r"|: проект (?:резолюции|решения)|决议草案\Z|مشروع (?:قرار|مقرر)\Z|通过的决议\Z",
    re.IGNORECASE,
)
# What may stand in a masthead but also anywhere else: never a reason to look further.
_LOOSE = re.compile(
    r"(?:original|الأصل|原文)\s?[:：].*|\[.*\]\*?|\*?\d{5,8}\*?|/?\.\.\.|page \d+"
    r"|(?:general|generale|générale|limited|english|french|spanish|russian|arabic|chinese)"
    r"(?: only)?|\W*",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(
    r"(?:[\w’' -]{3,25}[,،]\s*)?\(?\d{1,2}\.?(?:\s*[-–—]\s*\d{1,2})?\s+(?:de\s+)?[^\W\d]{3,12}\.?"
    r"(?:[-–—\s]+\d{0,2}\s*[^\W\d]{0,12})?\s*(?:de\s+)?,?\s*\d{4}\)?"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日.{0,20}"
)
_ENTRY_END = re.compile(r"(?:\s|\|)\s?(?:\d{1,4}|[ivxl]{1,6})\s*\Z")
_ENTRY_HEADS = re.compile(
    r"(?:(?:chapters?|chapitres?|capítulos?|глава|章次|paragraphs?|paragraphes?|párrafos?"
    r"|пункты|段次|الفقرات|pages?|página|стр\.?|页次|الصفحة)[\s|]*)+",
    re.IGNORECASE,
)
_ENTRY_CHARS = 250


def is_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences end; titles and captions do not."""
    return len(text) >= _SENTENCE_CHARS and _SENTENCE_END.search(text.strip()) is not None


def text_start(blocks: Sequence[Block], first_number: int, title: str | None) -> int:
    """Return the index of the first block of text.

    Args:
        blocks: of the document.
        first_number: index of its first numbered paragraph; beyond the last where there is none.
        title: as reported, or None.
    """
    end = _certain_text(blocks, min(first_number, _FRONT_BLOCKS, len(blocks)))
    titles = _words(title or "")
    if not any(_is_masthead(block.text) for block in blocks[:end]):
        seen: set[str] = set()
        for i, block in enumerate(blocks[:end]):
            if not _is_title(block, titles) or block.text in seen:
                return i
            seen.add(block.text)
        return end
    start = 0
    for i, block in enumerate(blocks[:end]):
        ahead = blocks[i + 1 : min(end, i + _LOOK_AHEAD)]
        if _is_front(block, titles):
            start = i + 1
        elif not (
            any(_is_firm(other, "") for other in ahead)
            # The agenda item's own title stands between it and that of the document.
            or (
                i > 0
                and _AGENDA.match(blocks[i - 1].text.strip())
                and not _SENTENCE_END.search(block.text)
                and any(_is_title(other, titles) for other in ahead)
            )
        ):
            break
    return start


def _certain_text(blocks: Sequence[Block], end: int) -> int:
    """Return the first index at which text has begun for certain: a summary, "I.", a long block."""
    for i, block in enumerate(blocks[:end]):
        text = block.text.strip()
        labelled = block.kind is BlockKind.HEADING or block.bold
        if (
            SUMMARY.fullmatch(text)
            or is_opening(text)
            or (labelled and _LABELLED.match(text))
            or (block.kind is BlockKind.TEXT and len(text) > _LONG_TEXT and is_sentence(text))
        ):
            return i
    return end


def _is_masthead(text: str) -> bool:
    return MASTHEAD.search(text) is not None and (len(text) < 100 or "Distr" in text)


def _is_firm(block: Block, titles: str) -> bool:
    """Tell whether a block is part of a cover wherever it stands among the first."""
    text = block.text.strip()
    if is_sentence(text) and "Distr" not in text:
        return False
    if block.kind is BlockKind.TABLE_ROW and _is_masthead(text):
        return True
    return len(text) < 300 and (
        _is_masthead(text)
        or _SYMBOL.fullmatch(text) is not None
        or body_named(text) is not None
        or _SESSION.search(text) is not None
        or _AGENDA.search(text) is not None
        or _ADOPTED.search(text) is not None
        or _is_title(block, titles)
    )


def _is_front(block: Block, titles: str) -> bool:
    text = block.text.strip()
    loose = _LOOSE.fullmatch(text) or _DATE.fullmatch(text)
    return loose is not None or _is_firm(block, titles)


def _is_title(block: Block, titles: str) -> bool:
    """Tell whether a block is the title, or a line of it."""
    words = _words(block.text)
    return len(words) > 3 and block.number is None and words in titles


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def contents_blocks(blocks: Sequence[Block]) -> set[int]:
    """Return the indices of the blocks of a table of contents: its heading, and its entries."""
    found = {i for i, block in enumerate(blocks) if is_contents_entry(block.text)}
    for i, block in enumerate(blocks):
        if not CONTENTS.fullmatch(block.text.strip()):
            continue
        entries: list[int] = []
        heads: list[int] = []
        for j in range(i + 1, len(blocks)):
            text = blocks[j].text.strip()
            if _ENTRY_HEADS.fullmatch(text):
                heads.append(j)
            elif j in found or (_ENTRY_END.search(text) and len(text) < _ENTRY_CHARS):
                entries.append(j)
            elif j - max(entries, default=i) > 2 or len(text) > _ENTRY_CHARS:
                break  # one line between two entries is the first line of the second
        if len(entries) >= 2:
            found.update(range(i, entries[-1] + 1))
        elif heads or (i + 1 < len(blocks) and blocks[i + 1].kind is BlockKind.HEADING):
            found.update((i, *heads))  # its entries were a field, and are gone
    return found
