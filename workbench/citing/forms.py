"""Three forms of citation, each a document's first mention, its later ones, and its pinpoint.

Sources, read for documents of the United Nations:
    un: United Nations Editorial Manual, Footnotes and other references, III (masthead documents,
        resolutions and decisions): descriptive or quoted title, symbol in parentheses, `para. 12`.
        Later mentions carry the symbol alone, as `corpus.citations.format_citation` writes it.
    oscola: Oxford University Standard for the Citation of Legal Authorities, 4th edition (2012),
        with "Citing International Law Sources Section" of the 2006 edition, to which it refers:
        author ‘title’ (date) UN Doc symbol, no full stops in abbreviations, later `(n 1)`.
    chicago: Chicago Manual of Style, 17th edition (2017), notes, 14.34 (shortened citations) and
        the section on documents of international bodies in 14.281–14.305: body, title, symbol
        (date), locator, address. It italicises titles, which plain text cannot.

Where a style leaves a case open, the rule taken is said at its function. No form recases a title:
that would need to know which of its words are names, in seven languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.citations import format_citation
from corpus.types import DocumentKind
from workbench.citing.source import Source, long_date

__all__ = ["FORMS", "Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of citation; none of its parts ends in a full stop.

    Attributes:
        first: a document's first mention with the place in it (UN form, "" for none).
        later: a further mention; takes the number of the note that has the first.
        ibid: a mention right after one of the same document.
    """

    first: Callable[[Source, str], str]
    later: Callable[[Source, str, int], str]
    ibid: Callable[[str], str]


# The UN footnote ---------------------------------------------------------------------------------


def _un_first(source: Source, place: str) -> str:
    where = _joined(source.symbol, *_date_beside_symbol(source))
    if source.is_resolution:
        kind = "decision" if source.kind == DocumentKind.DECISION else "resolution"
        words = _spaced(source.organ, kind, source.resolution_number)
        words = _joined(words, _double(_own_subject(source)))
        if source.adopted:
            words = _joined(words, f"adopted on {long_date(source.adopted)}")
    elif source.comment:
        subject = source.comment_subject
        if subject and re.match(r"(?:on|concerning|relating to|regarding)\s", subject):
            words = f"{source.comment} {subject}"
        else:
            words = _joined(source.comment, _double(subject))
    elif source.communication:
        number = f"communication No. {source.communication}"
        words = source.parties or _joined(source.organ, number)
    else:
        # "The Committee", which such a title speaks of, is any of ten.
        speaks = source.organ if source.kind == DocumentKind.CONCLUDING_OBSERVATIONS else None
        title = _double(source.subject)
        described = None if source.submitter else _described(source)
        words = _joined(speaks, title, source.reported_by, described)
    if not words and source.symbol:
        return _joined(where, place)
    words = words or _untitled(source)
    return _joined(f"{words} ({where})" if source.symbol else _joined(words, where), place)


def _date_beside_symbol(source: Source) -> tuple[str | None, ...]:
    """A general comment has its year in its name and a resolution its adoption, where known."""
    told = source.comment or (source.is_resolution and source.adopted)
    return () if told else (long_date(source.dated),)


def _un_later(source: Source, place: str, _: int) -> str:
    words = format_citation(
        source.symbol, source.title, None, source.kind, "", body=source.body, year=source.year
    )
    if words == "untitled":
        return _joined(_untitled(source), place)
    return _joined(words if source.symbol or source.comment else _double(words), place)


# OSCOLA ------------------------------------------------------------------------------------------

_OSCOLA_AUTHORS: Mapping[str, str] = {
    "General Assembly": "UNGA",
    "Security Council": "UNSC",
    "Human Rights Council": "UNHRC",
    "Commission on Human Rights": "UNCHR",
    "Economic and Social Council": "UN ECOSOC",
}


def _oscola_author(source: Source) -> str | None:
    author = source.author
    if author is None or source.submitter or not source.is_un:
        return author
    return _OSCOLA_AUTHORS.get(author, f"UN {author}")


def _oscola_short(source: Source) -> str | None:
    if source.is_resolution:
        kind = "Dec" if source.kind == DocumentKind.DECISION else "Res"
        return _spaced(_oscola_author(source), kind, source.resolution_number)
    if source.communication:
        return f"Communication No {source.communication}"
    return None


