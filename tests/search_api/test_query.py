"""How queries are read."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.query import (
    MAX_SYNTAX_CHARACTERS,
    MAX_SYNTAX_WORDS,
    FieldValue,
    ParsedQuery,
    parse_query,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ParsedQuery("empty")),
        (" \t\n\x00", ParsedQuery("empty")),
        ("access to counsel", ParsedQuery("words", "access to counsel")),
        ("and/or what", ParsedQuery("words", "and/or what")),
        (
            'lawyers "of their choice" -military',
            ParsedQuery("words", "lawyers of their choice", ("of their choice",), ("military",)),
        ),
        ('trial -"in absentia"', ParsedQuery("words", "trial", (), ("in absentia",))),
        ("trial \N{MINUS SIGN}military", ParsedQuery("words", "trial", (), ("military",))),
        ("trial -non-refoulement.", ParsedQuery("words", "trial", (), ("non-refoulement",))),
        ("trial -A/HRC/58/68", ParsedQuery("words", "trial", (), ("A/HRC/58/68",))),
        ("follow-up self-defence", ParsedQuery("words", "follow-up self-defence")),
        ("without – delay - at all", ParsedQuery("words", "without – delay - at all")),
    ],
)
def test_reading(text: str, expected: ParsedQuery) -> None:
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"of their choice"',
        "“of their choice”",
        "“of their choice“",
        '“of their choice"',
        "„of their choice“",
        "„of their choice”",
        "”of their choice”",
        "«of their choice»",
        "« of their choice »",
        "»of their choice«",
        "‹of their choice›",
        "‘of their choice’",
        "'of their choice'",
        "‚of their choice‘",
        "「of their choice」",
        "＂of their choice＂",
        '("of their choice")',
        '"of their choice".',
    ],
)
def test_quotation_marks_of_all_countries_are_alike(text: str) -> None:
    parsed = parse_query(text)
    assert (parsed.phrases, parsed.warnings) == (("of their choice",), ())


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("l'État et d'urgence", ()),
        ("l’État d’urgence", ()),
        ("the lawyers' rights and prisoners' families", ()),
        ("the lawyers’ rights and prisoners’ families", ()),
        ("the '90s and after", ()),
        ("the ''leaky'' rules", ()),
        ('years -"2015"', ()),
        ("‘the State’s duty’ today", ("the State’s duty",)),
        ("“the “so-called” rules”", ("the “so-called” rules",)),
        ("«правила „для всех“»", ("правила „для всех“",)),
        ("酷刑“不可减损”的权利", ("不可减损",)),
        ("a cell of 5'10\" by 6'2\"", ()),
        ('x "one" "two" "one"', ("one", "two")),
    ],
)
def test_apostrophes_and_marks_within_marks(text: str, phrases: tuple[str, ...]) -> None:
    parsed = parse_query(text)
    assert (parsed.phrases, parsed.warnings) == (phrases, ())


@pytest.mark.parametrize(
    ("text", "words", "filters"),
    [
        ("country:Belarus torture", "torture", [("country", "Belarus", False)]),
        ("torture COUNTRY:BLR", "torture", [("country", "BLR", False)]),
        ("torture country:BLR, language:en.", "torture",
         [("country", "BLR", False), ("language", "en", False)]),
        ('country:"Viet Nam" torture', "torture", [("country", "Viet Nam", False)]),
        ("country:«Вьетнам» пытки", "пытки", [("country", "Вьетнам", False)]),
        ("state:Беларусь пытки", "пытки", [("country", "Беларусь", False)]),
        ("body:CCPR,CAT torture", "torture", [("body", "CCPR", False), ("body", "CAT", False)]),
        ("-country:BLR torture", "torture", [("country", "BLR", True)]),
        ("-kind:draft-resolution x", "x", [("kind", "draft-resolution", True)]),
        ("status:final x", "x", [("status", "final", False)]),
        ("symbol:A/HRC/15/16 counsel", "counsel", [("symbol", "A/HRC/15/16", False)]),
        ("year:2015 x", "x", [("year", "2015..2015", False)]),
        ("year:2015-2020 x", "x", [("year", "2015..2020", False)]),
        ("year:2015–2020 x", "x", [("year", "2015..2020", False)]),
        ("year:2015..2020 x", "x", [("year", "2015..2020", False)]),
        ("year:2020-2015 x", "x", [("year", "2015..2020", False)]),
        ("year:2015.. x", "x", [("year", "2015..", False)]),
        ("year:..2015 x", "x", [("year", "..2015", False)]),
        ("year:>=2015 x", "x", [("year", "2015..", False)]),
        ("year:>2015 x", "x", [("year", "2016..", False)]),
        ("year:<=2015 x", "x", [("year", "..2015", False)]),
        ("year:<2015 x", "x", [("year", "..2014", False)]),
        ("year：2015 x", "x", [("year", "2015..2015", False)]),
        ("from:2015 to:2020 x", "x", [("year", "2015..", False), ("year", "..2020", False)]),
    ],
)  # fmt: skip
def test_filters(text: str, words: str, filters: list[tuple[str, str, bool]]) -> None:
    parsed = parse_query(text)
    assert parsed.words == words
    assert parsed.filters == tuple(FieldValue(*each) for each in filters)
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Belarus: detention",
        "see: torture",
        "2:1 ratio",
        "art. 6:2",
        "Qur'an 2:256",
        "at 12:30 sharp",
        "https://example.org/x:y",
        "http://example.org:8000/",
        "from:the top to:the bottom",
        "note A/HRC: what",
        ":",
    ],
)
def test_a_colon_in_plain_text_is_no_filter(text: str) -> None:
    parsed = parse_query(text)
    assert parsed.filters == ()
    assert parsed.warnings == () or text == ":"
    assert parsed.words in (text, "")


@pytest.mark.parametrize(
    ("text", "kind", "symbol", "paragraphs"),
    [
        ("A/HRC/15/16", "symbol", "A/HRC/15/16", ()),
        ("a/hrc/15/16", "symbol", "A/HRC/15/16", ()),
        ("A/HRC/\u200e15/16\u200f", "symbol", "A/HRC/15/16", ()),
        ("https://docs.un.org/en/A/HRC/15/16", "symbol", "A/HRC/15/16", ()),
        ("docs.un.org/en/A/HRC/15/16", "symbol", "A/HRC/15/16", ()),
        ("undocs.org/A/HRC/15/16", "symbol", "A/HRC/15/16", ()),
        ("https://undocs.org/en/A/HRC/15/16", "symbol", "A/HRC/15/16", ()),
        ("https://documents.un.org/api/symbol/access?s=A/HRC/15/16&l=en", "symbol",
         "A/HRC/15/16", ()),
        ("A/HRC/15/16, para. 12", "citation", "A/HRC/15/16", ("12",)),
        ("A/HRC/15/16, paras. 12–14", "citation", "A/HRC/15/16", ("12", "13", "14")),
        ("https://docs.un.org/en/A/HRC/15/16, para. 12", "citation", "A/HRC/15/16", ("12",)),
        ("A/HRC/15/16 language:ru", "symbol", "A/HRC/15/16", ()),
        ("symbol:A/HRC/15/16", "symbol", "A/HRC/15/16", ()),
        ("A/HRC/58/68 detention", "words", "A/HRC/58/68", ()),
        ("detention in A/HRC/58/68", "words", "A/HRC/58/68", ()),
        ("https://undocs.org/A/HRC/58/68 detention", "words", "A/HRC/58/68", ()),
        ("as A/HRC/58/68 says of detention", "words", None, ()),
        ('"A/HRC/58/68" detention', "words", None, ()),
        ("and/or his/her 24/7", "words", None, ()),
        ("https://example.org/x", "words", None, ()),
    ],
)  # fmt: skip
def test_symbols(text: str, kind: str, symbol: str | None, paragraphs: tuple[str, ...]) -> None:
    parsed = parse_query(text)
    assert (parsed.interpretation, parsed.symbol) == (kind, symbol)
    assert (parsed.paragraphs, parsed.warnings) == (paragraphs, ())
    if kind == "words" and symbol:
        assert parsed.words == "detention"


@pytest.mark.parametrize(
    ("text", "warning", "words"),
    [
        ('torture "and ill-treatment', "not closed", 'torture "and ill-treatment'),
        ("torture «and", "not closed", "torture «and"),
        ('torture ""', "nothing between them", "torture"),
        ("country: torture", "a filter is written country:value", "country: torture"),
        ("torture country:", "a filter needs a value", "torture country:"),
        ("year:soon x", "years are written", "year:soon x"),
        ("contry:BLR x", "did you mean country:?", "contry:BLR x"),
        ("mandate:torture x", "the fields are kind, body", "mandate:torture x"),
        ("torture AND detention", "AND is no operator", "torture AND detention"),
        ("E2f-1, -2 cells", 'write -"2"', "E2f-1, -2 cells"),
        ("detain* people", "* is no operator", "detain* people"),
        ("https://documents.un.org/doc/g1.pdf x", "holds no document symbol", None),
    ],
)
def test_what_is_malformed_is_words_with_a_warning(
    text: str, warning: str, words: str | None
) -> None:
    parsed = parse_query(text)
    assert (parsed.interpretation, parsed.filters, parsed.phrases) == ("words", (), ())
    assert len(parsed.warnings) == 1
    assert warning in parsed.warnings[0]
    assert parsed.words == (text if words is None else words)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("-torture", "only exclusions were given"),
        ("country:BLR", "only filters were given"),
        ("-torture country:BLR", "only exclusions and filters were given"),
        ("!?… —", "no letter and no figure"),
        ("\N{GRINNING FACE}", "no letter and no figure"),
    ],
)
def test_nothing_to_look_for_is_said(text: str, warning: str) -> None:
    parsed = parse_query(text)
    assert parsed.interpretation == "empty"
    assert warning in parsed.warnings[0]


@pytest.mark.parametrize(
    "pasted",
    [
        'The State "shall ensure" – without delay -all measures year:2015 ' + "word " * 32,
        "国家应“立即”采取一切措施" * 6,
        '"a" ' * 5_000,
        "„“" * MAX_SYNTAX_CHARACTERS + "x",
    ],
    ids=["English", "Chinese", "5,000 phrases", "endless"],
)
def test_a_pasted_paragraph_is_not_query_language(pasted: str) -> None:
    assert MAX_SYNTAX_WORDS == 32
    parsed = parse_query(pasted)
    assert parsed == ParsedQuery("words", words=" ".join(pasted.split()))


@given(st.text(max_size=300) | st.text("\"“”„«»‘’' -:ayer/1", max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    parsed = parse_query(text)
    assert (parsed.interpretation == "words") == bool(parsed.words)
    assert all(re.search(r"\w", phrase) for phrase in parsed.phrases)


_PLAIN_WORD = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"]) | st.sampled_from(".,;'’%&+"), min_size=1
).filter(lambda word: any(c.isalnum() for c in word) and word[0].isalnum() and word[-1].isalnum())


@given(st.lists(_PLAIN_WORD, min_size=1, max_size=2 * MAX_SYNTAX_WORDS))
def test_every_word_of_a_plain_query_survives(words: list[str]) -> None:
    parsed = parse_query(" ".join(words))
    assert parsed.words.split() == words
    assert (parsed.phrases, parsed.excluded, parsed.filters) == ((), (), ())


@given(
    st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=5),
    st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=5),
)
def test_operators_are_taken_out_and_the_rest_is_kept(words: list[str], quoted: list[str]) -> None:
    phrase = " ".join(quoted)
    parsed = parse_query(f'{" ".join(words)} "{phrase}" -{words[0]} year:2015')
    assert parsed.words == f"{' '.join(words)} {phrase}"
    assert parsed.phrases == (phrase,)
    assert parsed.excluded == (words[0],)
    assert parsed.filters == (FieldValue("year", "2015..2015"),)
