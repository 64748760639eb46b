"""The filters of the page: the same values as a search's, in a panel that opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from search_api.schemas import Filters
from ui.parts.cards import line, own_names
from ui.see import state as address
from ui.see.state import SeeState
from ui.service import connection
from ui.wording import common
from ui.wording import see as texts

__all__ = ["show"]

_FACETS = ("kind", "body", "country", "language")
_KEY = "see-{name}"


def show(state: SeeState) -> None:
    """Draw the panel, closed; its label says how many filters there are."""
    search = state.search
    chosen = sum(len(getattr(search, facet)) for facet in (*_FACETS, "status", "symbol"))
    chosen += search.year_from is not None or search.year_to is not None
    label = texts.FILTERED.format(count=chosen) if chosen else texts.NO_FILTERS
    held = connection.facets(Filters())
    with st.expander(label), st.container(key="see-filters"):
        for facet in _FACETS:
            _facet(state, facet, {v.value: v.label or v.value for v in getattr(held, facet)})
        years = sorted({int(v.value) for v in held.year if v.value.isdecimal()}, reverse=True)
        _years(state, years)
        if search.symbol:
            st.html(str(line(texts.SYMBOLS.format(symbols=", ".join(search.symbol)))))
        if chosen:
            st.button(common.CLEAR_FILTERS, key="see-clear", on_click=_clear)


def _facet(state: SeeState, facet: str, labels: dict[str, str]) -> None:
    chosen = list(getattr(state.search, facet))
    names = labels | dict(own_names().get(facet, {}))
    key = _KEY.format(name=facet)
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.multiselect(
        common.FACET_LABELS[facet],
        list(dict.fromkeys([*labels, *chosen])),
        format_func=lambda value: names.get(value, value),
        placeholder=common.FACET_PLACEHOLDERS[facet],
        key=key,
        on_change=_changed,
        args=(facet,),
    )


def _years(state: SeeState, known: list[int]) -> None:
    for name, label in (("year_from", common.YEAR_FROM), ("year_to", common.YEAR_TO)):
        chosen = getattr(state.search, name)
        key = _KEY.format(name=name)
        if st.session_state.get(key) != chosen or key not in st.session_state:
            st.session_state[key] = chosen
        st.selectbox(
            label,
            sorted({*known, *([chosen] if chosen else [])}, reverse=True),
            index=None,
            placeholder=common.ANY_YEAR,
            format_func=str,
            key=key,
            on_change=_changed,
            args=(name,),
        )


def _changed(name: str) -> None:
    """Carry one control's new value into the address."""
    value = st.session_state[_KEY.format(name=name)]
    changed: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value}
    state = address.read()
    search = replace(state.search, **changed)
    if search.year_from is not None and search.year_to is not None:
        first, last = sorted((search.year_from, search.year_to))
        search = replace(search, year_from=first, year_to=last)
    address.write(replace(state, search=search))


def _clear() -> None:
    state = address.read()
    address.write(replace(state, search=state.search.without_filters()))
