"""Every string of the page of trends; see `ui.wording.common`."""

from __future__ import annotations

PAGE = "Trends"
TITLE = "How often it is said"
INTRO = (
    "In which years, by whom, and in which words. Each plot says below it what was counted, and "
    "comes as an image and as data."
)
QUERIES = "Words or phrases, one a line"
QUERIES_HELP = (
    'Up to {most}. "Quoted words" are counted as they stand; a symbol counts the passages that '
    "mention it."
)
QUERIES_PLACEHOLDER = '"enforced disappearance"\nmissing persons'
DRAW = "Draw"
EXAMPLES = "For example"
EXAMPLE_QUERIES = (
    ('"enforced disappearance"',),
    ('"artificial intelligence"', '"digital technologies"', "surveillance"),
    ("access to a lawyer",),
)
EXAMPLE_JOIN = " · "

HOW = "Count passages"
HOWS = {"words": "with these words", "meaning": "close in words and meaning"}
SHOWN = "Show"
SHOWNS = {"share": "share", "number": "number"}
UNIT = "Of"
UNITS = {"passages": "passages", "documents": "documents"}
FILTERED = "Filters ({count})"
NO_FILTERS = "Filters"
SYMBOLS = "Within documents: {symbols}"

# What was counted, in one sentence; the second of each pair names the languages.
COUNTED = {
    "words": "Counted: passages that have every word of the query, in any inflection, and its "
    "“quoted words” as they stand; an exact count.",
    "meaning": "Counted: passages that a search for the query scores {bar:.2f} or more out of 1 by "
    "words and meaning together; some that are close are missed, and some counted are not.",
}
IN_LANGUAGES = "Among passages in {languages}."
IN_LANGUAGES_ELSEWHERE = (
    "Among passages in {languages}; {elsewhere:,} {elsewhere:passage|passages} in other languages "
    "{elsewhere:is|are} left out."
)
LANGUAGE_JOIN = ", "
ONCE = {
    "passages": "A text held twice, as draft and as adopted, counts once.",
    "documents": "A document in several languages is one document.",
}
SHARES = {
    ("year", "passages"): "Shares are of all passages of the year.",
    ("year", "documents"): "Shares are of all documents of the year.",
    ("body", "passages"): "Shares are of all passages of the body.",
    ("body", "documents"): "Shares are of all documents of the body.",
    ("body-year", "passages"): "Shares are of all passages of the body in the year.",
    ("body-year", "documents"): "Shares are of all documents of the body in the year.",
}
FEW = {
    "passages": "Pale: fewer than {least} passages are held, which says little.",
    "documents": "Pale: fewer than {least} documents are held, which says little.",
}
EMPTY_CELLS = "Grey: held, and not said. Blank: nothing is held."
UNDATED = {
    "passages": "{part:,} of {whole:,} {whole:passage|passages} without a year "
    "{part:says|say} it too; no mark shows them.",
    "documents": "{part:,} of {whole:,} {whole:document|documents} without a year "
    "{part:says|say} it too; no mark shows them.",
}
ONLY = "Only: {values}."
ONLY_JOIN = ", "
ONLY_YEARS = "{first}–{last}"
INCOMPLETE = "More passages reach the bar than were looked at: these counts are too low."
NOTHING_TITLE = "Nothing was found."
NOTHING = {
    "words": "No passage has these words. Count what is close in words and meaning, or take "
    "filters away.",
    "meaning": "No passage comes close. Use other words, or take filters away.",
}
NOTHING_OF = "{query}: nothing was found."
REMARK = "{query}: {warning}"

BY_YEAR_TITLE = "By year: {query}"
COMPARED_TITLE = "Compared by year"
HEAT = "Queries and years"
BY_BODY_TITLE = "By body: {query}"
BY_BODY_AND_YEAR_TITLE = "By body and year: {query}"
OF_QUERY = "Bodies and words of"
NO_BODY = "Body not known"
YEAR = "Year"
BODY = "Body"
QUERY = "Query"
COUNT = {"passages": "Passages", "documents": "Documents"}
OF_COUNT = {"passages": "Of passages", "documents": "Of documents"}
SHARE = "Share"
AXIS = {
    ("share", "passages"): "Share of passages",
    ("share", "documents"): "Share of documents",
    ("number", "passages"): "Passages",
    ("number", "documents"): "Documents",
}
POINT = {
    "passages": "{part:,} of {whole:,} {whole:passage|passages} ({share:.1f} %)",
    "documents": "{part:,} of {whole:,} {whole:document|documents} ({share:.1f} %)",
}
NUMBER = "{number:,}"
SHARE_CELL = "{share:.1f} %"
# The plot in words, for those who do not see it. {point} is one of POINT.
SUMMARY_YEARS = "{query}: most in {year}, {point}; first in {first}, last in {last}."
SUMMARY_BODIES = "Most by {body}: {point}. Said by {count:,} of {all:,} {all:body|bodies}."
SUMMARY_CELLS = "Most by {body} in {year}: {point}."
MORE_BODIES = "{count:,} more {count:body stands|bodies stand} in the table."
OPEN_HINT = "A mark, or a line of the table, leads to the search for what it counts."

AS_PNG = "Image (PNG)"
AS_SVG = "Drawing (SVG)"
AS_CSV = "Data (CSV)"
AS_TABLE = "The numbers ({plot})"
OPEN_SEARCH = "Search"
OPEN_SEARCH_LABEL = "Search for what this counts: {place}"

TELLING = "Words that are new or fading"
TELLING_SHOW = "Show the words that tell its periods apart"
TELLING_INTRO = (
    "Of {passages:,} {passages:passage|passages} in {language}: words likelier in one period than "
    "in the others (log-odds ratio with an informative prior, in standard deviations), in at least "
    "three documents of it. Words common in everything held here are left out."
)
TELLING_NONE = "Fewer than two periods of twenty passages with a year: too few to tell them apart."
PERIOD = "{first}–{last}"
PERIOD_ONE = "{first}"
PERIOD_OF = "{passages:,} {passages:passage|passages}, {documents:,} {documents:document|documents}"
PERIOD_NOTHING = "No word stands out."
WORD_TITLE = "{word}: {passages:,} here, {elsewhere:,} in the other periods"
WORD_COUNT = "{passages:,} ({z:.1f})"
LANGUAGE_UNKNOWN = "an unknown language"
