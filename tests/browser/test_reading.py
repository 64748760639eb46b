"""The reading page in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visiting import becomes, settle, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

WHERE = "read?document=X_IRC_40_12:en&at=X_IRC_40_12:en:11&q=lawyer"


def marked(page: Page) -> Locator:
    return page.locator(".p-par.p-marked")


def in_view(page: Page, chosen: str) -> bool:
    """Tell whether the first of what is chosen stands within the window, below what stays."""
    script = """s => { const b = document.querySelector(s).getBoundingClientRect();
        return b.top >= 0 && b.top < window.innerHeight; }"""
    return bool(page.evaluate(script, chosen))


def framed_at(page: Page) -> tuple[float, float]:
    """Where the frame begins, across and down, in parts of the page image."""
    across, down = page.evaluate(
        """() => {
          const [frame, sheet] = [".p-framed", ".p-sheet"]
            .map(each => document.querySelector(each)?.getBoundingClientRect());
          return frame && sheet
            ? [(frame.x - sheet.x) / sheet.width, (frame.y - sheet.y) / sheet.height]
            : [-1, -1];
        }"""
    )
    return across, down


def test_a_paragraph_is_read_beside_its_page_and_others_are_reached(
    page: Page, address: str, screenshots: Path
) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/{WHERE}")
    expect(marked(page)).to_contain_text("In none of the places of detention")
    image = page.locator(".p-sheet img")
    expect(image).to_be_visible()
    becomes(lambda: image.evaluate("i => i.complete && i.naturalWidth"), 60)
    becomes(lambda: framed_at(page), pytest.approx((57 / 600, 97 / 800), abs=0.01))
    page.screenshot(path=str(screenshots / "read.png"))
    # By its number, by keyboard, by the margin, by the page: each stands in the address.
    jump = page.get_by_label("Paragraph", exact=True)
    jump.fill("30")
    jump.press("Enter")
    expect(marked(page)).to_contain_text("Detention register 30")
    expect(page).to_have_url(re.compile("at=X_IRC_40_12%3Aen%3A30"))
    becomes(lambda: in_view(page, ".p-marked"), True)
    expect(page.locator(".p-framed")).to_have_count(1)
    page.get_by_role("heading", name="Report of the Special").click()
    page.keyboard.press("Alt+ArrowDown")
    expect(marked(page)).to_contain_text("Detention register 31")
    page.get_by_role("link", name="Paragraph 32: mark it").click()
    expect(marked(page)).to_contain_text("Detention register 32")
    page.locator("a.p-frame").first.click()
    expect(marked(page)).not_to_contain_text("Detention register 32")
    page.go_back()
    expect(marked(page)).to_contain_text("Detention register 32")
    page.get_by_text("Outline").click()
    page.get_by_role("link", name="A. Courts and detention").click()
    expect(marked(page)).to_have_text(re.compile("A. Courts and detention"))


def test_reading_fits_a_telephone_with_the_page_behind_a_switch(
    page: Page, address: str, screenshots: Path
) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, f"{address}/{WHERE}")
    expect(marked(page)).to_be_visible(timeout=60_000)
    image = page.locator(".p-sheet img")
    expect(image).to_be_attached()
    expect(image).to_be_hidden()
    page.screenshot(path=str(screenshots / "read-phone.png"))
    page.get_by_text("Page image", exact=True).click()
    expect(image).to_be_visible()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.screenshot(path=str(screenshots / "read-phone-page.png"))
