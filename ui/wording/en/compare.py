"""Every string of the page that compares; see `ui.wording.common`."""

from __future__ import annotations

PAGE = "Compare"
TITLE = "Compare two texts"
INTRO = (
    "A draft and what was adopted of it, the resolutions of two years, two language versions, or "
    "two paragraphs: give the earlier text first."
)
FIRST = "Earlier text"
SECOND = "Later text"
PLACEHOLDER = "A/HRC/…, a citation, or an id"
COMPARE = "Compare"
SHOW_UNCHANGED = "Show unchanged paragraphs too"
BOTH = "Give both texts: a symbol for a document, or a citation for one paragraph."
FAILED = "These cannot be compared."

LEGEND_GONE = "words that went"
LEGEND_NEW = "words that came"

COUNTS = {
    "unchanged": "{n} unchanged",
    "changed": "{n} changed",
    "translated": "{n} side by side",
    "lost": "{n} lost",
    "added": "{n} added",
    "moved": "{n} moved",
    "renumbered": "{n} renumbered",
    "merged": "{n} merged into another",
    "split": "{n} split from another",
    "stronger": "{n} with a stronger verb",
    "weaker": "{n} with a weaker verb",
}
NAME_AND_LANGUAGE = "{name} ({language})"
SIDES = "{first} → {second}"
LINKS = {
    "adopted-as": "The first is a draft that was adopted as the second.",
    "adopts": "The second is the draft of the first.",
    "superseded-by": "The second took the place of the first.",
    "supersedes": "The first took the place of the second.",
    "language-version": "Language versions of one text, side by side by paragraph number.",
    "revised-by": "The second is a revision of the first.",
    "amends": "The first is an amendment to the second.",
}
BECAME = {
    "unchanged": "Unchanged",
    "changed": "Changed",
    "translated": "Side by side",
    "lost": "Lost",
    "added": "Added",
}
MOVED = "Moved"
SIMILARITY = "{share:.0%} of the words the same"
MERGED = "Stands within {citation}"
SPLIT = "Stood within {citation}"
VERB = {
    "stronger": "Stronger: {before} → {after}",
    "weaker": "Weaker: {before} → {after}",
    "same": "As strong: {before} → {after}",
    "not-compared": "{before} → {after}",
}
ALL_UNCHANGED = "Nothing differs."