def _oscola_first(source: Source, place: str) -> str:
    """No title for a resolution, whose number names it; none of the guide's examples has one."""
    dated = long_date(source.dated)
    symbol = source.symbol and _spaced("UN Doc" if source.is_un else None, source.symbol)
    if source.is_resolution:
        words = _oscola_short(source)
    elif source.communication:
        parties = source.parties and re.sub(r"\sv\.\s", " v ", source.parties)
        words = _joined(parties or _oscola_author(source), _oscola_short(source))
    else:
        title = _joined(source.own_title, source.reported_by, by=": ").replace(" No. ", " No ")
        words = _spaced(
            _oscola_author(source), _single(title) or (None if symbol else _untitled(source))
        )
        words = _joined(words, _described(source))
    cited = _spaced(words, dated and f"({dated})", symbol)
    pinpoint = _bare(place)
    # The guide parts runs of numbers by a comma: "A/47/60, 2", a page, but "A/47/60 para 2".
    return _joined(cited, pinpoint, by=", " if pinpoint[:1].isdigit() and symbol else " ")


def _oscola_later(source: Source, place: str, first: int) -> str:
    words = _oscola_short(source) or source.symbol or _single(source.title) or _untitled(source)
    if not _oscola_short(source) and source.is_un:
        words = f"UN Doc {words}"
    return _spaced(words, f"(n {first})", _bare(place))


def _bare(place: str) -> str:
    """Take the full stops out of a place; a page stands without a label."""
    place = re.sub(r"^pp?\. ", "", place).replace("footnote ", "fn ")
    return place.replace("paras.", "paras").replace("para.", "para").replace(",", "")


# Chicago -----------------------------------------------------------------------------------------


def _chicago_author(source: Source) -> str | None:
    author = source.author
    return f"UN {author}" if author and source.is_un and not source.submitter else author


def _chicago_short(source: Source) -> str | None:
    if source.is_resolution:
        kind = "Decision" if source.kind == DocumentKind.DECISION else "Resolution"
        return f"{kind} {source.resolution_number}"
    if source.communication:
        return f"Communication No. {source.communication}"
    return None


def _chicago_first(source: Source, place: str) -> str:
    dated = long_date(source.dated, american=True)
    title = _joined(_own_subject(source), source.reported_by, by=": ") or None
    if source.communication:
        title = source.parties
    if not source.symbol:
        title = _double(title) or _untitled(source)
    words = _joined(
        _chicago_author(source), _chicago_short(source), title, _described(source), source.symbol
    )
    if dated:
        words = f"{words} ({dated})" if source.symbol else _joined(words, dated)
    return _joined(words, _unpaged(place), source.url)


def _chicago_later(source: Source, place: str, _: int) -> str:
    what = _chicago_short(source) or source.symbol or _double(source.title) or _untitled(source)
    return _joined(_chicago_author(source), what, _unpaged(place))


def _unpaged(place: str) -> str:
    """Leave the label of pages out, as Chicago's notes do."""
    return re.sub(r"^pp?\. ", "", place)


# What the forms share ----------------------------------------------------------------------------


def _joined(*words: str | None, by: str = ", ") -> str:
    return by.join(word for word in words if word)


def _spaced(*words: str | None) -> str:
    return _joined(*words, by=" ")


def _double(title: str | None) -> str | None:
    return f"“{title.replace('“', '‘').replace('”', '’')}”" if title else None


def _single(title: str | None) -> str | None:
    """Put a title in single quotation marks; those inside become double, apostrophes stay."""
    if not title:
        return None
    inside = re.sub(r"(?<!\w)‘([^‘’]*)’(?!\w)", r"“\1”", title)
    return f"‘{inside}’"


def _untitled(source: Source) -> str:
    return f"untitled document ({source.file})" if source.file else "untitled document"


def _own_subject(source: Source) -> str | None:
    """Return the title, unless a resolution's number is all that it says."""
    number = source.resolution_number if source.is_resolution else None
    return None if number and number in (source.own_title or "") else source.own_title


def _described(source: Source) -> str | None:
    """Say what a document is where neither its title nor its number does."""
    if source.submitter and source.own_title != source.subject:
        return "written statement"
    kinds: Mapping[str | None, str] = {
        DocumentKind.DRAFT_RESOLUTION: "draft resolution",
        DocumentKind.DRAFT_AMENDMENT: "draft amendment",
    }
    return kinds.get(source.kind)


FORMS: Mapping[str, Form] = {
    "un": Form(_un_first, _un_later, lambda place: _joined("Ibid.", place)),
    "oscola": Form(_oscola_first, _oscola_later, lambda place: _spaced("ibid", _bare(place))),
    "chicago": Form(
        _chicago_first, _chicago_later, lambda place: _joined("Ibid.", _unpaged(place))
    ),
}
"""By the name that requests give."""
