"""Buttons that put words on the clipboard, without asking anyone for anything.

The script is part of the page (no frame, no file fetched) and is the same for every reader; the
words reach it as data and are only ever given to the clipboard, never to the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from ui.wording import common as texts

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["copy_buttons"]

_SCRIPT = """
async function put(words) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(words);
    return;
  }
  const area = document.createElement("textarea");
  area.value = words;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("refused");
}
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector("div");
  root.className = "p-copy";
  root.setAttribute("aria-live", "polite");
  root.replaceChildren();
  for (const [label, words] of data.buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.onclick = async () => {
      try {
        await put(words);
        button.textContent = data.copied;
      } catch (refused) {
        button.textContent = data.failed;
      }
      setTimeout(() => { button.textContent = label; }, 1600);
    };
    root.append(button);
  }
}
"""


def copy_buttons(words: Mapping[str, str], *, key: str) -> None:
    """Draw a button for each entry, from its label to what it copies."""
    _component()(
        key=key,
        width="content",
        data={
            "buttons": list(words.items()),
            "copied": texts.COPIED,
            "failed": texts.COPY_FAILED,
        },
    )


@cache
def _component() -> ComponentRenderer:
    # Not isolated, so that style.css and the reader's theme reach the buttons.
    return st.components.v2.component(
        "precedent_copy", html="<div></div>", js=_SCRIPT, isolate_styles=False
    )
