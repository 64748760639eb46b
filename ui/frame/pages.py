"""The list of pages. A further page is a line here and its names in `ui.wording.en.frame`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

__all__ = ["PAGES", "Room"]


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the interface.

    Attributes:
        path: Its address under the root; the first page of the list answers at the root too.
        module: Where its `show` function is; read when the page is first opened.
        in_menu: Whether the frame links to it; else only what it shows does.
    """

    path: str
    module: str
    in_menu: bool = True

    @property
    def draw(self) -> Callable[[], None]:
        """Return what draws it."""

        def show() -> None:
            import_module(self.module).show()

        return show


PAGES = (
    Room("search", "ui.search.page"),
    Room("draft", "ui.draft.page"),
    Room("verify", "ui.verify.page"),
    Room("table", "ui.table.page"),
    Room("compare", "ui.compare.page"),
    Room("lineage", "ui.lineage.page"),
    Room("see", "ui.see.page"),
    Room("collections", "ui.collect.page"),
    Room("corpus", "ui.corpus.page"),
    Room("read", "ui.read.page", in_menu=False),
)
"""In the order of the menu."""
