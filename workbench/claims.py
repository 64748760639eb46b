"""What a text says that its sources say: each citation with the words it stands for.

Quoted words are the strongest claim; where nothing is quoted it is the sentence, without its
citations and without the words that only say who spoke. A citation in a note speaks for the
sentence of the note's mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.passages import sentences
from workbench.notes import MARK, PARAGRAPH, Spans, marks_in, notes_in
from workbench.quotations import Quotation, quotations_in
from workbench.references import Reference, find_references
from workbench.reporting import without_reporting
from workbench.words import keys

__all__ = ["Cited", "Claim", "cited_in", "unclaimed"]

_LEAST_WORDS = 4
"""Words that a sentence must have left to say something that can be looked for."""

_SAYS = re.compile(
    r"\s*[)\]]?\s*,?\s*(?:(?:the|its|le|la|el)\s+(?:[\w-]+\s+){1,5}?)?"
    r"(?:(?:also\s+)?(?:says?|said|states?|stated|reads?|provides?|adds?|added|notes?|noted|finds?|"
    r"found|holds?|held|observe[sd]?|recall(?:s|ed)?|conclude[sd]?|affirm(?:s|ed)?))?"
    r"(?:\s+that)?(?<=[\w:])\s*:?\s*[“\"«„‘「『]"
    r"|\s*[)\]]?\s*:\s*[“\"«„‘「『]"
)
_DATED = re.compile(r"\A[\s)]*(?:of|du|de|от)\s+\d{1,2}\s+\w+\s+\d{4}\b")
_BETWEEN = re.compile(
    r"(?:[\s,;.:()\[\]]|\b(?:and|or|et|y|и|see|also|as well as|cf|voir|véase|in|to|with|e\.g)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said to stand in a source.

    Attributes:
        text: the words, as they are in the text.
        quotations: those between quotation marks; none where the sentence is the claim.
    """

    text: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation and the claim it stands for.

    Attributes:
        reference: the citation.
        claim: None where nothing is claimed that could be looked for.
        note: mark of the note it stands in, or None.
    """

    reference: Reference
    claim: Claim | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or several that one quotation joins; in characters of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a citation stands in the sentence it speaks for: itself, or the mark of its note."""

    start: int
    end: int
    reference: Reference
    note: str | None = None


def cited_in(text: str) -> list[Cited]:
    """Return every citation of a text with its claim, in the order of the text.

    Notes are lines that open with their mark in brackets, "[1]" or "[^1]:", as Markdown has them.
    """
    notes = notes_in(text)
    references = _of_the_text(text, find_references(text))
    marks = marks_in(text)
    in_notes = Spans(notes.values())
    body = [r for r in references if r.start not in in_notes]
    anchors = [_Anchor(r.start, r.end, r) for r in body]
    own: list[Cited] = []
    for name, (first, last) in notes.items():
        a, b = (bisect_left(references, at, key=lambda r: r.start) for at in (first, last))
        inside = references[a:b]
        mark = marks.get(name)
        said = _claims(text, [_Unit(first, last)], [_Anchor(r.start, r.end, r) for r in inside])
        for cited in said:
            quotes = cited.claim is not None and cited.claim.quotations
            if mark is None or quotes:
                own.append(Cited(cited.reference, cited.claim, name))
            else:
                anchors.append(_Anchor(*mark, cited.reference, name))
    anchors.sort(key=lambda each: (each.start, each.reference.start))
    units = [u for u in _units(text) if u.start not in in_notes]
    found = own + _claims(text, units, anchors)
    return sorted(found, key=lambda each: each.reference.start)


def unclaimed(text: str, cited: Sequence[Cited]) -> list[Quotation]:
    """Return quotations that stand in a sentence with citations, and are the claim of none."""
    places = sorted(each.reference.start for each in cited)
    claimed = {
        (quote.start, quote.end)
        for each in cited
        for quote in (each.claim.quotations if each.claim else ())
    }
    return [
        quote
        for unit in _units(text)
        if bisect_left(places, unit.start) < bisect_left(places, unit.end)
        for quote in quotations_in(text, unit.start, unit.end)
        if (quote.start, quote.end) not in claimed
    ]


def _of_the_text(text: str, references: Sequence[Reference]) -> list[Reference]:
    """Leave out what stands inside quoted words whose own citation follows: it is the source's."""
    kept: list[Reference] = []
    at = 0
    for unit in _units(text):
        inside = []
        while at < len(references) and references[at].start < unit.end:
            inside.append(references[at])
            at += 1
        quotes = Spans((q.start, q.end) for q in quotations_in(text, unit.start, unit.end))
        own = [each for each in inside if each.start not in quotes]
        kept += own or inside
    return [*kept, *references[at:]]


