"""A statement's length, time and formalities; needs no index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search_api.schemas import SpeakingTime, StatementLimit, StatementReport, StatementRequest
from workbench.statement import (
    COUNCIL_ITEMS,
    LIMITS,
    SECONDS,
    WRITTEN_LANGUAGES,
    Statement,
    pace_of,
    read_statement,
    speaking_seconds,
)

__all__ = ["report"]

_NAMES = {"ar": "Arabic", "be": "Belarusian", "de": "German", "pl": "Polish", "pt": "Portuguese",
          "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese"}  # fmt: skip
_SUPPORTED = re.compile(
    r"co-?sponsor\w*|joint (?:written |oral )?statement|on behalf of the following|endorsed by|"
    r"déclaration conjointe|declaración conjunta",
    re.IGNORECASE,
)
_TITLE_NOTE = re.compile(r"\A\s*[^\n]*(?:\[\^?\w{1,5}\]|\*)")


def report(request: StatementRequest) -> StatementReport:
    """Count a statement and say what is over and what is missing."""
    read = read_statement(request.text)
    pace = request.words_a_minute or pace_of(read.language)
    return StatementReport(
        language=read.language,
        unit="characters" if read.language == "zh" else "words",
        words=read.words,
        title=read.title,
        quoted=read.quoted,
        notes=read.notes,
        limits=tuple(
            StatementLimit(
                status=limit.status,
                words=limit.words,
                over=max(0, read.words - limit.words),
                passed_at=read.passed_at(limit.words),
            )
            for limit in LIMITS
        ),
        words_a_minute=pace,
        seconds=speaking_seconds(read.words, pace),
        times=tuple(_time(seconds, pace, read.words) for seconds in SECONDS),
        agenda_items=read.items,
        hints=tuple(_hints(read, request.text)),
    )


def _time(seconds: int, pace: int, words: int) -> SpeakingTime:
    room = pace * seconds // 60
    return SpeakingTime(seconds=seconds, words=room, over=max(0, words - room))


def _hints(read: Statement, text: str) -> Iterator[str]:
    if not read.words:
        yield "There is nothing to count: give the text of the statement."
        return
    if read.language not in WRITTEN_LANGUAGES:
        name = _NAMES.get(read.language or "", "a language that was not recognised")
        yield f"Written statements are taken in English, French and Spanish; this is in {name}."
    if not read.items:
        yield "It names no agenda item; a statement is made under one."
    elif len(read.items) > 1:
        named = ", ".join(map(str, read.items))
        yield f"It names several agenda items ({named}); a statement is made under one."
    elif read.items[0] not in COUNCIL_ITEMS:
        yield f"It names item {read.items[0]}; the Human Rights Council's agenda has items 1 to 10."
    least = LIMITS[0]
    if read.words <= least.words < read.words + read.notes:
        yield (
            f"With its notes it has {read.words + read.notes:,} words; whether notes count is the "
            "secretariat's to say."
        )
    if _SUPPORTED.search(text) and not _TITLE_NOTE.match(text):
        yield "Supporters without consultative status are named in a footnote to the title."
