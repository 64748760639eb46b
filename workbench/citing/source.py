"""What a citation is made of: a document, and the facts that each form asks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.bodies import COMMITTEES
from corpus.citations import format_citation
from corpus.identity import leading_symbol
from corpus.mandates import mandates
from corpus.symbols import Symbol
from corpus.types import DocumentKind

__all__ = ["Source", "long_date"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NUMBERED = re.compile(r"(?P<number>(?:S-|ES-)?\d+/(?:\d+[A-Z]?|…))\.?\s+(?P<subject>\S.*)", re.S)
_COMMENT = re.compile(
    r"general\s+(?:comment|recommendation)s?\s+No\.?\s*\d+(?:\s*\((?:[^()]*\s)?\d{4}\))?", re.I
)
_JOINTLY = re.compile(
    r"(?:\band\s+No\.?\s*\d+\s*(?:\(\d{4}\))?\s*)?\s*\bof\s+the\s+"
    rf"(?:{'|'.join(map(re.escape, [*COMMITTEES.values(), *COMMITTEES]))})\b"
)
"""Whose a joint comment is, each time it is said, with its number where "and No. 22" has one."""

_SUBMITTED = re.compile(
    r"statement\s+submitted\s+(?:jointly\s+)?by\s+(?P<who>.+?),\s+(?:an?\s+)?"
    r"(?:[\w-]+\s+){0,3}non-governmental\s+organi[sz]ation",
    re.I | re.S,
)
_PARTIES = re.compile(r"\S.*\sv\.?\s+\S.*", re.S)
_RESOLVED = frozenset({DocumentKind.RESOLUTION, DocumentKind.DECISION})


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a citation names it. Unknown is None, and no form invents it.

    Attributes:
        symbol: as printed, or the reference its source gives.
        title: as printed, in its own language; no form changes its capitals.
        kind: a `DocumentKind`.
        body: that speaks, a name or the acronym of a committee, or the key of a mandate.
        mandate: special procedure or expert group, as printed.
        holder: person who holds the mandate.
        date: of the document, ISO, to the precision known.
        year: it is filed under.
        adopted: ISO date on which a resolution was adopted, where its text says so. The date in
            the masthead is that of distribution, days or weeks later.
        language: ISO 639-1.
        url: where the original can be opened.
        file: name of the file, which alone identifies what has neither symbol nor title.
    """

    symbol: str | None
    title: str | None
    kind: str | None = None
    body: str | None = None
    mandate: str | None = None
    holder: str | None = None
    date: str | None = None
    year: int | None = None
    adopted: str | None = None
    language: str | None = None
    url: str | None = None
    file: str | None = None

    @property
    def parsed(self) -> Symbol | None:
        """Return the symbol that the reference opens with."""
        return leading_symbol(self.symbol)

    @property
    def is_un(self) -> bool:
        """Tell whether it has a symbol of the United Nations; our own samples have none."""
        return self.parsed is not None and self.parsed.parts[0] != "SAMPLE"

    @property
    def organ(self) -> str | None:
        """Return the name of the body in whose series or name it is issued."""
        body = self.body
        if body is None or body in _mandate_names():
            body = self.parsed.body if self.parsed else None
        return COMMITTEES.get(body or "", body)

    @property
    def mandate_name(self) -> str | None:
        """Return the special procedure in full, where one speaks."""
        return self.mandate or _mandate_names().get(self.body or "")

    @property
    def reported_by(self) -> str | None:
        """Return "report of the …" for a mandate's report whose title does not say whose it is."""
        if self.kind != DocumentKind.SPECIAL_RAPPORTEUR_REPORT or not self.title:
            return None
        if re.search(
            r"rapporteu|relator|докладчик|المقرر|报告员|independent expert", self.title, re.I
        ):
            return None
        who = ", ".join(filter(None, (self.mandate_name, self.holder)))
        return f"report of the {who}" if self.mandate_name else None

    @property
    def submitter(self) -> str | None:
        """Return the organization that an NGO statement's title names."""
        if self.kind != DocumentKind.NGO_STATEMENT:
            return None
        found = _SUBMITTED.search(self.title or "")
        return found["who"] if found else None

    @property
    def author(self) -> str | None:
        """Return who speaks: the organ, and of an NGO statement the organization or nobody."""
        return self.submitter if self.kind == DocumentKind.NGO_STATEMENT else self.organ

    @property
    def is_resolution(self) -> bool:
        """Tell whether it is a resolution or decision with a number to be cited by."""
        return self.kind in _RESOLVED and self.resolution_number is not None

    @property
    def resolution_number(self) -> str | None:
        """Return "59/25" of a resolution or decision, from its title or else its symbol."""
        found = _NUMBERED.match(self.title or "")
        if found and "…" not in found["number"]:
            return found["number"]
        parts = self.parsed.parts if self.parsed else ()
        for mark in ("RES", "DEC"):
            if mark in parts[:-1]:
                return "/".join(parts[parts.index(mark) + 1 :])
        # "S-8/1" and "3363 (XXX)" are numbers by themselves, of series that name no organ.
        whole = self.parsed is not None and not self.parsed.organ and len(parts) <= 2
        return "/".join(parts) if whole else None

    @property
    def subject(self) -> str | None:
        """Return the title without the number that a resolution's begins with."""
        found = _NUMBERED.match(self.title or "")
        if found and (self.kind or "").removeprefix("draft-") in {*_RESOLVED, "amendment"}:
            return found["subject"]
        return self.title

    @property
    def own_title(self) -> str | None:
        """Return the title without what says who submitted it, for forms that name the author."""
        if self.submitter is None:
            return self.subject
        found = re.search(r"\bstatus:\s*(\S.*)", self.title or "", re.S)
        return found[1] if found else self.subject

    @property
    def comment(self) -> str | None:
        """Return a general comment by its committee's name and number, else None."""
        if self.kind != DocumentKind.GENERAL_COMMENT:
            return None
        words = format_citation(
            self.symbol, self.title, None, self.kind, "", body=self.body, year=self.year
        )
        return None if words in (self.symbol, self.title, "untitled") else words

    @property
    def comment_subject(self) -> str | None:
        """Return what a general comment is about: its title after the number."""
        title = _JOINTLY.sub("", self.title or "")
        found = list(_COMMENT.finditer(title))
        if not found or (
            found[0].start() and not re.match(r"\W*(?:revised\W+)?joint\W", title, re.I)
        ):
            return None
        last = found[-1] if found[0].start() else found[0]
        return title[last.end() :].strip(" ,:/") or None

    @property
    def communication(self) -> str | None:
        """Return the number of the communication that a treaty body decided on, "872/2018"."""
        if self.kind != DocumentKind.TREATY_BODY_DECISION or self.parsed is None:
            return None
        parts = self.parsed.parts
        return "/".join(parts[parts.index("D") + 1 :]) or None if "D" in parts else None

    @property
    def parties(self) -> str | None:
        """Return "A v. B" where that is what a decision is called."""
        named = self.communication is not None and _PARTIES.fullmatch(self.title or "")
        return self.title if named else None

    @property
    def dated(self) -> str | None:
        """Return the date to cite: a resolution's adoption, or only its year if it is not told."""
        if self.is_resolution:
            return self.adopted or _year(self)
        return self.date or _year(self)


def long_date(iso: str | None, *, american: bool = False) -> str | None:
    """Write a date in words, to the precision it has.

    >>> long_date("2010-06-21"), long_date("2010-06"), long_date("2010-06-21", american=True)
    ('21 June 2010', 'June 2010', 'June 21, 2010')
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso or "")
    if found is None or (found[2] and not 1 <= int(found[2]) <= 12):
        return iso
    year, month, day = found[1], found[2] and _MONTHS[int(found[2]) - 1], found[3]
    if not month:
        return year
    if not day:
        return f"{month} {year}"
    return f"{month} {int(day)}, {year}" if american else f"{int(day)} {month} {year}"


def _year(source: Source) -> str | None:
    return str(source.year) if source.year else (source.date or "")[:4] or None


@cache
def _mandate_names() -> dict[str, str]:
    return {mandate.key: mandate.name for mandate in mandates()}
