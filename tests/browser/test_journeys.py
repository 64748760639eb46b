"""Journeys with the real service: a file uploaded and found, a draft that leaves as Word."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
import uvicorn

from search_api.app import listen_on
from search_api.settings import Settings
from tests.browser.visiting import visit
from tests.search_api.intake import TEXT, make_index, service

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.loopback]


@dataclass(frozen=True, slots=True)
class RealApi:
    """Where the real service listens, over a small index."""

    url: str


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealApi]:
    """The real service and the real indexer, with an encoder that needs no model."""
    app = service(make_index(tmp_path_factory.mktemp("journey")))
    listener = listen_on(Settings(port=0))
    config = uvicorn.Config(app, log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield RealApi(f"http://127.0.0.1:{listener.getsockname()[1]}")
    server.should_exit = True
    thread.join(10)
    listener.close()


def test_files_are_uploaded_watched_found_and_removed(
    page: Page, address: str, screenshots: Path, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    (tmp_path / "orchard.en.txt").write_bytes(TEXT)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is all there is")
    visit(page, f"{address}/corpus?view=add")
    page.locator("input[type=file]").set_input_files(
        [tmp_path / "orchard.en.txt", tmp_path / "broken.pdf"]
    )
    page.get_by_text("orchard.en.txt").wait_for()
    page.get_by_role("button", name="Add to the corpus").click()
    expect(page.get_by_role("heading", name="Adding 2 files")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()

    done = page.get_by_role("heading", name="Upload of 2 files")
    expect(done).to_be_visible()
    expect(page.locator("tr[data-outcome=indexed]")).to_contain_text("A/HRC/97/1")
    expect(page.locator("tr[data-outcome=failed]")).to_contain_text("broken.pdf")
    page.screenshot(path=str(screenshots / "corpus-uploaded.png"), full_page=True)

    page.get_by_role("link", name="Search it").click()
    question = page.get_by_label("Question, pasted paragraph")
    question.fill("orchard of the council")
    question.press("Enter")
    expect(page.locator("article").first).to_contain_text("The orchard of the council is invented")

    visit(page, f"{address}/corpus?view=documents&q=97")
    expect(page.locator("article")).to_have_count(1)
    page.screenshot(path=str(screenshots / "corpus-documents.png"), full_page=True)
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("No document matches.")).to_be_visible()


def test_a_draft_becomes_a_table_and_a_word_file(page: Page, address: str, tmp_path: Path) -> None:
    visit(page, f"{address}/draft")
    page.get_by_label("Draft", exact=True).fill("Lawyers wait at the gate of the invented court.")
    page.get_by_role("button", name="Find precedents").click()
    page.get_by_role("button", name="in the negotiation table").click()
    page.get_by_role("link", name="Table", exact=True).click()
    page.locator(".p-table td", has_text="Lawyers wait at the gate").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Word").click()
    download.value.save_as(tmp_path / "table.docx")
    (table,) = docx.Document(str(tmp_path / "table.docx")).tables
    assert [cell.text for cell in table.rows[0].cells][:2] == ["Issue", "Suggested language"]
    assert "Lawyers wait at the gate of the invented court." in table.rows[1].cells[1].text
