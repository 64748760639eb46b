"""The paragraph in hand: its citation and standing, and what can be done with it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import streamlit as st

from search_api.schemas import Reading
from ui.collect.control import add_to_collection
from ui.parts.cards import citation, line
from ui.parts.copy_button import copy_buttons
from ui.parts.markup import element
from ui.parts.standing import badges
from ui.read import sheet
from ui.table import rows as table_rows
from ui.wording import common
from ui.wording import lineage as lineage_texts
from ui.wording import read as texts
from ui.wording import table as table_texts

__all__ = ["show"]


def show(reading: Reading) -> None:
    """Draw the citation of the marked paragraph, and what can be done with it."""
    passage = reading.passage
    if passage is None:
        st.html(str(line(texts.NOTHING_MARKED)))
        return
    marked = sheet.marked_paragraph(reading)
    words = passage.text if marked is None else marked.text
    to = common.SECTION_JOIN.join(passage.section)
    addressees = ", ".join(passage.addressees)
    st.html(
        str(
            element(
                "section",
                element("p", citation(passage), *badges(passage), class_="p-head"),
                element("p", to, class_="p-line p-under", dir="auto") if to else None,
                line(texts.ADDRESSED_TO.format(addressees=addressees)) if addressees else None,
                aria_label=texts.MARKED,
            )
        )
    )
    with st.container(horizontal=True, key="actions-read", vertical_alignment="center"):
        copy_buttons(
            {
                common.COPY_CITATION: passage.citation,
                common.COPY_TEXT: f"“{words}” ({passage.citation})",
            },
            key=f"copy-{passage.passage_id}",
        )
        held = table_rows.holds(passage.passage_id)
        st.button(
            table_texts.IN_TABLE if held else table_texts.ADD,
            key="read-table",
            type="tertiary",
            disabled=held,
            on_click=table_rows.add,
            args=(passage.passage_id,),
        )
        add_to_collection(passage.passage_id, "read")
        if count := table_rows.just_added():
            one = table_texts.COUNT_ONE if count == 1 else table_texts.COUNT
            st.toast(one.format(count=count))
        named = quote(passage.passage_id, safe="")
        for label, to in (
            (texts.SIMILAR, f"./?{urlencode({'similar': passage.passage_id})}"),
            (lineage_texts.OPEN, f"lineage?passage={named}"),
            (texts.COMPARE, f"compare?first={named}"),
        ):
            st.link_button(label, to, type="tertiary")
