"""The filters at the side: every value with its count, and how the hits are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from search_api.schemas import Facets, FacetValue, Filters
from ui.parts.cards import Labels, own_names
from ui.parts.markup import element
from ui.search import address
from ui.search.state import PER_PAGE, PageState
from ui.wording import common as texts
from ui.wording import search as search_texts

__all__ = ["Choices", "changed", "clear", "names", "read_choices", "seed", "show"]

_LABELS = "labels of {name}"

FACETS = ("kind", "body", "country", "language", "status")


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by.

    Attributes:
        everything: All values, counted over the whole index; names and years come from here.
        left: Values counted under the filters of the *other* facets. Values of one facet are
            alternatives, so this is what choosing a further one would add. Of the passages that
            a question ranks, where there is one.
    """

    everything: Facets
    left: Facets

    @property
    def labels(self) -> Labels:
        """Names for people, by facet and value."""
        return {
            facet: {v.value: _name(facet, v) for v in getattr(self.everything, facet)}
            for facet in FACETS
        }


def read_choices(
    state: PageState, counted: Facets | None, facets: Callable[[Filters], Facets]
) -> Choices:
    """Return the counts, over everything and under the filters of the state.

    Args:
        state: What is shown.
        counted: What an answer counted; None where nothing was asked.
        facets: Asks the service.
    """
    everything = facets(Filters())
    if counted is None:
        counted = facets(state.filters) if state.filtered else everything
    return Choices(everything, counted)


def show(state: PageState, choices: Choices | None) -> None:
    """Draw the panel; without choices, where the service is away, what is chosen stays visible."""
    st.html(str(element("h2", texts.FILTERS, class_="p-side")))
    for facet in FACETS:
        _facet(state, choices, facet)
    _years(state, choices)
    if state.symbol:
        seed("symbol", list(state.symbol))
        st.multiselect(
            texts.SYMBOL_LABEL, state.symbol, key="symbol", on_change=changed, args=("symbol",)
        )
    if choices is not None and (state.filtered or choices.left.counted == "candidates"):
        of_question = choices.left.counted == "candidates"
        note = search_texts.COUNTS_OF_QUESTION if of_question else texts.COUNTS_NOTE
        st.html(str(element("p", note, class_="p-line")))
    if state.filtered:
        st.button(texts.CLEAR_FILTERS, key="clear-side", on_click=clear)
    st.html(str(element("h2", texts.SHOWING, class_="p-side")))
    seed("grouped", state.grouped)
    st.toggle(texts.GROUP, key="grouped", on_change=changed, args=("grouped",))
    seed("k", state.k)
    st.selectbox(
        texts.PER_PAGE, sorted({*PER_PAGE, state.k}), key="k", on_change=changed, args=("k",)
    )
    seed("signals", state.signals)
    st.selectbox(
        texts.SIGNALS_LABEL,
        list(texts.SIGNALS),
        format_func=texts.SIGNALS.__getitem__,
        key="signals",
        on_change=changed,
        args=("signals",),
    )
    seed("explain", state.explain)
    st.toggle(
        texts.EXPLAIN, key="explain", help=texts.EXPLAIN_HELP, on_change=changed, args=("explain",)
    )
    seed("rerank", state.rerank)
    st.checkbox(
        texts.RERANK,
        key="rerank",
        help=texts.RERANK_HELP,
        on_change=changed,
        args=("rerank",),
    )


def clear() -> None:
    """Take all filters away and keep the search."""
    address.write(address.read().without_filters())


def names(field: str, value: str, labels: Labels) -> str:
    """Return a value of a field for people, by the page's own name for it first."""
    return own_names().get(field, {}).get(value) or labels.get(field, {}).get(value) or value


def option_label(label: str, count: int | None) -> str:
    """Write a value with its count; without, where it is not known."""
    form = texts.FACET_OPTION_UNKNOWN if count is None else texts.FACET_OPTION
    return form.format(label=label, passages=count)


def _facet(state: PageState, choices: Choices | None, facet: str) -> None:
    chosen: tuple[str, ...] = getattr(state, facet)
    counts: dict[str, int] = {}
    labels = dict(own_names().get(facet, {}))
    options = list(chosen)
    if choices is not None:
        labels |= choices.labels[facet]
        counts = {v.value: v.passages for v in getattr(choices.left, facet)}
        nowhere = [v.value for v in getattr(choices.everything, facet) if v.value not in counts]
        known = [*counts, *nowhere]
        options = [*known, *(value for value in chosen if value not in known)]
    seed(facet, list(chosen))
    st.multiselect(
        texts.FACET_LABELS[facet],
        options,
        format_func=lambda value: _remembered(
            facet,
            value,
            option_label(labels.get(value) or value, counts.get(value, 0) if choices else None),
        ),
        placeholder=texts.FACET_PLACEHOLDERS[facet],
        key=facet,
        on_change=changed,
        args=(facet,),
        select_all=False,
    )


def _years(state: PageState, choices: Choices | None) -> None:
    known = _by_year(choices.everything) if choices else {}
    left = _by_year(choices.left) if choices else {}
    chosen = {year for year in (state.year_from, state.year_to) if year is not None}
    options = sorted({*known, *chosen}, reverse=True)
    for name, label in (("year_from", texts.YEAR_FROM), ("year_to", texts.YEAR_TO)):
        seed(name, getattr(state, name))
        st.selectbox(
            label,
            options,
            index=None,
            placeholder=texts.ANY_YEAR,
            format_func=partial(_year_label, name, left if choices else None),
            key=name,
            on_change=changed,
            args=(name,),
        )


def _name(facet: str, value: FacetValue) -> str:
    """Return a value's name: the page's own, which can be translated, before the service's."""
    return own_names().get(facet, {}).get(value.value) or value.label or value.value


def _year_label(name: str, left: dict[int, int] | None, year: int) -> str:
    return _remembered(
        name, year, option_label(str(year), None if left is None else left.get(year, 0))
    )


def _remembered(name: str, value: object, label: str) -> str:
    """Return a label, and know later what it stood for.

    A browser names what is chosen by its label. The labels have counts, so that it may still send
    one of an earlier drawing, which Streamlit then gives as if it were the value.
    """
    st.session_state.setdefault(_LABELS.format(name=name), {})[label] = value
    return label


def _by_year(facets: Facets) -> dict[int, int]:
    return {int(v.value): v.passages for v in facets.year if v.value.isdecimal()}


def changed(name: str) -> None:
    """Carry one control's new value into the address, and start from the first hit."""
    given = st.session_state[name]
    known = st.session_state.get(_LABELS.format(name=name), {})
    value = (
        tuple(known.get(each, each) for each in given)
        if isinstance(given, list)
        else known.get(given, given)
    )
    before = address.read()
    if getattr(before, name) == value:
        return
    new: dict[str, Any] = {name: value}
    state = replace(before, **new, offset=0)
    if state.year_from is not None and state.year_to is not None:
        earliest, latest = sorted((state.year_from, state.year_to))
        state = replace(state, year_from=earliest, year_to=latest)
    address.write(state)


def seed(key: str, value: object) -> None:
    """Let a control show what the address says.

    Written only on a difference, so that what is being typed elsewhere is not disturbed.
    """
    if st.session_state.get(key) != value or key not in st.session_state:
        st.session_state[key] = value
