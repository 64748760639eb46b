"""Lists in pages: where one starts stands in the address, with what else is there."""

from __future__ import annotations

import streamlit as st

from ui.wording import corpus as texts

__all__ = ["FROM", "PER_PAGE", "buttons", "offset"]

PER_PAGE = 25
FROM = "from"
_MAX_OFFSET = 1_000_000


def offset() -> int:
    """Return how many of a list are passed over."""
    given = st.query_params.get(FROM, "0")
    return min(int(given), _MAX_OFFSET) if given.isascii() and given.isdecimal() else 0


def buttons(shown: int, total: int) -> None:
    """Draw what leads to the pages before and after."""
    first = offset()
    with st.container(horizontal=True, key="turn-pages"):
        if first:
            back = max(0, first - PER_PAGE)
            st.button(texts.PREVIOUS, key="previous", on_click=_go, args=(back,))
        if shown and first + shown < total:
            st.button(texts.MORE, key="more", on_click=_go, args=(first + PER_PAGE,))


def _go(first: int) -> None:
    if first:
        st.query_params[FROM] = str(first)
    else:
        st.query_params.pop(FROM, None)
