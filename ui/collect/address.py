"""Addresses of this page's views, and links to other pages, in the reader's language."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ui.wording.language import carried

__all__ = ["chosen", "go", "href"]

_MOST_DIGITS = 15


def chosen(name: str) -> int | None:
    """Return the number that a parameter of the address has, or None."""
    given = st.query_params.get(name, "")
    if given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS:
        return int(given) or None
    return None


def go(**params: str) -> None:
    """Show another view of this page; only the language stays."""
    st.query_params.from_dict({**carried(), **params})


def href(page: str, **params: str) -> str:
    """Return the address of another page, relative to this one."""
    return f"{page}?{urlencode({**params, **carried()})}"
