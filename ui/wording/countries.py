"""Names of countries in the languages of the interface, from the Unicode CLDR through Babel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pycountry
from babel import Locale

__all__ = ["country_names"]


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Return the name of each country by its code (ISO 3166-1 alpha-3)."""
    territories = Locale.parse(language).territories
    return {
        country.alpha_3: territories[country.alpha_2]
        for country in pycountry.countries
        if country.alpha_2 in territories
    }
