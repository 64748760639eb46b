"""The table of mandates: whole, in order, and found under every name."""

from __future__ import annotations

import pytest

from corpus.countries import is_country_code
from corpus.mandates import MandateKind, find_mandate, mandate_named, mandates
from corpus.metadata.reporting import holder_of, mandate_of
from corpus.symbols import parse_symbol


def test_the_table_is_sorted_and_its_keys_are_unique():
    keys = [mandate.key for mandate in mandates()]
    assert keys == sorted(keys, key=str.casefold)
    assert len(set(keys)) == len(keys)


def test_no_name_is_of_two_mandates():
    names = [
        name.casefold()
        for mandate in mandates()
        for name in {mandate.name, *mandate.aliases, *mandate.names.values()}
    ]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("mandate", mandates(), ids=lambda mandate: mandate.key)
def test_a_row(mandate):
    assert mandate.source
    assert 1979 <= mandate.established <= 2026
    assert mandate.ended is None or mandate.established <= mandate.ended
    assert (mandate.kind is MandateKind.COUNTRY) <= (mandate.country is not None)
    assert mandate.country is None or is_country_code(mandate.country)
    assert set(mandate.names) <= {"fr", "es", "ru", "ar", "zh"}
    assert not any("'" in name for name in (mandate.name, *mandate.aliases))
    if mandate.resolution is not None:
        symbol = parse_symbol(mandate.resolution)
        assert symbol.text == mandate.resolution
        assert symbol.year in (None, mandate.established)
    for name in (mandate.name, *mandate.aliases, *mandate.names.values()):
        assert mandate_named(name) is mandate
        found = find_mandate(f"x {name} x")
        assert found is not None
        assert found[0] == name


def test_keys_are_those_of_structured_sources():
    assert mandate_named("Special Rapporteur on the question of torture").key == "SR Torture"
    assert mandate_named("Special Rapporteur on the right to education").key == "SR Education"


@pytest.mark.parametrize(
    "words", ["", "Special Rapporteur", "Special Rapporteur on torturers", "Working Group"]
)
def test_other_words_name_none(words):
    assert mandate_named(words) is None
    assert find_mandate(words) is None


@pytest.mark.parametrize(
    ("title", "mandate", "holder"),
    [
        ("Report of the Special Rapporteur on quiet reading, Ana de Ejemplo",
         "Special Rapporteur on quiet reading", "Ana de Ejemplo"),
        ("Report of the Special Rapporteur, Mr. Juan S. Ejemplo, submitted pursuant to resolution "
         "1995/37", None, "Juan S. Ejemplo"),
        ("REPORT OF THE SPECIAL RAPPORTEUR ON READING, WRITING OR ARITHMETIC, MR. JUAN EJEMPLO",
         "SPECIAL RAPPORTEUR ON READING, WRITING OR ARITHMETIC", "JUAN EJEMPLO"),
        ("REPORT OF THE SPECIAL RAPPORTEUR ON READING, WRITING OR ARITHMETIC",
         "SPECIAL RAPPORTEUR ON READING, WRITING OR ARITHMETIC", None),
        ("Rapport de la Rapporteuse spéciale sur la lecture, Ana Ejemplo",
         "Rapporteuse spéciale sur la lecture", "Ana Ejemplo"),
        ("Доклад Специального докладчика по вопросу о чтении, Аны Эхемпло",
         "Специальный докладчик по вопросу о чтении", None),
        ("白俄罗斯人权状况特别报告员的报告", "白俄罗斯人权状况特别报告员", None),
        ("Report of the Independent Expert on reading, Ana Ejemplo, on her visit to Papua New "
         "Guinea", "Independent Expert on reading", "Ana Ejemplo"),
        ("Report of the Special Rapporteur on violence against women, its causes and consequences",
         "Special Rapporteur on violence against women, its causes and consequences", None),
        ("Joint report of the Special Rapporteur on A, Ana Uno, and the Special Rapporteur on B, "
         "Juan Dos", "Special Rapporteur on A", None),
        ("Report of the Special Rapporteur on reading, Human Rights Council",
         "Special Rapporteur on reading, Human Rights Council", None),
        ("Report of the Special Rapporteur on reading, Papua New Guinea",
         "Special Rapporteur on reading, Papua New Guinea", None),
        ("Report of the Commission on Human Rights in South Sudan",
         "Commission on Human Rights in South Sudan", None),
        ("Reports of special rapporteurs and representatives", None, None),
        ("Report of the Working Group on the Universal Periodic Review", None, None),
    ],
)  # fmt: skip
def test_who_reports(title, mandate, holder):
    assert mandate_of([title]) == mandate
    assert holder_of([title]) == holder
