"""Who reports: the special procedure or expert group a title names, and the person who holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.countries import country_code, find_countries
from corpus.mandates import find_mandate

__all__ = ["holder_of", "mandate_of"]

_MANDATE = re.compile(
    r"(?:Sample )?(?:Special Rapporteurs?|Independent Experts?|Working Group|Expert Mechanism|"
    r"(?:International )?(?:Independent )?(?:International )?Commission of Inquiry|"
    r"(?:International )?(?:Independent )?(?:International )?Fact-[Ff]inding Mission|"
    r"Group of (?:Independent |Eminent )?(?:International )?(?:and Regional )?"
    r"(?:Human Rights )?Experts|"
    r"(?:Special )?Representative of the Secretary-General|"
    r"(?:Rapporteu(?:r|se) spéciale?|Experte? indépendante?)(?: exemple)?|"
    r"Relatora? Especial(?: de Muestra)?|Expert[oa] Independiente|"
    r"Специальн(?:ый|ого|ым) докладчик(?:а|ом)?|Независим(?:ый|ого|ым) эксперт(?:а|ом)?|"
    r"المقررة? الخاصة?)"
    r"(?: of| on| for| in| sur| chargée? de| dans| sobre| по| в| о|"
    r" المعنية?| بشأن| على)\b[^;:،]*",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"(?P<name>[\u4e00-\u9fff、]{2,60}?(?:特别报告员|独立专家))")
_NOMINATIVE = {
    "Специального докладчика": "Специальный докладчик",
    "Специальным докладчиком": "Специальный докладчик",
    "Независимого эксперта": "Независимый эксперт",
    "Независимым экспертом": "Независимый эксперт",
}
_AFTER = re.compile(
    r"\b(?:on (?:his|her|its|their) (?:mission|visit|\w+ (?:mission|visit|session|report))|"
    r"at its|covering|: mission|\(mission)\b.*",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r",? (?:submitted|presented|prepared|pursuant|in accordance|présentée?|établi|"
    r"presentad[ao]|представленн\w+|submits|transmits)\b.*",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:Special Rapporteur|Independent Expert|(?:Special )?Representative of the "
    r"Secretary-General|Rapporteu(?:r|se) spéciale?|Experte? indépendante?|Relatora? Especial|"
    r"Expert[oa] Independiente|Специальн\w+ докладчи\w+)\b",
    re.IGNORECASE,
)
_HONORIFIC = r"(?i:Mr|Mrs|Ms|Miss|Sir|Prof|Professor|Dr|Judge|M|Mme|Mlle|Sr|Sra)\.?(?=\s)\s+"
_PARTICLE = r"(?:de|da|do|dos|del|di|van|von|der|den|la|le|el|al|bin|bint|ibn|ul|y|e)"
_NAME = (
    rf"(?:[^\W\d_][\w’'-]*\.?(?:[^\W\d_]\.)*)"
    rf"(?:\s+(?:{_PARTICLE}\s+)*[^\W\d_][\w’'-]*\.?(?:[^\W\d_]\.)*){{1,4}}"
)
_NO_PERSON = re.compile(
    r"\b(?:council|committee|commission|assembly|nations|rights|united|secretar\w+|general|office|"
    r"america|europe|asia|africa|pacific|caribbean|east|addendum|corrigendum|annex|note|summary|"
    r"mission|visit|report|session|women|children|girls|conseil|droits|consejo|derechos)\b",
    re.IGNORECASE,
)
# Names are declined there, so not as the person is called.
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NAMED = re.compile(
    rf",\s+(?P<honorific>{_HONORIFIC})?(?P<name>{_NAME})(?=\s*(?:\*|,|\(|\.?\Z))", re.UNICODE
)


def mandate_of(titles: Sequence[str]) -> str | None:
    """Return the special procedure or expert group that reports, as the title names it.

    A name of the table ends where the table ends it, any other before a mission, a person or what
    the report is submitted under.
    """
    for title in titles:
        printed = _printed(title)
        if printed is not None:
            return printed
    return None


def _printed(title: str) -> str | None:
    known = find_mandate(title)
    found = _MANDATE.search(title)
    if found is None:
        if known is not None:
            return known[0]
        chinese = _CHINESE.search(title)
        return re.sub(r"^人权理事会", "", chinese["name"]) if chinese else None
    if re.search(r"\bon the universal p", found[0], re.IGNORECASE):
        return None
    words = _FINITE.sub("", _AFTER.sub("", found[0]))
    name = _name_in(words)
    if name is not None:
        words = words[: name.start()]
    for oblique, plain in _NOMINATIVE.items():
        words = words.replace(oblique, plain)
    words = words.strip(" ,*.")
    if known is not None and words.casefold().startswith(known[0].casefold()):
        return known[0]
    return words or None


def holder_of(titles: Sequence[str]) -> str | None:
    """Return the person whom a title names as holder of the mandate it reports under, or None.

    Only a name set off by a comma after the office counts, in capitals at its beginning, and no
    State; where two offices stand there the report is a joint one and none is returned.
    """
    for title in titles:
        offices = list(_OFFICE.finditer(title))
        if len(offices) > 1:
            return None
        if offices:
            rest = _AFTER.sub("", _FINITE.sub("", title[offices[0].end() :]))
            name = _name_in(rest)
            if name is not None and not _CYRILLIC.search(name["name"]):
                return re.sub(r"\s+", " ", name["name"]).strip()
    return None


def _name_in(words: str) -> re.Match[str] | None:
    """Find the first name of a person that stands between commas."""
    for found in _NAMED.finditer(words):
        name = found["name"]
        parts = [p for p in name.split() if not re.fullmatch(_PARTICLE, p)]
        if not all(part[0].isupper() for part in parts) or len(parts) < 2:
            continue
        if name.isupper() and not found["honorific"]:
            continue
        if _NO_PERSON.search(name) or country_code(name) is not None or find_countries(name):
            continue
        return found
    return None
