"""One collection: its passages as cards, its notes, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from search_api.schemas import (
    MAX_EXPORTED,
    MAX_NAME_CHARACTERS,
    MAX_NOTE_CHARACTERS,
    Collection,
    CollectionChange,
    CollectionContents,
    Entry,
    EntryRequest,
)
from ui.collect import address, asking, entry_card, files, unsaved
from ui.collect.unsaved import Words
from ui.parts.cards import line, notice
from ui.parts.dates import date_words
from ui.parts.export_control import export_control
from ui.parts.markup import element
from ui.service import connection
from ui.table import rows as table_rows
from ui.wording import collect as texts
from ui.wording import common

__all__ = ["show"]

PER_PAGE = 25
_REMOVED = "collect-removed"
_BOX = "collect-edit-box"
_MOST_IN_TABLE = 100


def show(collection_id: int) -> None:
    """Draw a collection."""
    found = asking.contents(collection_id)
    collection = found.collection
    st.html(str(element("header", element("h1", collection.name, dir="auto"), class_="p-top")))
    _facts(collection)
    with st.container():  # whether or not there is something in it, so that nothing else moves
        asking.say_refusal()
        _undo(collection)
    _actions(found)
    tag = _tag(found.entries)
    entries = [each for each in found.entries if tag is None or tag in each.tags]
    if not entries:
        st.html(str(notice("", texts.EMPTY_TAG if tag else texts.EMPTY)))
        return
    first = _first(len(entries))
    last = min(first + PER_PAGE, len(entries))
    if len(entries) > PER_PAGE:
        shown = texts.RANGE.format(first=first + 1, last=last, total=len(entries))
        st.html(str(line(shown)))
    places = {each.id: place for place, each in enumerate(found.entries)}
    labels = asking.labels()
    for each in entries[first:last]:
        # Among those of one tag, moving would pass over what is not shown.
        last_place = 0 if tag else len(found.entries) - 1
        entry_card.show(collection, each, labels, places[each.id], last_place, _REMOVED)
    _turn_pages(first, last, len(entries), tag)


def _facts(collection: Collection) -> None:
    facts = [
        element("span", texts.COUNT.format(count=collection.entries)),
        element("span", texts.MADE_ON.format(date=date_words(collection.created_at))),
        *(element("span", tag, class_="p-badge", dir="auto") for tag in collection.tags),
    ]
    st.html(str(element("p", *facts, class_="p-facts p-kept")))
    if collection.note:
        st.html(str(element("p", collection.note, class_="p-note", dir="auto")))


def _undo(collection: Collection) -> None:
    """Offer to put back what was taken out last."""
    held: tuple[int, Entry, int] | None = st.session_state.get(_REMOVED)
    if held is None or held[0] != collection.id:
        return
    entry = held[1]
    with st.container(horizontal=True, vertical_alignment="center", key="collect-undo"):
        said = texts.REMOVED.format(citation=entry.copy_of.citation)
        st.html(str(element("p", said, role="status", dir="auto")), width="content")
        st.button(texts.UNDO, key="collect-put-back", on_click=_put_back, args=(held,))


def _put_back(held: tuple[int, Entry, int]) -> None:
    collection_id, entry, place = held
    asked = EntryRequest(
        passage_id=entry.copy_of.passage_id,
        note=entry.note,
        tags=entry.tags,
        position=place,
        copy_of=entry.copy_of,
    )
    if asking.attempt(lambda: connection.client().add_entry(collection_id, asked)):
        st.session_state.pop(_REMOVED, None)


def _actions(found: CollectionContents) -> None:
    collection = found.collection
    held = [each.copy_of.passage_id for each in found.entries if each.state in {"same", "changed"}]
    with st.container(horizontal=True, key="actions-collection", vertical_alignment="center"):
        with st.popover(
            texts.EDIT, type="tertiary", icon=":material/edit:", key=_BOX, on_change="rerun"
        ) as box:
            if box.open:
                _edit(collection)
        if held:
            export_control(held[:MAX_EXPORTED], texts.EXPORT, collection.name)
            st.button(
                texts.TO_TABLE,
                key="collect-table",
                type="tertiary",
                icon=":material/table:",
                on_click=_to_table,
                args=(held[:_MOST_IN_TABLE],),
            )
        st.download_button(
            texts.SAVE_FILE,
            lambda: files.written(connection.client().collection_file(collection.id)),
            file_name=f"collection-{collection.id}.json",
            mime="application/json",
            key="collect-save",
            type="tertiary",
            help=texts.SAVE_FILE_HELP,
            on_click="ignore",
        )
        with st.popover(texts.REMOVE_COLLECTION, type="tertiary", icon=":material/delete:"):
            sure = texts.REMOVE_COLLECTION_SURE.format(count=collection.entries)
            st.html(str(element("p", sure)))
            st.button(
                texts.REMOVE_SURE, key="collect-remove", on_click=_remove, args=(collection.id,)
            )
    lacking = len(found.entries) - len(held) if held else 0
    with st.container():
        if lacking:
            st.html(str(line(texts.EXPORT_LACKS.format(count=lacking))))
    if count := table_rows.just_added():
        st.toast(texts.IN_TABLE.format(count=count))


def _edit(collection: Collection) -> None:
    # A revision has a form of its own: what somebody else saved meanwhile fills it anew.
    key = f"collect-edit-{collection.id}-{collection.revision}"
    now = Words(collection.revision, collection.note, ", ".join(collection.tags), collection.name)
    filled = unsaved.words(_box(collection), now)
    with st.form(key, border=False):
        st.text_input(texts.NAME, filled.name, max_chars=MAX_NAME_CHARACTERS, key=f"{key}-name")
        st.text_area(texts.NOTE, filled.note, max_chars=MAX_NOTE_CHARACTERS, key=f"{key}-note")
        st.text_input(texts.TAGS, filled.tags, key=f"{key}-tags", help=texts.TAGS_HELP)
        st.form_submit_button(texts.KEEP, type="primary", on_click=_change, args=(collection, key))


def _box(collection: Collection) -> str:
    return f"{_BOX}-{collection.id}"


def _change(collection: Collection, key: str) -> None:
    state = st.session_state
    written = Words(
        collection.revision,
        str(state.get(f"{key}-note") or ""),
        str(state.get(f"{key}-tags") or ""),
        str(state.get(f"{key}-name") or collection.name),
    )
    asked = CollectionChange.model_construct(
        name=written.name,
        note=written.note,
        tags=entry_card.tags_of(written.tags),
        revision=collection.revision,
    )
    if asking.attempt(lambda: connection.client().change_collection(collection.id, asked)):
        state[_BOX] = False
        unsaved.drop(_box(collection))
    else:
        unsaved.hold(_box(collection), written)


def _remove(collection_id: int) -> None:
    if asking.attempt(lambda: connection.client().remove_collection(collection_id)):
        address.go()


def _to_table(passage_ids: Sequence[str]) -> None:
    for each in passage_ids:
        table_rows.add(each)


def _tag(entries: Sequence[Entry]) -> str | None:
    """Let the reader choose one of the tags in use; it stands in the address."""
    tags = sorted({tag for each in entries for tag in each.tags}, key=str.casefold)
    asked = st.query_params.get("tag")
    if not tags:
        return None
    chosen = st.selectbox(
        texts.ONLY_TAG,
        tags,
        index=tags.index(asked) if asked in tags else None,
        placeholder=texts.ANY_TAG,
        key="collect-tag",
        width=320,
        on_change=_tagged,
    )
    return str(chosen) if chosen else None


def _tagged() -> None:
    tag = st.session_state["collect-tag"]
    here = str(address.chosen("collection"))
    address.go(collection=here, **({"tag": tag} if tag else {}))


def _first(total: int) -> int:
    asked = (address.chosen("from") or 1) - 1
    return min(asked, (total - 1) // PER_PAGE * PER_PAGE)


def _turn_pages(first: int, last: int, total: int, tag: str | None) -> None:
    here = {"collection": str(address.chosen("collection")), **({"tag": tag} if tag else {})}
    with st.container(horizontal=True, key="turn-pages"):
        if first:
            back = {**here, "from": str(max(0, first - PER_PAGE) + 1)}
            st.button(common.PREVIOUS, key="previous", on_click=address.go, kwargs=back)
        if last < total:
            on = {**here, "from": str(last + 1)}
            st.button(common.MORE, key="more", on_click=address.go, kwargs=on)
