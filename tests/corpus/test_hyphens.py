"""Hyphens at line ends: the document's words first, then the habits of its language."""

from __future__ import annotations

import pytest

from corpus.segmentation.joining import Joiner, learn_joiner

SPEECH = {
    "en": "the keepers of the mill and the assembly to which it was given for the river",
    "fr": "les gardiens du moulin et les eaux dans une vallée qui est aux pieds des monts",
    "es": "los guardas del molino y el río para que una barca pase por las aguas con los",
    "pt": "os guardas do moinho e a água da serra não são uma coisa pelo que os rios",
    "ru": "и хранители мельницы на реке по долине не для того и в зимой с водой",
}
CASES = [
    ("en", "co-", "operation", "co-operation"),
    ("en", "non-", "discrimination", "non-discrimination"),
    ("en", "self-", "determination", "self-determination"),
    ("en", "inter-", "ministerial", "inter-ministerial"),
    ("fr", "peut-", "être", "peut-être"),
    ("fr", "celui-", "ci", "celui-ci"),
    ("fr", "a-", "t-il", "a-t-il"),
    ("fr", "c'est-à-", "dire", "c'est-à-dire"),
    ("fr", "non-", "ingérence", "non-ingérence"),
    ("fr", "organisa-", "tion", "organisation"),
    ("fr", "conféren-", "ce", "conférence"),
    ("es", "organi-", "zación", "organización"),
    ("es", "ex-", "plotación", "explotación"),
    ("pt", "organi-", "zação", "organização"),
    ("pt", "desviar-", "se", "desviar-se"),
    ("pt", "respeitá-", "los", "respeitá-los"),
    ("pt", "pesso-", "as", "pessoas"),
    ("ru", "органи-", "зации", "организации"),
    ("ru", "какой-", "либо", "какой-либо"),
    ("ru", "социально-", "экономический", "социально-экономический"),
]


def _joined(joiner: Joiner, before: str, after: str) -> str:
    left, separator = joiner.join(before, after)
    return left + separator + after


@pytest.mark.parametrize(("language", "before", "after", "whole"), CASES)
def test_a_language_has_its_habit(language: str, before: str, after: str, whole: str) -> None:
    joiner = learn_joiner([SPEECH[language]] * 3)
    assert _joined(joiner, before, after) == whole


@pytest.mark.parametrize(
    ("words", "whole"),
    [("they speak of cooperation", "cooperation"), ("they speak of co-operation", "co-operation")],
)
def test_the_document_decides_before_the_language(words: str, whole: str) -> None:
    assert _joined(learn_joiner([SPEECH["en"], words]), "co-", "operation") == whole


def test_halves_that_are_both_words_of_the_document_keep_their_hyphen() -> None:
    spanish = [SPEECH["es"], "un plan técnico", "un mando militar", "un fin político"]
    assert _joined(learn_joiner(spanish), "político-", "militar") == "político-militar"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("the years 2010–", "2015 were dry", "the years 2010–2015 were dry"),
        ("of work–", "family balance", "of work–family balance"),
        ("the mill –", "the old one", "the mill – the old one"),
        ("the mill -", "Keepers of it", "the mill - Keepers of it"),
        ("organi\xad", "zation", "organization"),
        ("article 19-", "2 of it", "article 19-2 of it"),
    ],
)
def test_dashes_and_soft_hyphens(before: str, after: str, whole: str) -> None:
    assert _joined(Joiner(), before, after) == whole
