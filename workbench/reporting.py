"""A sentence without the words that only say who said it: "The Committee has held that …"."""

from __future__ import annotations

import re

__all__ = ["without_reporting"]

_VERBS = (
    r"not(?:e[sd]?|ing)|stated|stating|(?-i:states)(?=\s+that\b)|sa(?:id|ys?)|h[eo]ld(?:s|ing)?|f(?:ou|i)nd(?:s|ing)?|"
    r"recall(?:s|ed|ing)?|stress(?:es|ed|ing)?|emphasi[sz](?:e[sd]?|ing)|observ(?:e[sd]?|ing)|"
    r"affirm(?:s|ed|ing)?|reaffirm(?:s|ed|ing)?|report(?:s|ed|ing)?|conclud(?:e[sd]?|ing)|"
    r"underlin(?:e[sd]?|ing)|underscor(?:e[sd]?|ing)|highlight(?:s|ed|ing)?|explain(?:s|ed|ing)?|"
    r"point(?:s|ed)? out|declar(?:e[sd]?|ing)|consider(?:s|ed|ing)?|wr(?:ote|ites?)|"
    r"clarif(?:y|ies|ied)|ma(?:de|kes?) (?:it )?clear|warn(?:s|ed|ing)?|reiterat(?:e[sd]?|ing)|"
    r"indicat(?:e[sd]?|ing)|acknowledg(?:e[sd]?|ing)|recogni[sz](?:e[sd]?|ing)|interpret(?:s|ed)?"
)
_FOREIGN = (
    r"not(?:é|e|ait)|déclar(?:é|e)|affirm(?:é|e)|constat(?:é|e)|soulign(?:é|e)|rappel(?:é|le)|"
    r"estim(?:é|e)|señal(?:ado|ó|a)|declar(?:ado|ó|a)|afirm(?:ado|ó|a)|observ(?:ado|ó|a)|"
    r"record(?:ado|ó)|recuerda|consider(?:ado|ó|a)|subray(?:ado|ó|a)"
)
_LEAD = re.compile(
    rf"\A.{{0,180}}?(?<!\bto )\b(?:{_VERBS})\b"
    r"(?:\s*,?\s*\(?\s*\b(?:in|at|on|with)\s[^:.;“\"]{0,60}?)?[\s,()]*(?:\bthat\b|:)\s*"
    rf"|\A.{{0,180}}?\b(?:{_FOREIGN})\s+qu[e'’]\s*"
    r"|\A.{0,180}?(?:отмет|заяв|указ|подчеркн|констатир|напомн|счита)\w*\s*,\s*что\s+",
    re.IGNORECASE | re.DOTALL,
)
_ACCORDING = re.compile(
    rf"\A\s*(?:according to|in the (?:words|view) of|as (?:\w+ ){{0,8}}?(?:{_VERBS})|selon|"
    r"según|согласно|по мнению)\b[^:]{0,140}?[,:]\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf",?\s*\b(?:as (?:[\w’']+ ){{0,8}}?(?:{_VERBS})\b(?: by [^,]*)?|according to [^,]*|"
    r"(?:see|see also|voir|véase|см\.?)(?: also)?)[\s,:;(\[]*\Z",
    re.IGNORECASE,
)
_SAID_SO = re.compile(
    rf"\A.{{0,180}}?(?<!\bto )\b(?:{_VERBS})\s+(?:so|as much|likewise|the same)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Which tells who spoke and nothing of what was said."""

_OPENERS = re.compile(
    r"\A[\s,;:(\[]*(?:(?:see|cf|e\.g|inter alia|also|and|in|under|per|voir|véase|см)\b"
    r"\.?[\s,:;]*)+",
    re.IGNORECASE,
)


def without_reporting(sentence: str) -> str:
    """Return what is said, without who said it and where; the words themselves are unchanged."""
    said = sentence.strip(" \t\n,;:()[]")
    for pattern in (_ACCORDING, _LEAD):
        said = pattern.sub("", said, count=1)
    said = _SAID_SO.sub("", _TAIL.sub("", said))
    return _OPENERS.sub("", said).strip(" \t\n,;:()[]")
