"""The page as a researcher uses it, in a real browser."""

from __future__ import annotations

import http.client
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.browser.fake_api import FakeApi
from tests.browser.visiting import becomes, settle, shows, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]

QUERY = "detention lawyer"


def opened(page: Page, address: str, **params: str) -> None:
    visit(page, f"{address}/?{urlencode(params)}")
    page.locator("h1").wait_for()


def card(page: Page, passage_id: str) -> Locator:
    return page.locator(f'article[data-passage="{passage_id}"]')


def block(page: Page, passage_id: str) -> Locator:
    """The container of a card together with its actions."""
    return page.locator('[class*="st-key-card-"]').filter(has=card(page, passage_id))


def address_becomes(page: Page, expected: dict[str, list[str]], *, others: bool = False) -> None:
    """Wait for the address to hold these parameters, and no others unless they are allowed."""

    def holds(url: str) -> bool:
        found = parse_qs(urlsplit(url).query)
        return (
            all(found.get(name) == value for name, value in expected.items())
            if others
            else found == expected
        )

    page.wait_for_url(holds, wait_until="commit")


def passages(page: Page) -> list[str]:
    """The cards on the page in their order, by passage."""
    ids: list[str] = page.locator("article").evaluate_all("all => all.map(e => e.dataset.passage)")
    return ids


def cards_become(page: Page, count: int) -> None:
    """Wait for the page to show so many cards: it redraws them one after another."""
    from playwright.sync_api import expect

    expect(page.locator("article")).to_have_count(count)


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_test_id("stSidebar").get_by_role("combobox", name=label)
    box.click()
    page.get_by_role("option", name=option).click()


def question_becomes(page: Page, value: str) -> None:
    """Wait for the question's box to hold a value: after a reload it is filled a moment later."""
    from playwright.sync_api import expect

    box = page.get_by_label("Question, pasted paragraph")
    expect(box).to_have_value(value)


