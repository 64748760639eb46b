"""What a text is worth as precedent, in the page's words."""

from __future__ import annotations

from search_api.schemas import DocumentSummary, Passage, ReadDocument, Standing
from ui.parts.markup import Markup, element
from ui.wording import common as texts
from ui.wording.en.common import STANDINGS as SOURCE_STANDINGS

__all__ = ["badges", "restricted_badges", "standing_badges", "standing_name"]


def badges(passage: Passage) -> list[Markup]:
    """Show what a passage is worth as precedent, and what a reader should beware of."""
    shown = standing_badges(passage)
    if passage.ocr:
        shown.append(_badge(texts.OCR, caution=True))
    return shown


def standing_badges(passage: Passage | ReadDocument) -> list[Markup]:
    """Show what a passage or a document is worth as precedent."""
    shown = restricted_badges(passage)
    standing = passage.standing
    if passage.status in texts.STATUS_BESIDE_STANDING:
        shown.append(_badge(texts.STATUS[passage.status]))
    if not standing.counts:
        words = texts.STATUS.get(standing.name, standing_name(standing))
        if standing.name == "superseded" and passage.superseded_by:
            words = texts.SUPERSEDED_BY.format(symbol=passage.superseded_by)
        shown.append(_badge(words, caution=True))
        if standing.name == "superseded" and (passage.kind or "").startswith("draft-"):
            shown.append(_badge(texts.STATUS["draft"], caution=True))
    elif standing.name != "unknown":
        tally = "–".join(map(str, standing.vote)) if standing.vote else ""
        shown.append(_badge(f"{standing_name(standing)} {tally}".strip()))
    elif passage.status and passage.status not in texts.STATUS_BESIDE_STANDING:
        shown.append(_badge(texts.STATUS.get(passage.status, passage.status)))
    if standing.vote_in_doubt:
        shown.append(_badge(texts.VOTE_IN_DOUBT.format(why=standing.vote_in_doubt), caution=True))
    return shown


def restricted_badges(found: Passage | DocumentSummary) -> list[Markup]:
    """Warn of what only some may see: quoted in a draft, it would be told to everybody."""
    if found.restricted is None:
        return []
    return [_badge(texts.RESTRICTED.format(name=found.restricted), caution=True)]


def standing_name(standing: Standing) -> str:
    """Name a standing in the page's own words; one that a table of the reader's own renames, so."""
    if standing.label != SOURCE_STANDINGS.get(standing.name):
        return standing.label
    return texts.STANDINGS[standing.name]


def _badge(words: str, *, caution: bool = False) -> Markup:
    tone = "p-badge p-caution" if caution else "p-badge"
    return element("span", words, class_=tone, dir="auto")
