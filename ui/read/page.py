"""The page that shows a document whole, beside the image of the page it was printed on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import Place, Reading
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.markup import element, join
from ui.read import address, follow, head, in_hand, sheet, text
from ui.read.address import Address
from ui.service import connection
from ui.wording import read as texts

__all__ = ["show"]

WINDOW = 200
"""Paragraphs on the page at once: most documents whole, the longest in eight pieces."""

_FOLLOW, _JUMP, _MISSED, _IMAGE = "read-follow", "read-jump", "read-missed", "read-image"


def show() -> None:
    """Draw the page; what is read stands in the address."""
    asked = address.read()
    if not asked.document and not asked.at:
        _ask()
        return
    try:
        reading, lost = _read(asked)
    except RefusedError as error:
        st.html(str(notice(texts.NOT_FOUND, error.detail, tone="warning")))
        _ask()
        return
    except ServiceError as error:
        waiting.show(error)
        return
    st.html(str(join([head.heading(reading), head.versions(reading, asked.q)])))
    _original(reading)
    if lost:
        st.html(str(notice("", texts.PLACE_LOST, tone="warning")))
    wide, narrow = st.columns([11, 9] if reading.document.page_images else [7, 4], gap="medium")
    with narrow, st.container(key="read-pane", gap=None):
        _pane(reading, asked)
    with wide:
        _text(reading, asked)
    _follow(reading, asked)


def _read(asked: Address) -> tuple[Reading, bool]:
    """Return the window asked for, and whether the paragraph asked for is not in the document."""
    try:
        return _window(asked, WINDOW), False
    except RefusedError:
        if not asked.document or not (asked.at or asked.paragraph):
            raise
        return _window(Address(asked.document, start=asked.start, q=asked.q), WINDOW), True


def _window(asked: Address, k: int) -> Reading:
    return connection.client().reading(
        asked.at or asked.document,
        paragraph=None if asked.at else asked.paragraph or None,
        offset=asked.start,
        k=k,
        q=asked.q or None,
    )


def _ask() -> None:
    st.html(str(element("header", element("h1", texts.TITLE), class_="p-top")))
    st.html(str(element("p", texts.NOTHING_ASKED, class_="p-tips")))
    with st.form("read", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        given = st.text_input(
            texts.DOCUMENT, placeholder=texts.PLACEHOLDER, max_chars=300, autocomplete="off"
        )
        if st.form_submit_button(texts.OPEN, type="primary") and given.strip():
            address.write(Address(given.strip()))
            st.rerun()


def _original(reading: Reading) -> None:
    document = reading.document
    if document.original != "file":
        return
    st.download_button(
        texts.ORIGINAL.format(name=document.source),
        partial(_content, document.document_id),
        file_name=document.source,
        key="read-original",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _content(document_id: str) -> bytes:
    return connection.client().original(document_id).content


# The text -----------------------------------------------------------------------------------------


def _text(reading: Reading, asked: Address) -> None:
    last = reading.offset + len(reading.paragraphs)
    if reading.offset:
        earlier = replace(asked, start=max(0, reading.offset - WINDOW))
        _turn(texts.EARLIER.format(count=reading.offset), "earlier", earlier)
    st.html(str(text.paragraphs(reading, asked.q)))
    if last < reading.total:
        later = replace(asked, start=last)
        _turn(texts.LATER.format(count=reading.total - last), "later", later)
        window = texts.WINDOW.format(first=reading.offset + 1, last=last, total=reading.total)
        st.html(str(line(window)))


def _turn(label: str, key: str, to: Address) -> None:
    st.button(label, key=f"read-{key}", type="tertiary", on_click=address.write, args=(to,))


def _follow(reading: Reading, asked: Address) -> None:
    marked = sheet.marked_paragraph(reading)
    shown = sheet.page_shown(reading, asked.page)
    # On a telephone the page's image, once it is asked for, takes room from the text.
    image = bool(st.session_state.get(_IMAGE))
    at = None if marked is None else marked.ordinal
    view = (reading.document.document_id, reading.offset, at, shown, image)
    follow.follow(
        here="" if marked is None else text.element_id(marked.ordinal),
        view=" ".join(map(str, view)),
        start=asked.start is not None,
        go=_went,
        page=_paged,
        key=_FOLLOW,
    )


def _went() -> None:
    address.go(st.session_state[_FOLLOW].go or "")


def _paged() -> None:
    wanted = st.session_state[_FOLLOW].page or ""
    address.write(replace(address.read(), page=int(wanted) if wanted.isdecimal() else None))


# Beside the text ----------------------------------------------------------------------------------


def _pane(reading: Reading, asked: Address) -> None:
    _steps(reading, asked)
    contents = text.outline(reading.outline, reading.document.document_id, asked.q)
    notes = head.quality(reading.document)
    if contents is not None or notes is not None:
        st.html(str(element("div", contents, notes, class_="p-folded")))
    in_hand.show(reading)
    _image(reading, asked)


def _steps(reading: Reading, asked: Address) -> None:
    """Draw the ways from one paragraph to another."""
    document = reading.document.document_id
    with st.container(horizontal=True, key="read-steps", vertical_alignment="center"):
        _step(texts.PREVIOUS, "previous", ":material/arrow_upward:", "Alt+Up", reading.before)
        _step(texts.NEXT, "next", ":material/arrow_downward:", "Alt+Down", reading.after)
        with st.form("jump", border=False, clear_on_submit=True), st.container(horizontal=True):
            st.text_input(
                texts.JUMP,
                key=_JUMP,
                placeholder=texts.JUMP_PLACEHOLDER,
                max_chars=40,
                label_visibility="collapsed",
                autocomplete="off",
                width=90,
            )
            st.form_submit_button(texts.GO, on_click=_jump, args=(document, asked.q))
    if missed := st.session_state.pop(_MISSED, ""):
        st.html(str(notice("", texts.NO_SUCH_PARAGRAPH.format(number=missed), tone="warning")))


def _step(label: str, key: str, icon: str, shortcut: str, to: Place | None) -> None:
    st.button(
        label,
        key=f"read-{key}",
        icon=icon,
        shortcut=shortcut,
        disabled=to is None,
        on_click=_go_to,
        args=(to,),
    )


def _go_to(place: Place) -> None:
    asked = address.read()
    to = address.link_to_place(place, place.document_id, asked.q)
    address.go(to.partition("?")[2])


def _jump(document: str, q: str) -> None:
    """Go to the paragraph whose number was typed; where there is none, stay and say so."""
    wanted = st.session_state[_JUMP].strip()
    if not wanted:
        return
    to = Address(document, paragraph=wanted, q=q)
    try:
        found = _window(to, 1)
    except RefusedError:
        st.session_state[_MISSED] = wanted
        return
    except ServiceError:
        return  # said when the page is drawn, a moment later
    if found.marked is not None:
        _go_to(found.marked)


def _image(reading: Reading, asked: Address) -> None:
    document = reading.document
    if not document.page_images:
        st.html(str(notice("", texts.NO_IMAGE[document.original])))
        return
    st.toggle(texts.IMAGE, key=_IMAGE)
    with st.container(key="read-sheet", gap=None):
        page = sheet.page_shown(reading, asked.page)
        try:
            drawn = sheet.sheet(reading, page, asked.q)
        except RefusedError as error:
            st.html(str(notice(texts.IMAGE_FAILED, error.detail, tone="warning")))
            return
        except ServiceError as error:
            st.html(str(waiting.explain(error)))
            return
        _pages(reading, asked, page)
        st.html(str(drawn))


def _pages(reading: Reading, asked: Address, page: int) -> None:
    """Draw the ways from one page's image to another."""
    pages = reading.document.page_count or 1
    own = sheet.page_shown(reading, None)
    with st.container(horizontal=True, key="read-pages", vertical_alignment="center"):
        for label, key, icon, to in (
            (texts.PREVIOUS_PAGE, "page-before", ":material/chevron_left:", page - 1),
            (texts.NEXT_PAGE, "page-after", ":material/chevron_right:", page + 1),
        ):
            st.button(
                label,
                key=f"read-{key}",
                icon=icon,
                type="tertiary",
                disabled=not 1 <= to <= pages,
                on_click=address.write,
                args=(replace(asked, page=to),),
            )
        st.html(str(line(texts.IMAGE_OF.format(page=page, pages=pages))))
        if reading.marked is not None and own != page:
            st.button(
                texts.BACK_TO_MARKED.format(page=own),
                key="read-page-own",
                type="tertiary",
                on_click=address.write,
                args=(replace(asked, page=None),),
            )
