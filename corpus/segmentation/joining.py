"""Join printed lines into running text: hyphens at line ends, scripts without spaces, addresses.

UN templates seldom hyphenate, so in English a hyphen at a line end nearly always belongs to the
word (133 of 137 by hand), while Russian files hyphenate freely (467 of 477 are breaks). The
document's own words decide first; script and the document's habit decide the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Joiner", "learn_joiner"]

_WORD = re.compile(r"\w+(?:[-‑]\w+)+|\w+")
_BROKEN_END = re.compile(r"(\w+(?:[-‑]\w+)*)\s?[-‑]$")
_FIRST_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=?&.]$")
_SOFT_HYPHEN = "\xad"


@dataclass(frozen=True, slots=True)
class Joiner:
    """Decides how the end of one line meets the start of the next.

    Attributes:
        words: words of the document, lower case, hyphenated compounds among them.
        breaks_words: the document breaks words at line ends as a habit.
    """

    words: frozenset[str] = frozenset()
    breaks_words: bool = False

    def join(self, before: str, after: str) -> tuple[str, str]:
        """Return (what is left of the text before, separator)."""
        if before.endswith(_SOFT_HYPHEN):
            return before[:-1], ""
        if not before or not after:
            return before, ""
        if before[-1] in "-‑" and (first := _FIRST_WORD.match(after)):
            if (end := _BROKEN_END.search(before)) is None:
                return before, " " if before.endswith((" -", " ‑")) else ""
            return self._join_broken(before, end, first[0])
        if _ADDRESS.search(before) and not after[0].isupper():
            return before, ""
        if _UNSPACED.match(before[-1]) or _UNSPACED.match(after[0]):
            return before, "" if _is_wide(before[-1]) or _is_wide(after[0]) else " "
        return before, " "

    def _join_broken(self, before: str, end: re.Match[str], first: str) -> tuple[str, str]:
        stem = end[1]
        kept = f"{before[: end.end(1)]}-"
        if first[0].isdigit() or stem[-1].isdigit() or first[0].isupper():
            return kept, ""
        if f"{stem}-{first}".lower() in self.words:
            return kept, ""
        last = re.split(r"[-‑]", stem)[-1]
        joined = f"{last}{first}".lower()
        if joined in self.words or _CYRILLIC.search(first) or self.breaks_words:
            return before[: end.end(1)], ""
        return kept, ""


def _is_wide(character: str) -> bool:
    return _UNSPACED.match(character) is not None


def learn_joiner(lines: Iterable[str]) -> Joiner:
    """Learn a document's words, and whether it breaks words at line ends, from its lines."""
    texts = list(lines)
    words: set[str] = set()
    for text in texts:
        whole = text.rsplit(" ", 1)[0] if text.endswith(("-", "‑", _SOFT_HYPHEN)) else text
        words.update(match[0].lower() for match in _WORD.finditer(whole))
    joiner = Joiner(frozenset(words))
    joined = kept = 0
    for before, after in pairwise(texts):
        end, first = _BROKEN_END.search(before), _FIRST_WORD.match(after)
        if end is None or first is None or not first[0][0].islower():
            continue
        if f"{end[1]}-{first[0]}".lower() in words:
            kept += 1
        elif f"{end[1]}{first[0]}".lower() in words:
            joined += 1
    return Joiner(joiner.words, breaks_words=joined >= 3 and joined > 2 * kept)
