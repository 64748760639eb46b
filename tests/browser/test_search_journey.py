"""From a question to a citation on the clipboard, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_page import (
    address_becomes,
    block,
    card,
    cards_become,
    choose,
    opened,
    passages,
)
from tests.browser.visiting import becomes, settle

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

LAWYERS = "detention lawyer"


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_search_filter_sort_cite(page: Page, address: str, screenshots: Path) -> None:
    from playwright.sync_api import expect

    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    opened(page, address)
    page.locator(".st-key-keys [data-listens]").wait_for(state="attached")
    page.locator("h1").click()
    page.keyboard.press("/")
    box = page.get_by_label("Question, pasted paragraph")
    expect(box).to_be_focused()
    box.press_sequentially(LAWYERS)
    box.press("Enter")
    card(page, "X_IRC_40_12:en:11").wait_for()

    # Counts follow the question, then the other filters.
    sidebar = page.get_by_test_id("stSidebar")
    kinds = sidebar.get_by_role("combobox", name="Kind of document")
    kinds.click()
    expect(page.get_by_role("option", name="Resolution (2)")).to_be_visible()
    page.keyboard.press("Escape")
    choose(page, "Language", "English")
    page.keyboard.press("Escape")
    card(page, "X_IRC_42_3:ar:6").wait_for(state="detached")
    choose(page, "Kind of document", "Resolution (2)")
    page.keyboard.press("Escape")
    cards_become(page, 2)
    sidebar.get_by_role("combobox", name="Language").click()
    expect(page.get_by_role("option", name="Arabic (0)")).to_be_visible()
    page.keyboard.press("Escape")

    # What is typed meanwhile is kept, and a filter is taken away above the hits.
    box.fill("something else")
    page.get_by_role("button", name="Language: English").click()
    address_becomes(page, {"q": [LAWYERS], "kind": ["resolution"]})
    expect(box).to_have_value("something else")

    page.get_by_test_id("stMain").get_by_role("combobox", name="Order of the hits").click()
    page.get_by_role("option", name="Oldest first").click()
    page.get_by_text("In this order: the 2 passages near enough").wait_for()
    becomes(lambda: passages(page), ["X_IRC_41_L.9:en:5", "X_IRC_RES_41_7:en:4"])
    address_becomes(page, {"q": [LAWYERS], "kind": ["resolution"], "sort": ["oldest"]})

    block(page, "X_IRC_RES_41_7:en:4").get_by_role("button", name="Cite").click()
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Copied").wait_for()
    becomes(lambda: '"format":"bibtex"' in copied(page).replace("\\", ""), True)
    page.screenshot(path=screenshots / "cite-1440.png")


def test_further_hits_are_shown_from_their_top(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    opened(page, address, q="detention")
    page.get_by_role("button", name="More", exact=True).click()
    found = page.get_by_text("Hits 11–20")
    expect(found).to_be_in_viewport()
    settle(page)
    buttons = page.locator('[class*="st-key-actions-0"]').first.locator("button, a")
    page.set_viewport_size({"width": 390, "height": 844})
    rows = """all => new Set(all.filter(e => e.checkVisibility())
        .map(e => Math.round(e.getBoundingClientRect().top / 12))).size"""
    becomes(lambda: buttons.evaluate_all(rows) in (1, 2), True)
    expect(page.get_by_role("button", name=re.compile("Earlier questions"))).to_be_visible()
