"""How text becomes terms, by language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import (
    EXACT,
    FIELD_LANGUAGES,
    WORD,
    analyser,
    field_language,
    prepare_exact,
    prepare_question,
    prepare_words,
)


def _terms(text: str, language: str) -> list[str]:
    return list(analyser(language).analyze(prepare_words(text, language)))


def _exact(text: str) -> list[str]:
    return list(analyser(EXACT).analyze(prepare_exact(text)))


ALIKE = [
    # Stemming
    ("en", "detained detaining detention detentions", 2),
    ("ru", "задержанных задержанные задержанным", 1),
    ("de", "Inhaftierten Inhaftierte", 1),
    # Belarusian: nouns in -асць, adjectives, softened stems, ў for у after a vowel
    ("be", "маладосць маладосці маладосцю", 1),
    ("be", "свабода свабоды свабодзе свабодай свабодаў", 1),
    ("be", "адвакат адваката адвакату адвакатам адвакаце адвакатаў адвакатамі", 1),
    ("be", "затрыманы затрыманага затрыманых затрыманымі затрыманая", 1),
    ("be", "умовы ўмовы ўмовах умоў", 1),
    ("be", "катаванне катавання катаванні катаваннем катаванняў", 1),
    ("be", "дэкларацыя дэкларацыі дэкларацыю дэкларацыяй", 1),
    # Ukrainian
    ("uk", "незалежність незалежності незалежністю", 1),
    ("uk", "порушення порушенням порушень порушеннях", 1),
    ("uk", "затриманий затриманого затриманих затриманими затримана", 1),
    ("uk", "катування катувань катуванням", 1),
    ("uk", "декларація декларації декларацію декларацією", 1),
    ("uk", "право права прав правами правом", 1),
    # Polish
    ("pl", "wolność wolności wolnością", 1),
    ("pl", "naruszenie naruszenia naruszeniem naruszeń", 1),
    ("pl", "zatrzymany zatrzymanego zatrzymanych zatrzymanymi", 1),
    ("pl", "prawo prawa prawem prawami", 1),
    # Arabic: the article with and without clitics, and bare "and"
    ("ar", "المحامين محامين والمحامين بالمحامين كالمحامين", 1),
    ("ar", "المحامين فالمحامين للمحامين وللمحامين وبالمحامين", 1),
    ("ar", "التعذيب تعذيب والتعذيب وتعذيب للتعذيب بالتعذيب", 1),
    ("ar", "الحق حق والحق", 1),
    ("ar", "المحتجزون المحتجزين محتجزون والمحتجزين", 1),
    ("ar", "العقوبة عقوبة عقوبات والعقوبات العقوبه", 1),
    # Arabic: forms of alef, final ya, ta marbuta, carriers of hamza, vowels, tatweel, shaped forms
    ("ar", "أحكام احكام إحكام آحكام ٱحكام", 1),
    ("ar", "المستشفى المستشفي مستشفى", 1),
    ("ar", "مسؤول مسوول", 1),
    ("ar", "محكمة محكمه محكمـــة مَحْكَمَة", 1),
    ("ar", "ﻣﺤﻜﻤﺔ محكمة", 1),
    ("ar", "مادة ٢٥ مادة ۲۵ مادة 25", 2),
    # Letters written two ways
    ("ru", "ребёнок ребенок", 1),
    ("ru", "замок за\u0301мок", 1),
    ("uk", "п'ять п’ять пʼять п‘ять", 1),
    ("be", "сям'я сям’я сямʼя", 1),
    ("xx", "œuvre oeuvre", 1),
    ("en", "ﬁrst first ｆｉｒｓｔ ﬁ\u00adrst fi\u200drst", 1),
    ("fr", "détention detention", 1),
    ("es", "detención detencion detenciones", 1),
    ("pt", "detenção detencao", 1),
    ("pl", "źródło zrodlo", 1),
    ("en", "naïve naive", 1),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "distinct"), ALIKE)
def test_forms_of_a_word_are_one_term(language: str, words: str, distinct: int) -> None:
    terms = set(_terms(words, language))
    assert len(terms) == distinct, terms


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("be", "права праца прадмет"),
        ("be", "вада вайна ваза"),
        ("be", "асоба асвета асуджэнне"),
        ("uk", "право праця правда"),
        ("uk", "особа освіта основа"),
        ("pl", "prawo praca prawda"),
        ("ar", "تعذيب تعليم تعبير"),
        ("ar", "ولاية لاجئ وقاية"),
        ("ar", "والد ولد"),
        ("en", "operation cooperation corporation"),
    ],
)
def test_other_words_stay_apart(language: str, words: str) -> None:
    terms = _terms(words, language)
    assert len(set(terms)) == len(words.split()), terms


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("fr", "l’État d'urgence", ["l", "etat", "d", "urgenc"]),
        ("xx", "and/or", ["and", "or"]),
        ("xx", "A/HRC/58/68", ["a", "hrc", "58", "68"]),
        ("xx", "ill-treatment", ["ill", "treatment"]),
        ("xx", "non-refoulement", ["non", "refoulement", "nonrefoulement"]),
        ("xx", "co-operation", ["co", "operation", "cooperation"]),
        ("xx", "follow-up", ["follow", "up"]),
        ("zh", "被拘留者", ["被", "拘", "留", "者", "被拘", "拘留", "留者"]),
        ("zh", "水", ["水"]),
        ("zh", "根据ICCPR第9条", ["根", "据", "根据", "iccpr", "第", "9", "条"]),
        ("zh", "第１２段", ["第", "12", "段"]),
        ("xx", "٣٫٥", ["3", "5"]),
    ],
)
def test_words_are_parted(language: str, text: str, terms: list[str]) -> None:
    assert _terms(text, language) == terms


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("水", "获得饮用水的权利"),
        ("拘留", "被拘留者"),
        ("联合国", "联合国人权理事会"),
        ("律师权", "律师权利"),
    ],
)
def test_a_chinese_question_finds_its_text(question: str, text: str) -> None:
    asked = analyser("zh").analyze(prepare_question(question, "zh"))
    assert set(asked) <= set(_terms(text, "zh"))


def test_a_chinese_question_of_several_characters_asks_for_pairs_only() -> None:
    asked = analyser("zh").analyze(prepare_question("被拘留者", "zh"))
    assert asked == ["被拘", "拘留", "留者"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Lawyers’ rights", ["lawyers", "rights"]),
        ("A/HRC/58/68", ["a", "hrc", "58", "68"]),
        ("États", ["états"]),
        ("被拘留", ["被", "拘", "留"]),
        ("сям’я", ["сямя"]),
        ("ребёнок", ["ребенок"]),
        ("مَحْكَمَة", ["محكمة"]),
        ("co-operation", ["co", "operation"]),
    ],
)
def test_exact_terms_are_folded_and_unstemmed(text: str, terms: list[str]) -> None:
    assert _exact(text) == terms


@pytest.mark.parametrize("language", FIELD_LANGUAGES)
def test_every_language_can_be_analysed_with_and_without_stop_words(language: str) -> None:
    text = "The правы человека و الحق 人权 prawa"
    kept = set(analyser(language, stop=True).analyze(prepare_question(text, language)))
    assert kept
    assert kept <= set(_terms(text, language))


def test_languages_without_an_analyser_share_one() -> None:
    assert [field_language(each) for each in ("be", "ka", None)] == ["be", "xx", "xx"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l’État", ["l", "État"]),
        ("сям’я п'ять", ["сям’я", "п'ять"]),
        ("حُرِمَ منه", ["حُرِمَ", "منه"]),
        ("deten\u00adtion", ["deten\u00adtion"]),
        ("A/HRC_58", ["A", "HRC", "58"]),
    ],
)
def test_a_printed_word_is_found_whole(text: str, words: list[str]) -> None:
    assert WORD.findall(text) == words


@given(st.text(max_size=200), st.sampled_from(FIELD_LANGUAGES))
def test_whatever_is_asked_in_the_words_of_a_text_is_among_its_terms(
    text: str, language: str
) -> None:
    asked = analyser(language).analyze(prepare_question(text, language))
    assert set(asked) <= set(_terms(text, language))


@given(st.text(max_size=200))
def test_exact_terms_are_the_same_however_often_a_text_is_prepared(text: str) -> None:
    once = prepare_exact(text)
    assert _exact(once) == _exact(text)


@given(st.text("абвгдежзіклмнопрстуўфхцчшыьэюя’'", max_size=40), st.sampled_from(["be", "uk"]))
def test_a_stem_begins_as_its_word_does_and_keeps_three_letters(text: str, language: str) -> None:
    for word in re.findall(r"\w+", text.lower()):
        (term, *rest) = _terms(word, language)
        assert not rest
        assert term[0] == ("у" if (language, word[0]) == ("be", "ў") and word[1:] else word[0])
        assert len(term) >= min(3, len(word))
