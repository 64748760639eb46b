"""Going to a page as people do: nobody types in the frame in which a box appears."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_DRAWING = "[data-test-script-state=running]"
_PATIENCE_MS = 5_000
"""Of a click: some pages are being drawn for as long as something goes on, and can be clicked."""

WAIT_S = 60
"""Longest wait for anything a test expects. A computer with other work to do is slow, not wrong; a
test says what must come, and `benchmarks.page` how soon."""

_LOOK_AGAIN_S = 0.05

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


def becomes(look: Callable[[], object], expected: object) -> None:
    """Wait until what is looked at is as expected, which a page comes to piece by piece.

    Between two drawings of a page, what moves stands there twice and what goes stands there still.
    """
    deadline = time.monotonic() + WAIT_S
    while (seen := look()) != expected and time.monotonic() < deadline:
        time.sleep(_LOOK_AGAIN_S)
    assert seen == expected


def shows(there: Locator, *parts: str) -> None:
    """Wait until the text of a place holds all these parts."""

    def missing() -> list[str]:
        text = there.inner_text()
        return [part for part in parts if part not in text]

    becomes(missing, [])


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
