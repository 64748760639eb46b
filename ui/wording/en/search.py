"""What the search page says around its hits: order, filters in force, ways out, earlier questions.

Fields are those of `ui.wording.phrases`.
"""

from __future__ import annotations

# Filters
COUNTS_OF_QUESTION = (
    "Counts are among the passages found for this question, as the other filters leave them. "
    "Choosing a value looks deeper among its own."
)
CHIP = "{field}: {value}"
FIELDS = {
    "kind": "Kind of document",
    "body": "Body",
    "country": "Country",
    "language": "Language",
    "status": "Standing",
    "symbol": "Within",
    "year": "Years",
    "year_from": "From year",
    "year_to": "To year",
}
YEARS_BETWEEN = "{first} to {last}"
YEARS_FROM = "from {first}"
YEARS_TO = "to {last}"
OR = "{first} or {second}"

# Order
SORT = "Order of the hits"
SORTS = {
    "relevance": "By relevance",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "authority": "By authority",
}
SORTED = (
    "In this order: the {near:,} {near:passage|passages} near enough to the question, of "
    "{candidates:,} ranked."
)
SORTED_WHOLE = (
    "In this order: {near:,} {near:passage|passages} with the quoted words, or asked for by name."
)

# Other questions
DID_YOU_MEAN = "Did you mean"
NEAREST_PARAGRAPHS = "Nearest in that document"

# Nothing found
EMPTY_PARAGRAPH = "The document is here, and has no such paragraph."
EMPTY_NO_HELP = "Taking away one of these alone leaves nothing still:"
WITHOUT_FILTER = "Without {field}: {values} ({hits:,})"
WITHOUT_FILTERS = "Without any filter ({hits:,})"
WORDS_ALONE = "The words alone ({hits:,})"
WITHOUT_MARKS = "Without the quotation marks around “{phrase}” ({hits:,})"
WITHOUT_ALL_MARKS = "Without quotation marks ({hits:,})"
WITHOUT_EXCLUSION = "With “{word}” allowed ({hits:,})"
WAYS_NOTE = "In brackets: passages there are then."
PART_FILTER = "{field}: {values}"
PHRASE_ALONE = "“{phrase}” stands in {passages:,} {passages:passage|passages}."
PHRASE_ALONE_FILTERED = (
    "“{phrase}” stands in {passages:,} {passages:passage|passages} that your filters allow, and in "
    "{everywhere:,} of the whole index."
)
PHRASES_APART = "The quoted phrases stand nowhere together in one paragraph."

# A card
READ = "Read"
OTHER_LANGUAGES = "Other languages"
HIDE_LANGUAGES = "Hide languages"
LANGUAGES_NONE = "This paragraph is not here in another language."
LANGUAGES_WITHOUT = "Not found by its number in: {documents}"
CITE = "Cite"
CITE_FORMS = {
    "un": "UN footnote",
    "oscola": "OSCOLA",
    "chicago": "Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS",
}
CITE_COPY = "Copy {form}"
CITE_FAILED = "The citation could not be written."

# Earlier questions
HISTORY = "Earlier questions"
HISTORY_NOTE = "Of this tab only. Written nowhere: gone when the page is closed or loaded again."
HISTORY_EMPTY = "None yet."
HISTORY_ONE = "{query}"
HISTORY_FILTERED = "{query} ({filters:,} {filters:filter|filters})"
HISTORY_FORGET = "Forget this question"
HISTORY_FORGET_ALL = "Forget all"
