"""What a reader sees of an answer: hits, context, notices, as markup.

Small functions from contract classes to `Markup`; nothing here calls Streamlit or the network.
Every value stands in its own element with `dir="auto"`, so that a right-to-left title cannot
reorder the citation next to it, and text carries its language for fonts and screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from search_api.schemas import (
    Double,
    Hit,
    HitGroup,
    Info,
    Neighbours,
    Passage,
    Twins,
)
from ui.parts.dates import date_words, dated
from ui.parts.markup import Markup, element, highlighted, join, safe_link
from ui.parts.standing import badges
from ui.wording import common as texts
from ui.wording import language
from ui.wording.countries import country_names

__all__ = [
    "Labels",
    "citation",
    "command",
    "context",
    "details",
    "group_heading",
    "hit_card",
    "info_line",
    "legend",
    "line",
    "notice",
    "other_languages",
    "own_names",
    "page_range",
    "passage_heading",
    "passage_text",
]

Labels = Mapping[str, Mapping[str, str]]
"""Names for people of facet values: facet → value → label."""

LONG_TEXT_CHARACTERS = 3_000
"""Longer texts scroll within their card. Passages are kept to about 2,500 characters by the
chunker's token limit, so only an unreadable layout or a hostile file gets here."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def own_names() -> Labels:
    """Return the page's own names for values, which are translated, unlike the service's."""
    spoken = language.current()
    return {
        "kind": texts.KINDS,
        "language": texts.LANGUAGES,
        "status": texts.STATUS,
        # In English the service's, which are those that the United Nations use.
        "country": {} if spoken == language.SOURCE else country_names(spoken),
    }


def hit_card(hit: Hit, labels: Labels, *, titled: bool = True) -> Markup:
    """Show a hit: where it stands, what it is worth as precedent, and its words.

    Args:
        hit: The hit.
        labels: Names for people of kinds, countries and languages.
        titled: Whether the document's title and details are shown; not within its group.
    """
    facts = details(hit, labels) if titled else None
    return element(
        "article",
        element(
            "header",
            element("span", f"{hit.rank}", class_="p-rank", aria_hidden="true") if titled else None,
            citation(hit),
            *badges(hit),
            element("span", texts.SCORES.format(fused=hit.score), class_="p-score"),
            class_="p-head",
        ),
        _title(hit.title) if titled else None,
        facts,
        _place(hit),
        passage_text(hit, highlighted(hit.text, hit.highlights)),
        _also_in(hit.also_in),
        class_="p-card",
        aria_label=hit.citation,
        data_passage=hit.passage_id,
    )


def group_heading(group: HitGroup, labels: Labels) -> Markup:
    """Show the document above its hits."""
    count = len(group.hits)
    best = group.hits[0] if group.hits else None
    return element(
        "header",
        element("span", f"{group.rank}", class_="p-rank", aria_hidden="true"),
        element("h3", group.title or group.symbol or texts.UNTITLED, dir="auto", class_="p-title"),
        element(
            "span",
            texts.GROUP_HIT if count == 1 else texts.GROUP_HITS.format(count=count),
            class_="p-score",
        ),
        details(best, labels, symbol=True) if best else None,
        class_="p-group",
    )


def context(found: Neighbours) -> Markup:
    """Show a passage between those before and after it, in reading order."""
    if not found.before and not found.after:
        return line(texts.CONTEXT_NONE)
    rows = [
        *(_context_row(passage) for passage in found.before),
        _context_row(found.passage, here=True),
        *(_context_row(passage) for passage in found.after),
    ]
    return element("section", *rows, class_="p-context", aria_label=texts.CONTEXT_TITLE)


def other_languages(found: Twins) -> Markup | None:
    """Show a paragraph as its document's other languages have it; None where there are none."""
    if not found.twins:
        return None
    rows = [_context_row(passage, named=passage.language) for passage in found.twins]
    return element("section", *rows, class_="p-context", aria_label=texts.OTHER_LANGUAGES)


def passage_heading(passage: Passage) -> Markup:
    """Show a passage's citation and what it is worth as precedent, on one line."""
    return element("header", citation(passage), *badges(passage), class_="p-head")


def passage_text(passage: Passage, words: Markup) -> Markup:
    """Show the words of a passage in their language and direction."""
    long = len(passage.text) > LONG_TEXT_CHARACTERS
    return element(
        "div",
        words,
        class_="p-text p-long" if long else "p-text",
        dir="auto",
        lang=_language(passage.language),
        tabindex="0" if long else None,
    )


def legend(hits: Iterable[Hit], names: Mapping[str, str] | None = None) -> Markup | None:
    """Explain the marks that occur in these hits, by names of their own; None if there are none."""
    found = {mark.kind for hit in hits for mark in hit.highlights}
    if not found:
        return None
    marks = [
        element("mark", name, class_=f"p-{kind}")
        for kind, name in (names or texts.MARK_NAMES).items()
        if kind in found
    ]
    return element("p", texts.LEGEND, " ", join(marks, " "), class_="p-line")


