"""The page of collections and saved searches, run by Streamlit without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.keeping import collections, exchange, searches
from search_api.schemas import (
    CollectionRequest,
    EntryRequest,
    SavedSearchRequest,
    SearchRequest,
)
from tests.browser.fake_api import FakeService
from tests.ui.opening import html, opened
from ui.service import connection

ONE, TWO, THREE = "X_IRC_40_12:en:11", "X_IRC_40_12:en:12", "X_IRC_RES_41_7:en:4"


@pytest.fixture(autouse=True)
def _connected(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.st.cache_data.clear()
    monkeypatch.setattr(connection, "_client", lambda url: client)


def _page() -> None:
    from ui.collect import page as collect_page

    collect_page.show()


def keep(service: FakeService, name: str, *passages: str, tag: str | None = None) -> int:
    held = service.library
    made = collections.create(held.library, CollectionRequest(name=name))
    for passage_id in passages:
        tags = (tag,) if tag and passage_id == passages[0] else ()
        asked = EntryRequest(passage_id=passage_id, tags=tags)
        collections.add(held.library, held.index, made.id, asked)  # type: ignore[arg-type]
    return made.id


def save(service: FakeService, name: str, query: str) -> int:
    held = service.library
    asked = SavedSearchRequest(name=name, request=SearchRequest(query=query))
    return searches.save(held.library, held.index, asked).id  # type: ignore[arg-type]


def order(app: AppTest) -> list[str]:
    shown = html(app)
    found = sorted((shown.find(f'data-passage="{each}"'), each) for each in (ONE, TWO, THREE))
    return [each for at, each in found if at >= 0]


def press(app: AppTest, label: str, at: int = 0) -> AppTest:
    [button for button in app.button if button.label == label][at].click().run()
    assert not app.exception
    return app


def test_an_empty_page_explains_itself_and_writes_nothing(service: FakeService) -> None:
    app = opened(_page)
    shown = html(app)
    assert "No collections yet" in shown
    assert "No saved searches yet" in shown
    assert "precedent library wipe" in shown
    assert not service.library.library.path.exists()


def test_a_collection_is_made_and_opened(service: FakeService) -> None:
    app = opened(_page)
    app.text_input(key="collect-make-name").set_value(" Water & <b>wells</b> ")
    press(app, "Make")
    # A label is Markdown; the name in it is not.
    (label,) = [b.label for b in app.button if "wells" in b.label]
    assert label == r"Water \& \<b\>wells\<\/b\>"
    press(app, label)
    assert app.query_params["collection"] == "1"
    assert "Water &amp; &lt;b&gt;wells&lt;/b&gt;" in html(app)
    assert "Nothing in it yet" in html(app)


def test_entries_move_go_and_come_back(service: FakeService) -> None:
    at = keep(service, "Counsel", ONE, TWO, THREE)
    app = opened(_page, collection=str(at))
    assert order(app) == [ONE, TWO, THREE]
    press(app, "Down")
    assert order(app) == [TWO, ONE, THREE]
    press(app, "Up", 1)
    assert order(app) == [TWO, THREE, ONE]
    press(app, "Remove")
    assert order(app) == [THREE, ONE]
    assert "para. 12 was taken out" in html(app)
    press(app, "Put it back")
    assert order(app) == [TWO, THREE, ONE]


def test_a_note_is_kept_unless_somebody_else_changed_it(service: FakeService) -> None:
    at = keep(service, "Counsel", ONE)
    app = opened(_page, collection=str(at))
    app.session_state["note-of-1"] = True
    app.run()
    app.text_area(key="entry-1-1-note").set_value("<i>mine</i>")
    press(app, "Save")
    assert "&lt;i&gt;mine&lt;/i&gt;" in html(app)
    app.session_state["note-of-1"] = True
    app.run()
    app.text_area(key="entry-1-2-note").set_value("late")
    path = f"/v1/collections/{at}/entries/1"
    service.answer("PATCH", path, b'{"note": "from the other tab"}')
    press(app, "Save")
    assert "has been changed elsewhere" in html(app)
    assert "from the other tab" in html(app)
    assert "Not saved. You wrote:" in html(app)
    assert [each.value for each in app.code] == ["late"]
    assert app.text_area(key="entry-1-3-note").value == "from the other tab"
    app.text_area(key="entry-1-3-note").set_value("both")
    press(app, "Save")
    assert not app.code
    assert not app.text_area


def test_a_note_stays_where_the_service_was_away(service: FakeService) -> None:
    at = keep(service, "Counsel", ONE)
    app = opened(_page, collection=str(at))
    app.session_state["note-of-1"] = True
    app.run()
    app.text_area(key="entry-1-1-note").set_value("an hour of thought")
    service.ready = False
    press(app, "Save")
    service.ready = True
    app.session_state["note-of-1"] = True
    app.run()
    assert app.text_area(key="entry-1-1-note").value == "an hour of thought"
    press(app, "Save")
    assert "an hour of thought" in html(app)


def test_a_collection_changed_elsewhere_leaves_what_was_written(service: FakeService) -> None:
    at = keep(service, "Counsel", ONE)
    app = opened(_page, collection=str(at))
    app.session_state["collect-edit-box"] = True
    app.run()
    note = next(each for each in app.text_area if str(each.key).startswith("collect-edit"))
    note.set_value("my plan")
    service.answer("PATCH", f"/v1/collections/{at}", b'{"note": "from the other tab"}')
    press(app, "Save")
    assert "has been changed elsewhere" in html(app)
    assert ["my plan" in each.value for each in app.code] == [True]


def test_one_tag_is_shown_alone_and_stands_in_the_address(service: FakeService) -> None:
    at = keep(service, "Counsel", ONE, TWO, tag="strong")
    app = opened(_page, collection=str(at), lang="en")
    app.selectbox(key="collect-tag").set_value("strong").run()
    assert order(app) == [ONE]
    assert app.query_params["tag"] == "strong"
    assert app.query_params["lang"] == "en"
    assert "Up" not in [button.label for button in app.button]


def test_what_the_index_lost_is_shown_as_it_was_kept(service: FakeService) -> None:
    at = keep(service, "Counsel", ONE, TWO)
    words = next(each.text for each in service.passages if each.passage_id == ONE)
    changed = next(each for each in service.passages if each.passage_id == TWO)
    others = [each for each in service.passages if each.passage_id not in {ONE, TWO}]
    service.passages = [*others, changed.model_copy(update={"text": "Other words."})]
    app = opened(_page, collection=str(at))
    shown = html(app)
    assert "No longer in the index" in shown
    assert words[:20] in shown
    assert "1 passage is no longer in the index and only in the file" in shown
    assert "Other words." not in shown
    press(app, "Take today's words")
    assert "Other words." in html(app)


def test_what_is_new_in_a_search_comes_first_and_stays_until_it_is_marked(
    service: FakeService,
) -> None:
    at = save(service, "Lawyers", "detention lawyer")
    new = service.passages[0].model_copy(
        update={"passage_id": "NEW:1", "text": "detention lawyer", "citation": "NEW, para. 1"}
    )
    assert "nothing new" in html(opened(_page))
    service.passages.append(new)
    service.library.index.generation += 1
    connection.st.cache_data.clear()
    assert "1 new" in html(opened(_page))
    app = opened(_page, search=str(at))
    assert "New (1)" in html(app)
    assert 'data-passage="NEW:1"' in html(app)
    press(app, "Mark as seen")
    assert "Nothing is new" in html(app)
    assert 'data-passage="NEW:1"' not in html(app)


def test_a_search_can_be_removed(service: FakeService) -> None:
    at = save(service, "Lawyers", "detention lawyer")
    app = opened(_page, search=str(at), lang="en")
    assert 'href="./?q=detention+lawyer&amp;lang=en"' in html(app)
    press(app, "Remove it")
    assert "No saved searches yet" in html(app)


def test_a_file_is_taken_in_and_one_that_is_none_is_refused(service: FakeService) -> None:
    keep(service, "Counsel", ONE)
    file = exchange.export_file(service.library.library)
    app = opened(_page)
    app.file_uploader(key="collect-file").set_value(("x.json", b"{}", "application/json"))
    press(app, "Take it in")
    assert "x.json is no file of collections" in html(app)
    upload = (file.name, file.content, "application/json")
    app.file_uploader(key="collect-file").set_value(upload)
    press(app, "Take it in")
    assert "a collection has this name" in html(app)
    app.file_uploader(key="collect-file").set_value(upload)
    app.radio(key="collect-conflict").set_value("rename")
    press(app, "Take it in")
    assert "Taken in: 1 passage." in html(app)
    assert r"Counsel \(2\)" in [button.label for button in app.button]


def test_what_is_not_there_is_said(service: FakeService) -> None:
    assert "it may have been removed" in html(opened(_page, collection="99"))
    assert "it may have been removed" in html(opened(_page, search="99"))
    assert "What you keep" in html(opened(_page, collection="9" * 99))


def _hit() -> None:
    from ui.collect.control import add_to_collection

    add_to_collection("X_IRC_40_12:en:11", "0")


def test_a_passage_is_put_into_a_new_collection_and_the_control_says_so(
    service: FakeService,
) -> None:
    app = opened(_hit)
    assert not service.asked, "nothing is asked until it is opened"
    app.session_state["collect-0"] = True
    app.run()
    press(app, "Add")
    assert "Give the new collection a name." in html(app)
    app.text_input(key="collect-0-0-name").set_value("Counsel")
    app.text_area(key="collect-0-0-note").set_value("ask")
    press(app, "Add")
    shown = html(app)
    assert "Added." in shown
    assert 'href="collections?collection=1"' in shown
    (entry,) = collections.contents(service.library.library, None, 1).entries
    assert (entry.copy_of.passage_id, entry.note) == (ONE, "ask")


def _search() -> None:
    from search_api.schemas import SearchRequest
    from ui.collect.control import save_search

    save_search(SearchRequest(query="detention lawyer", k=20))


def test_a_search_is_saved_once(service: FakeService) -> None:
    app = opened(_search)
    app.session_state["save-search"] = True
    app.run()
    press(app, "Save")
    assert "What it finds now counts as seen" in html(app)
    assert "Saved as:" in html(app)
    assert "Save" not in [button.label for button in app.button]
    (held,) = searches.listed(service.library.library, None).searches
    assert (held.name, held.request.query) == ("detention lawyer", "detention lawyer")
