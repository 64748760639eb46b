"""What the page of collections and saved searches says, and the controls that fill it."""

from __future__ import annotations

PAGE = "Collections"
TITLE = "What you keep"
INTRO = (
    "Passages you keep, with your notes, and searches that tell you what is new. A passage keeps "
    "its words here even when its document is removed or changes."
)
BACK = "All collections and searches"

# Adding a passage, on a card
ADD = "Add to collection"
COLLECTION = "Collection"
NEW_COLLECTION = "A new collection …"
NAME = "Name"
NAME_PLACEHOLDER = "For instance: Access to a lawyer"
NOTE = "Note"
NOTE_PLACEHOLDER = "Why you keep it (optional)"
PUT = "Add"
ADDED = "Added."
NAME_MISSING = "Give the new collection a name."
ALREADY_IN = "Already in:"

# Saving a search
SAVE_SEARCH = "Save this search"
SAVE = "Save"
SAVED = "Saved. What it finds now counts as seen; Collections tells you what is new."
SAVED_AS = "Saved as:"
SEARCH_NAME_MISSING = "Give the search a name."

# All of it
COLLECTIONS = "Collections"
COUNT = "{count:,} {count:passage|passages}"
CHANGED_ON = "changed {date}"
NO_COLLECTIONS = (
    "No collections yet. Use “Add to collection” below a hit, or begin one here and fill it later."
)
MAKE = "A new collection"
MAKE_IT = "Make"
SEARCHES = "Saved searches"
NO_SEARCHES = (
    "No saved searches yet. Use “Save this search” above the hits of a search: after the next "
    "indexing, what is new in it is shown here, and by “precedent alerts” in a terminal."
)
NEWS = "{new:,} new"
NEWS_CHANGED = "{changed:,} changed"
NEWS_NONE = "nothing new"
NEWS_UNKNOWN = "not looked: {why}"
NEVER_SEEN = "not looked at yet"
SEEN_ON = "seen {date}"
UNREADABLE = "Saved by another version of Precedent, which this one cannot read: {name}"

# One collection
EDIT = "Name, note and tags"
EDIT_ENTRY = "Note and tags"
TAGS = "Tags"
TAGS_HELP = "Parted by commas."
KEEP = "Save"
REMOVE = "Remove"
REMOVE_COLLECTION = "Remove the collection"
REMOVE_COLLECTION_SURE = (
    "This removes the collection with its {count:,} {count:passage|passages} and all notes. It "
    "cannot be undone; save it as a file first if you may want it back."
)
REMOVE_SURE = "Remove it"
REMOVED = "{citation} was taken out."
UNDO = "Put it back"
MADE_ON = "Made {date}"
ONLY_TAG = "Only with the tag"
ANY_TAG = "Any"
EMPTY = "Nothing in it yet. Use “Add to collection” below a hit of a search."
EMPTY_TAG = "Nothing in it has this tag."
RANGE = "Passages {first}–{last} of {total:,}"
READ = "Read"
UP = "Up"
DOWN = "Down"
STATE_CHANGED = "The index has other words now; these are the ones you kept."
STATE_MISSING = "No longer in the index; these are the words you kept."
STATE_UNKNOWN = "No index is in service; these are the words you kept."
RENEW = "Take today's words"
NOT_PRECEDENT = "{standing}: no precedent"
YOUR_NOTE = "Your note"
TO_TABLE = "Put all in the negotiation table"
IN_TABLE = "{count} {count:passage is|passages are} in the negotiation table"
EXPORT = "Export"
EXPORT_LACKS = (
    "{count:,} {count:passage is|passages are} no longer in the index and only in the file for "
    "Precedent."
)
SAVE_FILE = "Save as a file for Precedent"
SAVE_FILE_HELP = "With notes and tags; a colleague can take it in on this page."

# One saved search
OPEN_SEARCH = "Open the search"
SINCE = "Since {date}"
SINCE_NEVER = "Not looked at yet: all that it finds is new"
NEW_HITS = "New ({count:,})"
CHANGED_HITS = "With other words ({count:,})"
RISEN_HITS = "Risen among the best, but not new ({count:,})"
GONE = "No longer among the best ({count:,})"
GONE_ONE = "{citation}: others came before it"
GONE_REMOVED = "{citation}: removed from the index"
NOTHING_NEW = "Nothing is new since you last looked."
SAME_INDEX = "The index is the one you last looked at, so nothing can be new."
MARK_SEEN = "Mark as seen"
MARK_SEEN_HELP = "What is new stays new until then, however often you look."
REMOVE_SEARCH = "Remove the search"
REMOVE_SEARCH_SURE = "This forgets the search and what was seen of it. It cannot be undone."
EDIT_SEARCH = "Name and note"
WATCHED = "best {depth} hits watched"

# Files
FILES = "Take along, hand on, delete"
SAVE_ALL = "Save everything as a file"
UPLOAD = "Take in a file that Precedent saved"
ON_CONFLICT = "Where a name is taken"
CONFLICTS = {
    "refuse": "Take in nothing",
    "rename": "Give it another name",
    "merge": "Add what is missing",
}
TAKE_IN = "Take it in"
TAKEN_IN = "Taken in: {entries:,} {entries:passage|passages}. There already: {left_out:,}."
NO_FILE = "Choose a file first."
TOO_LARGE = (
    "This file is too large to be taken in here. In a terminal: precedent collections import FILE"
)
NOT_OURS = "{name} is no file of collections that this version can read."
KEPT_IN = "All of it is kept in one file on the computer of the search service, and nowhere else:"
WIPE = "To delete all of it for good, in a terminal there:"
WIPE_COMMAND = "precedent library wipe"
LOCKED = "Nothing can be kept at present"
NOT_SAVED = "Not saved. You wrote:"
REFUSED = "Not done"
