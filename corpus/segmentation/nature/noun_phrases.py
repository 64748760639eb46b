"""Read the English noun phrases that a verb of a resolution addresses.

"Calls upon the Government of X and all other parties to the conflict to …" addresses "Government
of X" and "all other parties to the conflict". A phrase is taken only if its head names someone
who can act, and what follows the last of them ends it: an infinitive, a preposition, a clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.countries import country_code, find_countries
from corpus.segmentation.nature.agents import (
    ADJECTIVAL,
    AFTER_HEAD,
    AFTER_TO,
    AGENTS,
    ALSO_VERBS,
    BEFORE_TO,
    DETERMINERS,
    IN_STOPS,
    LINKS,
    NAMED_HEADS,
    STOPS,
    TOGETHER,
)

__all__ = ["noun_phrases"]

_KNOWN_TAIL = re.compile(
    r"(?:special procedures|(?:funds|agencies) and programmes|programmes and (?:funds|agencies))$"
)
_TITLE = re.compile(
    r"\b(?:Rapporteurs?|Group|Experts?|Committee|Commission|Forum|Conference|Representative|Adviser"
    r"|Office|Envoy|Panel|Decade|Sub-Commission|Union|Programme|Fund|Organization|Entity|Mechanism"
    r"|Council)(?: [A-Z][\w-]*)* (?:on|for|against|of)\b"
)
_STRONG_START = re.compile(
    r"(?:the |all |its |relevant |States?\b|Member States|Governments?\b|civil society|special proc"
    r"|treaty bod|non-governmental|national human|the\b|United Nations )"
)
_JOINED = re.compile("|".join(sorted(map(re.escape, TOGETHER), key=len, reverse=True)))
_TOKEN = re.compile(
    r"(?P<bound>,? (?:and|or),(?= )|, (?:and|or|as well as) |, | (?:and|or|as well as) )"
    r"|(?P<word>[^\s,]+)"
)
_HIDDEN = str.maketrans({" ": "\x00", ",": "\x01"})
_SHOWN = str.maketrans({"\x00": " ", "\x01": ","})
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_APPOSITION = re.compile(r"(?:Mr|Ms|Mrs|Dr)\.? |the occupying Power|as ")
_PLURAL_OF = re.compile(r"(?:Governments|[Aa]uthorities|[Pp]eoples?|[Ll]eaders) of (?:the )?[A-Z]")
_MAX_CHARS = 420
_MAX_PHRASE_CHARS = 160


@dataclass(slots=True)
class _Segment:
    """Words between two boundaries, and the boundary before them."""

    boundary: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.words)


def noun_phrases(text: str, *, clause: bool = False) -> tuple[str, ...]:
    """Return the addressees a text opens with, without articles; empty where that is unsafe.

    Args:
        text: what follows the verb.
        clause: the phrase is the subject of a clause ("… that *all parties* cease"), so that a
            finite verb ends it, which may be any word.
    """
    hidden = _JOINED.sub(lambda match: match[0].translate(_HIDDEN), text[:_MAX_CHARS])
    segments = _segments(hidden, clause=clause)
    phrases = [_ARTICLE.sub("", phrase.translate(_SHOWN)) for phrase in _joined(segments)]
    return tuple(dict.fromkeys(p for p in phrases if len(p) <= _MAX_PHRASE_CHARS))


def _segments(text: str, *, clause: bool) -> list[_Segment]:
    """Cut the text at commas and conjunctions, up to the word that ends the phrases."""
    segments = [_Segment("")]
    tokens = list(_TOKEN.finditer(re.split(r"[;:\n]|\. ", text)[0]))
    for position, token in enumerate(tokens):
        if token["bound"]:
            segments.append(_Segment(token["bound"]))
            continue
        after = [t["word"] or "," for t in tokens[position + 1 : position + 3]]
        word = token["word"]
        if _ends(segments[-1], word, after, clause=clause):
            if not clause and segments[-1].boundary == ", " and not segments[-1].words:
                segments[-1] = _past_aside(tokens[position:])
            break
        segments[-1].words.append(word)
    return segments


def _past_aside(tokens: list[re.Match[str]]) -> _Segment:
    """Return the segment after an aside: "States, in particular A, *and the institutions* to"."""
    for position, token in enumerate(tokens):
        if token["word"] == "to":
            break
        if token["bound"] not in (", and ", ", as well as "):
            continue
        segment = _Segment(token["bound"])
        for place, later in enumerate(tokens[position + 1 :], position + 1):
            after = [t["word"] or "," for t in tokens[place + 1 : place + 3]]
            if later["word"] == "to" and _ends(segment, "to", after, clause=False):
                return segment
            if later["bound"] == ", " and after[:1] == ["to"] and segment.words:
                return segment
            if later["bound"] or _ends(segment, later["word"], after, clause=False):
                return _Segment("")
            segment.words.append(later["word"])
    return _Segment("")


def _ends(segment: _Segment, word: str, after: list[str], *, clause: bool) -> bool:
    """Tell whether a word ends the phrases."""
    following = after[0] if after else ""
    before = segment.words[-1] if segment.words else ""
    if word in STOPS:
        first = word == "both" and not before and not segment.boundary
        return not (
            first or (word == "with" and before.lower() in {"persons", "people", "children"})
        )
    if word == "to":
        inner = following in DETERMINERS or following in AFTER_TO or following[:1].isupper()
        return not (before.lower() in BEFORE_TO and inner)
    if word == "in":
        named = _TITLE.search(segment.text) is not None
        place = following[:1].isupper() or (following == "the" and after[1:] != [","])
        return following.lower() in IN_STOPS or not (named or place)
    if word == "for":
        return not (before[:1].isupper() or before in {"institutions", "mechanisms", "committees"})
    if word == "on":
        titled = before[:1].isupper() and before not in {"States", "Governments", "Parties"}
        return not titled and _TITLE.search(f"{segment.text} on") is None
    if word == "of" and following in {"their", "its"}:
        return True
    if not clause or word[:1].isupper() or word in LINKS:
        return False
    # In a clause a small word after a whole phrase is its verb.
    linked = any(w in LINKS for w in segment.words)
    if linked:
        return before not in LINKS and before not in DETERMINERS
    whole = _is_agent(segment.text) and before not in ADJECTIVAL
    return whole and (word in ALSO_VERBS or not _is_agent(f"{segment.text} {word}"))


def _joined(segments: list[_Segment]) -> list[str]:
    """Put segments together into addressees: "regional and international organizations" is one."""
    phrases: list[str] = []
    for position, segment in enumerate(segments):
        text = segment.text
        comma = segment.boundary == ", "
        if not text or (comma and _APPOSITION.match(text)):
            if text:
                continue
            break
        if not phrases:
            phrases.append(text)
        elif not _is_agent(phrases[-1]):
            phrases[-1] += segment.boundary + text
        elif _splits(phrases[-1], text):
            if comma and not _closed(segments[position:]):
                break
            phrases.append(text)
        elif segment.boundary in (", and ", ", as well as ", " as well as ") or _pairs(
            phrases[-1], segments[position : position + 2]
        ):
            phrases.append(text)
        elif _TITLE.search(phrases[-1]) or (not comma and _is_linked(phrases[-1])):
            phrases[-1] += segment.boundary + text
        else:
            break
    return [phrase for phrase in phrases if _is_agent(phrase)] if _sound(phrases) else []


def _pairs(before: str, segments: list[_Segment]) -> bool:
    """Tell whether two adjectives share the noun after them: "private and public bodies"."""
    if len(segments) < 2 or _is_linked(before):
        return False
    first, second = segments
    joined = f"{first.text}{second.boundary}{second.text}"
    return first.boundary == second.boundary == " and " and _is_agent(joined)


def _is_linked(phrase: str) -> bool:
    return any(word in LINKS for word in phrase.split())


def _sound(phrases: list[str]) -> bool:
    return bool(phrases) and _is_agent(phrases[0])


def _closed(rest: list[_Segment]) -> bool:
    """Tell whether a list with commas comes to its "and": without it the comma is an apposition."""
    return any("and" in s.boundary or "or" in s.boundary or "as well" in s.boundary for s in rest)


def _splits(before: str, text: str) -> bool:
    """Tell whether a text after a conjunction is another addressee, not more of the one before."""
    if not _is_agent(text) or (_PLURAL_OF.search(before) and country_code(text)):
        return False
    if _TITLE.search(before):
        return _STRONG_START.match(text) is not None
    members = re.search(
        r"\b(?:representatives|members|groups|heads|associations) of (?!the |all )", before
    )
    return members is None or _STRONG_START.match(text) is not None


def _is_agent(phrase: str) -> bool:
    """Tell whether the head of a phrase names someone who can act."""
    shown = phrase.translate(_SHOWN)
    core = re.split(rf" (?:{'|'.join(sorted(LINKS))}|with) ", shown)[0]
    core = re.sub(r"\s*\([^)]*\)$", "", core).rstrip(".")
    words = core.split()
    while len(words) > 1 and words[-1] in AFTER_HEAD:
        words.pop()
    if not words:
        return False
    if country_code(_ARTICLE.sub("", shown)) is not None:
        return True
    head = words[-1].strip("“”\"’'()")
    if shown in {"United Nations", "the United Nations"}:
        return True
    if head in NAMED_HEADS and core.islower() and not _KNOWN_TAIL.search(core):
        return False
    if head.lower() in AGENTS:
        return head.lower() not in {"all", "others"} or len(words) <= 2
    if re.fullmatch(r"[A-Z]{2,}[\w-]*", head):
        return True
    return bool(find_countries(" ".join(words))) and words[-1][:1].isupper()
