"""What the frame, the search page and the cards say.

Fields are those of `ui.wording.phrases`; the values put into them are plain text and are escaped
where they are shown (`ui.parts.markup`), never here.
"""

from __future__ import annotations

APP_NAME = "Precedent"
TAGLINE = "What has already been said, paragraph by paragraph"
SEARCH_PAGE = "Search"

TABLE_PAGE = "Negotiation table"
CORPUS_PAGE = "Corpus"

# The question
QUERY_LABEL = "Question, pasted paragraph, symbol or citation"
QUERY_PLACEHOLDER = "Plain words, a pasted paragraph, or A/HRC/…, para. 12"
LONG_TEXT = "Long text"
LONG_TEXT_HELP = "Show a larger box that keeps line breaks, for a pasted paragraph or page."
SEARCH = "Search"
QUERY_TIPS = (
    'Words in "quotation marks" must stand in the paragraph as written; -word leaves paragraphs '
    "out. A symbol, or a symbol with a paragraph number, goes straight to it."
)
EXAMPLES_TITLE = "For example"
EXAMPLES = (
    "access of detainees to a lawyer of their choice",
    '"enforced disappearance" families search',
    "право на адвоката при задержании",
)

# Filters
FILTERS = "Filters"
FACET_LABELS = {
    "kind": "Kind of document",
    "body": "Body",
    "country": "Country",
    "language": "Language",
    "status": "Standing",
}
FACET_PLACEHOLDERS = {
    "kind": "Any kind",
    "body": "Any body",
    "country": "Any country",
    "language": "Any language",
    "status": "Any standing",
}
KINDS = {
    "resolution": "Resolution",
    "decision": "Decision",
    "draft-resolution": "Draft resolution",
    "draft-amendment": "Draft amendment",
    "general-comment": "General comment",
    "concluding-observations": "Concluding observations",
    "treaty-body-decision": "Treaty body decision",
    "treaty-body-report": "Treaty body report",
    "special-rapporteur-report": "Special Rapporteur report",
    "expert-group-report": "Expert group report",
    "official-report": "Official report",
    "upr-report": "UPR report",
    "upr-national-report": "UPR national report",
    "upr-compilation": "UPR compilation",
    "upr-stakeholders": "UPR stakeholder summary",
    "ngo-statement": "NGO statement",
    "meeting-record": "Meeting record",
    "letter": "Letter",
}
LANGUAGES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
FACET_OPTION = "{label} ({passages:,})"
FACET_OPTION_UNKNOWN = "{label}"
SYMBOL_LABEL = "Within documents"
YEAR_FROM = "From year"
YEAR_TO = "To year"
ANY_YEAR = "Any"
COUNTS_NOTE = "Counts are passages that the other filters allow."
CLEAR_FILTERS = "Clear filters"
SHOWING = "Showing"
GROUP = "Group by document"
PER_PAGE = "Hits a page"
SIGNALS_LABEL = "Rank by"
SIGNALS = {
    "hybrid": "Words and meaning",
    "lexical": "Words only",
    "dense": "Meaning only",
}
EXPLAIN = "Say why"
EXPLAIN_HELP = "Name for each hit what it has in common with the question. Takes a little longer."
RERANK = "Read the best hits again"
RERANK_HELP = (
    "Reads the best 20 together with the question and reorders them. For short questions in "
    "English only; takes about a second more."
)

# Above the hits
RANGE_ONE = "1 hit"
RANGE_HITS = "Hits {first}–{last} of {total:,} ranked"
RANGE_GROUPS = "Documents {first}–{last} of {total:,} ranked · hits shown: {hits}"
ALLOWED_ALL = "passages searched: {allowed:,}"
ALLOWED_FILTERED = "passages your filters allow: {allowed:,}"
TOOK = "{ms:.0f} ms"
INTERPRETED = {
    "symbol": "Read as a document symbol.",
    "citation": "Read as a citation: straight to the paragraph.",
}
READ_AS = "Read as: {parts}."
READ_WORDS = "words “{words}”"
READ_PHRASE = "exactly “{phrase}”"
READ_EXCLUDED = "without “{phrase}”"
READ_FILTER = "{field}: {values}"
READ_FILTER_EXCLUDED = "not {field}: {values}"
READ_OR = " or "
READ_SYMBOL = "within {symbol}"
LEGEND = "Marked:"
SIMILAR_MARK_NAMES = {"word": "shared words", "sentence": "nearest in meaning"}
MARK_NAMES = {"word": "your words", "phrase": "quoted phrase", "sentence": "nearest in meaning"}
PREVIOUS = "Previous"
MORE = "More"
TOO_LONG_FOR_ADDRESS = (
    "This text is too long for the page's address: a bookmark or a reload will not bring it back."
)

