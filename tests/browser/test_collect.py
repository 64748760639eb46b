"""Keeping a hit, finding it again on its page, and taking it along, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from search_api.schemas import LibraryFile
from tests.browser.visiting import settle, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]


def test_a_hit_is_kept_found_again_and_taken_along(
    page: Page, address: str, screenshots: Path, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/?q=conversation+guards")
    hit = page.locator('[class*="st-key-card-"]').filter(
        has=page.locator('article[data-passage="X_IRC_40_12:en:11"]')
    )
    hit.get_by_role("button", name="Add to collection").click()
    name = page.get_by_label("Name", exact=True)
    name.fill("Counsel & guards")
    page.get_by_label("Note", exact=True).fill("Ask for this again.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added.", exact=True)).to_be_visible()
    page.screenshot(path=screenshots / "collect-add-1440.png")
    page.get_by_role("link", name="Counsel & guards").click()

    kept = page.locator('article[data-passage="X_IRC_40_12:en:11"]')
    expect(kept).to_contain_text("Ask for this again.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Counsel & guards")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file for Precedent").click()
    file = tmp_path / "collection.json"
    download.value.save_as(file)
    (held,) = LibraryFile.model_validate(json.loads(file.read_text())).collections
    assert [entry.note for entry in held.entries] == ["Ask for this again."]

    # By keyboard alone: out it goes, and comes back.
    page.get_by_role("button", name="Remove", exact=True).focus()
    page.keyboard.press("Enter")
    expect(kept).to_have_count(0)
    page.get_by_role("button", name="Put it back").focus()
    page.keyboard.press("Enter")
    expect(kept).to_be_visible()
    expect(page.get_by_text("Nothing in it yet")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(kept).to_be_visible()
    settle(page)
    page.screenshot(path=screenshots / "collect-390.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
