"""From the filters of a request and of its query to the passages they allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.facets import FACETS, Selection
from indexer.snapshot import FacetColumns
from search_api.query.fields import FieldValue
from search_api.query.reading import ParsedQuery
from search_api.query.values import resolved, unknown_values
from search_api.schemas import ReadAs, ReadFilter

__all__ = ["Narrowing", "narrow", "read_as"]

Mask = NDArray[np.bool_]
_Span = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What filters come to.

    Attributes:
        selection: facet values a passage must have, as far as one selection can say it.
        mask: rows that all filters together allow, (n,) bool; None for all.
        read: filters of the query, in the values of the index.
        warnings: values that no document has.
    """

    selection: Selection
    mask: Mask | None
    read: tuple[ReadFilter, ...] = ()
    warnings: tuple[str, ...] = ()


def narrow(columns: FacetColumns, chosen: Selection, typed: Sequence[FieldValue]) -> Narrowing:
    """Join the filters of a request with those of its query: a passage must meet both.

    Values of one field are alternatives, and so are spans of years; spans that are open on
    opposite sides ("year:>=2015 year:<=2020") bound each other.
    """
    if not typed:
        return Narrowing(chosen, columns.mask(chosen))
    wanted = _values(columns, typed, excluded=False)
    unwanted = _values(columns, typed, excluded=True)
    spans = _bounded([each.value for each in _years(typed) if not each.excluded])
    left_out = [each.value for each in _years(typed) if each.excluded]
    allowed = columns.documents(chosen) & columns.documents(Selection(wanted, excluded=unwanted))
    if spans:
        allowed &= np.logical_or.reduce([_within(columns, span) for span in spans])
    for span in left_out:
        allowed &= ~_within(columns, span)
    read = [ReadFilter(field=field, values=values) for field, values in wanted.items()]
    read += [
        ReadFilter(field=field, values=values, excluded=True) for field, values in unwanted.items()
    ]
    if spans:
        read.append(ReadFilter(field="year", values=tuple(spans)))
    if left_out:
        read.append(ReadFilter(field="year", values=tuple(left_out), excluded=True))
    # A selection holds one span and one set of values a facet: where both sides give some, those of
    # the query; the mask is exact in any case.
    year_from, year_to = _hull(spans) if spans else (chosen.year_from, chosen.year_to)
    selection = Selection({**chosen.values, **wanted}, year_from, year_to, unwanted)
    warnings = unknown_values(columns, wanted) + unknown_values(columns, unwanted)
    if spans and not np.logical_or.reduce([_within(columns, span) for span in spans]).any():
        warnings.append(f"no document is of the year {' or '.join(map(_said, spans))}")
    return Narrowing(selection, columns.rows_of(allowed), tuple(read), tuple(warnings))


def read_as(parsed: ParsedQuery, narrowing: Narrowing | None) -> ReadAs:
    """Return what an answer tells of how its query was read."""
    return ReadAs(
        words=parsed.words,
        phrases=parsed.phrases,
        excluded=parsed.excluded,
        filters=narrowing.read if narrowing else (),
        symbol=parsed.symbol,
        paragraphs=parsed.paragraphs,
    )


def _years(typed: Sequence[FieldValue]) -> list[FieldValue]:
    return [each for each in typed if each.field == "year"]


def _values(
    columns: FacetColumns, typed: Sequence[FieldValue], *, excluded: bool
) -> dict[str, tuple[str, ...]]:
    values: dict[str, dict[str, None]] = {}
    for each in typed:
        if each.field in FACETS and each.excluded == excluded:
            found = resolved(each.field, each.value, columns.values[each.field].names)
            values.setdefault(each.field, {}).update(dict.fromkeys(found))
    return {field: tuple(found) for field, found in values.items()}


def _said(span: str) -> str:
    first, _, last = span.partition("..")
    return first if first == last else span


def _bounded(spans: Sequence[str]) -> list[str]:
    """Join a span open at its end and one open at its beginning where they overlap."""
    later = [each for each in spans if each.endswith("..")]
    earlier = [each for each in spans if each.startswith("..")]
    if len(later) == len(earlier) == 1 and later[0][:-2] <= earlier[0][2:]:
        both = f"{later[0]}{earlier[0][2:]}"
        return [both, *(each for each in spans if each not in (later[0], earlier[0]))]
    return list(dict.fromkeys(spans))


def _bounds(span: str) -> _Span:
    first, _, last = span.partition("..")
    return (int(first) if first else None), (int(last) if last else None)


def _within(columns: FacetColumns, span: str) -> Mask:
    return columns.documents(Selection({}, *_bounds(span)))


def _hull(spans: Sequence[str]) -> _Span:
    firsts, lasts = zip(*(_bounds(span) for span in spans), strict=True)
    return (
        None if None in firsts else min(each for each in firsts if each is not None),
        None if None in lasts else max(each for each in lasts if each is not None),
    )
