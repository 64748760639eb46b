"""A web page without the site around it: what is text of the document, and what it says of itself.

Losing a paragraph is worse than keeping a menu. So only what the page itself marks as navigation,
as hidden or as a control is taken out, and what bears the name of a site's furniture while it is
short or consists of links. An `article` or `main` is believed only where it holds most of the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.readers.flow import OpeningLine, folded

__all__ = ["closed_tags", "is_frames", "main_content", "page_language", "page_lines"]

# A form is no control: older sites put the whole page into one.
_DROPPED = (
    "script, style, noscript, template, nav, button, input, select, textarea, svg, iframe, object, "
    "embed, video, audio, canvas, dialog, [hidden], [aria-hidden=true], [role=navigation], "
    "[role=banner], [role=contentinfo], [role=search], [role=dialog], [role=alertdialog]"
)
_ASIDES = "aside, [role=complementary]"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|skip(?:link|nav|[_-](?:to|link|nav|main)\w*)?"
    r"|social|share|sharing|addthis|addtoany|related|newsletter|subscribe|pagination|pager|sidebar"
    r"|menu|navbar|nav|navigation|toolbar|topbar|language-?switcher|site-?(?:header|footer|info))"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"(?:skip to|jump to|aller au|ir al?|saltar al?|перейти к|跳转到|跳到|تجاوز إلى|انتقل إلى)\b"
    r".{0,40}",
    re.IGNORECASE,
)
_NEVER_FURNITURE = {"html", "body", "main", "article", "h1", "p", "a", "span", "td", "tr", "form"}
_MAX_LOOKED_AT = 500
_FURNITURE_CHARS = 400
_FURNITURE_SHARE = 0.2
_LINK_SHARE = 0.5
_MAIN_SHARE = 0.5
_MAIN_CHARS = 200
_NOTE_HOLDERS = "[id^=fn], [id^=ftn], [id^=footnote], [class*=footnote], [class*=endnote]"
_TITLES = ("meta[property='og:title']", "meta[name='DC.title']", "meta[name='dcterms.title']",
           "meta[name='citation_title']", "meta[name='twitter:title']")  # fmt: skip
_DATES = ("meta[property='article:published_time']", "meta[name='DC.date.issued']",
          "meta[name='dcterms.issued']", "meta[name='DC.date']",
          "meta[name='citation_publication_date']")  # fmt: skip
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
_VOID = re.compile(
    r"<(title|script|style|textarea|iframe|a|p|div|span|td|li|b|i|em|strong)((?:\s[^<>]*?)?)/>",
    re.IGNORECASE,
)


def closed_tags(text: str) -> str:
    """Close elements that XHTML leaves empty ("<title/>"), which HTML would take for open ones."""
    if text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return _VOID.sub(r"<\1\2></\1>", text)
    return text


def is_frames(tree: LexborHTMLParser) -> bool:
    """Tell whether a page only frames others, as sites of the 1990s do."""
    return tree.css_first("frameset, frame, iframe") is not None


def page_language(tree: LexborHTMLParser) -> str | None:
    """Return the language that a page states, ISO 639-1, or None."""
    node = tree.css_first("html")
    stated = [node.attributes.get(name) for name in ("lang", "xml:lang")] if node else []
    stated += [
        _content(tree, selector)
        for selector in (
            "meta[http-equiv='content-language' i]",
            "meta[name='DC.language' i]",
            "meta[property='og:locale']",
        )
    ]
    for given in stated:
        code = re.split(r"[-_]", (given or "").lower().strip())[0]
        if re.fullmatch(r"[a-z]{2}", code):
            return code
    return None


def page_lines(tree: LexborHTMLParser, *, titled: bool) -> list[OpeningLine]:
    """Return what the head of a page says that its body may not: title and date.

    Args:
        tree: the page.
        titled: the body has a heading of its own, which says it better.
    """
    lines: list[OpeningLine] = []
    if not titled and (title := _title(tree)):
        lines.append(OpeningLine(title, -2, heading=True))
    for selector in _DATES:
        found = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:\D|\Z)", _content(tree, selector) or "")
        if found and 1 <= int(found[2]) <= 12:
            day, month = int(found[3]), _MONTHS[int(found[2]) - 1]
            return [*lines, OpeningLine(f"{day} {month} {found[1]}", -1)]
    return lines


def _title(tree: LexborHTMLParser) -> str:
    """Return the title of a page, the name of its site cut off where it is plain what that is."""
    for selector in _TITLES:
        if title := folded(_content(tree, selector) or ""):
            return title
    node = tree.css_first("head > title")
    title = folded(node.text()) if node is not None else ""
    parts = re.split(r"\s+[|»•]\s+", title)
    return parts[0] if len(parts) > 1 and len(parts[0]) > 15 else title


def _content(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get("content") if node is not None else None


def main_content(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the document, furniture taken out of it."""
    _drop(tree.css(_DROPPED))
    body = tree.body
    if body is None:
        return None
    whole = _length(body)
    _drop_site(tree, whole)
    left = _length(body)
    for selector in ("article", "main", "[role=main]", "#main-content", "#content"):
        nodes = tree.css(selector)
        if len(nodes) != 1:
            continue
        length = _length(nodes[0])
        if length > _MAIN_CHARS and length >= _MAIN_SHARE * left:
            return nodes[0]
    return body


