"""Pages saved under a document's name that are none: "does not exist", "404", "please wait…".

They open, hold words and would be indexed as if a body had said them. Each is known by a phrase of
the program that makes it, on a page with little else; a document that speaks of such a page is
longer.
"""

from __future__ import annotations

import re

from corpus.errors import NotADocumentError

__all__ = ["refuse_placeholder"]

# The longest placeholder met, a content network's refusal with its identifiers, has 900 characters.
_MAX_CHARS = 1500
_REFETCH = "check the address or symbol and fetch it again"
_PLACEHOLDERS = (
    (
        r"does not exist in the Official Document System",
        'a "does not exist" page of the Official Document System, saved as if it were one',
        "check the symbol and fetch it again",
    ),
    (
        r"Please wait\W.{0,40}If this message is not eventually replaced",
        "a form (XFA) whose content this file holds only for its maker's program",
        "open it there and print it to PDF",
    ),
    (
        r"\bPDF Portfolio\b.{0,200}\b(?:Get|Download|upgrade|install|Adobe)\b",
        "the cover of a portfolio; the documents are attached to it",
        "save the attached documents as files",
    ),
)
# What a server's or content network's own page is headed, whole: the title or first heading.
_ERROR_TITLE = re.compile(
    r"(?:(?:HTTP )?(?:Error )?(?:4\d\d|5\d\d)\b.{0,60}"
    r"|(?:page|file|document) (?:was )?not found.{0,40}|not found|forbidden|unauthorized"
    r"|(?:access|request) (?:denied|blocked|rejected)"
    r"|bad (?:request|gateway)|internal server error|service (?:temporarily )?unavailable"
    r"|gateway time-?out|just a moment.{0,5}|attention required!.{0,20}|object moved"
    r"|page introuvable|p[áa]gina no encontrada|страница не найдена)\W*",
    re.IGNORECASE,
)


def refuse_placeholder(text: str, source: str, headings: tuple[str, ...] = ()) -> None:
    """Raise where a short text is a page that stands in for a document.

    Args:
        text: all words of the file.
        source: its name, for messages.
        headings: a web page's title and first heading.

    Raises:
        NotADocumentError: it is one; says which.
    """
    if len(text) > _MAX_CHARS:
        return
    for phrase, what, remedy in _PLACEHOLDERS:
        if re.search(phrase, text, re.IGNORECASE | re.DOTALL):
            raise NotADocumentError(source, what, remedy)
    for heading in headings:
        if _ERROR_TITLE.fullmatch(heading.strip()):
            cause = (
                f"an error page of a web site ({heading.strip()[:60]!r}), saved as if it were one"
            )
            raise NotADocumentError(source, cause, _REFETCH)
