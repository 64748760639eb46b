"""How queries are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.query import MAX_SYNTAX_WORDS, ParsedQuery, parse_query


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ParsedQuery("empty")),
        (" \t\n\x00", ParsedQuery("empty")),
        ("access to counsel", ParsedQuery("words", "access to counsel")),
        ("A/HRC/15/16", ParsedQuery("symbol", symbol="A/HRC/15/16")),
        ("a/hrc/15/16", ParsedQuery("symbol", symbol="A/HRC/15/16")),
        ("https://docs.un.org/en/A/HRC/15/16", ParsedQuery("symbol", symbol="A/HRC/15/16")),
        (
            "A/HRC/15/16, para. 12",
            ParsedQuery("citation", symbol="A/HRC/15/16", paragraphs=("12",)),
        ),
        (
            "A/HRC/15/16, paras. 12–14",
            ParsedQuery("citation", symbol="A/HRC/15/16", paragraphs=("12", "13", "14")),
        ),
        ("and/or what", ParsedQuery("words", "and/or what")),
        ("https://example.org/x", ParsedQuery("words", "https://example.org/x")),
        (
            'lawyers "of their choice" -military',
            ParsedQuery("words", "lawyers of their choice", ("of their choice",), ("military",)),
        ),
        ("“of their choice”", ParsedQuery("words", "of their choice", ("of their choice",))),
        ("«свой выбор»", ParsedQuery("words", "свой выбор", ("свой выбор",))),
        ('trial -"in absentia"', ParsedQuery("words", "trial", (), ("in absentia",))),
        ("follow-up self-defence", ParsedQuery("words", "follow-up self-defence")),
    ],
)
def test_reading(text: str, expected: ParsedQuery) -> None:
    assert parse_query(text) == expected


def test_what_is_malformed_is_words_with_a_warning() -> None:
    parsed = parse_query('torture "and ill-treatment')
    assert parsed.interpretation == "words"
    assert "not closed" in parsed.warnings[0]
    only = parse_query("-torture")
    assert only.interpretation == "empty"
    assert only.warnings


def test_a_pasted_paragraph_is_not_query_language() -> None:
    pasted = 'The State "shall ensure" – without delay -all measures ' + "word " * MAX_SYNTAX_WORDS
    parsed = parse_query(pasted)
    assert (parsed.phrases, parsed.excluded, parsed.warnings) == ((), (), ())
    assert parsed.words == " ".join(pasted.split())


@given(st.text(max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    parsed = parse_query(text)
    assert parsed.interpretation in ("words", "symbol", "citation", "empty")
    assert (parsed.interpretation != "words") or parsed.words
