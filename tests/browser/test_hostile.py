"""Whatever a document contains is text, stays in its place, and pushes nothing off the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.fake_api import FakeApi
from tests.browser.visiting import settle, shows, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

SCRIPT = "<script>alert('text')</script><img src=x onerror=alert(1)><svg onload=alert(2)>"
MARKDOWN = "**bold** [a](javascript:alert(3)) $$\\frac{1}{2}$$ :red[x] :material/add:"
LONG_WORD = "e" * 500
STACK = "Z" + "\u0300\u0301\u0302\u0303\u0304" * 40 + "algo"
BIDI = "right \u202egnorw\u202c \u2067\u2066 \u200f"
EMOJI = "👩‍👩‍👧‍👧🏳️‍🌈"
BROKEN = "nul \x00 unit \x1f end \ufffe"
LONG = "A paragraph without an end. " * 3_600
TABLE = "\n".join("\t".join(f"cell {row}.{column}" for column in range(40)) for row in range(60))

KINDS = {
    "script": SCRIPT,
    "markdown": MARKDOWN,
    "long word": LONG_WORD,
    "stack": STACK,
    "bidi": BIDI,
    "emoji": EMOJI,
    "broken": BROKEN,
    "long": LONG,
    "table": TABLE,
}


@pytest.fixture
def hostile(api: FakeApi) -> Iterator[dict[str, str]]:
    """Add a passage of each kind to the invented corpus; return their ids."""
    kept = api.service.passages
    model = kept[0]
    api.service.passages = kept + [
        model.model_copy(
            update={
                "passage_id": f"H_{at}:en:1",
                "document_id": f"H_{at}:en",
                "symbol": f"H/{at}",
                "citation": f"H/{at}, para. {text[:300]}",
                "title": text[:2_000],
                "section": (text[:300],),
                "mandate": text[:300],
                "text": f"Zanzibar {text}",
            }
        )
        for at, text in enumerate(KINDS.values())
    ]
    yield {kind: f"H_{at}:en:1" for at, kind in enumerate(KINDS)}
    api.service.passages = kept


def card(page: Page, passage_id: str) -> Locator:
    return page.locator(f'article[data-passage="{passage_id}"]')


def sticks_out(page: Page) -> int:
    """Return by how many pixels the page can be pushed sideways."""
    by: int = page.evaluate(
        "Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(each => each.scrollWidth - each.clientWidth))"
    )
    return by


@pytest.mark.parametrize("width", [390, 1440])
def test_hits_stay_text_in_their_place(
    page: Page, address: str, hostile: dict[str, str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, f"{address}/?q=zanzibar&k=20")
    for passage_id in hostile.values():
        card(page, passage_id).wait_for()
    settle(page)
    assert sticks_out(page) <= 0
    shown = {kind: card(page, each).locator(".p-text") for kind, each in hostile.items()}
    shows(shown["script"], SCRIPT)
    shows(shown["markdown"], MARKDOWN)
    shows(shown["bidi"], "U+202E")
    shows(shown["broken"], "nul \ufffd unit \ufffd end \ufffd")
    assert page.locator("article").locator("script, img, svg, b, code, .katex").count() == 0
    assert shown["long"].bounding_box()["height"] < 500  # type: ignore[index]
    assert card(page, hostile["table"]).bounding_box()["height"] < 2_500  # type: ignore[index]
    # What a stack of marks paints above and below its card is cut off at the card's edge.
    assert card(page, hostile["stack"]).evaluate("e => getComputedStyle(e).overflow") == "clip"


def test_the_table_stays_text_in_its_place(
    page: Page, address: str, hostile: dict[str, str]
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    ids = "&".join(f"passage={each}" for each in hostile.values())
    visit(page, f"{address}/table?{ids}")
    page.locator(".p-table td", has_text="<script>").first.wait_for()
    settle(page)
    assert sticks_out(page) <= 0
    assert page.locator(".p-table").locator("script, img, svg, b, code, .katex").count() == 0
