"""The filters at the side: every value with its count, and how the hits are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from search_api.schemas import Facets, FacetValue, Filters
from ui import address, texts
from ui.cards import Labels
from ui.markup import element
from ui.state import PER_PAGE, PageState

__all__ = ["Choices", "read_choices", "show"]

FACETS = ("kind", "body", "country", "language")
NAMES: Labels = {"kind": texts.KINDS, "language": texts.LANGUAGES}


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by.

    Attributes:
        everything: All values, counted over the whole index; names and years come from here.
        left: Values counted under the filters of the *other* facets. Values of one facet are
            alternatives, so this is what choosing a further one would add.
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


def read_choices(state: PageState, facets: Callable[[Filters], Facets]) -> Choices:
    """Ask for the counts, over everything and under the filters of the state."""
    everything = facets(Filters())
    return Choices(everything, facets(state.filters) if state.filtered else everything)


def show(state: PageState, choices: Choices | None) -> None:
    """Draw the panel; without choices, where the service is away, what is chosen stays visible."""
    st.html(str(element("h2", texts.FILTERS, class_="p-side")))
    for facet in FACETS:
        _facet(state, choices, facet)
    _years(state, choices)
    if state.symbol:
        _seed("symbol", list(state.symbol))
        st.multiselect(
            texts.SYMBOL_LABEL, state.symbol, key="symbol", on_change=_changed, args=("symbol",)
        )
    if state.filtered:
        if choices is not None:
            st.html(str(element("p", texts.COUNTS_NOTE, class_="p-line")))
        st.button(texts.CLEAR_FILTERS, key="clear-side", on_click=clear)
    st.html(str(element("h2", texts.SHOWING, class_="p-side")))
    _seed("grouped", state.grouped)
    st.toggle(texts.GROUP, key="grouped", on_change=_changed, args=("grouped",))
    _seed("k", state.k)
    st.selectbox(
        texts.PER_PAGE, sorted({*PER_PAGE, state.k}), key="k", on_change=_changed, args=("k",)
    )
    _seed("signals", state.signals)
    st.selectbox(
        texts.SIGNALS_LABEL,
        list(texts.SIGNALS),
        format_func=texts.SIGNALS.__getitem__,
        key="signals",
        on_change=_changed,
        args=("signals",),
    )


def clear() -> None:
    """Take all filters away and keep the search."""
    address.write(address.read().without_filters())


def option_label(label: str, count: int | None) -> str:
    """Write a value with its count; without, where it is not known."""
    form = texts.FACET_OPTION_UNKNOWN if count is None else texts.FACET_OPTION
    return form.format(label=label, passages=count)


def _facet(state: PageState, choices: Choices | None, facet: str) -> None:
    chosen: tuple[str, ...] = getattr(state, facet)
    counts: dict[str, int] = {}
    labels = dict(NAMES.get(facet, {}))
    options = list(chosen)
    if choices is not None:
        labels |= choices.labels[facet]
        counts = {v.value: v.passages for v in getattr(choices.left, facet)}
        options = [*counts, *(value for value in chosen if value not in counts)]
    _seed(facet, list(chosen))
    st.multiselect(
        texts.FACET_LABELS[facet],
        options,
        format_func=lambda value: option_label(
            labels.get(value) or value, counts.get(value, 0) if choices else None
        ),
        placeholder=texts.FACET_PLACEHOLDERS[facet],
        key=facet,
        on_change=_changed,
        args=(facet,),
        select_all=False,
    )


def _years(state: PageState, choices: Choices | None) -> None:
    known = _by_year(choices.everything) if choices else {}
    left = _by_year(choices.left) if choices else {}
    chosen = {year for year in (state.year_from, state.year_to) if year is not None}
    options = sorted({*known, *chosen}, reverse=True)
    for name, label in (("year_from", texts.YEAR_FROM), ("year_to", texts.YEAR_TO)):
        _seed(name, getattr(state, name))
        st.selectbox(
            label,
            options,
            index=None,
            placeholder=texts.ANY_YEAR,
            format_func=lambda year: option_label(
                str(year), left.get(year, 0) if choices else None
            ),
            key=name,
            on_change=_changed,
            args=(name,),
        )


def _name(facet: str, value: FacetValue) -> str:
    """Return a value's name: the page's own, which can be translated, before the service's."""
    return NAMES.get(facet, {}).get(value.value) or value.label or value.value


def _by_year(facets: Facets) -> dict[int, int]:
    return {int(v.value): v.passages for v in facets.year if v.value.isdecimal()}


def _changed(name: str) -> None:
    """Carry one control's new value into the address, and start from the first hit."""
    value = st.session_state[name]
    changed: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value}
    state = replace(address.read(), **changed, offset=0)
    if state.year_from is not None and state.year_to is not None:
        earliest, latest = sorted((state.year_from, state.year_to))
        state = replace(state, year_from=earliest, year_to=latest)
    address.write(state)


def _seed(key: str, value: object) -> None:
    """Let a control show what the address says.

    Written only on a difference, so that what is being typed elsewhere is not disturbed.
    """
    if st.session_state.get(key) != value or key not in st.session_state:
        st.session_state[key] = value
