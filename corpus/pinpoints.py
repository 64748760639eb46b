"""Paragraphs that are named beside a symbol: lists of numbers, and pinpoints in running text."""

from __future__ import annotations

import re

from corpus.errors import SymbolError
from corpus.roman import roman_value
from corpus.symbols import fold

__all__ = [
    "HOW_TO_CITE",
    "NUMBERS",
    "ORDINALS",
    "pinpoint_after",
    "pinpoint_before",
    "written_out",
]

HOW_TO_CITE = "write it like A/HRC/15/16, para. 12"
_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
ORDINALS = (*_UNITS, *(f"twenty-{unit}" for unit in _UNITS[:9]), "thirtieth")
"""The ordinals by which preambular paragraphs are named, from the first."""

NUMBERS = r"\d+(?:\.\d+)*(?:\s*\((?:[a-z]|\d{1,3})\))*"
"""Pattern of one paragraph number, with the items of its list behind it."""

_MAX_SPAN = 200

# In running text a number is a pinpoint only behind its label, and a singular label takes one
# paragraph or a span: "para. 12, 30 people" cites paragraph 12.
_SINGULAR = r"(?:paragraphe?|para|par|párrafo|párr|parágrafo|пункт[ае]?|п|الفقرة|فقرة|第|OP|§|¶)"
_PLURAL = (
    r"(?:paragraphe?s|paras|pars|párrafos|párrs|parágrafos|пункты|пункта[хм]|пунктов|пп|"
    r"الفقرات|§§|¶¶)"
)
_SPAN = rf"{NUMBERS}(?:\s*(?:[-–—]|\b(?:to|à|по)\b)\s*{NUMBERS})?"
_MANY = rf"{_SPAN}(?:\s*(?:[,;&]\s*(?:and\b|et\b|y\b|и\b)?|\b(?:and|et|y|e|и)\b|و)\s*{_SPAN})*"
_LABELLED = (
    rf"(?:(?:operative|body)\s+)?"
    rf"(?:{_PLURAL}\s*\.?\s*(?P<many>{_MANY})|{_SINGULAR}\s*\.?\s*(?P<one>{_SPAN})(?:\s*段)?)"
)
_PREAMBLE = (
    rf"PP\s*(?P<pp>\d{{1,2}})\b|(?P<pw>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    r"\s+preambular\s+para(?:graph\b|\.)|preambular\s+para(?:graph|\.)\s*(?P<pn>\d{1,2})"
)
_ANNEX = r"(?:annexe?|anexo|приложение)\s*(?P<annex>[IVX]{1,4}\b|\d{1,2}\b)?\s*,\s*"
_FOLLOWING = re.compile(
    rf"\s*\*?\s*(?:\([^()\n]{{1,80}}\))?\s*[,:;]?\s*(?:(?:at|in|see)\s+)?[(\[]?"
    rf"(?:{_ANNEX})?(?:{_LABELLED}|{_PREAMBLE})",
    re.IGNORECASE,
)
_OF = r"\s+(?:of|in|from|to|de|du|del|des|d['’]|к|документа|доклада)\s+"
_PRECEDING = re.compile(
    rf"(?:{_LABELLED}|{_PREAMBLE}){_OF}"
    r"(?:(?:the|its|his|her|their|document|report|la|le|el|l['’]|son|su)\s*)*(?:\(\s*)?\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 120


def pinpoint_after(text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
    """Read the paragraphs named right behind a symbol, in running text.

    Args:
        text: as it stands, of any length; it is not folded first.
        at: where the symbol ends.

    Returns:
        where the pinpoint ends, and the labels as `Citation.paragraphs` has them; None where no
        paragraph is named there, or a span runs backwards.
    """
    found = _FOLLOWING.match(fold(text[at : at + _MAX_PINPOINT]))
    labels = _labels(found) if found else ()
    return (at + found.end(), labels) if found and labels else None


def pinpoint_before(text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
    """Read the paragraphs named right before a symbol: "paragraph 3 of A/HRC/RES/55/27".

    Returns:
        where the pinpoint begins, and its labels; None as in `pinpoint_after`.
    """
    first = max(0, at - _LOOK_BACK)
    found = _PRECEDING.search(fold(text[first:at]))
    labels = _labels(found) if found else ()
    return (first + found.start(), labels) if found and labels else None


_MAX_PINPOINT = 400


def _labels(found: re.Match[str]) -> tuple[str, ...]:
    groups = found.groupdict()
    if (preambular := groups["pp"] or groups["pn"]) is not None:
        return (f"pp{int(preambular)}",)
    if (ordinal := groups["pw"]) is not None:
        return (f"pp{ORDINALS.index(ordinal.lower()) + 1}",)
    listed = groups["many"] or groups["one"]
    try:
        labels = written_out(listed, listed)
    except SymbolError:
        return ()
    if not re.search(r"anne|anexo|приложение", found[0][: len(found[0]) - len(listed)], re.I):
        return labels
    which = groups.get("annex") or ""
    number = which if which.isdigit() or not which else str(roman_value(which.upper()))
    return tuple(f"annex{number}-{label}" for label in labels)


def written_out(listed: str, text: str) -> tuple[str, ...]:
    """Return the numbers of a list such as "3, 5 and 24–26", spans written out.

    Raises:
        SymbolError: a span runs backwards or too far; `text` is what it names.
    """
    listed = re.sub(r"(?<=\d)\s*\((\d+)\)", r".\1", re.sub(r"\s*\([a-z]\)", "", listed))
    tokens = re.findall(r"\d+(?:\.\d+)*|[-–—]|\bto\b|\bà\b|至", listed, re.IGNORECASE)
    numbers: list[str] = []
    for i, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        if i and not tokens[i - 1][0].isdigit() and numbers:
            numbers.extend(_between(numbers[-1], token, text))
        else:
            numbers.append(token)
    return tuple(dict.fromkeys(numbers))


def _between(first: str, last: str, text: str) -> list[str]:
    stem, _, low = first.rpartition(".")
    last_stem, _, high = last.rpartition(".")
    if stem != last_stem:
        return [last]
    if not int(low) <= int(high) <= int(low) + _MAX_SPAN:
        raise SymbolError(
            repr(text), f"no span of paragraphs runs from {first} to {last}", HOW_TO_CITE
        )
    prefix = f"{stem}." if stem else ""
    return [f"{prefix}{n}" for n in range(int(low) + 1, int(high) + 1)]