def _drop_site(tree: LexborHTMLParser, whole: int) -> None:
    _drop(n for n in tree.css("[style]") if _HIDDEN.search(n.attributes.get("style") or ""))
    titles = {node.mem_id for node in tree.css("h1")}
    _drop(
        node
        for node in tree.css("header, footer")[:_MAX_LOOKED_AT]
        if not _inside(node, {"article", "main", "section"}) and not _holds(node, titles)
    )
    _drop(
        node
        for node in tree.css(_ASIDES)[:_MAX_LOOKED_AT]
        if _length(node) < _FURNITURE_SHARE * whole and not _holds(node, set())
    )
    named = (
        node
        for node in tree.css("[class], [id]")
        if node.tag not in _NEVER_FURNITURE
        and _FURNITURE.search(f"{node.attributes.get('class')} {node.attributes.get('id')}")
    )
    _drop(
        node
        for node in list(itertools.islice(named, _MAX_LOOKED_AT))
        if not _holds(node, titles) and _is_furniture(node, whole)
    )
    _drop(n for n in tree.css("a[href^='#']") if _SKIP.fullmatch(folded(n.text())))


def _drop(nodes: Iterable[LexborNode]) -> None:
    """Take elements out of the tree; one inside another goes with it, and must not go twice."""
    gone: set[int] = set()
    outermost: list[LexborNode] = []
    for node in nodes:
        if node.mem_id not in gone:
            outermost.append(node)
            gone.update(inner.mem_id for inner in node.css("*"))
    for node in outermost:
        node.decompose()


def _is_furniture(node: LexborNode, whole: int) -> bool:
    """Tell whether what bears the name of furniture also looks like it: short, or all links."""
    length = _length(node)
    linked = sum(_length(link) for link in node.css("a"))
    if linked >= _LINK_SHARE * length:
        return length < max(_FURNITURE_CHARS, (1 - _FURNITURE_SHARE) * whole)
    return length < min(_FURNITURE_CHARS, _FURNITURE_SHARE * whole)


def _length(node: LexborNode) -> int:
    return len(folded(node.text()))


def _inside(node: LexborNode, tags: set[str]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def _holds(node: LexborNode, titles: set[int]) -> bool:
    """Tell whether the title, or notes, stand in an element."""
    if any(heading.mem_id in titles for heading in node.css("h1")):
        return True
    return node.css_first(_NOTE_HOLDERS) is not None
