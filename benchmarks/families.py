"""Sort documents into families that were set with the same template, by the same office."""

from __future__ import annotations

import re

from corpus.types import Document

__all__ = ["family_of", "office_of", "template_of"]

# Last years of the ways in which the UN's offices set documents: typewriter faces, the first word
# processor templates, the mirrored template of 2009, the present one before its heads moved up.
_TEMPLATES = ((1999, "to 1999"), (2007, "2000-2007"), (2010, "2008-2010"), (2014, "2011-2014"))
_LATEST = "2015 on"
_NEW_YORK = re.compile(r"\d{2}-\d{4,6}")


def template_of(document: Document) -> str:
    """Return the years whose template a document is set in, or "undated"."""
    if document.year is None:
        return "undated"
    return next((name for last, name in _TEMPLATES if document.year <= last), _LATEST)


def office_of(document: Document) -> str:
    """Return the office that issued a document, as its job number tells: "Geneva", "New York"."""
    job = document.job_number or ""
    if job.startswith("GE"):
        return "Geneva"
    return "New York" if _NEW_YORK.fullmatch(job) else "other"


def family_of(document: Document) -> tuple[str, str, str]:
    """Return (template, office, language)."""
    return template_of(document), office_of(document), document.language or "unknown"
