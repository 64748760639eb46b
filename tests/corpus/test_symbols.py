"""Symbols: every seen form parses, one way of writing, an order people expect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SymbolError
from corpus.symbols import (
    Symbol,
    document_url,
    find_symbols,
    is_symbol,
    normalise_symbol,
    parse_symbol,
    symbol_from_url,
)
from corpus.types import DocumentKind, DocumentStatus

SEEN = [
    # text, organ, body, kind, session, year, number
    ("A/HRC/58/68", "A", "Human Rights Council", None, "58", None, "68"),
    ("A/HRC/RES/55/27", "A", "Human Rights Council", "resolution", "55", None, "27"),
    ("A/HRC/DEC/14/105", "A", "Human Rights Council", "decision", "14", None, "105"),
    ("A/HRC/17/L.20/Rev.1", "A", "Human Rights Council", "draft-resolution", "17", None, "20"),
    ("A/HRC/62/16/Add.1", "A", "Human Rights Council", None, "62", None, "16"),
    ("A/80/170", "A", "General Assembly", None, "80", None, "170"),
    ("A/HRC/WG.6/36/BLR/1", "A", "Human Rights Council", "upr-national-report", "36", None, "1"),
    ("A/HRC/WG.6/36/BLR/2", "A", "Human Rights Council", "upr-compilation", "36", None, "2"),
    ("A/HRC/WG.6/36/BLR/3", "A", "Human Rights Council", "upr-stakeholders", "36", None, "3"),
    ("A/HRC/WG.6/8/L.15", "A", "Human Rights Council", None, "8", None, "15"),
    ("A/HRC/47/NGO/12", "A", "Human Rights Council", "ngo-statement", "47", None, "12"),
    ("A/HRC/EMRIP/2025/2", "A", "Human Rights Council", None, None, 2025, "2"),
    ("CRC/C/GC/25", "CRC", "CRC", "general-comment", None, None, "25"),
    ("CRC/GC/2001/1", "CRC", "CRC", "general-comment", None, 2001, "1"),
    ("E/C.12/GC/27", "E", "CESCR", "general-comment", None, None, "27"),
    ("CCPR/C/GC/32", "CCPR", "CCPR", "general-comment", None, None, "32"),
    ("CCPR/C/BLR/CO/5", "CCPR", "CCPR", "concluding-observations", None, None, "5"),
    ("CAT/C/73/D/872/2018", "CAT", "CAT", "treaty-body-decision", "73", None, "872/2018"),
    ("E/C.12/55/D/2/2014", "E", "CESCR", "treaty-body-decision", "55", None, "2/2014"),
    ("E/CN.4/2006/48", "E", "Commission on Human Rights", None, None, 2006, "48"),
    ("E/CN.4/RES/2005/13", "E", "Commission on Human Rights", "resolution", None, 2005, "13"),
    ("E/2025/22", "E", "Economic and Social Council", None, None, 2025, "22"),
    ("S/2025/389", "S", "Security Council", None, None, 2025, "389"),
    ("S/PV.9000", "S", "Security Council", "meeting-record", None, None, "9000"),
    ("S/RES/1325 (2000)", "S", "Security Council", "resolution", None, 2000, "1325"),
    ("A/RES/48/246", "A", "General Assembly", "resolution", "48", None, "246"),
    ("A/ES-10/1022", "A", "General Assembly", None, "ES-10", None, "1022"),
    ("A/CONF.157/23", "A", None, None, None, None, "23"),
    ("HRI/GEN/1/Rev.9 (Vol. I)", "HRI", None, None, None, None, "1"),
    ("S-8/1", "", None, "resolution", "S-8", None, "1"),
    ("3363 (XXX)", "", None, "resolution", "30", None, "3363"),
    ("SAMPLE/2024/SR/1", "SAMPLE", None, "special-rapporteur-report", None, 2024, "1"),
    ("SAMPLE/2024/EG/1", "SAMPLE", None, "expert-group-report", None, 2024, "1"),
    ("SAMPLE/GC/1", "SAMPLE", None, "general-comment", None, None, "1"),
    ("SAMPLE/C/2023/CO/1", "SAMPLE", None, "concluding-observations", None, 2023, "1"),
    ("SAMPLE/C/77/D/12/2021", "SAMPLE", None, "treaty-body-decision", "77", None, "12/2021"),
]
COUNCIL = "Sample Council on Human Rights"
SEEN += [
    ("SAMPLE/2025/RES/1", "SAMPLE", COUNCIL, "resolution", None, 2025, "1"),
    ("SAMPLE/2025/L.1", "SAMPLE", COUNCIL, "draft-resolution", None, 2025, "1"),
    ("SAMPLE/2024/NGO/3", "SAMPLE", COUNCIL, "ngo-statement", None, 2024, "3"),
]


@pytest.mark.parametrize(
    ("text", "organ", "body", "kind", "session", "year", "number"), SEEN, ids=[s[0] for s in SEEN]
)
def test_seen_forms_parse(text, organ, body, kind, session, year, number):
    symbol = parse_symbol(text)
    assert symbol.text == text
    assert (symbol.organ, symbol.body, symbol.kind) == (organ, body, kind)
    assert (symbol.session, symbol.year, symbol.number) == (session, year, number)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("a/hrc/15/16", "A/HRC/15/16"),
        (" A / HRC / 15 / 16 ", "A/HRC/15/16"),
        ("A／HRC／15／16", "A/HRC/15/16"),
        ("А/НRС/15/16", "A/HRC/15/16"),  # Cyrillic letters
        ("A/HRC/15/16*", "A/HRC/15/16"),
        ("A/HRC/15/16.", "A/HRC/15/16"),
        ("A/ES–10/1022", "A/ES-10/1022"),
        ("CCPR/C/21/Rev.1./Add. 9", "CCPR/C/21/Rev.1/Add.9"),
        ("CERD/C/64/Misc.11/rev.3", "CERD/C/64/Misc.11/Rev.3"),
        ("CCPR/C/100/D/1507/2006/REV/1", "CCPR/C/100/D/1507/2006/Rev.1"),
        ("E/C/12/57/D/11/2015", "E/C.12/57/D/11/2015"),
        ("S/RES/1325(2000)", "S/RES/1325 (2000)"),
        ("HRI/GEN/1/Rev.9(vol.i)", "HRI/GEN/1/Rev.9 (Vol. I)"),
        ("A/RES/217(III)A", "A/RES/217 (III) A"),
        ("CRC/C/GC/22, CMW/C/GC/3", "CRC/C/GC/22-CMW/C/GC/3"),
        ("CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1", "CEDAW/C/GC/31/Rev.1-CRC/C/GC/18/Rev.1"),
    ],
)
def test_one_way_of_writing(typed, normal):
    assert normalise_symbol(typed) == normal


@pytest.mark.parametrize(
    "text", ["", "and/or", "s/he", "A/HRC", "2010/12", "hello", "A/HRC/15/16, para. 12", "B/12/3"]
)
def test_other_words_are_no_symbols(text):
    assert not is_symbol(text)


def test_error_names_what_is_wrong():
    with pytest.raises(SymbolError, match="'B' is no organ"):
        parse_symbol("B/12/3")
    with pytest.raises(SymbolError, match="no slash"):
        parse_symbol("hello")
    with pytest.raises(SymbolError, match="'sécurité' is no part"):
        parse_symbol("A/sécurité/3")


def test_suffixes_and_reissue():
    symbol = parse_symbol("A/HRC/14/15/Add.1/Corr.2*")
    assert symbol.suffixes == ("Add.1", "Corr.2", "*")
    assert symbol == parse_symbol("A/HRC/14/15/Add.1/Corr.2")
    assert parse_symbol("HRI/GEN/1/Rev.9 (Vol. I)").suffixes == ("Rev.9 (Vol. I)",)


def test_drafts_are_drafts():
    assert parse_symbol("A/HRC/59/L.17").status is DocumentStatus.DRAFT
    assert parse_symbol("A/HRC/RES/59/25").status is None
    assert parse_symbol("A/C.3/79/L.5").kind is DocumentKind.DRAFT_RESOLUTION


def test_country_of_a_series_by_state():
    assert parse_symbol("A/HRC/WG.6/7/SVN/2/Corr.1").country_code == "SVN"
    assert parse_symbol("CCPR/C/BLR/CO/5").country_code == "BLR"
    assert parse_symbol("A/HRC/58/68").country_code is None
    assert parse_symbol("A/HRC/RES/55/27").country_code is None


def test_joint_symbols_know_their_members():
    symbol = parse_symbol("A/79/940-S/2025/361")
    assert [member.text for member in symbol.members] == ["A/79/940", "S/2025/361"]
    assert symbol.body == "General Assembly"


def test_natural_order():
    texts = ["A/HRC/10/1", "A/HRC/9/2", "A/HRC/9/10", "A/HRC/9/2/Add.1", "A/80/170"]
    ordered = [symbol.text for symbol in sorted(map(parse_symbol, texts))]
    assert ordered == ["A/80/170", "A/HRC/9/2", "A/HRC/9/2/Add.1", "A/HRC/9/10", "A/HRC/10/1"]


def test_finding_in_running_text():
    text = "A/HRC/58/68, para. 12; a/hrc/res/55/27 and/or A/79/940-S/2025/361 (S/RES/1325 (2000))."
    found = find_symbols(text)
    assert [symbol.text for _, _, symbol in found] == [
        "A/HRC/58/68", "A/HRC/RES/55/27", "A/79/940", "S/2025/361", "S/RES/1325 (2000)",
    ]  # fmt: skip
    assert [text[start:end] for start, end, _ in found][:2] == ["A/HRC/58/68", "a/hrc/res/55/27"]


def test_addresses():
    for url in (
        "https://docs.un.org/en/A/HRC/58/68",
        "https://undocs.org/A/HRC/58/68",
        "https://documents.un.org/api/symbol/access?s=A%2FHRC%2F58%2F68&l=en&t=pdf",
    ):
        assert symbol_from_url(url).text == "A/HRC/58/68"
    assert document_url("A/HRC/58/68", "ru") == "https://docs.un.org/ru/A/HRC/58/68"
    assert document_url(parse_symbol("S/RES/1325 (2000)"), "be").endswith("/en/S/RES/1325(2000)")
    with pytest.raises(SymbolError):
        symbol_from_url("https://docs.un.org/en/about")


numbers = st.integers(1, 9999).map(str)
parts = st.one_of(
    numbers,
    st.sampled_from(["HRC", "RES", "WG.6", "C.12", "NGO", "GC", "BLR", "S-8", "1919-1920"]),
    numbers.map(lambda n: f"L.{n}"),
)
suffixes = st.lists(
    st.tuples(st.sampled_from(["Add", "Rev", "Corr", "Amend"]), numbers).map(".".join), max_size=2
)
symbols = st.builds(
    lambda organ, middle, number, tail: "/".join([organ, *middle, number, *tail]),
    st.sampled_from(["A", "S", "E", "CCPR", "CAT", "SAMPLE", "HRI"]),
    st.lists(parts, max_size=4),
    numbers,
    suffixes,
)
spoilt = st.sampled_from(
    [str.lower, str.upper, lambda s: s.replace("/", " / "), lambda s: s + "*", lambda s: f" {s} "]
)


@given(symbols, spoilt)
def test_normalising_is_idempotent(text, spoil):
    normal = normalise_symbol(spoil(text))
    assert normalise_symbol(normal) == normal
    assert normal == text


@given(symbols)
def test_text_parses_back_to_the_symbol(text):
    symbol = parse_symbol(text)
    assert parse_symbol(symbol.text) == symbol
    assert hash(parse_symbol(symbol.text)) == hash(symbol)


@given(st.lists(symbols.map(parse_symbol), min_size=3, max_size=3))
def test_order_is_total(three):
    a, b, c = three
    assert (a < b) + (b < a) + (a == b) == 1
    if a <= b and b <= c:
        assert a <= c


@given(symbols, st.text(alphabet="абв, «» \n中文", max_size=12))
def test_found_spans_slice_back(text, noise):
    around = f"{noise} {text} {noise}"
    assert [around[s:e] for s, e, symbol in find_symbols(around) if symbol.text == text] == [
        text
    ] or text.count("/") == 1


@given(st.text(max_size=40))
def test_any_text_parses_or_is_refused(text):
    try:
        symbol = parse_symbol(text)
    except SymbolError:
        return
    assert isinstance(symbol, Symbol)
    assert parse_symbol(symbol.text) == symbol