# A card
PARAGRAPH_KINDS = {
    "preambular": "preambular paragraph",
    "operative": "operative paragraph",
    "recommendation": "recommendation",
    "heading": "heading",
    "footnote": "footnote",
    "annex": "annex",
}
PAGE = "p.\u00a0{pages}"
PAGES = "pp.\u00a0{pages}"
PART = "part {part} of {parts}"
SECTION_JOIN = " › "
UNTITLED = "Untitled document"
STATUS = {
    "draft": "Draft: not agreed language",
    "rejected": "Rejected: never agreed language",
    "superseded": "Superseded",
    "adopted-by-vote": "Adopted by vote",
    "adopted-without-vote": "Adopted without a vote",
    "revised": "Revised text, in force",
    "corrected": "Corrected by a corrigendum",
    "final": "Final",
}
STANDINGS = {
    "superseded": "Superseded",
    "rejected": "Rejected",
    "draft": "Draft",
    "adopted-without-vote": "Adopted without a vote",
    "adopted-by-vote": "Adopted by vote",
    "adopted": "Adopted, how is not known",
    "general-comment": "General comment",
    "views": "Views on a communication",
    "concluding-observations": "Concluding observations",
    "expert-finding": "Expert finding",
    "official-report": "Official report",
    "state-commitment": "State commitment",
    "state-recommendation": "Recommendation by States",
    "state-report": "Statement of a State",
    "review-record": "Record of a review",
    "ngo-claim": "Claim of an organization",
    "unknown": "Standing not known",
}
"""What a text is worth as precedent; the names of the service's own table, `standing.toml`."""
SUPERSEDED_BY = "Superseded by {symbol}"
STATUS_BESIDE_STANDING = frozenset({"revised", "corrected"})
"""Statuses that say more of a text than its standing does."""
VOTE_IN_DOUBT = "Tally in doubt: {why}"
RESTRICTED = "Restricted ({name}): not to be quoted in public"
SCORES = "score {fused:.2f}"
COPY_CITATION = "Copy citation"
COPY_TEXT = "Copy text with citation"
COPIED = "Copied"
COPY_FAILED = "Copying was refused: select the text instead"
CONTEXT = "Context"
HIDE_CONTEXT = "Hide context"
WIDER_CONTEXT = "More before and after"
WITHIN_DOCUMENT = "Search within this document"
CONTEXT_TITLE = "In its document"
CONTEXT_NONE = "Nothing stands before or after it in its document."
SIMILAR = "Similar"
ALSO_IN = "Also in {places}"
ALSO_IN_ONE = "{citation} ({link})"
LINKS = {
    "language-version": "in another language",
    "another-version": "another text under this symbol",
    "same-text": "the same text",
    "adopted-as": "the draft of this",
    "adopts": "adopted from this",
    "revises": "a revision of this",
    "revised-by": "revised by this",
    "corrects": "a correction of this",
    "corrected-by": "corrected by this",
    "supersedes": "replaces this",
    "superseded-by": "replaced by this",
}
WHY = "Why"
WHY_WORDS = "words: {words}"
WHY_PHRASES = "quoted: {phrases}"
WHY_RUN = "in a row: “{run}”"
WHY_MEANING = "meaning {dense:.2f}"
WHY_SENTENCE = "nearest sentence ({score:.2f}): “{sentence}”"
OCR = "Read from an image: check the letters"
OTHER_LANGUAGES = "The same paragraph in other languages"
OPEN_ORIGINAL = "Open the original (leaves this computer)"
GROUP_HITS = "{count} hits"
GROUP_HIT = "1 hit"

# Similar passages
SIMILAR_FOUND = "The {count} nearest in meaning"
SIMILAR_TO = "Paragraphs like {citation}"
BACK_TO_SEARCH = "Back to the search"
BACK_TO_START = "Back to the start"

# Nothing found
EMPTY_TITLE = "Nothing found"
EMPTY_FILTERS = "Your filters allow no passage at all."
EMPTY_FILTERED = "Nothing among the passages your filters allow ({allowed:,})."
EMPTY_WORDS = "None of the passages answers ({allowed:,} searched)."
EMPTY_QUOTED = "Quoted words must stand in one paragraph exactly as written; try without the marks."
EMPTY_SYMBOL = "No document or paragraph with this symbol is indexed."
EMPTY_PAST_END = "The list ends before this page."
EMPTY_SIMILAR = "No other passage is close to this one, or your filters allow none."
FIRST_PAGE = "Back to the first hits"

# What is served
INFO_LINE = (
    "{documents:,} documents · {passages:,} passages · {languages} · "
    "model {model} ({precision}) · index {generation}, {published}"
)
INFO_LANGUAGES = "{count} languages"
INFO_LANGUAGE = "1 language"

# When something is wrong
AWAY_TITLE = "The search service is away"
AWAY_TEXT = "Nothing answers at {url}. Start it in a terminal with:"
AWAY_COMMAND = "precedent serve"
SLOW_TITLE = "The search service is too slow"
SLOW_TEXT = "{url} did not answer: {cause}. This can be tried again."
NOT_READY_TITLE = "The search service cannot search yet"
NO_INDEX_TITLE = "The search service has no index"
NO_INDEX_TEXT = "It is running, but has nothing to search. Build an index in a terminal with:"
NO_INDEX_COMMAND = "precedent index PATH"
RETRYING = "This page looks again every {seconds} seconds and goes on by itself."
TRY_AGAIN = "Try again"
REFUSED_TITLE = "The search service refused this"
PROBLEM = "{title}: {detail}"
PROBLEMS = {
    "unknown-name": "No such document or passage",
    "query": "The question cannot be answered",
    "symbol": "Not a document symbol",
    "invalid-request": "The request is not valid",
    "input": "The request cannot be used",
    "too-large": "More than is taken",
    "rate": "Too much is asked",
    "busy": "The service is too busy",
    "conflict": "It has changed meanwhile, or the name is taken",
    "key": "A key is needed",
    "scope": "The key does not allow it",
    "not-allowed": "Not allowed here",
}
"""By the kind that the service names; what is wrong follows in its own, English, sentence."""
FOREIGN_TITLE = "Something else answers at this address"
FOREIGN_TEXT = "{url} did not answer as Precedent's search service does: {cause}."
NEIGHBOURS_FAILED = "The context could not be read."
