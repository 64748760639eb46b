"""The script of the reading page: marks the paragraph in hand, and follows links in place.

Links to other paragraphs are ordinary links, which can be copied and opened in other tabs. Followed
in place they would load the whole page anew; the script hands them to the page instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["follow"]

_SCRIPT = """
const WAIT_MS = 8000;
function mark(data) {
  for (const old of document.querySelectorAll(".p-par.p-marked")) {
    if (old.id === data.here) continue;
    old.classList.remove("p-marked");
    old.removeAttribute("aria-current");
  }
  const found = data.here ? document.getElementById(data.here) : null;
  if (found && !found.classList.contains("p-marked")) {
    found.classList.add("p-marked");
    found.setAttribute("aria-current", "true");
  }
  return found;
}
function reveal(data, found) {
  if (found) {
    const box = found.getBoundingClientRect();
    const above = parseFloat(getComputedStyle(found).scrollMarginTop) || 0;
    if (box.top < above || box.bottom > window.innerHeight) {
      found.scrollIntoView({ block: box.height > window.innerHeight - above ? "start" : "center" });
      if (found.getBoundingClientRect().top < above) found.scrollIntoView({ block: "start" });
    }
  } else if (data.start) {
    document.querySelector(".p-reading")?.scrollIntoView({ block: "start" });
  }
}
// What stays in view takes its room: the text is scrolled to below it, the image fills the rest.
function fit() {
  const pane = document.querySelector(".st-key-read-pane");
  const sheet = pane?.querySelector(".p-sheet-frame");
  const narrow = window.innerWidth <= 760;
  const line = document.querySelector(".p-bar")?.getBoundingClientRect().height ?? 0;
  const above = narrow && pane ? pane.getBoundingClientRect().height + 12 : 26;
  document.documentElement.style.setProperty("--p-above", `${above}px`);
  if (!sheet) return;
  const inside = sheet.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  const left = narrow ? window.innerHeight * 0.4 : window.innerHeight - inside - line - 40;
  sheet.style.maxHeight = `${Math.max(left, 240)}px`;
}
function frame(sheet) {
  const framed = sheet?.querySelector(".p-framed");
  if (framed) sheet.scrollTop = framed.offsetTop - sheet.clientHeight / 4;
}
export default function ({ data, parentElement, setTriggerValue }) {
  const app = document.querySelector(".stApp");
  const paper = getComputedStyle(app).backgroundColor;
  document.documentElement.style.setProperty("--p-paper", paper);
  const held = (parentElement.precedent ??= {});
  held.stop?.();
  const settle = () => {
    const found = mark(data);
    fit();
    const sheet = document.querySelector(".p-sheet-frame");
    if (sheet && sheet.dataset.seen !== data.view) {
      sheet.dataset.seen = data.view;
      frame(sheet);
    }
    const there = found || !data.here ? document.querySelector(".p-reading") : null;
    if (there && held.view !== data.view) {
      held.view = data.view;
      reveal(data, found);
    }
  };
  const watch = new MutationObserver(settle);
  watch.observe(app, { childList: true, subtree: true });
  const timer = setTimeout(() => watch.disconnect(), WAIT_MS);
  const click = (event) => {
    const link = event.target.closest?.("a[data-go], a[data-page]");
    const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || held || event.button || event.defaultPrevented) return;
    event.preventDefault();
    link.closest("details.p-outline")?.removeAttribute("open");
    if (link.dataset.page) setTriggerValue("page", link.dataset.page);
    else setTriggerValue("go", link.getAttribute("href").split("?")[1] ?? "");
  };
  document.addEventListener("click", click);
  window.addEventListener("resize", fit);
  held.stop = () => {
    watch.disconnect();
    clearTimeout(timer);
    document.removeEventListener("click", click);
    window.removeEventListener("resize", fit);
  };
  settle();
  return held.stop;
}
"""


def follow(
    *,
    here: str,
    view: str,
    start: bool,
    go: Callable[[], None],
    page: Callable[[], None],
    key: str,
) -> None:
    """Mark a paragraph, bring it into view, and call back when a link is followed.

    Args:
        here: id of the element of the paragraph in hand, or nothing.
        view: what is shown; nothing moves until it changes.
        start: where no paragraph is in hand, bring the beginning of the text into view.
        go: called when a link was followed; what stands behind its question mark is
            `st.session_state[key].go`.
        page: called when a page was asked for; its number is `st.session_state[key].page`.
        key: of the component.
    """
    _component()(
        key=key,
        data={"here": here, "view": view, "start": start},
        height="content",
        on_go_change=go,
        on_page_change=page,
    )


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "precedent_follow", html="<span></span>", js=_SCRIPT, isolate_styles=False
    )
