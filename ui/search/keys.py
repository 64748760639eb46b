"""The slash key, which puts the cursor into the question, and the way up to newly shown hits.

A button's shortcut could only ask the server; what is wanted happens in the browser alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["show"]

_SCRIPT = """
const busy = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox]";
let shown = null;
export default function ({ data, parentElement }) {
  const onKey = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(busy)) return;
    const box = document.querySelector(
      ".st-key-question-row input, .st-key-question-row textarea");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  };
  document.addEventListener("keydown", onKey);
  if (shown !== null && shown !== data.page) {
    const list = document.querySelector(".st-key-found");
    if (list && list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: "start" });
  }
  shown = data.page;
  parentElement.querySelector("span").dataset.listens = "";
  return () => document.removeEventListener("keydown", onKey);
}
"""


def show(page: int) -> None:
    """Draw nothing, and listen.

    Args:
        page: Place of the first hit; where it changes, the hits are shown from their top.
    """
    _component()(key="keys", data={"page": page}, width="content")


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "precedent_keys", html="<span></span>", js=_SCRIPT, isolate_styles=False
    )
