"""The frame around the pages: the line on top, the keyboard, what it asks of the network."""

from __future__ import annotations

import http.client
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.fake_api import FakeApi
from tests.browser.visiting import WAIT_S, becomes, visit
from ui.frame.headers import HEADERS
from ui.frame.pages import PAGES
from ui.wording.en.frame import PAGES as NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]


def title_becomes(page: Page, expected: str) -> None:
    from playwright.sync_api import expect

    expect(page).to_have_title(expected)


def focused(page: Page) -> str:
    """Name what has the focus."""
    told: str = page.evaluate(
        "(e => (e.getAttribute('aria-label') || e.innerText || e.tagName).trim())"
        "(document.activeElement)"
    )
    return told


def focus_is_seen(page: Page) -> bool:
    """Tell whether what has the focus, or what holds it, looks otherwise than without."""
    seen: bool = page.evaluate(
        """async () => {
          const looks = () => {
            const told = [];
            for (let at = document.activeElement, n = 0; at && n < 6; at = at.parentElement, n++) {
              chain[n] ??= at;
            }
            for (const at of chain) {
              const css = getComputedStyle(at);
              told.push(css.outlineStyle + css.outlineWidth + css.boxShadow + css.borderColor
                + css.backgroundColor + css.textDecorationLine);
            }
            return told.join("|");
          };
          const chain = [];
          const here = document.activeElement;
          const settled = () => new Promise(done => setTimeout(done, 60));
          await settled();
          const focused = looks();
          here.blur();
          await settled();
          const plain = looks();
          here.focus({ focusVisible: true });
          return focused !== plain;
        }"""
    )
    return seen


def test_pages_change_without_losing_the_session_or_the_way_back(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    visit(page, f"{address}/?q=conversation+guards")
    page.get_by_role("button", name="Add to table").first.click()
    page.get_by_role("button", name="In the table").first.wait_for()
    page.get_by_role("link", name="Table", exact=True).click()
    page.locator(".p-table td", has_text="X/IRC/40/12, para. 11").wait_for()
    here = page.get_by_role("link", name="Table")
    expect(here).to_have_attribute("aria-current", "page")
    title_becomes(page, "Table · Precedent")
    page.get_by_role("link", name="Lineage").click()
    page.wait_for_url("**/lineage")
    # Streamlit writes the address of a page that was left before it was drawn a second time.
    page.get_by_role("heading", name="A paragraph over the years").wait_for()
    page.go_back()
    page.locator(".p-table td", has_text="X/IRC/40/12, para. 11").wait_for()
    page.go_back()
    page.locator("article").first.wait_for()
    becomes(lambda: page.url, f"{address}/?q=conversation+guards")
    title_becomes(page, "conversation guards · Search · Precedent")
    assert len(sockets) == 1


def test_every_page_of_the_menu_opens_and_is_named(page: Page, address: str) -> None:
    visit(page, address)
    page.locator("h1").wait_for()
    for room in PAGES:
        if not room.in_menu:
            continue
        link = page.locator(".p-pages").get_by_role("link", name=NAMES[room.path], exact=True)
        link.click()
        page.locator(f'.p-pages [aria-current="page"]:text-is("{NAMES[room.path]}")').wait_for()
        title_becomes(page, f"{NAMES[room.path]} · Precedent")
        page.locator("h1").wait_for(state="attached")


def test_a_phone_has_a_menu_that_opens_and_closes(page: Page, address: str) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, f"{address}/compare")
    page.locator("h1").wait_for()
    link = page.get_by_role("link", name="Check citations")
    expect(link).to_be_hidden()
    menu = page.locator(".p-menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    link.wait_for()
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    becomes(lambda: focused(page), "Menu")
    page.keyboard.press("Enter")
    link.click()
    page.wait_for_url("**/verify")
    page.get_by_role("link", name="Compare").wait_for(state="hidden")


def test_the_first_tab_leads_past_the_navigation(page: Page, address: str) -> None:
    visit(page, f"{address}/compare")
    page.locator("h1").wait_for()
    page.locator(".p-bar").wait_for(state="attached")
    page.keyboard.press("Tab")
    becomes(lambda: focused(page), "Skip to content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    becomes(lambda: focused(page), "Earlier text")


def test_the_keyboard_goes_from_the_question_to_hits_and_filters(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{address}/?q=conversation+guards")
    page.locator("article").first.wait_for()
    page.get_by_role("button", name="Copy citation").first.wait_for()
    page.get_by_label("Question, pasted").focus()
    passed, unseen = [], []
    for _ in range(24):
        page.keyboard.press("Tab")
        name = focused(page)
        passed.append(name)
        if not focus_is_seen(page):
            unseen.append(name)
        if name == "Lineage":
            break
    said = " / ".join(passed)
    assert re.search(
        r"Search.*para\. 11.*Copy citation.*Context.*Similar.*Lineage", said, re.DOTALL
    ), said
    assert not unseen
    page.get_by_role("combobox", name="Kind of document").focus()
    page.keyboard.press("Tab")
    for _ in range(3):
        if focused(page) == "Body":
            break
        page.keyboard.press("Tab")
    assert "Body" in focused(page)
    assert focus_is_seen(page)


def test_the_browser_itself_refuses_to_ask_anyone_else(
    page: Page, address: str, api: FakeApi
) -> None:
    """Even another port of this computer: what the policy allows is the page's own server."""
    visit(page, address)
    page.locator("h1").wait_for()
    before = len(api.service.asked)
    asked = f"fetch('{api.url}/from-the-browser').then(() => 'answered', () => 'refused')"
    assert page.evaluate(asked) == "refused"
    page.evaluate(
        "url => { const i = new Image(); i.src = url; document.body.append(i);"
        "const s = document.createElement('script'); s.textContent = 'window.ran = true';"
        "document.body.append(s); }",
        f"{api.url}/picture-from-the-browser",
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert not [each for each in api.service.asked[before:] if "from-the-browser" in each]


@pytest.mark.parametrize("path", ["/", "/compare", "/frame.js", "/_stcore/health"])
def test_every_answer_has_the_policy(address: str, path: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
        assert answer.status == 200
        assert {name: told.get(name) for name in HEADERS} == HEADERS
    finally:
        connection.close()


def test_a_slow_search_says_so_and_keeps_what_stood_there(
    page: Page, address: str, api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playwright.sync_api import expect

    visit(page, f"{address}/?q=conversation+guards")
    first = page.locator('article[data-passage="X_IRC_40_12:en:11"]')
    first.wait_for()
    go_on = threading.Event()
    search = api.service._search

    def slow(asked: object) -> object:
        go_on.wait(WAIT_S)
        return search(asked)  # type: ignore[arg-type]

    monkeypatch.setattr(api.service, "_search", slow)
    box = page.get_by_label("Question, pasted")
    box.fill("doctor")
    box.press("Enter")
    try:
        page.get_by_role("status").get_by_text("Working").wait_for()
        expect(first).to_be_visible()
        bar = "getComputedStyle(document.querySelector('.p-bar'), '::after').content"
        becomes(lambda: page.evaluate(bar), '""')
    finally:
        go_on.set()
    page.locator('article[data-passage="X_IRC_40_12:en:12"]').wait_for()
    expect(page.locator("#working")).to_be_empty()
