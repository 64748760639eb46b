"""The corpus page in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visiting import settle, shows, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]


def test_the_corpus_page_is_a_click_away_and_lists_documents(
    page: Page, address: str, screenshots: Path
) -> None:
    visit(page, address)
    page.locator("h1").wait_for()
    page.get_by_role("link", name="Corpus").click()
    page.get_by_role("radio", name="How well they were read").click()
    first = page.locator('article[data-document="X_IRC_1:en"]')
    shows(first, "paragraph numbers 1, 4 missing")
    page.get_by_text("Files that could not be read (2)").wait_for()
    page.screenshot(path=str(screenshots / "corpus.png"))
    page.get_by_role("button", name="More").click()
    page.locator('article[data-document="X_IRC_30:en"]').wait_for()
    page.reload()
    page.locator('article[data-document="X_IRC_26:en"]').wait_for()
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Question, pasted paragraph").wait_for()


def test_the_corpus_page_fits_a_telephone(page: Page, address: str, screenshots: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, f"{address}/corpus?view=quality")
    page.locator('article[data-document="X_IRC_1:en"]').wait_for()
    settle(page)
    page.screenshot(path=str(screenshots / "corpus-phone.png"))
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
