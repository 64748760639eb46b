"""Every page by axe: in light and dark, on a wide screen and on a phone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.browser.visiting import becomes, visit
from ui.frame.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

OPENED = {"search": "?q=bold+detention", "read": "read?at=X_IRC_40_12:en:11"}
"""Pages that show more when something is asked."""

SCHEMES: dict[Literal["light", "dark"], dict[str, list[str]]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast"]},
}
"""In the dark only colours differ."""

GROUNDS = {"light": "rgb(253, 253, 252)", "dark": "rgb(22, 25, 29)"}
SETTLED = """async () => {
  const colours = () => [...document.querySelectorAll("button, a, p, h1")]
    .map(each => getComputedStyle(each).color).join();
  let before = "", now = colours();
  while (before !== now) {
    await new Promise(done => setTimeout(done, 120));
    [before, now] = [now, colours()];
  }
  return getComputedStyle(document.querySelector(".stApp")).backgroundColor;
}"""
"""Streamlit's own controls take the other colours a moment after the page does."""

LOOKS = 4
"""A second apart. What stays is a fault; what stood between two drawings is none."""

WIDTHS = (1440, 390)
COUNTED = {"serious", "critical"}

OURS_NOT: dict[str, str] = {}
"""Rule of axe → why what it finds is not ours to mend; printed with the findings."""


@pytest.mark.parametrize("room", [room.path for room in PAGES])
def test_axe_finds_nothing_serious(page: Page, address: str, room: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{address}/{OPENED.get(room, room)}")
    page.locator("h1").first.wait_for(state="attached")
    if room == "search":
        page.locator("article").nth(8).wait_for()
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            becomes(partial(page.evaluate, SETTLED), GROUNDS[scheme])
            options = {"resultTypes": ["violations"], **rules}
            for _ in range(LOOKS):
                said = _serious(axe.run(page, options=options).response)
                if not said:
                    break
                page.wait_for_timeout(1_000)
            found += [f"{width} {scheme}: {each}" for each in said]
    assert not found, "\n".join(found)


def _serious(answer: dict[str, Any]) -> list[str]:
    said = []
    for violation in answer["violations"]:
        if violation["impact"] not in COUNTED:
            continue
        for node in violation["nodes"]:
            what = f"{violation['id']} {node['html'][:160]} {node['failureSummary'][:200]}"
            if violation["id"] in OURS_NOT:
                print(f"left: {what} ({OURS_NOT[violation['id']]})")  # noqa: T201
            else:
                said.append(what)
    return said
