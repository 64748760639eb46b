"""What the page of the corpus says: what is indexed, uploads, and how well documents were read."""

from __future__ import annotations

TITLE = "Corpus"
VIEW_LABEL = "Show"
VIEWS = {
    "indexed": "What is indexed",
    "documents": "Documents",
    "add": "Add documents",
    "quality": "How well they were read",
}

# What is indexed
FIGURES = {
    "documents": "Documents",
    "paragraphs": "Paragraphs",
    "passages": "Passages",
    "languages": "Languages",
}
BY = {
    "kind": "By kind",
    "body": "By body",
    "language": "By language",
}
DOCUMENTS = "Documents"
PASSAGES = "Passages"
MORE_VALUES = "{count:,} more"
BY_YEAR = "By year"
BY_YEAR_TITLE = "Documents by year, {first} to {last}"
YEAR = "Year"
UNDATED = "Without a date: {count:,}."
AS_TABLE = "The same as a table"
NOTHING = "Nothing is indexed yet"
NOTHING_HELP = "Add documents below; they can be searched as soon as they are read."
NOTHING_FIXED = "Index some in a terminal with:"
INDEX_COMMAND = "precedent index PATH"

# The model and the index
MODEL_TITLE = "Model and index"
MODEL = {
    "name": "Model",
    "digest": "Digest of its weights (sha256)",
    "precision": "Arithmetic",
    "dim": "Dimensions of a vector",
    "max_tokens": "Longest passage",
    "generation": "Generation of the index",
    "published": "Published",
    "vectors": "Vector index",
    "size": "Size on disk",
    "uploads": "Of this, uploaded files",
    "folder": "Where it lies",
}
TOKENS = "{count:,} tokens"
VECTORS = "{kind}: {exact:,} compared in full, {coded:,} found by codes"
UPLOADED = "{count:,} {count:file|files}, {size}"
SIZES = ("{size:.0f} KB", "{size:.0f} MB", "{size:.1f} GB")
REBUILD = "Rebuild the index"
REBUILD_HELP = (
    "Writes every part of the index anew from what is held. Nothing is read or embedded again, and "
    "searches are answered meanwhile. For an index that may be damaged."
)

# The list of documents
FIND_LABEL = "Part of a symbol or title"
FIND_PLACEHOLDER = "A/HRC/…, or words of a title"
KIND_LABEL = "Kind"
ANY_KIND = "Any kind"
LANGUAGE_LABEL = "Language"
ANY_LANGUAGE = "Any language"
LIST_RANGE = "Documents {first:,}–{last:,} of {total:,}"
LIST_NOTHING = "No document matches."
PARAGRAPHS = "{count:,} {count:paragraph|paragraphs}"
READ = "Read"
REMOVE = "Remove"
REMOVE_TITLE = "Remove this document?"
REMOVE_HELP = (
    "It can no longer be searched or read here. If it was uploaded, its file is deleted. A file of "
    "your own stays where it is, and comes back when its folder is indexed again."
)
REMOVE_YES = "Remove it"
KEEP = "Keep it"

# Adding
ADD_INTRO = (
    "Files are kept in the folder of the index on this computer, read one after the other, and can "
    "be searched as soon as that is done. Searching goes on meanwhile."
)
BOUNDS = (
    "PDF, Word (.docx, .doc), HTML, plain text and JSON Lines (.jsonl, .jsonl.gz). At a time up to "
    "{files:,} files of {file_size} each, {size} in all. For more, run in a terminal:"
)
ADD_COMMAND = "precedent index FOLDER"
SOURCE_LABEL = "What to add"
SOURCES = {"files": "Files", "folder": "A folder"}
CHOOSE_FILES = "Files to add"
CHOOSE_FOLDER = "Folder to add, with all in it"
UPLOAD = "Add to the corpus"
NONE_CHOSEN = "Choose at least one file first."
TOO_MANY = "{count:,} files were chosen; {most:,} can be added at a time."
TOO_LARGE = "The files are {size} in all; {most} can be added at a time."
NOT_CHANGEABLE = "Documents cannot be added or removed here"
REFUSED = "That was not done"

# Jobs
JOBS = "Under way"
EARLIER = "Earlier"
KINDS = {
    "upload": "Upload of {count:,} {count:file|files}, {at} UTC",
    "remove": "Removal of {subject}, {at} UTC",
    "rebuild": "Rebuilding of the index, {at} UTC",
}
DOING = {
    "upload": "Adding {count:,} {count:file|files}",
    "remove": "Removing {subject}",
    "rebuild": "Rebuilding the index",
}
STAGES = {
    "queued": "Waiting for its turn",
    "start": "Starting",
    "wait": "Waiting: another program is writing to the index",
    "find": "Looking at the files",
    "read": "Reading",
    "embed": "Encoding passages",
    "publish": "Putting the new index into service",
}
READING = "Reading {name} ({done:,} of {total:,} done)"
ENCODING = "Encoding passages: {done:,} of {total:,}"
STATES = {
    "queued": "Waiting",
    "running": "Under way",
    "done": "Done",
    "failed": "Failed",
    "interrupted": "Interrupted: the service ended meanwhile",
    "cancelled": "Stopped",
}
STOP = "Stop"
RESUME = "Go on"
GIVE_UP = "Give up"
SHOW_FILES = "What became of the files"
KEPT_AFTER_STOP = "What had been read stays, and can be searched after the next change."
FILE = "File"
OUTCOME = "Outcome"
OUTCOMES = {
    "waiting": "Waiting",
    "indexed": "Indexed",
    "unchanged": "Already indexed",
    "duplicate": "Duplicate",
    "failed": "Not indexed",
    "skipped": "Not read",
}
WITH_PARAGRAPHS = "{outcome}: {count:,} {count:paragraph|paragraphs}"
SEARCH_IT = "Search it"
COPY_OF = "The same bytes are indexed already, from another file, as:"
MORE_FILES = "… and {count:,} {count:more file|more files}."
SUMMARY = {
    "indexed": "indexed: {count:,}",
    "unchanged": "already indexed: {count:,}",
    "duplicate": "duplicates: {count:,}",
    "failed": "not indexed: {count:,}",
    "skipped": "not read: {count:,}",
    "waiting": "waiting: {count:,}",
}

# How well the documents were read
QUALITY_TITLE = "Documents worth a look"
QUALITY_INTRO = (
    "Reading a document can go wrong without anyone noticing. These are the documents to look at "
    "before you cite them, worst first, each with the reason. A reason is no verdict: a number may "
    "be missing because the document itself leaves it out."
)
QUALITY_FIGURES = (
    "{documents:,} documents, {numbered:,} of them with numbered paragraphs. "
    "{without_gap} of these have no gap in their numbering; {found} of {numbers:,} numbers were "
    "found. With words read from images: {ocr:,}."
)
SHARE = "{share:.1f} %"
QUALITY_RANGE = "Documents {first}–{last} of {total:,} worth a look"
QUALITY_NOTHING = "No document gives a reason to look at it again."
PAST_END = "The list ends before this page."
SCORE = "weight {score:.2f}"
UNREAD_TITLE = "Files that could not be read ({count:,})"
UNREAD_MORE = "… and {count:,} more; `precedent doctor --corpus` lists them."

# Turning pages
PREVIOUS = "Previous"
MORE = "More"

NUMBER = "{count:,}"

PUBLISHED_AT = "{time} UTC"
