"""What the address of the reading page says, and links to every paragraph of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

import streamlit as st

from search_api.schemas import MAX_QUERY_CHARACTERS, Place, ReadParagraph
from ui.wording.language import carried

__all__ = ["Address", "go", "link", "link_to_place", "read", "write"]

_LONGEST = 300
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Address:
    """One view of the reading page.

    Attributes:
        document: symbol or id.
        at: passage whose paragraph is marked.
        paragraph: number or label of the paragraph, where it is no passage.
        start: paragraphs before the window; None lays it around what is marked.
        page: page whose image is shown; None shows that of the marked paragraph.
        q: words to mark.
    """

    document: str = ""
    at: str = ""
    paragraph: str = ""
    start: int | None = None
    page: int | None = None
    q: str = ""

    def params(self) -> dict[str, str]:
        """Return the parameters of the address; what is not said is left out."""
        said = {
            "document": self.document,
            "at": self.at,
            "paragraph": "" if self.at else self.paragraph,
            "from": "" if self.start is None else str(self.start),
            "page": "" if self.page is None else str(self.page),
            "q": self.q,
        }
        return {name: value for name, value in said.items() if value}


def read() -> Address:
    """Return what the address says; what is not understood there counts as not said."""
    return _of({name: st.query_params.get_all(name) for name in st.query_params})


def write(address: Address) -> None:
    """Put a view into the address; the interface's language stays there."""
    st.query_params.from_dict({**address.params(), **carried()})


def go(query: str) -> None:
    """Follow a link of this page, given as what stands behind its question mark."""
    write(_of(parse_qs(query)))


def link(address: Address) -> str:
    """Return the link to a view."""
    return f"read?{urlencode(address.params())}"


def link_to_place(place: Place | ReadParagraph, document: str, q: str = "") -> str:
    """Return the link to a paragraph: by its passage, else by its label."""
    return link(_at(place, document, q))


def _at(place: Place | ReadParagraph, document: str, q: str) -> Address:
    label = "" if place.passage_id else place.paragraph_id
    return Address(document, at=place.passage_id or "", paragraph=label, q=q)


def _of(params: dict[str, list[str]]) -> Address:
    first = {name: values[0] for name, values in params.items() if values}
    return Address(
        document=first.get("document", "")[:_LONGEST].strip(),
        at=first.get("at", "")[:_LONGEST].strip(),
        paragraph=first.get("paragraph", "")[:80].strip(),
        start=_number(first.get("from", "")),
        page=_number(first.get("page", "")),
        q=first.get("q", "")[:MAX_QUERY_CHARACTERS],
    )


def _number(written: str) -> int | None:
    # isdigit alone admits superscripts, which int() refuses
    known = written.isascii() and written.isdigit() and len(written) < 8
    return min(int(written), _MOST) if known else None
