"""Somebody writes, looks something up on another page, and comes back to what was written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.browser.visiting import settle, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

TYPED = "Nobody was told why they were held, and nobody was asked."

CLICKS = 4


def go(page: Page, name: str) -> None:
    """Go to a page by the line on top; again where what was typed was on its way at the click."""
    from playwright.sync_api import TimeoutError as NotInTimeError

    there = page.locator(f'.p-pages [aria-current="page"]:text-is("{name}")')
    for _ in range(CLICKS):
        page.locator(".p-pages").get_by_role("link", name=name, exact=True).click()
        with suppress(NotInTimeError):
            there.wait_for(timeout=60_000 / CLICKS)
            break
    there.wait_for()
    settle(page)


def box(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMain").get_by_label(label, exact=True)


@pytest.mark.parametrize(
    ("path", "name", "label"),
    [
        ("draft", "Check a draft", "Draft"),
        ("verify", "Check citations", "Draft or citation"),
        ("table", "Table", "Title of the table"),
    ],
)
def test_what_was_typed_is_there_after_another_page(
    page: Page, address: str, path: str, name: str, label: str
) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/{path}")
    box(page, label).fill(TYPED)
    box(page, label).press("Tab")
    settle(page)
    go(page, "Lineage")
    page.get_by_role("heading", name="A paragraph over the years").wait_for()
    go(page, name)
    expect(box(page, label)).to_have_value(TYPED)


def test_back_shows_the_text_of_its_address(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    first, second = "Told why (X/IRC/40/12, para. 11).", "Asked (X/IRC/40/12, para. 12)."
    visit(page, f"{address}/verify")
    for text, there in ((first, "**para.+11*"), (second, "**para.+12*")):
        box(page, "Draft or citation").fill(text)
        page.get_by_role("button", name="Check citations", exact=True).click()
        page.wait_for_url(there)
        settle(page)
    page.go_back()
    page.wait_for_url("**para.+11*")
    expect(box(page, "Draft or citation")).to_have_value(first)
