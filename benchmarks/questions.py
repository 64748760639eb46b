"""Short questions to load a server with: plausible ones, put together from parts.

Two hundred are asked again and again; two thousand others, each once, show what an answer costs
that nothing has seen before. No person asked them; relevance is measured elsewhere.
"""

from __future__ import annotations

import random

__all__ = ["once", "repeated"]

_RIGHTS = (
    "access to a lawyer", "free primary education", "freedom of peaceful assembly",
    "a fair trial within reasonable time", "independence of judges", "adequate housing",
    "protection from torture", "family visits in detention", "freedom of religion or belief",
    "effective remedies for victims", "safe drinking water", "birth registration",
    "compensation for wrongful conviction", "legal aid in civil cases",
    "habeas corpus", "non-refoulement", "conscientious objection", "access to abortion",
    "medical examination on arrest",
    "equal pay for work of equal value", "freedom of the press", "privacy of communications",
    "consular assistance", "inclusive education", "protection of witnesses",
)  # fmt: skip
_HOLDERS = (
    "children", "migrant workers", "women", "persons with disabilities", "indigenous peoples",
    "asylum seekers", "prisoners on death row", "journalists", "human rights defenders",
    "national minorities", "older persons", "stateless persons", "internally displaced persons",
    "Roma communities", "juvenile offenders", "rural women", "refugees", "trade unions",
    "detainees held incommunicado", "victims of trafficking", "lawyers", "pregnant girls",
)  # fmt: skip
_FORMS = (
    "{right} for {holders}", "{holders} denied {right}",
    "how must States ensure {right} for {holders}", "obligation to guarantee {holders} {right}",
    "restrictions on {right} of {holders}",
)  # fmt: skip
_SEED = 5


def _all() -> list[str]:
    made = [
        form.format(right=right, holders=holders)
        for form in _FORMS
        for right in _RIGHTS
        for holders in _HOLDERS
    ]
    random.Random(_SEED).shuffle(made)  # noqa: S311
    return made


def repeated(count: int = 200) -> list[str]:
    """Return questions that a load asks over and over."""
    return _all()[:count]


def once(count: int = 2000, *, skip: int = 200) -> list[str]:
    """Return questions of which none is among the repeated ones, each to be asked once."""
    made = _all()[skip : skip + count]
    assert len(made) == count, f"there are no {count} questions past the first {skip}"
    return made
