"""Covers of judgments of human rights courts: court, parties and respondent State.

A cover has no masthead and no symbol: it names the court, the parties ("A.B. v. Republic of Fiji")
and the number of the application, each on lines of their own, often far apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.countries import find_countries
from corpus.readers.flow import OpeningLine

__all__ = ["Judgment", "judgment_of"]

_COURTS = (
    (
        "African Court on Human and Peoples’ Rights",
        r"african court on human and peoples['’] rights|cour africaine des droits de l['’]homme et "
        r"des peuples|tribunal africano? dos direitos humanos e dos povos|"
        r"tribunal africano? dos direitos do homem e dos povos",
    ),
    (
        "African Commission on Human and Peoples’ Rights",
        r"african commission on human and peoples['’] rights|commission africaine des droits de "
        r"l['’]homme et des peuples|comissão africana dos direitos humanos e dos povos",
    ),
    (
        "African Committee of Experts on the Rights and Welfare of the Child",
        r"african committee of experts on the rights and welfare of the child|"
        r"comité africain d['’]experts sur les droits et le bien-être de l['’]enfant",
    ),
    (
        "ECOWAS Court of Justice",
        r"(?:community )?court of justice,? (?:of the economic community of west african states|"
        r"ecowas)|ecowas court of justice|cour de justice de la (?:communauté|cedeao)|"
        r"cour de justice de la communaute economique",
    ),
    ("East African Court of Justice", r"east african court of justice"),
    (
        "European Court of Human Rights",
        r"european court of human rights|cour européenne des droits de l['’]homme",
    ),
    (
        "Inter-American Court of Human Rights",
        r"inter-?american court of human rights|corte interamericana de derechos humanos",
    ),
)
_VERSUS = re.compile(
    r"(?P<one>.*?)\s*(?<!\w)(?:v\.?|vs\.?|versus|c\.|contre|contra)(?!\w)\s*(?P<other>.*)", re.I
)
_NUMBER = re.compile(
    r"(?:(?:consolidated )?applications?|communications?|petiç(?:ão|ões)|requêtes?|affaire|"
    r"judge?ment|arrêt|suit|case|appeal|peticion(?:es)?|caso|acórdão)\b.{0,12}?"
    r"(?:no\.?s?|n[°ºo]\.?s?|n\.\s?[°º]|number)\s*:?\s*\S*\d.*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:in the (?:case|matter)(?: of| between)?:?|the matter of|case of|dans l['’´]affaire\s?:?|"
    r"affaire|(?:no )?processo que envolve|em matéria de|between|entre|caso|applicant|respondent|"
    r"(?:.{0,40})?judge?ment(?: .{0,40})?|arrêt|acórdão|decision|décision|\(.*\))[:.]?",
    re.IGNORECASE,
)
_LINES = 30


@dataclass(frozen=True, slots=True)
class Judgment:
    """What the cover of a judgment says.

    Attributes:
        body: the court.
        title: the parties, or None where they were not found.
        country: respondent States.
    """

    body: str
    title: str | None
    country: tuple[str, ...]


def judgment_of(lines: Sequence[OpeningLine], language: str) -> Judgment | None:
    """Return what the cover of a judgment says, or None where no court is named on it.

    Args:
        lines: of the first page.
        language: of the text, for the names of States.
    """
    head = [line.text for line in lines[:_LINES]]
    together = " ".join(head)
    found = [
        (match.start(), name)
        for name, words in _COURTS
        if (match := re.search(words, together[:400], re.IGNORECASE))
    ]
    if not found:
        return None
    number = next((i for i, text in enumerate(head) if _NUMBER.match(text)), None)
    if number is None:
        return None
    parties = _parties(head, number)
    if parties is None:
        return None
    respondent = _VERSUS.fullmatch(parties)
    country = _states(_titled(respondent["other"]), language) if respondent else ()
    return Judgment(min(found)[1], parties, country)


def _parties(head: Sequence[str], number: int) -> str | None:
    """Return the lines around the "v." joined: above the number of the case, or else below it."""
    for part in (head[:number], head[number + 1 :]):
        for index, text in enumerate(part):
            versus = _VERSUS.fullmatch(text)
            if versus is None:
                continue
            before = [versus["one"]] if versus["one"] else list(part[max(0, index - 1) : index])
            after = [versus["other"]] if versus["other"] else list(part[index + 1 : index + 2])
            sign = text[versus.end("one") : versus.start("other")].strip()
            if before and after and not any(_LEAD.fullmatch(x) for x in (*before, *after)):
                return " ".join([*before, sign, *after]).strip(" -–—")
    return None


def _states(name: str, language: str) -> tuple[str, ...]:
    """Return the States named; a cover is too short to tell its language by."""
    for tried in dict.fromkeys((language, "en", "fr", "pt", "es")):
        if found := find_countries(name, tried):
            return found
    return ()


def _titled(name: str) -> str:
    """Return a name in capitals as names of States are looked for."""
    return name.title() if name.isupper() else name
