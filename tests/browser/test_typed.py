"""Somebody writes, looks something up on another page, and comes back to what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visiting import becomes, settle, visit
from ui.wording.en.common import QUERY_LABEL as QUESTION
from ui.wording.en.frame import PAGES as NAMES
from ui.wording.en.see import QUERIES as THEMES

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

TYPED = "Nobody was told why they were held, and nobody was asked."

ENTRIES = "navigation.entries().map(entry => new URL(entry.url).pathname)"


def go(page: Page, name: str) -> None:
    """Go to a page by the line on top."""
    page.locator(".p-pages").get_by_role("link", name=name, exact=True).click()
    arrive(page, name)


def arrive(page: Page, name: str) -> None:
    page.locator(f'.p-pages [aria-current="page"]:text-is("{name}")').wait_for()
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


def test_a_link_that_is_clicked_while_text_is_on_its_way_is_followed(
    page: Page, address: str
) -> None:
    """Leaving a box makes Streamlit send its text; the page that was asked for comes after it."""
    from playwright.sync_api import expect

    visit(page, f"{address}/draft")
    box(page, "Draft").fill(TYPED)
    # Box left and link clicked within one task, as on a computer with other work to do.
    page.evaluate(
        """name => {
          document.activeElement.blur();
          [...document.querySelectorAll(".p-pages a")].find(a => a.innerText === name).click();
        }""",
        "Lineage",
    )
    arrive(page, "Lineage")
    page.get_by_role("heading", name="A paragraph over the years").wait_for()
    becomes(lambda: page.evaluate(ENTRIES), ["/draft", "/lineage"])
    go(page, "Check a draft")
    expect(box(page, "Draft")).to_have_value(TYPED)


def test_back_before_a_page_is_drawn_leaves_the_history_as_it_is(page: Page, address: str) -> None:
    visit(page, f"{address}/table")
    # As Streamlit does when a page that was left meanwhile begins to be drawn; and what it may.
    page.evaluate("history.pushState({}, '', './lineage')")
    assert page.evaluate(ENTRIES) == ["/table"]
    page.evaluate("history.pushState({}, '', './table?a=b')")
    assert page.evaluate(ENTRIES) == ["/table", "/table"]
    page.go_back()
    for _ in range(4):
        page.evaluate(
            """name => new Promise(done => {
              [...document.querySelectorAll(".p-pages a")].find(a => a.innerText === name).click();
              const look = setInterval(() => {
                if (location.pathname !== "/lineage") return;
                clearInterval(look);
                history.back();
                done();
              });
            })""",
            "Lineage",
        )
        arrive(page, "Table")
        becomes(lambda: page.evaluate("location.pathname"), "/table")
        becomes(lambda: page.evaluate(ENTRIES), ["/table", "/lineage"])


def test_a_question_that_was_not_asked_is_there_after_another_page(
    page: Page, address: str
) -> None:
    from playwright.sync_api import expect

    visit(page, address)
    box(page, QUESTION).fill(TYPED)
    go(page, "Lineage")
    go(page, "Search")
    expect(box(page, QUESTION)).to_have_value(TYPED)
    page.go_back()
    arrive(page, "Lineage")
    page.go_back()
    arrive(page, "Search")
    expect(box(page, QUESTION)).to_have_value(TYPED)
    box(page, QUESTION).press("Enter")  # it is what is asked, not only what is seen
    page.wait_for_url("**q=Nobody+was+told*")
    go(page, "Lineage")
    go(page, "Search")
    expect(box(page, QUESTION)).to_have_value("")


def test_a_question_that_was_not_asked_stays_beside_the_hits_of_another(
    page: Page, address: str
) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/?q=conversation+guards")
    page.locator("article").first.wait_for()
    box(page, QUESTION).fill("doctor")
    box(page, QUESTION).press("Enter")
    page.wait_for_url("**q=doctor")
    settle(page)
    box(page, QUESTION).fill(TYPED)
    go(page, "Lineage")
    page.go_back()
    arrive(page, "Search")
    expect(box(page, QUESTION)).to_have_value(TYPED)
    visit(page, f"{address}/?q=conversation+guards")
    expect(box(page, QUESTION)).to_have_value("conversation guards")


def test_a_text_of_several_lines_keeps_them(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    lines = f"{TYPED}\n\n{TYPED}"
    visit(page, address)
    box(page, QUESTION).fill(TYPED)
    page.get_by_text("Long text", exact=True).click()
    expect(page.locator("textarea")).to_have_value(TYPED)
    box(page, QUESTION).fill(lines)
    go(page, "Lineage")
    go(page, "Search")
    expect(page.locator("textarea")).to_have_value(lines)


def test_themes_that_were_not_drawn_are_there_after_another_page(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/see")
    box(page, THEMES).fill(f"{TYPED}\ndoctor")
    go(page, "Lineage")
    go(page, NAMES["see"])
    expect(box(page, THEMES)).to_have_value(f"{TYPED}\ndoctor")


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