def test_a_question_gives_cited_hits_and_stands_in_the_address(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    opened(page, address)
    box = page.get_by_label("Question, pasted paragraph")
    box.fill(QUERY)
    box.press("Enter")
    first = card(page, "X_IRC_40_12:en:11")
    first.wait_for()
    section = "II. Findings › A. Courts and detention"
    shows(first, "X/IRC/40/12, para. 11", section, "p.\u00a04", "March 2021")
    expect(first.locator("mark.p-word").first).to_have_text("detention")
    expect(first.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    address_becomes(page, {"q": [QUERY]})
    shows(card(page, "X_IRC_41_L.9:en:5"), "Rejected: never agreed language")
    expect(page.get_by_text("fake-words")).to_have_text(re.compile("^7 documents · 30 passages"))


def test_filters_narrow_and_a_reload_keeps_them(page: Page, address: str) -> None:
    opened(page, address, q=QUERY)
    card(page, "X_IRC_40_12:en:11").wait_for()
    choose(page, "Kind of document", "Resolution (2)")
    card(page, "X_IRC_40_12:en:11").wait_for(state="detached")
    cards_become(page, 2)
    address_becomes(page, {"q": [QUERY], "kind": ["resolution"]})
    page.reload()
    card(page, "X_IRC_RES_41_7:en:4").wait_for()
    cards_become(page, 2)
    question_becomes(page, QUERY)
    page.go_back()
    card(page, "X_IRC_40_12:en:11").wait_for()


def test_context_opens_where_the_hit_stands(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    def numbers(rows: Locator) -> list[str]:
        return [told.split()[0] for told in rows.locator(".p-number").all_inner_texts()]

    opened(page, address, q="conversation guards")
    here = block(page, "X_IRC_40_12:en:11")
    here.get_by_role("button", name="Context").click()
    rows = here.locator(".p-context").first.locator(".p-row")
    becomes(lambda: numbers(rows), ["10", "11", "12", "13"])
    here.get_by_role("button", name="Other languages").click()
    twin = here.get_by_label("The same paragraph in other languages").locator(".p-row")
    becomes(lambda: numbers(twin), ["Russian"])
    expect(rows.nth(1)).to_have_class(re.compile("p-here"))
    here.get_by_role("button", name="Search within this document").click()
    page.get_by_text("passages your filters allow: 25").wait_for()
    address_becomes(page, {"symbol": ["X/IRC/40/12"]}, others=True)


def test_similar_passages_and_the_way_back(page: Page, address: str) -> None:
    opened(page, address, q="conversation guards")
    block(page, "X_IRC_40_12:en:11").get_by_role("button", name="Similar").click()
    page.get_by_role("heading", name="Paragraphs like X/IRC/40/12, para. 11").wait_for()
    card(page, "X_IRC_RES_41_7:en:4").wait_for()
    address_becomes(page, {"similar": ["X_IRC_40_12:en:11"]}, others=True)
    page.get_by_role("button", name="Back to the search").click()
    card(page, "X_IRC_40_12:en:11").wait_for()
    address_becomes(page, {"q": ["conversation guards"]})


def test_the_citation_is_copied(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    opened(page, address, q="conversation guards")
    here = block(page, "X_IRC_40_12:en:11")
    here.get_by_role("button", name="Copy citation").click()
    here.get_by_role("button", name="Copied").wait_for()
    becomes(lambda: page.evaluate("navigator.clipboard.readText()"), "X/IRC/40/12, para. 11")


def test_the_hits_are_exported_as_chosen(page: Page, address: str, tmp_path: Path) -> None:
    opened(page, address, q="detention", k="50")
    export = page.get_by_role("button", name=re.compile(r"Export these \d+ hits"))
    (count,) = re.findall(r"\d+", export.inner_text())
    page.locator("article").nth(int(count) - 1).wait_for()
    settle(page)
    shown = passages(page)
    export.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    assert download.value.suggested_filename == "precedent-hits.docx"
    saved = tmp_path / "hits"
    download.value.save_as(saved)
    asked = json.loads(json.loads(saved.read_text(encoding="utf-8"))["body"])
    assert asked["format"] == "docx"
    assert asked["passage_ids"] == shown


def test_hits_are_collected_into_the_table(page: Page, address: str, tmp_path: Path) -> None:
    opened(page, address, q="conversation guards")
    here = block(page, "X_IRC_40_12:en:11")
    here.get_by_role("button", name="Add to table").click()
    page.get_by_text("1 passage is in the negotiation table").wait_for()  # for some seconds only
    here.get_by_role("button", name="In the table").wait_for()
    # What the toast draws has not taken the place of the page's style sheet.
    tint = "getComputedStyle(document.querySelector('.stApp')).getPropertyValue('--p-tint')"
    becomes(lambda: bool(page.evaluate(tint)), True)
    page.get_by_role("link", name="Table", exact=True).click()
    page.locator(".p-table td", has_text="X/IRC/40/12, para. 11").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Word").click()
    assert download.value.suggested_filename == "negotiation-table.docx"
    download.value.save_as(tmp_path / "table")
    asked = json.loads(json.loads((tmp_path / "table").read_text(encoding="utf-8"))["body"])
    assert [row["un_reference"] for row in asked["rows"]] == ["X/IRC/40/12, para. 11"]


def test_more_hits_and_grouping(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    opened(page, address, q="detention")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_text("Hits 11–20").wait_for()
    address_becomes(page, {"offset": ["10"]}, others=True)
    page.get_by_role("button", name="Previous").click()
    page.get_by_text("Hits 1–10").wait_for()
    page.get_by_test_id("stSidebar").get_by_text("Group by document").click()
    page.get_by_text("Documents 1–6 of 6 ranked · hits shown: 8").wait_for()
    address_becomes(page, {"group": ["1"]}, others=True)
    cards_become(page, 8)
    documents = page.locator(".p-group .p-facts > span:first-child")
    expect(documents).to_have_count(6)
    expect(documents.first).to_have_text("X/IRC/40/12")
    assert len(set(documents.all_inner_texts())) == 6


def test_hostile_text_is_only_text(page: Page, address: str) -> None:
    opened(page, address, q="bold link alert")
    hostile = card(page, "X_IRC_43_NGO_66:en:1")
    hostile.wait_for()
    page.wait_for_timeout(500)
    text = hostile.locator(".p-text")
    shows(text, '<script>alert("text")</script>', "**bold**", "U+202E")
    assert "\u202e" not in text.inner_text()
    assert page.locator("article script, article img, article b, article i").count() == 0
    assert hostile.get_by_role("link").count() == 0
    box = page.get_by_test_id("stSidebar").get_by_role("combobox", name="Body")
    box.click()
    option = page.get_by_role("option", name="Friends of")
    shows(option, "<script>")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_right_to_left_text_stands_right(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    opened(page, address, q="detention", language="ar")
    text = card(page, "X_IRC_42_3:ar:6").locator(".p-text")
    expect(text).to_have_attribute("lang", "ar")
    expect(text).to_have_css("direction", "rtl")


def test_nothing_found_explains_itself(page: Page, address: str) -> None:
    opened(page, address, q="lawyer", country="RUR", kind="resolution")
    page.get_by_text("Your filters allow no passage at all.").wait_for()
    page.get_by_test_id("stMain").get_by_role("button", name="Clear filters").click()
    card(page, "X_IRC_40_12:en:11").wait_for()
    address_becomes(page, {"q": ["lawyer"]})


def test_a_service_that_goes_and_comes_back(
    page: Page, address: str, api: FakeApi, screenshots: Path
) -> None:
    opened(page, address, q=QUERY)
    card(page, "X_IRC_40_12:en:11").wait_for()
    api.stop()
    try:
        page.reload()
        page.get_by_role("heading", name="The search service is away").wait_for()
        page.get_by_text("precedent serve").wait_for()
        address_becomes(page, {"q": [QUERY]})
        page.get_by_role("button", name="Try again").wait_for()
        page.screenshot(path=screenshots / "away-1440.png")
    finally:
        api.start()
    card(page, "X_IRC_40_12:en:11").wait_for()

    api.service.ready = False
    try:
        page.reload()
        page.get_by_role("heading", name="The search service has no index").wait_for()
        page.get_by_text("precedent index PATH", exact=True).wait_for()
    finally:
        api.service.ready = True
    card(page, "X_IRC_40_12:en:11").wait_for()


def test_a_pasted_page_survives_a_reload(page: Page, address: str) -> None:
    pasted = "Задержанные не могли говорить с адвокатом. " * 100
    opened(page, address, q=pasted)
    card(page, "X_IRC_40_12:ru:11").wait_for()
    question_becomes(page, pasted)


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (None, None, 101),
        (None, "http://other.example", 403),
        ("other.example", "http://other.example", 403),
    ],
    ids=["itself", "another site", "another name for this machine"],
)
def test_only_the_page_itself_may_speak_to_its_server(
    address: str, host: str | None, origin: str | None, status: int
) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {
        "Host": host or urlsplit(address).netloc,
        "Origin": origin or address,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    try:
        assert connection.getresponse().status == status
    finally:
        connection.close()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_sticks_out(page: Page, address: str, screenshots: Path, width: int) -> None:
    """The pictures are to be looked at; that nothing sticks out a program can see."""
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, address, q='detention "speak with a lawyer" bold', k="20")
    card(page, "X_IRC_43_NGO_66:en:1").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    schemes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        page.screenshot(path=screenshots / f"hits-{width}-{scheme}.png")
