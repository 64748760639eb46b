"""Going to a page as people do: nobody types in the frame in which a box appears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_DRAWING = "[data-test-script-state=running]"
_PATIENCE_MS = 5_000
"""Of a click: some pages are being drawn for as long as something goes on, and can be clicked."""

_IDLE = "() => new Promise(done => requestIdleCallback(() => setTimeout(done, 50)))"


def visit(page: Page, url: str) -> None:
    """Go to a page and wait until it is drawn whole and its scripts have nothing to do.

    On a computer with other work to do, what a program types before that is overwritten when the
    box's own script comes to it, and a button that is pressed while the page is being drawn can
    meet places that are not there yet.
    """
    page.goto(url)
    settle(page)


def settle(page: Page) -> None:
    """Wait until a page that was asked for is drawn whole and its scripts have nothing to do."""
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.locator("h1").first.wait_for()
    page.evaluate(_IDLE)


@contextmanager
def clicking_when_drawn() -> Iterator[None]:
    """Let clicks wait for the page that the last one asked for."""
    from playwright.sync_api import Locator
    from playwright.sync_api import TimeoutError as NotInTimeError

    plain = Locator.click

    def click(locator: Locator, **options: Any) -> None:
        with suppress(NotInTimeError):
            drawing = locator.page.locator(_DRAWING)
            drawing.wait_for(state="detached", timeout=_PATIENCE_MS)
        plain(locator, **options)

    with patch.object(Locator, "click", click):
        yield
