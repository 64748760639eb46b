"""What people name by a symbol, a citation or an id: a document, or one paragraph of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.citations import parse_citation
from corpus.errors import QueryError, SymbolError, UnknownNameError
from corpus.symbols import normalise_symbol
from indexer.snapshot import Snapshot
from indexer.whole import WholeParagraph, whole_paragraphs
from search_api.named import numbers_of, ranges
from search_api.query.alike import symbols_alike

__all__ = ["Named", "named", "named_paragraph"]

_PINPOINT = re.compile(r",?\s*(?:para|§|OP|PP).*\Z", re.IGNORECASE)
_HOW = "give a symbol (A/HRC/15/16), a citation (A/HRC/15/16, para. 12) or an id from an answer"


@dataclass(frozen=True, slots=True)
class Named:
    """A document, or a paragraph of it.

    Attributes:
        document_id: of the document.
        paragraph: the paragraph; None where the whole document is meant.
    """

    document_id: str
    paragraph: WholeParagraph | None = None


def named(snapshot: Snapshot, reference: str, language: str | None = None) -> Named:
    """Find what a reference names.

    Args:
        snapshot: where to look.
        reference: symbol, document id, citation or passage id.
        language: which version of a symbol; English, else the first, where none is asked for.

    Raises:
        UnknownNameError: no such document or paragraph, or not in that language.
        QueryError: it names several paragraphs.
    """
    reference = reference.strip()
    if document_id := _document(snapshot, reference, language):
        return Named(document_id)
    row = snapshot.row_of(reference)
    if row is not None:
        (whole,) = whole_paragraphs(snapshot, [row])
        return Named(whole.document_id, whole)
    try:
        citation = parse_citation(reference)
    except SymbolError as error:
        raise UnknownNameError(
            reference, "is not in this index", _how(snapshot, reference)
        ) from error
    if len(citation.paragraphs) > 1:
        raise QueryError(reference, "names several paragraphs", "name one")
    document_id = _document(snapshot, citation.symbol.text, language)
    if document_id is None:
        raise UnknownNameError(
            citation.symbol.text, "is not in this index", _how(snapshot, reference)
        )
    (label,) = citation.paragraphs
    found = whole_paragraphs(snapshot, snapshot.rows_of_paragraph(document_id, label))
    # An annex repeats the numbers of the text: the plain label is what a citation means.
    exact = [whole for whole in found if whole.paragraph_id == label] or found
    if not exact:
        raise UnknownNameError(
            reference,
            f"{document_id} has no paragraph {label}",
            f"it has {ranges(numbers_of(snapshot, document_id))}",
        )
    return Named(document_id, exact[0])


def named_paragraph(
    snapshot: Snapshot, reference: str, language: str | None = None
) -> WholeParagraph:
    """Find the paragraph that a citation or a passage id names; raises as `named` does.

    Raises:
        QueryError: it names a document.
    """
    found = named(snapshot, reference, language)
    if found.paragraph is None:
        raise QueryError(
            reference, "is a whole document", "name one paragraph of it: A/HRC/15/16, para. 12"
        )
    return found.paragraph


def _how(snapshot: Snapshot, reference: str) -> str:
    """Return the remedy for a name that is not known: the nearest symbols, where there are some."""
    near = symbols_alike(_PINPOINT.sub("", reference), snapshot.columns.values["symbol"].names)
    return f"the nearest here: {', '.join(near)}; or {_HOW}" if near else _HOW


def _document(snapshot: Snapshot, name: str, language: str | None) -> str | None:
    try:
        ids = snapshot.document_ids_of(normalise_symbol(name))
    except SymbolError:
        ids = []
    rows = snapshot.documents(ids or snapshot.document_ids_of(name))
    if not rows:
        return None
    chosen = [row for row in rows if language is None or row["language"] == language]
    if not chosen:
        languages = ", ".join(sorted({row["language"] or "unknown" for row in rows}))
        raise UnknownNameError(
            name, f"is not here in language {language!r}", f"it is here in: {languages}"
        )
    best = min(chosen, key=lambda row: (row["language"] != "en", row["document_id"]))
    return str(best["document_id"])
