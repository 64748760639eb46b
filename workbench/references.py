"""The citations of a running text: what each names, which paragraphs of it, and where it stands.

Documents are named by symbol, by an address of docs.un.org, as a resolution ("Human Rights Council
resolution 55/27"), as a general comment ("Human Rights Committee, general comment No. 32 (2007)"),
or by pointing back ("ibid."). Whether they are held anywhere is not asked here.
Source of the forms: UN Editorial Manual, footnotes and other references.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.errors import SymbolError
from corpus.pinpoints import pinpoint_after, pinpoint_before
from corpus.symbols import find_symbols, symbol_from_url
from workbench.attempts import attempts_in, doubt_about
from workbench.named import Named, named_in

__all__ = ["Form", "Reference", "find_references"]


class Form(StrEnum):
    """How a citation names its document."""

    SYMBOL = "symbol"
    ADDRESS = "address"
    RESOLUTION = "resolution"
    COMMENT = "comment"
    BACK = "back"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation in a text.

    Attributes:
        start: first character in the text, of the name or of a pinpoint before it.
        end: one past the last, of the name or of the pinpoint behind it.
        form: how it names the document.
        symbols: it may have, likeliest first; of a malformed one, what was probably meant. Empty
            for a general comment named by its number, and where "ibid." has nothing before it.
        paragraphs: labels as `corpus.citations.Citation` has them; empty where none is named.
        comment: (committee, number) of a general comment; the committee is None where the text
            names none.
        why: what is wrong with a malformed one.
    """

    start: int
    end: int
    form: Form
    symbols: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    comment: tuple[str | None, str] | None = None
    why: str | None = None


_HOST = r"(?:docs\.un\.org|(?:www\.)?undocs\.org|documents(?:-dds-ny)?\.un\.org)"
_ADDRESS = re.compile(rf"(?:https?://)?(?<![\w.]){_HOST}/[^\s<>\"“”»]+", re.IGNORECASE)
_BACK = re.compile(
    r"(?<!\w)(?:ibid(?:em)?\b|ibíd\b|ídem\b|idem\b|там\s+же|المرجع\s+نفسه|同上)\.?", re.IGNORECASE
)
_TITLE_CHARS = 220
"""Title that may stand between the name of a resolution or comment and its paragraph."""

_UP_TO_PINPOINT = re.compile(
    rf"(?:[^.;:\n\"“”«»„\[\]]|(?<=\bNo)\.){{0,{_TITLE_CHARS}}}?[,(]\s*"
    r"(?=(?:at\s+)?(?:op\.?\s|operative|para|párr|п\.|пп\.|§))",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:,|:)?\s*(?:\(\d{4}\)\s*)?(?:,\s*)?[(\[]?(?:UN\s+doc(?:ument|\.)?\s*)?\Z", re.I
)
_JOINED_COMMENTS = re.compile(r"\s*/\s*(?:joint\s+)?\Z", re.IGNORECASE)


def find_references(text: str) -> list[Reference]:
    """Find the citations of a text, in order; they do not overlap."""
    named = _merged(text, _without_overlaps(_names(text)))
    found: list[Reference] = []
    for i, reference in enumerate(named):
        following = named[i + 1].start if i + 1 < len(named) else len(text)
        pinned = _pinned(text, reference, found[-1].end if found else 0, following)
        if pinned.form is Form.BACK:
            pinned = _pointed_back(pinned, found)
        found.append(pinned)
    return found


def _names(text: str) -> Iterator[Reference]:
    """Yield everything that names a document; what is surer comes first where two overlap."""
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:)]")
        try:
            symbol = symbol_from_url(address if "://" in address else f"https://{address}")
        except (SymbolError, ValueError):
            continue
        end = match.start() + len(address)
        yield Reference(match.start(), end, Form.ADDRESS, (symbol.text,))
    for each in named_in(text):
        yield _of_name(each)
    for start, end, symbol in find_symbols(text):
        doubt = doubt_about(symbol)
        if doubt is None:
            yield Reference(start, end, Form.SYMBOL, _readings(symbol.text))
        else:
            yield Reference(start, end, Form.MALFORMED, (doubt[0],), why=doubt[1])
    for attempt in attempts_in(text):
        start, end = attempt.start, attempt.end
        yield Reference(start, end, Form.MALFORMED, (attempt.meant,), why=attempt.why)
    for match in _BACK.finditer(text):
        yield Reference(match.start(), match.end(), Form.BACK)


def _readings(symbol: str) -> tuple[str, ...]:
    """Return a symbol, and without the year behind it: of most series that is a remark, no part."""
    return tuple(dict.fromkeys((symbol, _YEAR.sub("", symbol))))


_YEAR = re.compile(r" \((?:19|20)\d\d\)\Z")


def _of_name(named: Named) -> Reference:
    form = Form.COMMENT if named.comment else Form.RESOLUTION
    return Reference(named.start, named.end, form, named.symbols, comment=named.comment)


def _without_overlaps(found: Iterator[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for each in found:
        # Those kept lie apart, so that only the neighbours of its place can overlap it.
        at = bisect_left(kept, each.start, key=lambda other: other.start)
        beside = kept[max(0, at - 1) : at + 1]
        if not any(each.start < other.end and other.start < each.end for other in beside):
            kept.insert(at, each)
    return kept


def _merged(text: str, references: Sequence[Reference]) -> list[Reference]:
    """Make one of a name and the symbol that stands right behind it, and of a joint comment."""
    out: list[Reference] = []
    for each in references:
        last = out[-1] if out else None
        both = last is not None and last.form is each.form is Form.SYMBOL
        if last is not None and both and text[last.end : each.start] == "-":
            # One document of two bodies carries the symbol of each.
            joint = f"{last.symbols[0]}-{each.symbols[0]}"
            out[-1] = replace(last, end=each.end, symbols=(joint, *last.symbols, *each.symbols))
            continue
        if last is not None and last.form in {Form.COMMENT, Form.RESOLUTION}:
            between = text[last.end : each.start]
            if each.form in {Form.SYMBOL, Form.ADDRESS} and _JOINED.fullmatch(between):
                closed = each.end + (text[each.end : each.end + 1] == ")" and "(" in between)
                out[-1] = replace(each, start=last.start, end=closed)
                continue
            if each.form is Form.COMMENT and _JOINED_COMMENTS.fullmatch(between):
                out[-1] = replace(last, end=each.end)
                continue
        out.append(each)
    return out


def _pinned(text: str, reference: Reference, earlier: int, following: int) -> Reference:
    """Add the paragraphs named behind a citation, else before it."""
    at = reference.end
    found = pinpoint_after(text, at)
    if found is None and reference.form in {Form.RESOLUTION, Form.COMMENT}:
        title = _UP_TO_PINPOINT.match(text, at, min(following, at + 2 * _TITLE_CHARS))
        found = pinpoint_after(text, title.end()) if title else None
    if found is not None and found[0] <= following:
        return replace(reference, end=found[0], paragraphs=found[1])
    before = pinpoint_before(text, reference.start)
    if before is not None and before[0] >= earlier:
        return replace(reference, start=before[0], paragraphs=before[1])
    return reference


def _pointed_back(reference: Reference, earlier: Sequence[Reference]) -> Reference:
    if not earlier:
        return replace(reference, why="nothing is cited before it")
    last = earlier[-1]
    return replace(
        reference,
        symbols=last.symbols,
        comment=last.comment,
        paragraphs=reference.paragraphs or last.paragraphs,
        why=last.why,
    )
