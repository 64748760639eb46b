"""Every word of the draft page."""

from __future__ import annotations

TITLE = "Check a draft"
INTRO = (
    "Paste a statement or a draft resolution, or read it from a file. Each sentence is shown with "
    "who said it before: strongest authority first. Drafts, rejected amendments and superseded "
    "texts never count."
)
PASTE = "Draft"
PLACEHOLDER = "Paste the text. A blank line ends a paragraph."
FILE = "Or a file: Word, text, PDF or HTML"
READ = "Read the file"
BEFORE = "Before which body"
BEFORE_HELP = "Its own resolutions go before those of other bodies."
BEFORE_ANY = "Any body"
EXCLUDE = "Leave out these symbols"
EXCLUDE_HELP = (
    "Documents that are no precedent, separated by commas: the draft itself, where it is held."
)
K = "Precedents of a sentence"
CHECK = "Find precedents"
EMPTY = "Nothing to check yet"
EMPTY_HELP = "The text stays on this machine, and is gone when the page is closed."
NO_SENTENCE = "There is no sentence to check in this text."
PROGRESS = "{done} of {total} sentences"
PROGRESS_START = "Reading the draft"
STOPPED = "The check stopped before its end; what was checked is shown."
MORE = "Check the rest ({rest})"
COUNTS = "{total} sentences"
GRADES = {
    "verbatim": "Verbatim",
    "near-verbatim": "Near-verbatim",
    "same-meaning": "Same meaning",
    "none": "None",
}
GRADE_HELP = {
    "verbatim": "the same words",
    "near-verbatim": "nearly the same words; what differs is marked",
    "same-meaning": "other words, the same meaning",
    "none": "nobody was found to have said it",
}
SHOW = "Show"
NOT_PRECEDENT = "Not precedent: {why}"
DIFFERS = (
    "Words of the draft that the source does not have are struck through; words it has instead "
    "are underlined."
)
PARAGRAPH = "paragraph {number}"
TOO_LARGE = "This file is too large for the page. `precedent draft FILE` reads it."
TOO_LONG = "This draft is longer than {most:,} characters. Check it in parts."
EXCLUDE_WRONG = "At most 50 symbols can be left out, each of at most 300 characters."
TO_TABLE = "Put {count} sentences in the negotiation table"
IN_TABLE = "The table has {count} rows."
STATEMENT = "Length and speaking time"
JUSTIFICATION = "{grade}: {standing}"
NO_PRECEDENT = "No precedent was found."
ONLY_OTHERS = "Only in texts that do not count: {citations}"