def _units(text: str) -> Iterator[_Unit]:
    """Yield the sentences of a text, those that one quotation runs through as one."""
    first = 0
    for stop in [*PARAGRAPH.finditer(text), None]:
        last = stop.start() if stop else len(text)
        quotes = Spans((q.start, q.end) for q in quotations_in(text, first, last))
        start: int | None = None
        for a, b in sentences(text[first:last]):
            start = first + a if start is None else start
            if first + b not in quotes:
                yield _Unit(start, first + b)
                start = None
        if start is not None:
            yield _Unit(start, last)
        first = stop.end() if stop else last


def _claims(text: str, units: Sequence[_Unit], anchors: Sequence[_Anchor]) -> list[Cited]:
    """Give each anchored citation its claim."""
    found: list[Cited] = []
    between: list[_Anchor] = []
    before: _Unit | None = None
    at = 0
    for unit in units:
        held: list[_Anchor] = []
        while at < len(anchors) and anchors[at].start < unit.end:
            (held if anchors[at].start >= unit.start else between).append(anchors[at])
            at += 1
        if held:
            groups = _groups(text, held)
            for i, quotes in enumerate(_quotations_of(text, unit, groups)):
                claim = _quoted(quotes) if quotes else _claim_of(text, unit, groups, i, before)
                found += [Cited(each.reference, claim, each.note) for each in groups[i]]
        before = unit
    # What stands between two sentences, such as a mark behind the full stop, ends the one before.
    found += [Cited(each.reference, None, each.note) for each in (*between, *anchors[at:])]
    return found


def _groups(text: str, anchors: Sequence[_Anchor]) -> list[list[_Anchor]]:
    """Put together citations that nothing parts but a comma, "and" or "see also"."""
    groups = [[anchors[0]]]
    for last, each in pairwise(anchors):
        between = text[last.end : each.start]
        if each.start <= last.end or _BETWEEN.fullmatch(between):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _claim_of(
    text: str, unit: _Unit, groups: Sequence[Sequence[_Anchor]], i: int, before: _Unit | None
) -> Claim | None:
    """Return the claim of group `i` of a sentence without its quotations: before it, or behind."""
    start = groups[i - 1][-1].end if i else unit.start
    stop = max(each.end for each in groups[i])
    following = groups[i + 1][0].start if i + 1 < len(groups) else unit.end
    first = groups[i][0].start
    alone = len(groups) == 1
    stretches = [(start, first), (stop, following)] if alone else [(start, first)]
    for spans in (stretches, [(stop, following)] if i + 1 == len(groups) else []):
        said = _said(text, spans)
        if len(keys(said)) >= _LEAST_WORDS:
            return Claim(said)
    return _claim_before(text, unit, before) if before is not None and i == 0 else None


def _quotations_of(
    text: str, unit: _Unit, groups: Sequence[Sequence[_Anchor]]
) -> list[list[Quotation]]:
    """Return the quoted words of each group of a sentence: before it, else behind it.

    Words that the group before has, which stand behind it, are another's only where it has none.
    """
    starts = [unit.start, *(max(each.end for each in group) for group in groups)]
    stops = [*(group[0].start for group in groups), unit.end]
    stretches = [
        quotations_in(text, start, stop) for start, stop in zip(starts, stops, strict=True)
    ]
    all_follow = not stretches[0] and bool(stretches[-1])
    found: list[list[Quotation]] = []
    is_taken = False
    for before, behind, start, stop in zip(
        stretches, stretches[1:], starts[1:], stops[1:], strict=False
    ):
        follows = all_follow or stop == unit.end or _SAYS.match(text, start, stop)
        if before and not is_taken:
            found.append(before)
        elif behind and follows:
            is_taken = True
            found.append(behind)
            continue
        else:
            found.append(before)
        is_taken = False
    return found


def _claim_before(text: str, unit: _Unit, before: _Unit) -> Claim | None:
    """Return the claim of a sentence that is nothing but its citation: the sentence before it."""
    if PARAGRAPH.search(text, before.end, unit.start):
        return None
    if find_references(text[before.start : before.end]):
        return None
    if quotes := quotations_in(text, before.start, before.end):
        return _quoted(quotes)
    said = _said(text, [(before.start, before.end)])
    return Claim(said) if len(keys(said)) >= _LEAST_WORDS else None


def _quoted(quotes: Sequence[Quotation]) -> Claim:
    return Claim(" … ".join(each.text for each in quotes), tuple(quotes))


def _said(text: str, spans: Sequence[tuple[int, int]]) -> str:
    stretches = (_DATED.sub("", MARK.sub("", text[start:end])) for start, end in spans)
    pieces = [stretch.strip(" \t\n,;:()[]") for stretch in stretches]
    joined = re.sub(r"\s+", " ", " ".join(piece for piece in pieces if piece))
    return without_reporting(joined).rstrip(" .")
