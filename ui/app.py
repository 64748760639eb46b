"""The script that Streamlit runs: the frame around the pages, and the list of them."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from ui import search_page, texts

STYLE = Path(__file__).resolve().parent / "style.css"


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title=texts.APP_NAME, page_icon="¶", layout="wide")
    st.html(STYLE)
    st.html(f"<style>.stApp {{ --p-filters: {json.dumps(texts.FILTERS)} }}</style>")
    pages = [st.Page(search_page.show, title=texts.SEARCH_PAGE, url_path="search", default=True)]
    st.navigation(pages, position="top" if len(pages) > 1 else "hidden").run()


main()
