"""The reading page, run by Streamlit without a browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.schemas import (
    Highlight,
    OutlineEntry,
    ReadFootnote,
    Reading,
    ReadParagraph,
)
from tests.browser.fake_api import FakeService
from tests.browser.fake_reading import reading
from tests.browser.invented_corpus import HOSTILE, corpus
from tests.ui.opening import html, opened
from ui.read import address, head, sheet, text
from ui.read.address import Address
from ui.service import connection

REPORT, HERE = "X_IRC_40_12:en", "X_IRC_40_12:en:11"


def _page() -> None:
    from ui.read import page as read_page

    read_page.show()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setattr(connection, "_client", lambda url: client)
    return partial(opened, _page)


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [each for each in app.button if each.key == key]
    return button.click().run()


def param(app: AppTest, name: str) -> str | None:
    held = app.query_params.get(name)
    return held[0] if isinstance(held, list) else held


def test_a_document_stands_whole_with_headings_notes_and_its_page(
    open_page: Callable[..., AppTest], service: FakeService
) -> None:
    shown = html(open_page(document=REPORT, at=HERE, q="lawyer"))
    assert shown.count('class="p-par p-kind-body"') == 24
    assert '<h2 dir="auto" lang="en">II. Findings</h2>' in shown
    assert '<h3 dir="auto" lang="en">A. Courts and detention</h3>' in shown
    assert '<mark class="p-word">lawyer</mark> of their own choice' in shown
    assert "Visit of March." in shown
    assert "How it was read: 1 note" in shown
    assert "number 9 is missing" in shown
    assert "X/IRC/40/12, para. 11" in shown
    assert "GET /v1/pages/X_IRC_40_12%3Aen/4?width=1200" in service.asked
    assert 'src="data:image/png;base64,' in shown
    assert shown.count("p-framed") == 1


def test_the_frame_stands_where_the_box_does_in_shares_of_the_page(
    open_page: Callable[..., AppTest],
) -> None:
    shown = html(open_page(at=HERE))
    # The box 60–540 × 100–250 of a page of 600 × 800, with three points around it.
    framed = 'p-framed" style="left: 9.500%; top: 12.125%; width: 81.000%; height: 19.500%"'
    assert framed in shown


def test_going_on_and_back_passes_headings_and_stands_in_the_address(
    open_page: Callable[..., AppTest],
) -> None:
    app = press(open_page(document=REPORT, q="lawyer"), "read-next")
    assert param(app, "at") == "X_IRC_40_12:en:10"
    app = press(press(app, "read-next"), "read-next")
    assert (param(app, "at"), param(app, "q")) == ("X_IRC_40_12:en:12", "lawyer")
    app = press(app, "read-previous")
    assert param(app, "at") == HERE


def test_a_paragraph_is_reached_by_its_number_and_a_missing_one_is_said(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page(document=REPORT)
    app.text_input(key="read-jump").input("30")
    (go,) = [each for each in app.button if each.label == "Go"]
    app = go.click().run()
    assert param(app, "at") == "X_IRC_40_12:en:30"
    app.text_input(key="read-jump").input("99")
    (go,) = [each for each in app.button if each.label == "Go"]
    app = go.click().run()
    assert param(app, "at") == "X_IRC_40_12:en:30"
    assert "There is no paragraph 99 in this document." in html(app)


def test_pages_are_turned_beside_the_text_and_lead_back(open_page: Callable[..., AppTest]) -> None:
    app = press(open_page(at=HERE), "read-page-after")
    assert param(app, "page") == "5"
    assert "Page 5 of 12" in html(app)
    assert "p-framed" not in html(app)
    app = press(app, "read-page-own")
    assert param(app, "page") is None
    assert "Page 4 of 12" in html(app)


def test_a_long_document_is_shown_by_windows(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.read.page.WINDOW", 10)
    app = open_page(document=REPORT, paragraph="33")
    assert "Paragraphs 21–26 of 26" not in html(app)
    assert [each.label for each in app.button if each.key == "read-earlier"] == [
        "Earlier paragraphs (20)"
    ]
    app = press(app, "read-earlier")
    assert param(app, "from") == "10"
    assert "Paragraphs 11–20 of 26" in html(app)
    assert [each.label for each in app.button if each.key == "read-later"] == [
        "Later paragraphs (6)"
    ]


def test_a_text_without_pages_says_why_there_is_none(open_page: Callable[..., AppTest]) -> None:
    app = open_page(document="X/IRC/RES/41/7")
    shown = html(app)
    assert "this text came as a record among others" in shown
    assert "data:image" not in shown
    assert '<em class="p-verb">Urges</em> the authorities' in shown
    assert not [each for each in app.button if each.key == "read-page-after"]


def test_a_lost_place_shows_the_document_and_a_lost_document_the_question(
    open_page: Callable[..., AppTest],
) -> None:
    shown = html(open_page(document=REPORT, at="X_IRC_40_12:en:77"))
    assert "The paragraph asked for is not in this document" in shown
    assert "A. Courts and detention" in shown
    app = open_page(document="X/NONE")
    assert "This is not in the index." in html(app)
    assert [each.label for each in app.text_input] == ["Document"]


def test_a_service_that_is_away_is_said(
    open_page: Callable[..., AppTest], service: FakeService
) -> None:
    service.ready = False
    assert "The search service has no index" in html(open_page(at=HERE))


def test_a_picture_that_is_refused_leaves_the_text(
    open_page: Callable[..., AppTest], service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = service.answer

    def changed(method: str, target: str, body: bytes = b"") -> Any:
        if target.startswith("/v1/pages/"):
            target = "/v1/passages/gone"
        return answer(method, target, body)

    monkeypatch.setattr(service, "answer", changed)
    shown = html(open_page(at=HERE))
    assert "This page cannot be shown." in shown
    assert "In none of the places of detention" in shown


def read(named: str) -> Reading:
    found = reading(corpus(), named, {})
    assert found is not None
    return found


def test_other_languages_open_at_the_same_paragraph() -> None:
    shown = str(head.versions(read(HERE), "q"))
    assert "read?document=X_IRC_40_12%3Aru&amp;at=X_IRC_40_12%3Aru%3A11&amp;q=q" in shown
    assert ">Russian</a>" in shown
    assert "at=" not in str(head.versions(read(REPORT), ""))


def test_hostile_text_is_shown_as_text() -> None:
    found = read("X/IRC/43/NGO/66")
    hostile = found.paragraphs[-1].model_copy(
        update={"number": HOSTILE, "verb": HOSTILE[:40], "text": HOSTILE + "x" * 100_000,
                "footnotes": (ReadFootnote(mark=HOSTILE, text=HOSTILE),)}
    )  # fmt: skip
    found = found.model_copy(update={"paragraphs": (*found.paragraphs, hostile)})
    entry = OutlineEntry(title=HOSTILE, level=9, ordinal=0, paragraph_id=HOSTILE)
    drawn = [
        str(text.paragraphs(found, HOSTILE)),
        str(text.outline([entry], HOSTILE, HOSTILE)),
        str(head.heading(found)),
    ]
    for shown in drawn:
        assert "<script>" not in shown
        assert "<img src=x" not in shown
        assert "\u202e" not in shown
        assert 'href="javascript' not in shown
        assert "&lt;script&gt;alert" in shown
    assert drawn[0].replace("<wbr>", "").count("x" * 100_000) == 1
    assert "p-long" in drawn[0]


def test_right_to_left_documents_have_their_numbers_on_the_right() -> None:
    assert 'class="p-reading" dir="rtl"' in str(text.paragraphs(read("X/IRC/42/3"), ""))
    assert 'class="p-reading" dir="ltr"' in str(text.paragraphs(read(REPORT), ""))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (((0, 5),), '<em class="p-verb"><mark class="p-word">Urges</mark></em> the'),
        (((6, 9),), '<em class="p-verb">Urges</em> <mark class="p-word">the</mark> rest'),
        (((3, 9),), '<em class="p-verb">Urg<mark class="p-word">es</mark></em>'
                    '<mark class="p-word"> the</mark> rest'),
    ],
)  # fmt: skip
def test_a_mark_across_the_verb_is_shown_on_both_sides_of_it(
    marks: tuple[tuple[int, int], ...], expected: str
) -> None:
    paragraph = ReadParagraph(
        ordinal=0,
        paragraph_id="1",
        number="1",
        kind="operative",
        text="Urges the rest",
        verb="Urges",
        highlights=tuple(Highlight(start=a, end=b, kind="word") for a, b in marks),
    )
    found = read(REPORT).model_copy(update={"paragraphs": (paragraph,)})
    assert expected in str(text.paragraphs(found, ""))


@pytest.mark.parametrize(
    ("asked", "shown"), [(None, 4), (7, 7), (99, 12)], ids=["marked", "asked", "past the end"]
)
def test_the_page_shown_is_one_there_is(asked: int | None, shown: int) -> None:
    assert sheet.page_shown(read(HERE), asked) == shown


def test_addresses_keep_what_is_said_and_pass_over_what_is_not_understood() -> None:
    said = Address("A/1", at="A_1:en:3", page=2, q="a b")
    assert address.link(said) == "read?document=A%2F1&at=A_1%3Aen%3A3&page=2&q=a+b"
    odd = address._of({"document": [" A/1 "], "page": ["²"], "from": ["-1"], "x": ["y"]})
    assert odd == Address("A/1")
