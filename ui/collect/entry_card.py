"""A passage of a collection: its words, its note, and what can be done with it."""

from __future__ import annotations

import re

import streamlit as st

from search_api.schemas import (
    MAX_NOTE_CHARACTERS,
    MAX_TAGS,
    Collection,
    Entry,
    EntryChange,
)
from ui.collect import asking, unsaved
from ui.collect.address import href
from ui.collect.unsaved import Words
from ui.parts.cards import Labels, citation, details
from ui.parts.copy_button import copy_buttons
from ui.parts.dates import date_words
from ui.parts.markup import Markup, element, safe_link, text
from ui.parts.standing import badges
from ui.service import connection
from ui.wording import collect as texts
from ui.wording import common

__all__ = ["card", "show", "tags_of"]

_At = tuple[int, int]
"""An entry: of which collection, and which."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")


def show(
    collection: Collection,
    entry: Entry,
    labels: Labels,
    place: int,
    last: int,
    removed: str,
) -> None:
    """Draw an entry with its controls.

    Args:
        collection: It stands in.
        entry: The entry.
        labels: Names of facet values for people.
        place: Its place from 0.
        last: The last place to which it can be moved; 0 where it cannot be moved.
        removed: Where what is taken out is held, so that it can be put back.
    """
    at = (collection.id, entry.id)
    copy = entry.copy_of
    with st.container(key=f"card-entry-{entry.id}", gap=None):
        st.html(str(card(entry, labels)))
        with st.container(horizontal=True, key=f"actions-entry-{entry.id}"):
            copy_buttons(
                {
                    common.COPY_CITATION: copy.citation,
                    common.COPY_TEXT: f"“{copy.text}” ({copy.citation})",
                },
                key=f"copy-{entry.id}",
            )
            if entry.passage is not None:
                st.html(str(_read(copy.passage_id)), width="content")
            key = f"note-of-{entry.id}"
            with st.popover(texts.EDIT_ENTRY, type="tertiary", key=key, on_change="rerun") as box:
                if box.open:
                    _edit(entry, at, key)
            if entry.state == "changed":
                _button(texts.RENEW, f"renew-{entry.id}", at, EntryChange(renew=True))
            if last and place > 0:
                _button(texts.UP, f"up-{entry.id}", at, EntryChange(position=place - 1))
            if place < last:
                _button(texts.DOWN, f"down-{entry.id}", at, EntryChange(position=place + 1))
            st.button(
                texts.REMOVE,
                key=f"remove-{entry.id}",
                type="tertiary",
                on_click=_remove,
                args=(collection.id, entry, place, removed),
            )


def card(entry: Entry, labels: Labels) -> Markup:
    """Show a passage as it was kept, with what became of it."""
    copy, passage = entry.copy_of, entry.passage
    states = {
        "changed": texts.STATE_CHANGED,
        "missing": texts.STATE_MISSING,
        "unknown": texts.STATE_UNKNOWN,
    }
    state = states.get(entry.state)
    language = copy.language if _LANGUAGE.fullmatch(copy.language or "") else None
    return element(
        "article",
        element(
            "header",
            citation(passage) if passage else _citation(entry),
            *(badges(passage) if passage else _standing(entry)),
            *(element("span", tag, class_="p-badge p-tag", dir="auto") for tag in entry.tags),
            class_="p-head",
        ),
        element("h2", copy.title or common.UNTITLED, class_="p-title", dir="auto"),
        details(passage, labels) if passage else _facts(entry),
        element("p", state, class_="p-line p-state", role="note") if state else None,
        element("div", text(copy.text), class_="p-text p-kept-text", dir="auto", lang=language),
        element(
            "p",
            element("b", f"{texts.YOUR_NOTE}: "),
            element("span", entry.note, dir="auto"),
            class_="p-note",
        )
        if entry.note
        else None,
        class_="p-card",
        aria_label=copy.citation,
        data_passage=copy.passage_id,
    )


def tags_of(written: str) -> tuple[str, ...]:
    """Return the tags that a reader wrote, parted by commas."""
    return tuple(tag.strip()[:50] for tag in written.split(",") if tag.strip())[:MAX_TAGS]


def _citation(entry: Entry) -> Markup:
    copy = entry.copy_of
    link = safe_link(copy.url)
    if link is None:
        return element("span", copy.citation, class_="p-citation", dir="auto")
    return element(
        "a",
        copy.citation,
        href=link,
        target="_blank",
        rel="noopener noreferrer",
        referrerpolicy="no-referrer",
        title=common.OPEN_ORIGINAL,
        class_="p-citation",
        dir="auto",
    )


def _standing(entry: Entry) -> list[Markup]:
    copy = entry.copy_of
    if not copy.standing:
        return []
    if copy.counts:
        return [element("span", copy.standing, class_="p-badge", dir="auto")]
    words = texts.NOT_PRECEDENT.format(standing=copy.standing)
    return [element("span", words, class_="p-badge p-caution", dir="auto")]


def _facts(entry: Entry) -> Markup:
    copy = entry.copy_of
    known = [date_words(copy.date or ""), common.LANGUAGES.get(copy.language or "", copy.language)]
    spans = [element("span", fact, dir="auto") for fact in known if fact]
    return element("p", *spans, class_="p-facts p-details")


def _read(passage_id: str) -> Markup:
    return element("a", texts.READ, href=href("read", at=passage_id), target="_self", class_="p-go")


def _edit(entry: Entry, at: _At, box: str) -> None:
    key = f"entry-{entry.id}-{entry.revision}"
    now = Words(entry.revision, entry.note, ", ".join(entry.tags))
    filled = unsaved.words(box, now)
    with st.form(key, border=False):
        st.text_area(texts.NOTE, filled.note, max_chars=MAX_NOTE_CHARACTERS, key=f"{key}-note")
        st.text_input(texts.TAGS, filled.tags, key=f"{key}-tags", help=texts.TAGS_HELP)
        st.form_submit_button(
            texts.KEEP, type="primary", on_click=_keep, args=(entry, at, key, box)
        )


def _keep(entry: Entry, at: _At, key: str, box: str) -> None:
    note = str(st.session_state.get(f"{key}-note") or "")
    tags = str(st.session_state.get(f"{key}-tags") or "")
    asked = EntryChange(note=note, tags=tags_of(tags), revision=entry.revision)
    if _sent(at, asked):
        st.session_state[box] = False  # done with
        unsaved.drop(box)
    else:
        unsaved.hold(box, Words(entry.revision, note, tags))


def _button(label: str, key: str, at: _At, asked: EntryChange) -> None:
    st.button(label, key=key, type="tertiary", on_click=_send, args=(at, asked))


def _send(at: _At, asked: EntryChange) -> None:
    _sent(at, asked)


def _sent(at: _At, asked: EntryChange) -> bool:
    return asking.attempt(lambda: connection.client().change_entry(*at, asked))


def _remove(collection_id: int, entry: Entry, place: int, removed: str) -> None:
    if asking.attempt(lambda: connection.client().remove_entry(collection_id, entry.id)):
        st.session_state[removed] = (collection_id, entry, place)
