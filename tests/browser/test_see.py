"""The page of trends in a real browser."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.browser.visiting import becomes, settle, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

BAR = 'path[aria-roledescription="bar"][aria-label^="23 of 25"]'


def _saved(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_trend_is_drawn_taken_away_and_leads_to_its_search(
    page: Page, address: str, screenshots: Path, tmp_path: Path
) -> None:
    visit(page, f"{address}/see?q=detention")
    page.locator(BAR).first.wait_for()
    with Image.open(_saved(page, "Image (PNG)", tmp_path)) as picture:
        assert picture.format == "PNG"
        assert picture.width > 1800
    written = _saved(page, "Data (CSV)", tmp_path).read_text(encoding="utf-8")
    rows = list(csv.DictReader(written.splitlines()))
    assert {"query": "detention", "year": "2021", "passages": "23"} in rows
    page.screenshot(path=str(screenshots / "see.png"), full_page=True)
    page.locator(BAR).first.click()
    page.get_by_label("Question, pasted paragraph").wait_for()
    becomes(lambda: page.url, f"{address}/?q=detention&year=2021..2021")


def test_trends_fit_a_telephone(page: Page, address: str, screenshots: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, f"{address}/see?q=detention&q=lawyer&how=meaning")
    page.locator('[aria-roledescription="rect mark container"]').first.wait_for()
    settle(page)
    page.screenshot(path=str(screenshots / "see-phone.png"))
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
