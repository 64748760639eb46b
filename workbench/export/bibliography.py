"""Bibliographies for reference managers: BibTeX and RIS, one record a document.

A reference manager keeps documents, so passages of one document share its record: their places
stand in its note, their words after it. A text that is no precedent says so first of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote

import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as BibtexEntry
from bibtexparser.model import Field

from corpus.types import DocumentKind
from workbench.export.entry import Entry, carried, one_line

__all__ = ["as_bibtex", "as_ris"]

_SPECIAL = {
    "\\": r"\textbackslash{}",
    # Not \{ and \}: BibTeX counts braces whether or not a backslash stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_REPORTS = frozenset(
    {
        DocumentKind.SPECIAL_RAPPORTEUR_REPORT,
        DocumentKind.EXPERT_GROUP_REPORT,
        DocumentKind.OFFICIAL_REPORT,
        DocumentKind.TREATY_BODY_REPORT,
        DocumentKind.UPR_REPORT,
        DocumentKind.UPR_NATIONAL_REPORT,
        DocumentKind.UPR_COMPILATION,
        DocumentKind.UPR_STAKEHOLDERS,
    }
)


def as_bibtex(entries: Sequence[Entry]) -> str:
    """Write BibTeX, in UTF-8 as biblatex and every reference manager read it."""
    library = Library()
    taken: set[str] = set()
    for group in _by_document(entries):
        fields = _bibtex_fields(group)
        kind = "techreport" if "institution" in fields and _is_report(group[0]) else "misc"
        key = _key(group[0].document_id, taken)
        library.add(BibtexEntry(kind, key, [Field(name, value) for name, value in fields.items()]))
    return write_string(library)


def _bibtex_fields(group: Sequence[Entry]) -> dict[str, str]:
    source = group[0].source
    author = _escaped(source.holder) if source.holder else _whole(source.author)
    fields = {
        "author": author,
        "title": _whole(source.title or source.symbol or f"Untitled document {source.file or ''}"),
        "institution": _whole(_institution(group[0])),
        "type": _escaped(_kind(group[0])),
        "number": _escaped(source.symbol),
        "date": source.dated or "",
        "year": (source.dated or "")[:4],
        "language": _escaped(source.language),
        "url": quote(one_line(source.url or ""), safe=":/?#[]@!$&'()*+,;=%-._~"),
        "note": _escaped(_note(group)),
        "annote": " ".join(_escaped(words) for words in _quotations(group)),
    }
    if not _is_report(group[0]) and source.symbol:
        fields["howpublished"] = _escaped(f"{'UN Doc. ' if source.is_un else ''}{source.symbol}")
    return {name: value for name, value in fields.items() if value}


def as_ris(entries: Sequence[Entry]) -> str:
    """Write RIS; a field is one line, so the words of a passage are brought onto one."""
    records = []
    for group in _by_document(entries):
        source = group[0].source
        author = source.holder or source.author
        held: dict[str, str | list[str] | None] = {
            "type_of_reference": _ris_type(group[0]),
            "authors": [one_line(author)] if author else None,
            "title": one_line(source.title or source.symbol or "Untitled document"),
            "publisher": one_line(_institution(group[0]) or ""),
            "number": one_line(source.symbol or ""),
            "year": (source.dated or "")[:4],
            "date": _ris_date(source.dated),
            "language": source.language,
            "urls": [one_line(source.url)] if source.url else None,
            "notes": [one_line(words) for words in (_note(group), *_quotations(group)) if words],
        }
        records.append({name: value for name, value in held.items() if value})
    written: str = rispy.dumps(records, implementation=_Writer)
    return written


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """Writes records without the count that rispy puts above each: it is no part of RIS."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy calls it so
        """Return nothing."""
        return ""


def _ris_type(entry: Entry) -> str:
    if entry.source.kind == DocumentKind.TREATY_BODY_DECISION:
        return "CASE"
    return "RPRT" if _is_report(entry) else "GEN"


def _ris_date(iso: str | None) -> str | None:
    """Write year/month/day/, as RIS has it: unknown parts are empty, the slashes stay."""
    if not iso:
        return None
    year, month, day = (*iso.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"


def _by_document(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Group by document, in the order in which documents are first met."""
    place = {entry.document_id: at for at, entry in reversed(list(enumerate(entries)))}
    ordered = sorted(entries, key=lambda entry: place[entry.document_id])
    return [list(group) for _, group in groupby(ordered, key=lambda entry: entry.document_id)]


def _note(group: Sequence[Entry]) -> str:
    caveats = dict.fromkeys(entry.caveat for entry in group if entry.caveat)
    places = dict.fromkeys(entry.place for entry in group if entry.place)
    return "; ".join([*caveats, *places])


def _quotations(group: Sequence[Entry]) -> list[str]:
    return [f"{f'{entry.place}: ' if entry.place else ''}“{entry.text}”" for entry in group]


def _institution(entry: Entry) -> str | None:
    organ = entry.source.organ
    return f"United Nations, {organ}" if organ and entry.source.is_un else organ


def _is_report(entry: Entry) -> bool:
    return entry.source.kind in _REPORTS


def _kind(entry: Entry) -> str:
    words = (entry.source.kind or "").replace("-", " ").capitalize()
    return words.replace("Upr", "UPR").replace("Ngo", "NGO")


def _key(document_id: str, taken: set[str]) -> str:
    key = stem = re.sub(r"[^A-Za-z0-9_.:-]+", "-", document_id).strip("-") or "document"
    number = 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key


def _escaped(words: str | None) -> str:
    return "".join(_SPECIAL.get(each, each) for each in one_line(carried(words or "")))


def _whole(words: str | None) -> str:
    """Brace a value, which keeps its capitals and keeps the name of a body from being split."""
    return f"{{{_escaped(words)}}}" if words else ""
