"""The search service goes while somebody writes, and comes back: nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.fake_api import FakeApi
from tests.browser.visiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

TYPED = "Nobody was told why (X/IRC/40/12, para. 11)."


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("", "Search"),
        ("draft", "Find precedents"),
        ("verify", "Check citations"),
        ("lineage", "Follow"),
    ],
)
def test_what_was_typed_stays(
    page: Page, address: str, api: FakeApi, path: str, button: str
) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/{path}")
    typed = page.get_by_test_id("stMain").locator("textarea, input[type=text]").first
    typed.wait_for()
    api.stop()
    try:
        typed.fill(TYPED)
        typed.press("Tab")
        page.get_by_test_id("stMain").get_by_role("button", name=button, exact=True).click()
        page.get_by_role("heading", name="The search service is away").wait_for()
        expect(typed).to_have_value(TYPED)
    finally:
        api.start()
    page.get_by_role("heading", name="The search service is away").wait_for(state="detached")
    expect(typed).to_have_value(TYPED)
