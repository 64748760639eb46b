"""Recognise recommendations, and the States that make them in a universal periodic review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.countries import country_code
from corpus.segmentation.nature.recommending import recommending_opening
from corpus.segmentation.nature.state_names import NAMES_IN_BRACKETS

__all__ = ["recommending_states", "recommends"]

_SECTION = re.compile(
    r"recommend|recommand|recomend|рекоменд|建议|توصيات|concern|préoccup|preocup|обеспокоен|озабочен"
    r"|关切|القلق|way forward|follow-up",
    re.IGNORECASE,
)
# What treaty bodies write, and no one else does.
_TREATY_BODY = re.compile(
    r"(?:^|(?<=[.;:] )|(?<=\n)|(?<=, )|(?<=。))(?:"
    r"(?:The|the) States? part(?:y|ies) (?:should|must|is (?:encouraged|requested|urged|invited))\b"
    r"|(?:The|the) (?:Sub-?[Cc]ommittee|Committee)(?: \w+){0,3}?"
    r" (?:recommends|urges|calls (?:up)?on|requests|encourages|invites)\b"
    r"[^.;:]{0,160}\bStates? part(?:y|ies)\b"
    r"|(?:L|l)['’]État partie (?:devrait|doit|est (?:invité|encouragé|prié|engagé))\b"
    r"|(?:L|l)e Comité(?: \w+){0,2}? (?:recommande|engage|prie|invite|encourage|demande|exhorte)\b"
    r"[^.;:]{0,160}\bÉtat partie\b"
    r"|(?:E|e)l Estado parte (?:debe|debería|deberá)\b"
    r"|(?:E|e)l Comité(?: \w+){0,2}? (?:recomienda|insta|exhorta|pide|alienta|invita|solicita)\b"
    r"[^.;:]{0,160}\bEstado parte\b"
    r"|(?:Г|г)осударству-участнику(?: \w+)? следует\b"
    r"|Комитет(?: \w+){0,2}? (?:рекомендует|призывает|просит|предлагает)\b[^.;:]{0,120}"
    r"государств\w+-участник"
    r"|缔约国应|委员会(?:还|又|进一步)?(?:建议|敦促|促请|吁请|鼓励|请|要求|呼吁)缔约国"
    r"|ينبغي للدولة الطرف|(?:توصي|تحث|تدعو|تطلب) اللجنة [^.؛:]{0,60}الدولة الطرف)"
)
# "The Committee is concerned that … The State party should …": one paragraph, as was usual.
_CONCERN = re.compile(
    r"(?:The|While|Although|Notwithstanding)\b[^.]{0,400}\bCommittee\b[^.]{0,80}\b"
    r"(?:concern|regret|alarm|deplor|notes)"
)
# Groups that recommend as one, and have no code.
_GROUPS = re.compile(
    r"(?:the )?(?:European Union|African (?:Group|Union)|Group of African States|Arab Group"
    r"|League of Arab States|Union européenne|Groupe africain|Unión Europea|Grupo Africano"
    r"|Европейский союз)",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"^(?:(?:as )?(?:recommended|proposed|made|suggested|raised)(?: also)? by"
    r"|recommendations? (?:by|of)"
    r"|recommandé par|recomendado por|recommandation d[eu]|recomendación de)[: ]+",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(r",? (?:(?:speaking )?on behalf of|au nom d|en nombre de|от имени)\b.*$")
_SEPARATOR = re.compile(
    r"\s*[,;/、，；،]\s*(?:and |et |y |e |и )?|\s+(?:and|et|y|e|и|&|–)\s+|[和与及]|\s+و(?=\w)"
)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [\w’'().-]+){0,5}")
# After the States ends the recommendation, or a part of it; a note mark may stand between.
_PART_END = re.compile(r"\s*[\d*†‡]*\s*(?:[;.,:/；。،؛]|\Z|\n|[(（])")
_LAST = re.compile(r"\s*[\d*†‡]*\s*[;.。；،؛]*\s*\Z")
_PROPER = re.compile(
    r"(?![A-Z]{2,}\b)[A-ZÀ-Þ][\w’'-]+(?: (?:of|the|and|de|du|la) | [A-Z])?[\w’' -]{0,30}"
)
_NO_STATE = re.compile(
    r"Principle|Rule|Convention|Act\b|Committee|Protocol|Council|Code|Law|Programme|Court|Right"
    r"|Fund"
    r"|Organi[sz]ation|Treaty|Covenant|Article|Section|Plan|Strategy|Declaration|Ibid|See\b"
    r"|Paras?\b",
    re.IGNORECASE,
)
_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "pt")
_MAX_CHARS = 900


def recommends(text: str, section: Sequence[str]) -> bool:
    """Tell whether a numbered paragraph of a report is a recommendation.

    It is one where it uses the words of treaty bodies ("The State party should …") at its opening,
    or anywhere in a section on concerns and recommendations, and where in a section that names
    recommendations it opens with who recommends or whom it tells what they should do.

    Args:
        text: of the paragraph.
        section: titles of the headings above it, outermost first.
    """
    found = _TREATY_BODY.search(text)
    named = any(_SECTION.search(title) for title in section)
    if found is not None and (named or found.start() == 0 or _CONCERN.match(text)):
        return True
    return named and recommending_opening(text) is not None


def recommending_states(text: str) -> tuple[str, ...]:
    """Return the States that make a recommendation of a universal periodic review.

    They stand in brackets after the recommendation, or after each of its parts: "(Norway); ratify
    the Protocol (Chile, Iran (Islamic Republic of))".

    Returns:
        Alpha-3 codes, or names as printed where a list of States has one without a code; in the
        order of the text, each once.

    >>> recommending_states("Ratify the Convention (Chile) (Bolivia (Plurinational State of));")
    ('CHL', 'BOL')
    """
    found: dict[str, None] = {}
    closes = False
    for inside, end in _brackets(text):
        last = _LAST.match(text, end) is not None
        if states := _states(inside) or (_unknown(inside) if last else []):
            found.update(dict.fromkeys(states))
            closes = closes or _PART_END.match(text, end) is not None
    return tuple(found) if closes else ()


def _brackets(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stands in brackets, inner brackets included, and where the bracket ends."""
    depth = start = 0
    for position, character in enumerate(text):
        if character in "(（":
            depth += 1
            if depth == 1:
                start = position + 1
        elif character in ")）" and depth:
            depth -= 1
            if depth == 0 and position - start <= _MAX_CHARS:
                yield text[start:position], position + 1


