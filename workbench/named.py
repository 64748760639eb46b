"""Documents named in words: resolutions and decisions by number, general comments by committee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.bodies import COMMITTEES, bodies_in
from corpus.errors import SymbolError
from corpus.symbols import normalise_symbol

__all__ = ["Named", "named_in"]


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a text names in words.

    Attributes:
        start: first character in the text, of the body where it stands right before.
        end: one past the last, of the body where it stands right behind.
        symbols: of a resolution or decision, likeliest first; several where no body is named.
        comment: (committee, number) of a general comment.
    """

    start: int
    end: int
    symbols: tuple[str, ...] = ()
    comment: tuple[str | None, str] | None = None


_NO = r"(?:no|n|nos|núm|num|number|nr)?\s?[.°ºo]{0,2}\s*#?\s*"
_COMMENT = re.compile(
    r"(?:joint\s+)?\bgeneral\s+(?:comment|recommendation)s?\s+" + _NO + r"0*(?P<en>\d{1,2})\b"
    r"|\b(?:observation|recommandation)s?\s+générales?\s+" + _NO + r"0*(?P<fr>\d{1,2})\b"
    r"|\b(?:observación|recomendación)\s+general\s+" + _NO + r"0*(?P<es>\d{1,2})\b"
    r"|замечани\w+\s+общего\s+порядка\s*(?:№|N)\s*(?P<ru>\d{1,2})\b"
    r"|общ\w+\s+рекомендаци\w+\s*(?:№|N)\s*(?P<rr>\d{1,2})\b"
    r"|第\s*(?P<zh>\d{1,2})\s*号一般性(?:意见|建议)"
    r"|(?:التعليق\s+العام|التوصية\s+العامة)\s+رقم\s*(?P<ar>\d{1,2})\b",
    re.IGNORECASE,
)
_RECOMMENDING = {"CEDAW", "CERD"}
"""Committees whose general comments are called recommendations; no other's are."""

_ROMAN_NUMBER = r"\d{1,4}\s?[A-Z]?\s?\([IVXL]+\)"
_DATED_NUMBER = r"\d{2,4}\s?\((?:19|20)\d\d\)"
_SESSION_NUMBER = r"(?:E?S-\d{1,2}|\d{1,4})/\d{1,4}(?:\s?[A-Z]\b)?(?![/\d])"
_NUMBER = rf"(?:{_SESSION_NUMBER}|{_ROMAN_NUMBER}|{_DATED_NUMBER})"
_RESOLUTION = re.compile(
    rf"\b(?P<what>resolutions?|résolutions?|resoluci(?:ón|ones)|резолюци\w+|"
    rf"decisions?|décisions?|decisi(?:ón|ones)|решени\w+)\s+(?:n[o°º]\.?\s*|№\s*)?"
    rf"(?P<list>{_NUMBER}(?:\s*(?:,|;|and|et|y|и|,\s*and)\s+{_NUMBER})*)"
    rf"|第\s*(?P<zh>{_NUMBER})\s*号决议|القرار\s+(?P<ar>{_NUMBER})",
    re.IGNORECASE,
)
_BEFORE_CHARS = 110
_BEHIND_CHARS = 40
_BEHIND = re.compile(
    r"\s*(?:\(\d{4}\)\s*)?,?\s*(?:of|by|du|de\s+la|del|de|adopted\s+by)\s+(?:the\s+)?\Z", re.I
)
_BREAK = re.compile(r"(?<![A-Z])(?<!\bNo)[.;]\s")


def named_in(text: str) -> Iterator[Named]:
    """Yield the resolutions, decisions and general comments that a text names in words."""
    bodies = bodies_in(text)
    for match in _RESOLUTION.finditer(text):
        yield from _resolutions(text, match, bodies)
    for match in _COMMENT.finditer(text):
        number = next(value for value in match.groups() if value)
        recommends = re.search(r"recom|рекоменд|建议|التوصية", match[0], re.IGNORECASE) is not None
        body, start, end = _spoken_by(
            text,
            match,
            [b for b in bodies if b[2] in COMMITTEES and (b[2] in _RECOMMENDING) == recommends],
        )
        yield Named(start, end, comment=(body, str(int(number))))


