"""The words of a text as they count when two texts are compared, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Word", "keys", "words_of"]

_LETTER = r"[^\W_]"
_MARKED = rf"{_LETTER}[\u0300-\u036f\u064b-\u065f\u0670]*"  # a letter with its marks
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"  # Japanese and Chinese: one each
    rf"|(?:{_MARKED})+(?:['’ʼ\u2010\u2011-](?:{_MARKED})+)*"
)
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_APOSTROPHES_AND_HYPHENS = str.maketrans("’ʼ\u2010\u2011", "''--")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        key: what makes it equal to another: compatibility forms, case, kinds of hyphen and
            apostrophe, and Arabic vowel signs make no difference. Inflection does.
        start: first character in the text.
        end: one past the last.
    """

    key: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; punctuation and spaces are none."""
    return [Word(_key(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def keys(text: str) -> list[str]:
    """Return the keys of the words of a text, in order."""
    return [_key(match[0]) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", word).casefold()
    return _ARABIC_MARKS.sub("", folded.translate(_APOSTROPHES_AND_HYPHENS))
