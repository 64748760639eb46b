"""Every string of the page that follows a paragraph; see `ui.wording.common`."""

from __future__ import annotations

PAGE = "Lineage"
TITLE = "A paragraph over the years"
INTRO = (
    "Where it was first used, how it was worded in each later text, where its verb grew stronger "
    "or weaker, and where it was dropped."
)
PARAGRAPH = "Paragraph"
PLACEHOLDER = "A/HRC/RES/…, para. 3"
SCOPE = "Look through"
SCOPES = {
    "series": "The yearly texts of its series",
    "body": "All that the same body said",
    "all": "Every text in its language",
}
FOLLOW = "Follow"
FAILED = "This cannot be followed."
OPEN = "Lineage"

SERIES = "{documents} texts looked through ({by}): {name}"
BY = {
    "mandate": "one mandate",
    "title": "one title, or a third of their paragraphs in common",
    "country": "one body, kind and country",
    "body-and-kind": "one body and kind",
    "body": "one body",
    "all": "every text of the language",
}
TIMELINE = "Timeline by year: each mark is a text. The same is told in words above and below it."
ROW_VERSION = "Versions"
ROW_PROPOSAL = "Drafts, rejected"
ROW_WITHOUT = "Without it"
STANDING = "Standing"
YEAR = "Year"
TEXT = "Text"

GRADES = {
    "verbatim": "Verbatim",
    "near-verbatim": "Near verbatim",
    "same-meaning": "Same meaning",
    "reworded": "Reworded",
}
ASKED = "The paragraph asked for"
FIRST_USE = "First use"
CAME_BACK = "Came back"
SAME_WORDS = "The same words as the version before it."
THROUGH = "Close to the version of {document}, not to the paragraph asked for."
PROPOSAL = "{standing}, beside this text: {citation}"
PROPOSAL_LOOSE = "{standing}, and no text that became of it: {citation}"
WITHOUT = "Texts of the series without it ({count})"
PLACES = {"before": "before its first use", "between": "between", "after": "after its last use"}
YEARS_WITHOUT = "No text of this series is held for {years}."
TWINS = "In other languages"
SIDE_BY_SIDE = "Compare with the version before"
