"""A statement of a non-governmental organization held against what is asked of one.

Written statements have 1,500 words (special consultative status, roster) or 2,000 (general), in
English, French or Spanish, on one item of the agenda; oral ones take about two minutes. How the
secretariat counts is not published: here a word is what stands between spaces and has a letter or a
figure in it, as word processors count, and a Chinese character. Notes are counted apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.metadata.language import detect_language, likeliest_language
from workbench.notes import MARK, notes_in
from workbench.quotations import quotations_in

__all__ = [
    "COUNCIL_ITEMS",
    "LIMITS",
    "PACES",
    "SECONDS",
    "WRITTEN_LANGUAGES",
    "Limit",
    "Statement",
    "agenda_items",
    "pace_of",
    "read_statement",
    "speaking_seconds",
]


@dataclass(frozen=True, slots=True)
class Limit:
    """Words that a written statement may have.

    Attributes:
        status: consultative status with the Economic and Social Council, for people.
        words: at most.
    """

    status: str
    words: int


LIMITS = (Limit("special or roster status", 1_500), Limit("general status", 2_000))

SECONDS = (90, 120, 180)
"""Times that speakers are given: about two minutes as a rule, less where the list is long."""

PACES = {"en": 125, "fr": 125, "es": 125, "pt": 125, "de": 110, "ru": 100, "be": 100, "uk": 100,
         "pl": 100, "ar": 100, "zh": 220}  # fmt: skip
"""Words a minute, of Chinese characters, at which a prepared text can be followed and interpreted.
An assumption of ours, to be replaced by the speaker's own pace; languages with longer words have
fewer."""

_OTHER_PACE = 110
WRITTEN_LANGUAGES = ("en", "fr", "es")
COUNCIL_ITEMS = range(1, 11)
_TITLE_WORDS = 30

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_HAN}|(?:(?!{_HAN})\S)+")
_COUNTED = re.compile(r"[^\W_]")
_ITEM = re.compile(
    r"\b(?:agenda\s+item|item\s+of\s+the\s+agenda|item|point|punto|tema|пункт\w*)\s*:?\s*(?:no\.?\s*|n[o°º]\s*)?"
    r"(\d{1,2})\b(?!\s*[(.]\s*\d)",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"agenda|general\s+debate|ordre\s+du\s+jour|orden\s+del\s+d[ií]a|повестк", re.I
)
_NEAR_AGENDA_CHARS = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is counted.

    Attributes:
        language: ISO 639-1, where it is known.
        words: all but those of notes.
        title: words of the title, which are among `words`.
        quoted: words between quotation marks, which are among `words`.
        notes: words of notes.
        ends: last character of each word that counts, in the text as given, in order.
        items: numbers of agenda items that it names, in order, each once.
    """

    language: str | None
    words: int
    title: int
    quoted: int
    notes: int
    ends: tuple[int, ...]
    items: tuple[int, ...]

    def passed_at(self, limit: int) -> int | None:
        """Return where the last word that a limit allows ends; None where it is kept."""
        return self.ends[limit - 1] if self.words > limit else None


def read_statement(text: str) -> Statement:
    """Count a statement, its notes apart; see `workbench.notes`."""
    notes = notes_in(text)
    spans = list(_words(text))
    body = [end for start, end in spans if not any(a <= start < b for a, b in notes.values())]
    return Statement(
        language=detect_language(text) or likeliest_language(text),
        words=len(body),
        title=_title(text),
        quoted=sum(
            len(list(_words(each.text)))
            for each in quotations_in(text)
            if not any(a <= each.start < b for a, b in notes.values())
        ),
        notes=len(spans) - len(body),
        ends=tuple(body),
        items=agenda_items(text),
    )


def speaking_seconds(words: int, words_a_minute: float) -> int:
    """Return how long so many words take at a pace, in seconds."""
    return round(60 * words / words_a_minute)


def pace_of(language: str | None) -> int:
    """Return the words a minute that are assumed for a language."""
    return PACES.get(language or "", _OTHER_PACE)


def agenda_items(text: str) -> tuple[int, ...]:
    """Return the items of an agenda that a text names, each once.

    "Item 4" counts only near the word agenda, or where it opens a line or a bracket: a list has
    items too.
    """
    found: dict[int, None] = {}
    for match in _ITEM.finditer(text):
        first = max(0, match.start() - _NEAR_AGENDA_CHARS)
        around = text[first : match.end() + _NEAR_AGENDA_CHARS]
        opens = re.search(r"(?:^|\n|\()\s*\Z", text[: match.start()]) is not None
        if opens or _AGENDA.search(around):
            found.setdefault(int(match[1]))
    return tuple(found)


def _words(text: str) -> Iterator[tuple[int, int]]:
    blank = MARK.sub(lambda mark: " " * len(mark[0]), text)
    for match in _WORD.finditer(blank):
        if _COUNTED.search(match[0]):
            yield match.span()


def _title(text: str) -> int:
    """Return the words of the first line where it is a title: short, and no sentence."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    count = len(list(_words(first)))
    more = text.strip() != first
    return count if more and count <= _TITLE_WORDS and not re.search(r"[.;:!?…]$", first) else 0
