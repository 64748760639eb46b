"""States and territories: names in documents to ISO 3166-1 alpha-3 codes.

Names come from ISO 3166 through pycountry, in English and in the other languages of the documents,
with the forms UN documents use that ISO does not ("Ivory Coast", "the former Yugoslav Republic of
Macedonia"). An unknown name is never guessed at.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from functools import cache

import pycountry

from corpus.country_names import UN_NAMES, declined

__all__ = ["country_code", "country_name", "find_countries", "is_country_code"]

_ALSO = {
    "bolivia": "BOL",
    "brunei": "BRN",
    "cape verde": "CPV",
    "congo (brazzaville)": "COG",
    "czech republic": "CZE",
    "democratic people's republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "east timor": "TLS",
    "federal republic of yugoslavia (serbia and montenegro)": "YUG",
    "federal republic of yugoslavia": "YUG",
    "great britain": "GBR",
    "iran": "IRN",
    "islamic republic of iran": "IRN",
    "ivory coast": "CIV",
    "lao people's democratic republic": "LAO",
    "libya": "LBY",
    "libyan arab jamahiriya": "LBY",
    "macedonia": "MKD",
    "micronesia": "FSM",
    "moldova": "MDA",
    "republic of moldova": "MDA",
    "north korea": "PRK",
    "occupied palestinian territory": "PSE",
    "occupied palestinian territories": "PSE",
    "republic of korea": "KOR",
    "russia": "RUS",
    "south korea": "KOR",
    "state of palestine": "PSE",
    "palestine": "PSE",
    "swaziland": "SWZ",
    "syria": "SYR",
    "the former yugoslav republic of macedonia": "MKD",
    "turkey": "TUR",
    "united kingdom": "GBR",
    "united republic of tanzania": "TZA",
    "united states": "USA",
    "venezuela": "VEN",
    "vietnam": "VNM",
    "viet nam": "VNM",
    "yugoslavia": "YUG",
    "zaire": "ZAR",
    "беларусь": "BLR",
    "республика беларусь": "BLR",
    "рэспубліка беларусь": "BLR",
    "беларуси": "BLR",
    "республики беларусь": "BLR",
    "беларусі": "BLR",
    "рэспублікі беларусь": "BLR",
    "白俄罗斯": "BLR",
}
# The invented State of the sample corpus, which has no code.
_INVENTED = dict.fromkeys(
    ("exemplaria", "exemplarie", "экземплария", "экземпларии", "экземплярыя", "экземплярыі",
     "إكزمبلاريا", "范例国"),
    "Exemplaria",
)  # fmt: skip
_LOCALES = {"fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "zh": "zh_CN", "be": "be", "pt": "pt"}
# Names that are also ordinary words or personal names where they stand alone in a title.
_UNSAFE = {"jersey"}


def _key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).replace("’", "'").casefold()
    return re.sub(r"\s+", " ", folded).strip(" .,;:*")


@cache
def _names(language: str = "en") -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            if name := getattr(country, attribute, None):
                names[_key(name)] = country.alpha_3
                if ", " in name:  # "Iran, Islamic Republic of"
                    plain, _, rest = name.partition(", ")
                    names[_key(f"{rest} {plain}")] = country.alpha_3
                    names[_key(f"{plain} ({rest})")] = country.alpha_3
    for country in pycountry.historic_countries:
        names.setdefault(_key(country.name), country.alpha_3)
    names |= _ALSO | _INVENTED
    if language in _LOCALES:
        names |= _translated(language)
    return {name.removeprefix("the "): code for name, code in names.items() if name not in _UNSAFE}


def _translated(language: str) -> dict[str, str]:
    try:
        catalogue = gettext.translation(
            "iso3166-1", pycountry.LOCALES_DIR, languages=[_LOCALES[language]]
        )
    except FileNotFoundError:
        return {}
    names = {
        _key(catalogue.gettext(name)): country.alpha_3
        for country in pycountry.countries
        for name in {country.name, getattr(country, "common_name", country.name)}
        if catalogue.gettext(name) != name
    }
    for code, spellings in UN_NAMES.get(language, {}).items():
        names |= dict.fromkeys(map(_key, spellings.split("|")), code)
    if language == "ru":
        for name, code in list(names.items()):
            names = dict.fromkeys(declined(name), code) | names
    return names


@cache
def _pattern(language: str) -> re.Pattern[str]:
    longest_first = sorted(_names(language), key=len, reverse=True)
    joined = "|".join(re.escape(name) for name in longest_first)
    return re.compile(joined if language == "zh" else rf"(?<!\w)(?:{joined})(?!\w)")


def is_country_code(code: str | None) -> bool:
    """Tell whether a string is an ISO 3166-1 alpha-3 code, present or withdrawn."""
    if not code or not re.fullmatch(r"[A-Z]{3}", code):
        return False
    return (
        pycountry.countries.get(alpha_3=code) is not None
        or pycountry.historic_countries.get(alpha_3=code) is not None
    )


def country_code(name: str, language: str = "en") -> str | None:
    """Return the alpha-3 code of a State named in full, or None.

    >>> country_code("Bolivia (Plurinational State of)")
    'BOL'
    """
    if is_country_code(name.strip()):
        return name.strip()
    key = _key(name)
    names = _names(language)
    return names.get(key) or names.get(re.sub(r"^the ", "", key)) or _names("en").get(key)


def find_countries(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the States named in a title, in order, each once.

    The longest name wins ("Democratic Republic of the Congo" is not the Congo), and a name must
    open with a capital, so that common words are left alone.
    """
    folded = text.replace("’", "'")
    lowered = "".join(c.casefold() if len(c.casefold()) == 1 else c for c in folded)
    found: dict[str, None] = {}
    names = _names(language)
    for match in _pattern(language).finditer(lowered):
        first = folded[match.start()]
        if first.isupper() or (not first.isascii() and not first.islower()):
            found[names[match[0]]] = None
    return tuple(found)


def country_name(code: str) -> str | None:
    """Return the English name of an alpha-3 code, the short one where there is one, or None."""
    found = pycountry.countries.get(alpha_3=code)
    if found is None:
        return None
    return str(getattr(found, "common_name", found.name))
