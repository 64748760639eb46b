"""The script that Streamlit runs: the frame around the pages, and the page that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from ui.frame.bar import bar
from ui.frame.pages import PAGES, Room
from ui.frame.tab import tab_title
from ui.parts.markup import element, join
from ui.wording import common as texts
from ui.wording import frame as frame_texts
from ui.wording import language

# The shared sheet, then those of single pages.
STYLES = sorted(Path(__file__).resolve().parent.rglob("style.css"), key=lambda p: len(p.parts))


def main() -> None:
    """Draw the page that the address names."""
    language.keep()
    for sheet in STYLES:
        st.html(sheet)
    # A string of a style sheet is quoted as one of JSON is, but knows no `\u0424`.
    filters = json.dumps(texts.FILTERS, ensure_ascii=False)
    st.html(f"<style>.stApp {{ --p-filters: {filters} }}</style>")
    pages = {room.path: _page(room) for room in PAGES}
    shown = st.navigation(list(pages.values()), position="hidden")
    here = next(room for room in PAGES if pages[room.path] == shown)
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    st.set_page_config(page_title=tab_title(here, params), layout="wide")
    top = bar(
        here,
        language=language.current(),
        carried=language.carried(),
        params=params,
    )
    with st.container(key="frame"):
        st.html(str(join([top, element("div", id="content", tabindex="-1")])))
    shown.run()


def _page(room: Room) -> st.Page:
    title = frame_texts.PAGES.get(room.path, room.path)
    return st.Page(room.draw, title=title, url_path=room.path, default=room is PAGES[0])


main()
