"""HTML from plain values: the one place where text meets markup.

Every string that reaches the page as HTML is built by `element` out of `Markup`, and the only ways
to get a `Markup` are `text` (which escapes) and `element` (which escapes its attributes). There is
no way in for ready-made HTML, so a title that reads `<script>` can only ever be shown as such.

Besides `html.escape`, `text` deals with characters that are legal but deceive or break a page:
bidirectional overrides, which can make "not" read as part of another word, are shown by name, and
control characters and lone surrogates, which HTML cannot carry, as U+FFFD.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from search_api.schemas import Highlight

__all__ = ["Markup", "element", "highlighted", "join", "safe_link", "text"]

_UNCARRIED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_OVERRIDES = re.compile("([\u202d\u202e])")
_ENDLESS = re.compile(r"(\S{500})(?=\S)")
_NAMES = re.compile(r"[a-z][a-z0-9-]*")


class Markup:
    """A piece of HTML that is known to be safe, because only this module makes it."""

    __slots__ = ("_html",)

    def __init__(self, _html: str) -> None:
        self._html = _html

    def __str__(self) -> str:
        return self._html


def _escaped(value: str) -> str:
    return html.escape(_UNCARRIED.sub("�", value), quote=True)


def _breakable(value: str) -> str:
    """Escape a string, with places to break a line in runs of letters without end.

    A browser shapes such a run anew for every line of it: 100,000 letters kept one busy for a
    minute.
    """
    runs = _ENDLESS.split(value)
    return "<wbr>".join(_escaped(run) for run in runs if run) if len(runs) > 1 else _escaped(value)


def text(value: str) -> Markup:
    """Escape a string for display; bidirectional overrides are shown by their name instead.

    An override reaches past its own word, and embeddings and isolates that are left open are
    closed by the element around them, so only U+202D and U+202E need to lose their effect.
    """
    pieces = _OVERRIDES.split(value)
    shown = [
        f'<span class="p-control">U+{ord(piece):04X}</span>' if at % 2 else _breakable(piece)
        for at, piece in enumerate(pieces)
    ]
    return Markup("".join(shown))


def element(name: str, *children: Markup | str | None, **attributes: str | None) -> Markup:
    """Build an element; strings among the children and all attribute values are escaped.

    An attribute that is None is left out, `class_` is `class` and `aria_label` is `aria-label`.

    Raises:
        ValueError: The name of the element or of an attribute is not a plain name.
    """
    opening = [name]
    for key, value in attributes.items():
        attribute = key.rstrip("_").replace("_", "-")
        if not _NAMES.fullmatch(attribute):
            raise ValueError(f"{attribute!r} is not an attribute name")
        if value is not None:
            opening.append(f'{attribute}="{_escaped(_OVERRIDES.sub("", value))}"')
    if not _NAMES.fullmatch(name):
        raise ValueError(f"{name!r} is not an element name")
    return Markup(f"<{' '.join(opening)}>{join(children)}</{name}>")


def join(children: Iterable[Markup | str | None], separator: str = "") -> Markup:
    """Put pieces one after the other, escaping the strings and leaving out what is None."""
    pieces = [text(c) if isinstance(c, str) else c for c in children if c is not None]
    return Markup(str(text(separator)).join(str(piece) for piece in pieces))


def highlighted(value: str, highlights: Sequence[Highlight]) -> Markup:
    """Mark the matched parts of a text, each with the class of its kind.

    Offsets count characters of the unescaped text. Those that lie outside it, or overlap an
    earlier one, are cut to what is left, so the text itself is always shown whole and once.
    """
    pieces: list[Markup] = []
    reached = 0
    for mark in sorted(highlights, key=lambda h: (h.start, h.end)):
        start, end = max(mark.start, reached), min(mark.end, len(value))
        if start >= end:
            continue
        pieces.append(text(value[reached:start]))
        pieces.append(element("mark", value[start:end], class_=f"p-{mark.kind}"))
        reached = end
    pieces.append(text(value[reached:]))
    return join(pieces)


def safe_link(url: str | None) -> str | None:
    """Return the address if it is one of the web, else None: `javascript:` and files are not."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None