def _states(inside: str) -> list[str]:
    """Return the States a bracket lists, or nothing where it holds anything else."""
    words = _ON_BEHALF.sub("", _MADE_BY.sub("", " ".join(inside.split())))
    names = [name for name in _split(words) if name]
    codes = [_code(name) for name in names]
    known = sum(code is not None for code in codes)
    if not known or known * 2 < len(names):
        return []
    return [
        code or name
        for name, code in zip(names, codes, strict=True)
        if code or (_NAME.fullmatch(name) and not name[0].islower())
    ]


def _unknown(inside: str) -> list[str]:
    """Return the names in the last bracket of a recommendation, where they can be those of States.

    None of them has a code: States that an index of the world does not know, or a slip of print.
    """
    names = [name.strip() for name in _SEPARATOR.split(inside)]
    whole = all(_PROPER.fullmatch(name) and not _NO_STATE.search(name) for name in names)
    return names if whole else []


def _split(words: str) -> list[str]:
    """Split a list at its separators, but for those in brackets and in the names of States."""
    if _code(words) is not None:
        return [words]
    names: list[str] = []
    start = position = 0
    while position < len(words):
        depth = words.count("(", start, position) - words.count(")", start, position)
        match = _SEPARATOR.match(words, position)
        if match is None or match.end() == position or depth > 0:
            position += 1
            continue
        name = words[start:position]
        # "Bosnia and Herzegovina", "Venezuela, Bolivarian Republic of".
        longer = _longer_name(words, start, match.end())
        if longer is not None:
            position = longer
            continue
        names.append(name)
        start = position = match.end()
    return [name.strip(" .*†‡0123456789") for name in [*names, words[start:]]]


def _longer_name(words: str, start: int, after: int) -> int | None:
    """Return where a name that holds a separator ends, or None where the separator separates."""
    ends = [m.start() for m in _SEPARATOR.finditer(words, after)][:4]
    for end in [*ends, len(words)]:
        if end > after and _code(words[start:end]) not in (None, _code(words[after:end])):
            return end
    return None


@cache
def _code(name: str) -> str | None:
    """Return the code of a State, or the name of a group, in whatever language it is printed."""
    plain = name.strip(" .*†‡").replace("‑", "-")
    if _GROUPS.fullmatch(plain):
        return plain
    if code := NAMES_IN_BRACKETS.get(plain.replace("’", "'").casefold()):
        return code
    if len(plain) == 3 and plain.isupper():
        return None  # "(CRC)" is a treaty, whatever State has that code
    for language in _LANGUAGES:
        if (code := country_code(plain, language)) is not None:
            return code
    return None
