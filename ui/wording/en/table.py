"""What the page of the negotiation table says."""

from __future__ import annotations

TITLE = "Negotiation table"
INTRO = (
    "Collect suggested language with its source, say where it belongs and why, and hand the table "
    "over as a Word document. Everything stays in this browser tab: save it as CSV to go on "
    "tomorrow."
)
ADD = "Add to table"
IN_TABLE = "In the table"
COUNT = "{count} passages are in the negotiation table"
COUNT_ONE = "1 passage is in the negotiation table"
COLUMNS = {
    "issue": "Issue",
    "suggested_language": "Suggested language",
    "where_inserted": "Where inserted",
    "un_reference": "UN reference",
    "justification": "Justification",
}
REFERENCE = "Citation"
REFERENCE_HELP = "A citation such as A/HRC/15/16, para. 12, or a passage id: fills a row."
REFERENCE_PLACEHOLDER = "A/HRC/15/16, para. 12"
ADD_REFERENCE = "Add its paragraph"
LEFT_OUT = "Not added: {why}"
NAME = "Title of the table"
UNTITLED = "Negotiation table"
EDIT_HELP = (
    "Choose a cell and type; the empty row at the end takes a new proposal. To take a row out, "
    "tick it at its left and press Delete."
)
PREVIEW = "As it will be read"
EMPTY = "The table is empty. Add rows from the hits of a search, by a citation, or by typing."
WORD = "Download as Word"
CSV = "Save as CSV"
IN_PARTS = "The table has {count:,} rows, and a file holds {most:,}. Take it in parts."
PART = "{label}, part {number}"
CELL_TOO_LONG = (
    "A cell has more than {most:,} characters. What is beyond is left out of the table below "
    "and of its files: divide the cell."
)
UPLOAD = "Go on with a saved table (CSV)"
READ = "Add its rows"
CLEAR = "Empty the table"
