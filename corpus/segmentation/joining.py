"""Join printed lines into running text: hyphens at line ends, scripts without spaces, addresses.

United Nations templates seldom hyphenate English, so there a hyphen at a line end nearly always
belongs to the word (133 of 137 by hand, 350 of 350 in later files), while Russian is hyphenated
freely (467 of 477 are breaks). What the document writes elsewhere decides first, then whether both
halves are words of it, then the habits of its language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.segmentation.hyphens import COMPOUNDS, Habit, habit_of

__all__ = ["Joiner", "learn_joiner"]

_HYPHENS = "-‑\u2010"
_WORD = re.compile(r"\w+(?:[-‑\u2010]\w+)+|\w+")
_BROKEN_END = re.compile(r"(\w+(?:[’'´]\w+)*(?:[-‑\u2010]\w+)*)(\s?)[-‑\u2010]$")
_FIRST_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=?&.]$")
_ADDRESS_ENDS = "/-_=?&."
# A dash without space before it joins two numbers ("2010–", "2015") or two words ("work–").
_RANGE = re.compile(r"\w–$")
_SOFT_HYPHEN = "\xad"
# Shorter halves ("la", "para") are words by chance.
_MIN_HALF = 4


@dataclass(frozen=True, slots=True)
class Joiner:
    """Decides how the end of one line meets the start of the next.

    Attributes:
        words: words of the document, lower case, hyphenated compounds among them.
        breaks_words: the document breaks words at line ends as a habit.
        habit: of its language.
    """

    words: frozenset[str] = frozenset()
    breaks_words: bool = False
    habit: Habit = field(default_factory=Habit)

    def join(self, before: str, after: str) -> tuple[str, str]:
        """Return (what is left of the text before, separator)."""
        if before.endswith(_SOFT_HYPHEN):
            return before[:-1], ""
        if not before or not after:
            return before, ""
        if before[-1] in _HYPHENS and (first := _FIRST_WORD.match(after)):
            if (end := _BROKEN_END.search(before)) is None:
                return before, " " if before[-2:-1].isspace() else ""
            return self._join_broken(before, end, first[0])
        if before[-1] == "–" and _RANGE.search(before[-2:]) and after[0].isalnum():
            return before, ""
        if before[-1] in _ADDRESS_ENDS and not after[0].isupper() and _ADDRESS.search(before):
            return before, ""
        if _UNSPACED.match(before[-1]) or _UNSPACED.match(after[0]):
            return before, "" if _is_wide(before[-1]) or _is_wide(after[0]) else " "
        return before, " "

    def _join_broken(self, before: str, end: re.Match[str], first: str) -> tuple[str, str]:
        stem = end[1]
        kept = f"{before[: end.end(1)]}-"
        if first[0].isdigit() or stem[-1].isdigit() or first[0].isupper():
            return (before, " ") if end[2] else (kept, "")
        if _ADDRESS.search(before):
            return kept, ""
        return (kept, "") if self._belongs(stem.lower(), first.lower()) else (kept[:-1], "")

    def _belongs(self, stem: str, first: str) -> bool:
        """Tell whether the hyphen between two halves is part of the word."""
        last = re.split(r"[-‑\u2010]", stem)[-1]
        if f"{stem}-{first}" in self.words or f"{last}-{first}" in self.words:
            return True
        if f"{last}{first}" in self.words:
            return False
        habit = COMPOUNDS["ru"] if _CYRILLIC.search(first) else self.habit
        if habit.is_compound(last, first, self.words) or "-" in stem:
            return True
        if habit.keeps:
            return not self.breaks_words
        if self.breaks_words or _CYRILLIC.search(first):
            return False
        return min(len(last), len(first)) >= _MIN_HALF and {last, first} <= self.words


def _is_wide(character: str) -> bool:
    return _UNSPACED.match(character) is not None


def learn_joiner(lines: Iterable[str]) -> Joiner:
    """Learn a document's words, language and whether it breaks words at line ends."""
    texts = list(lines)
    counts: Counter[str] = Counter()
    for text in texts:
        broken = text.endswith(("-", "‑", "\u2010", _SOFT_HYPHEN))
        whole = text.rsplit(" ", 1)[0] if broken else text
        counts.update(match[0].lower() for match in _WORD.finditer(whole))
    words = frozenset(counts)
    joined = kept = 0
    for before, after in pairwise(texts):
        if before[-1:] not in _HYPHENS:
            continue
        end, first = _BROKEN_END.search(before), _FIRST_WORD.match(after)
        if end is None or first is None or not first[0][0].islower():
            continue
        if f"{end[1]}-{first[0]}".lower() in words:
            kept += 1
        elif f"{end[1]}{first[0]}".lower() in words:
            joined += 1
    return Joiner(words, breaks_words=joined >= 3 and joined > 2 * kept, habit=habit_of(counts))
