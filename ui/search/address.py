"""The address bar as the page's memory: read a `PageState` from it, write one to it.

A query too long for an address is kept for the time the page is open, with `long=1` in its place.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui.search.state import PageState
from ui.wording.language import carried

__all__ = ["lost_long_query", "read", "write"]

_LONG = "long"
_LONG_QUERY = "long-query"


def read() -> PageState:
    """Return the state that the address names."""
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    state = PageState.from_params(params)
    if _LONG in params:
        return replace(state, query=st.session_state.get(_LONG_QUERY, ""))
    return state


def write(state: PageState) -> None:
    """Put a state into the address; the page is drawn from it on the next run."""
    if state.fits_address():
        st.session_state.pop(_LONG_QUERY, None)
        st.query_params.from_dict({**state.to_params(), **carried()})
        return
    st.session_state[_LONG_QUERY] = state.query
    params = replace(state, query="").to_params()
    st.query_params.from_dict({**params, **carried(), _LONG: ["1"]})


def lost_long_query() -> bool:
    """Tell whether the address stands for a text that was too long to be in it."""
    return _LONG in st.query_params
