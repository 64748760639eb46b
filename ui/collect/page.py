"""The page of collections and saved searches: all of them, one collection, or one search."""

from __future__ import annotations

import streamlit as st

from precedent_client import ServiceError
from ui.collect import address, asking, collection_view, overview, search_view
from ui.parts.markup import element
from ui.wording import collect as texts

__all__ = ["show"]


def show() -> None:
    """Draw the page; what is shown stands in the address."""
    collection_id, search_id = address.chosen("collection"), address.chosen("search")
    try:
        if collection_id is not None:
            _way_back()
            collection_view.show(collection_id)
        elif search_id is not None:
            _way_back()
            search_view.show(search_id)
        else:
            st.html(str(element("header", element("h1", texts.TITLE), class_="p-top")))
            st.html(str(element("p", texts.INTRO, class_="p-tips")))
            overview.show()
    except ServiceError as error:
        asking.tell(error)


def _way_back() -> None:
    icon = ":material/arrow_back:"
    st.button(texts.BACK, key="collect-back", type="tertiary", icon=icon, on_click=address.go)