def _spoken_by(
    text: str, match: re.Match[str], bodies: Sequence[tuple[int, int, str]]
) -> tuple[str | None, int, int]:
    """Return (body, start, end): named right behind, else in the sentence, else before it."""
    behind = next((each for each in bodies if each[0] >= match.end()), None)
    after = text[match.end() : behind[0]] if behind else ""
    if behind is not None and len(after) < _BEHIND_CHARS and _BEHIND.fullmatch(after):
        return behind[2], match.start(), behind[1]
    earlier = [each for each in bodies if each[1] <= match.start()]
    start, end, body = earlier[-1] if earlier else (0, 0, None)
    between = text[end : match.start()]
    if body is not None and not _BREAK.search(between) and "\n\n" not in between:
        close = len(between) < 12 and not re.search(r"[.;(]", between)
        return body, start if close else match.start(), match.end()
    if behind is not None and len(after) < _BEFORE_CHARS and not _BREAK.search(after):
        return behind[2], match.start(), match.end()
    return body, match.start(), match.end()


def _resolutions(
    text: str, match: re.Match[str], bodies: Sequence[tuple[int, int, str]]
) -> Iterator[Named]:
    first = max(0, match.start() - _BEFORE_CHARS)
    body, start, end = _spoken_by(
        text,
        match,
        [
            each
            for each in bodies
            if each[2] not in COMMITTEES
            and (each[0] >= first or each[0] >= match.end())
            and (each[1] > match.start() or not _BREAK.search(text[each[1] : match.start()]))
        ],
    )
    group = next(name for name in ("list", "zh", "ar") if match[name])
    numbers = list(re.finditer(_NUMBER, match[group], re.IGNORECASE))
    decides = re.match(r"d[eé]ci|реш", match[0], re.IGNORECASE) is not None
    for i, number in enumerate(numbers):
        symbols = tuple(_symbols(number[0], body, "DEC" if decides else "RES"))
        if symbols:
            at = match.start(group) + number.start()
            last = i + 1 == len(numbers)
            yield Named(
                min(start, match.start()) if i == 0 else at,
                end if last and end > match.end() else match.start(group) + number.end(),
                symbols,
            )


_PREFIX = {
    "Human Rights Council": "A/HRC/{what}/",
    "General Assembly": "A/{what}/",
    "Security Council": "S/{what}/",
    "Economic and Social Council": "E/{what}/",
    "Commission on Human Rights": "E/CN.4/{what}/",
}
_FIRST_SHARED_SESSION = 31
"""Session from which the Assembly numbers its resolutions as the Council does."""


def _symbols(number: str, body: str | None, what: str) -> Iterator[str]:
    number = re.sub(r"\s+", " ", number.upper())
    if re.fullmatch(_ROMAN_NUMBER, number):
        candidates = [number, f"A/{what}/{re.sub(r' ?[A-Z]? ?(?=[(])', ' ', number)}"]
    elif body in _PREFIX:
        candidates = [_PREFIX[body].format(what=what) + number]
    else:
        candidates = [_PREFIX[each].format(what=what) + number for each in _likely(number)]
    for candidate in candidates:
        try:
            yield normalise_symbol(candidate)
        except SymbolError:
            continue


def _likely(number: str) -> tuple[str, ...]:
    """Return the bodies that may have adopted a text of this number."""
    session = number.partition("/")[0]
    if "(" in number:
        return ("Security Council",)
    if session.startswith("ES"):
        return ("General Assembly",)
    if session.startswith("S"):
        return ("Human Rights Council", "General Assembly")
    if len(session) == 4:
        return ("Commission on Human Rights", "Economic and Social Council")
    if int(session) < _FIRST_SHARED_SESSION:
        return ("Human Rights Council",)
    return ("Human Rights Council", "General Assembly")