def info_line(info: Info) -> Markup:
    """Say what is served: how much, in how many languages, by which model."""
    count = len(info.languages)
    return line(
        texts.INFO_LINE.format(
            documents=info.documents,
            passages=info.passages,
            languages=(
                texts.INFO_LANGUAGE if count == 1 else texts.INFO_LANGUAGES.format(count=count)
            ),
            model=info.model.name,
            precision=info.model.precision,
            generation=info.generation,
            published=date_words(info.published_at),
        )
    )


def notice(title: str, *paragraphs: str | Markup, tone: str = "plain") -> Markup:
    """Show a message: `plain`, or `warning` where something is wrong."""
    return element(
        "section",
        element("h2", title, dir="auto") if title else None,
        *(p if isinstance(p, Markup) else element("p", p, dir="auto") for p in paragraphs),
        class_=f"p-notice p-{tone}",
        role="status",
    )


def command(words: str) -> Markup:
    """Show a command to type in a terminal."""
    return element("pre", element("code", words), dir="ltr")


def line(words: str) -> Markup:
    """Show one quiet line."""
    return element("p", words, class_="p-line", dir="auto")


def page_range(pages: Sequence[int]) -> str:
    """Write pages as in a footnote: `4–6` for a run, `4, 7` otherwise."""
    if not pages:
        return ""
    if len(pages) > 1 and list(pages) == list(range(pages[0], pages[-1] + 1)):
        return f"{pages[0]}–{pages[-1]}"
    return ", ".join(str(page) for page in pages)


def citation(passage: Passage) -> Markup:
    """Show a citation, as a link to the original where there is one."""
    link = safe_link(passage.url)
    if link is None:
        return element("span", passage.citation, class_="p-citation", dir="auto")
    # No referrer: the page's address holds the query, which is no one else's business.
    return element(
        "a",
        passage.citation,
        href=link,
        target="_blank",
        rel="noopener noreferrer",
        referrerpolicy="no-referrer",
        title=texts.OPEN_ORIGINAL,
        class_="p-citation",
        dir="auto",
    )


def _also_in(doubles: Sequence[Double]) -> Markup | None:
    """Say where else the words stand; each place isolated, so that directions do not mix."""
    if not doubles:
        return None
    places = [
        element("span", _double(double), dir="auto", data_passage=double.passage_id)
        for double in doubles
    ]
    before, _, after = texts.ALSO_IN.partition("{places}")
    return element("p", before, join(places, "; "), after, class_="p-line p-also")


def _double(double: Double) -> str:
    link = texts.LINKS.get(double.link or "")
    if link is None:
        return double.citation
    return texts.ALSO_IN_ONE.format(citation=double.citation, link=link)


def _title(title: str | None) -> Markup:
    return element("h3", title or texts.UNTITLED, class_="p-title", dir="auto")


def details(passage: Passage, labels: Labels, *, symbol: bool = False) -> Markup:
    """Say who speaks, in what kind of document, when, of which country, in which language."""
    facts = [
        passage.symbol if symbol else None,
        passage.mandate or passage.body,
        _label(labels, "kind", passage.kind),
        dated(passage.date or str(passage.year)) if passage.date or passage.year else None,
        ", ".join(_label(labels, "country", code) or code for code in passage.country) or None,
        _label(labels, "language", passage.language),
    ]
    return _facts(facts, "p-details")


def _place(passage: Passage) -> Markup | None:
    pages = page_range(passage.pages)
    page = texts.PAGES if len(passage.pages) > 1 else texts.PAGE
    facts = [
        texts.SECTION_JOIN.join(passage.section) or None,
        page.format(pages=pages) if pages else None,
        texts.PARAGRAPH_KINDS.get(passage.paragraph_kind),
        texts.PART.format(part=passage.part, parts=passage.parts) if passage.parts > 1 else None,
    ]
    return _facts(facts, "p-place")


def _facts(facts: Sequence[str | Markup | None], class_: str) -> Markup:
    known = [element("span", fact, dir="auto") for fact in facts if fact]
    return element("p", join(known), class_=f"p-facts {class_}")


def _context_row(passage: Passage, *, here: bool = False, named: str | None = None) -> Markup:
    pages = page_range(passage.pages)
    return element(
        "div",
        element(
            "span",
            (texts.LANGUAGES.get(named, named) if named else passage.number) or "",
            element("small", texts.PAGE.format(pages=pages)) if pages else None,
            class_="p-number",
        ),
        passage_text(passage, highlighted(passage.text, ())),
        class_="p-row p-here" if here else "p-row",
        aria_current="true" if here else None,
    )


def _label(labels: Labels, facet: str, value: str | None) -> str | None:
    return None if value is None else labels.get(facet, {}).get(value, value)


def _language(code: str | None) -> str | None:
    return code if code and _LANGUAGE.fullmatch(code) else None
