"""What the frame around all pages says."""

from __future__ import annotations

PAGES = {
    "search": "Search",
    "see": "Trends",
    "read": "Read",
    "draft": "Check a draft",
    "verify": "Check citations",
    "table": "Table",
    "compare": "Compare",
    "lineage": "Lineage",
    "collections": "Collections",
    "corpus": "Corpus",
}
"""Address of a page → its short name, in the menu and in the browser's tab."""

TAB = "{page} · {app}"
TAB_SHOWN = "{shown} · {page} · {app}"

NAVIGATION = "Pages"
HOME = "To the start"
MENU = "Menu"
SKIP = "Skip to content"
WORKING = "Working …"
LANGUAGE = "Language of the page"
