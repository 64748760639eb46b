"""Every string of the page that shows a document whole; see `ui.wording.common`."""

from __future__ import annotations

PAGE = "Read"
TITLE = "Read a document"
NOTHING_ASKED = (
    "Open a document from a search, or name one here: a symbol (A/HRC/…), a document id, or a "
    "citation’s symbol and then a paragraph."
)
DOCUMENT = "Document"
PLACEHOLDER = "A/HRC/…"
OPEN = "Open"
READ = "Read"
NOT_FOUND = "This is not in the index."
SEARCH_FOR_IT = "Search instead"
PLACE_LOST = "The paragraph asked for is not in this document; it is shown from its beginning."

# What is known of it
PAGES = "{count:,} {count:page|pages}"
PARAGRAPHS = "{count:,} {count:paragraph|paragraphs}"
SESSION = "session {session}"
AGENDA_ITEM = "item {item}"
ONLINE = "Online (leaves this computer)"
ORIGINAL = "Save the original ({name})"
QUALITY = "How it was read: {count} {count:note|notes}"
VERSIONS = "Other versions"
VERSION = {
    "language-version": "{language}",
    "another-version": "Another text under this symbol: {name}",
    "same-text": "The same text: {name}",
    "adopted-as": "Adopted as {name}",
    "adopts": "Its draft: {name}",
    "revises": "Revises {name}",
    "revised-by": "Revised by {name}",
    "corrects": "Corrects {name}",
    "corrected-by": "Corrected by {name}",
    "supersedes": "Replaces {name}",
    "superseded-by": "Replaced by {name}",
    "adds-to": "Adds to {name}",
    "added-to-by": "Added to by {name}",
    "amends": "Amends {name}",
    "amended-by": "Amended by {name}",
}
VERSION_OTHER = "Belongs with {name}"

# The text
OUTLINE = "Outline"
OUTLINE_LABEL = "Sections of the document"
TEXT_LABEL = "Text of the document"
LINK_TO = "Paragraph {number}: mark it, and put it in the address"
LINK_TO_UNNUMBERED = "Mark this paragraph, and put it in the address"
SHOW_PAGE = "Show page {page}"
PAGE_MARK = "p. {page}"
FROM_IMAGE = "from an image"
FOOTNOTES = "Footnotes"
LOOSE_FOOTNOTES = "Notes whose marks were not found in the text"
EARLIER = "Earlier paragraphs ({count:,})"
LATER = "Later paragraphs ({count:,})"
WINDOW = "Paragraphs {first:,}–{last:,} of {total:,}"

# Going about in it
PREVIOUS = "Previous"
NEXT = "Next"
JUMP = "Paragraph"
JUMP_PLACEHOLDER = "No."
GO = "Go"
NO_SUCH_PARAGRAPH = "There is no paragraph {number} in this document."
MARKED = "Paragraph in hand"
NOTHING_MARKED = "Choose a paragraph by its number to cite it, follow it, or see it on its page."
ADDRESSED_TO = "Addressed to: {addressees}"
COMPARE = "Compare"
SIMILAR = "Similar"

# The page image
IMAGE = "Page image"
IMAGE_OF = "Page {page} of {pages}"
IMAGE_ALT = "Page {page} of {name}, as it was printed"
IMAGE_ALT_MARKED = "Page {page} of {name}, as it was printed; {citation} is framed"
PREVIOUS_PAGE = "Previous page"
NEXT_PAGE = "Next page"
STANDS_ON = "{citation} stands on pages {pages}."
BACK_TO_MARKED = "Back to page {page}"
NO_IMAGE = {
    "record": "There is no page to show: this text came as a record among others, not as a file.",
    "gone": (
        "There is no page to show: the file is no longer where it was indexed. The text is what "
        "was read from it."
    ),
    "file": "There is no page to show: only PDF files have pages that look as printed.",
}
IMAGE_FAILED = "This page cannot be shown."
