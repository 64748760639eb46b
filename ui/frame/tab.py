"""What the browser's tab, a bookmark and the history call a page: what is shown on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.frame.pages import Room
from ui.wording import common as common_texts
from ui.wording import frame as texts

__all__ = ["tab_title"]

_NAMING = ("q", "document", "at", "passage", "name")
"""Parameters of an address that say what is shown, the first that is there counts."""

_MOST_CHARACTERS = 80


def tab_title(room: Room, params: Mapping[str, Sequence[str]]) -> str:
    """Name a page by what its address asks for."""
    page, app = texts.PAGES.get(room.path, room.path), common_texts.APP_NAME
    shown = next((params[name][0].strip() for name in _NAMING if params.get(name)), "")
    if not shown:
        return texts.TAB.format(page=page, app=app)
    if len(shown) > _MOST_CHARACTERS:
        shown = f"{shown[: _MOST_CHARACTERS - 1]}…"
    return texts.TAB_SHOWN.format(shown=shown, page=page, app=app)
