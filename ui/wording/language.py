"""The language of the interface: as the address says, else as chosen before, else the browser's."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

__all__ = ["LANGUAGES", "PARAMETER", "SOURCE", "carried", "current", "keep"]

SOURCE = "en"

LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "be": "Беларуская",
}
"""Code (ISO 639-1) → its name in itself; each has a package of words beside this module."""

PARAMETER = "lang"
"""Of the address. It stays there while pages change, so that a link is read as it was sent."""

_CHOSEN = "interface-language"


def current() -> str:
    """Return the language to write in; English outside of a page."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return SOURCE
    asked = st.query_params.get(PARAMETER, "")
    if asked in LANGUAGES:
        return asked
    chosen = st.session_state.get(_CHOSEN) or _of_browser(st.context.locale)
    return chosen if chosen in LANGUAGES else SOURCE


def keep() -> None:
    """Hold on to the language that the address names, and put it back where a page dropped it."""
    asked = st.query_params.get(PARAMETER, "")
    if asked in LANGUAGES:
        st.session_state[_CHOSEN] = asked
    elif _CHOSEN in st.session_state:
        st.query_params[PARAMETER] = st.session_state[_CHOSEN]


def carried() -> dict[str, str]:
    """Return what every address must keep of the present one: the language, where it is named."""
    asked = st.query_params.get(PARAMETER, "")
    return {PARAMETER: asked} if asked in LANGUAGES else {}


def _of_browser(locale: str | None) -> str:
    return (locale or "").partition("-")[0].lower()
