"""The filters in force, above the hits, each to be taken away by itself."""

from __future__ import annotations

import streamlit as st

from ui.parts.cards import Labels
from ui.parts.labels import plain_label
from ui.search import address, filters_panel
from ui.search.state import PageState
from ui.wording import common as texts
from ui.wording import search as search_texts

__all__ = ["show"]


def show(state: PageState, labels: Labels) -> None:
    """Draw a button for each filter value; nothing where none is chosen."""
    chosen = state.chosen
    if not chosen:
        return
    with st.container(horizontal=True, key="chips", gap="small"):
        for field, value in chosen:
            name = filters_panel.names(field, value, labels)
            words = search_texts.CHIP.format(field=search_texts.FIELDS[field], value=name)
            st.button(
                plain_label(words),
                key=f"chip-{field}-{value}",
                icon=":material/close:",
                on_click=_take_away,
                args=(field, value),
            )
        if len(chosen) > 1:
            st.button(
                texts.CLEAR_FILTERS,
                key="chips-clear",
                type="tertiary",
                on_click=filters_panel.clear,
            )


def _take_away(field: str, value: str) -> None:
    address.write(address.read().without(field, value))
