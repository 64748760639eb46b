"""Words for buttons: Streamlit reads their labels as Markdown, which a document may not speak."""

from __future__ import annotations

import re

__all__ = ["plain_label"]

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\u2060"
"""Without width; it parts what Streamlit would read as an icon after the marks are escaped."""

_NAMED = re.compile(r":(?=\w)")
"""A colon before a name, as of an icon; one before a space is left as it is."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def plain_label(words: str, *, longest: int = 80) -> str:
    r"""Return words as a label that is shown as written, on one line, cut where it is long.

    >>> print(plain_label("**a** [b]"))
    \*\*a\*\* \[b\]
    """
    line = " ".join(_CONTROLS.sub(" ", words).split())
    if len(line) > longest:
        line = f"{line[: longest - 1].rstrip()}…"
    return _MARKS.sub(r"\\\1", _NAMED.sub(f":{_JOINER}", line))
