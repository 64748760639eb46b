"""The draft page, over the service itself."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from tests.bench.invented import CLAUSE, EDITED, ONLY_DRAFT, SAID, UNSAID
from tests.ui.opening import html, opened
from ui.service import connection
from ui.wording import draft as draft_texts


def _page() -> None:
    from ui.draft import page as draft_page

    draft_page.show()


@pytest.fixture
def page(client: Client, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(connection, "_client", lambda url: client)
    return opened(_page)


def checked(app: AppTest, draft: str) -> AppTest:
    app.text_area[0].set_value(draft)
    (button,) = [b for b in app.button if b.label == draft_texts.CHECK]
    button.click().run()
    assert not app.exception, app.exception
    return app


def test_it_begins_with_what_to_do(page: AppTest) -> None:
    assert draft_texts.EMPTY_HELP in html(page)


def test_each_sentence_is_shown_with_its_precedents(page: AppTest) -> None:
    shown = html(checked(page, f"{SAID}.\n\n{UNSAID}.\n\n{ONLY_DRAFT}."))
    assert shown.count("data-unit=") == 3
    assert shown.index("A/RES/70/1, para. 3") < shown.index("A/HRC/RES/11/1, para. 3")
    assert "<ins>otherwise</ins>" in shown
    assert f"<del>{CLAUSE[9]}</del>" in shown
    assert "it was rejected and never adopted" in shown
    assert "<strong>1</strong> verbatim" in shown
    assert "<strong>2</strong> none" in shown


def test_only_the_grades_that_are_asked_for_are_shown(page: AppTest) -> None:
    app = checked(page, f"{SAID}.\n\n{UNSAID}.")
    app.button_group(key="draft-show").set_value(["none"]).run()
    shown = html(app)
    assert 'data-unit="1"' in shown
    assert 'data-unit="0"' not in shown


def test_the_rest_of_a_long_draft_is_a_button_away(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.draft.page._STEP", 2)
    app = checked(page, f"{SAID}.\n\n{UNSAID}.\n\n{EDITED}.")
    assert html(app).count("data-unit=") == 2
    (more,) = [b for b in app.button if b.key == "draft-rest"]
    assert more.label == "Check the rest (1)"
    more.click().run()
    assert html(app).count("data-unit=") == 3


def test_a_draft_without_a_sentence_says_so(page: AppTest) -> None:
    assert draft_texts.NO_SENTENCE in html(checked(page, "   "))


def test_what_was_typed_stands_in_no_address(page: AppTest) -> None:
    assert dict(checked(page, f"{SAID}.").query_params) == {}


def test_sentences_go_to_the_negotiation_table_with_their_reference(page: AppTest) -> None:
    app = checked(page, f"1. {SAID}.\n\n2. {UNSAID}.\n\n3. {ONLY_DRAFT}.")
    (button,) = [b for b in app.button if b.key == "draft-to-table"]
    button.click().run()
    said, unsaid, drafted = app.session_state["table-rows"]
    assert said["suggested_language"] == f"{SAID}."
    assert said["where_inserted"] == "paragraph 1"
    assert said["un_reference"].startswith("A/RES/70/1, para. 3; ")
    assert said["justification"] == "Verbatim: Adopted without a vote"
    assert (unsaid["justification"], "un_reference" in unsaid) == ("No precedent was found.", False)
    assert drafted["justification"] == ("Only in texts that do not count: A/HRC/13/L.9, para. 3")
