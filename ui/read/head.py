"""What is known of a document, above its text."""

from __future__ import annotations

from search_api.schemas import DocumentLink, ReadDocument, Reading
from ui.parts.cards import Labels, own_names
from ui.parts.dates import date_words
from ui.parts.markup import Markup, element, join, safe_link
from ui.parts.standing import standing_badges
from ui.read.address import Address, link, link_to_place
from ui.wording import common
from ui.wording import read as texts

__all__ = ["heading", "quality", "versions"]


def heading(reading: Reading) -> Markup:
    """Show the title, who speaks, when, and what the text is worth as precedent."""
    document = reading.document
    facts = [element("span", fact, dir="auto") for fact in _facts(document, reading.total)]
    return element(
        "header",
        element("h1", document.title or document.symbol or common.UNTITLED, dir="auto"),
        element(
            "p",
            element("span", document.symbol, class_="p-citation", dir="auto")
            if document.symbol
            else None,
            *standing_badges(document),
            class_="p-head",
        ),
        element("p", join(facts), _online(document), class_="p-facts p-details"),
        class_="p-document",
    )


def _facts(document: ReadDocument, paragraphs: int) -> list[str]:
    names: Labels = own_names()
    session = texts.SESSION.format(session=document.session) if document.session else None
    item = texts.AGENDA_ITEM.format(item=document.agenda_item) if document.agenda_item else None
    pages = texts.PAGES.format(count=document.page_count) if document.page_count else None
    facts = [
        document.mandate or document.body,
        names["kind"].get(document.kind or "", document.kind),
        date_words(document.date or str(document.year or "")) or None,
        session,
        item,
        ", ".join(document.country_names) or None,
        names["language"].get(document.language or "", document.language),
        pages,
        texts.PARAGRAPHS.format(count=paragraphs),
    ]
    return [fact for fact in facts if fact]


def _online(document: ReadDocument) -> Markup | None:
    url = safe_link(document.url)
    if url is None:
        return None
    # No referrer: the page's address says what is read, which is no one else's business.
    return element(
        "span",
        element(
            "a",
            texts.ONLINE,
            href=url,
            target="_blank",
            rel="noopener noreferrer",
            referrerpolicy="no-referrer",
        ),
    )


def versions(reading: Reading, q: str) -> Markup | None:
    """Show the documents that belong with this one; those in other languages at this paragraph."""
    if not reading.document.links:
        return None
    return element(
        "nav",
        element(
            "ul",
            element("li", element("b", texts.VERSIONS)),
            *(element("li", _version(each, reading, q)) for each in reading.document.links),
            class_="p-versions",
        ),
        aria_label=texts.VERSIONS,
    )


def _version(other: DocumentLink, reading: Reading, q: str) -> Markup:
    names = own_names()["language"]
    twin = next((each for each in reading.twins if each.document_id == other.document_id), None)
    where = link(Address(other.document_id, q=q))
    if twin is not None:
        where = link_to_place(twin, other.document_id, q)
    return element(
        "a",
        texts.VERSION.get(other.kind, texts.VERSION_OTHER).format(
            name=other.symbol or other.title or other.document_id,
            language=names.get(other.language or "", other.language or other.document_id),
        ),
        href=where,
        target="_self",
        data_go="",
        dir="auto",
    )


def quality(document: ReadDocument) -> Markup | None:
    """Show, behind a quiet line, the reasons to look at the original; None where there are none."""
    notes = [*(concern.message for concern in document.concerns), *document.warnings]
    if not notes:
        return None
    return element(
        "details",
        element("summary", texts.QUALITY.format(count=len(notes))),
        element("ul", *(element("li", note, dir="auto") for note in notes)),
        class_="p-quality p-concerns",
    )
