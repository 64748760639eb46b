"""The sample corpus is current, complete, readable and plainly fictional."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path

import docx
import pypdf
import pypdfium2
import pytest

from corpus.sample import DOCUMENTS_DIR, QUESTIONS_FILE, documents_dir
from corpus.sample.build import DIGESTS_FILE, SOURCES_DIR, build, problems
from corpus.sample.source import NOTICE, BlockKind, SampleSource, plain, read_sources
from corpus.types import DocumentKind

SOURCES = read_sources(SOURCES_DIR)
BY_SYMBOL = {(source.symbol, source.language): source for source in SOURCES}
FILES = [source for source in SOURCES if source.meta["format"] != "jsonl"]
PDFS = [source for source in FILES if source.meta["format"] == "pdf"]
REPORTS = [s for s in SOURCES if s.meta["kind"].endswith(("rapporteur-report", "group-report"))]
ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0640]")

# Real bodies, instruments and States: none of them speaks or is spoken of here.
REAL = re.compile(
    r"United Nations|Human Rights Council|Human Rights Committee|General Assembly"
    r"|Security Council|Committee against Torture|OHCHR|UNHCR|\bILO\b|International Covenant"
    r"|Universal Declaration|European (?:Union|Court)|Council of Europe|\bOSCE\b|Geneva|New York"
    r"|Belarus|Minsk|Lukashenk|Russia|Ukrain|Poland|Lithuania|Latvia|Germany|France|China|Iran"
    r"|Venezuela|Nicaragua|Myanmar|Syria|Eritrea|Cuba|United (?:States|Kingdom)"
    r"|Nations Unies|Naciones Unidas|Объединенн|\bООН\b|Беларус|联合国|الأمم المتحدة"
    r"|\b[AE]/(?:HRC|RES|C\.\d|CN\.4)\b|\bCCPR/|\bCAT/|\bCEDAW/",
    re.IGNORECASE,
)


def _name(source: SampleSource) -> str:
    return source.path.stem


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pdfium_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _docx_text(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _text(path: Path) -> str:
    readers = {".pdf": _pdf_text, ".docx": _docx_text}
    return readers.get(path.suffix, lambda p: p.read_text(encoding="utf-8"))(path)


def test_documents_match_their_sources() -> None:
    assert problems() == [], "run python -m corpus.sample.build"


def test_folder_is_the_one_exposed_and_holds_nothing_else() -> None:
    assert documents_dir() == DOCUMENTS_DIR
    noted = json.loads(DIGESTS_FILE.read_text(encoding="utf-8"))
    assert {path.name for path in DOCUMENTS_DIR.iterdir()} == {*noted}
    assert sum(path.stat().st_size for path in DOCUMENTS_DIR.iterdir()) < 3_000_000


def test_a_changed_document_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = json.loads(DIGESTS_FILE.read_text(encoding="utf-8"))
    noted["gc-1.en.txt"]["source_sha256"] = "0" * 64
    noted["gc-2.en.pdf"]["generator_version"] = 0
    noted["gone.pdf"] = {}
    changed = tmp_path / "DIGESTS.json"
    changed.write_text(json.dumps(noted), encoding="utf-8")
    monkeypatch.setattr("corpus.sample.build.DIGESTS_FILE", changed)
    assert problems() == [
        "gone.pdf: no source",
        "gc-1.en.txt: its source has changed",
        "gc-2.en.pdf: made by generator version 0",
    ]


def test_at_least_24_documents_and_26_texts() -> None:
    assert len({source.document_name for source in SOURCES}) >= 24
    assert len({source.symbol or source.path.stem for source in SOURCES}) >= 26


def test_every_kind_language_and_format_is_there() -> None:
    assert {source.meta["kind"] for source in SOURCES} >= {
        DocumentKind.SPECIAL_RAPPORTEUR_REPORT,
        DocumentKind.EXPERT_GROUP_REPORT,
        DocumentKind.RESOLUTION,
        DocumentKind.DRAFT_RESOLUTION,
        DocumentKind.DRAFT_AMENDMENT,
        DocumentKind.GENERAL_COMMENT,
        DocumentKind.CONCLUDING_OBSERVATIONS,
        DocumentKind.TREATY_BODY_DECISION,
        DocumentKind.OFFICIAL_REPORT,
        DocumentKind.UPR_REPORT,
        DocumentKind.NGO_STATEMENT,
        DocumentKind.LETTER,
    }
    assert {source.language for source in SOURCES} == {"en", "fr", "es", "ru", "ar", "zh", "be"}
    formats = Counter(source.meta["format"] for source in SOURCES)
    assert set(formats) == {"pdf", "docx", "html", "txt", "jsonl"}
    assert formats["pdf"] > len(SOURCES) / 2


@pytest.mark.parametrize("source", SOURCES, ids=_name)
def test_source_has_a_sample_symbol_or_declares_none(source: SampleSource) -> None:
    assert source.meta["symbol"] == "none" or source.meta["symbol"].startswith("SAMPLE/")
    assert DocumentKind(source.meta["kind"])


@pytest.mark.parametrize("source", SOURCES, ids=_name)
def test_paragraphs_run_without_gap(source: SampleSource) -> None:
    labels = [b.label for b in source.blocks if b.kind is BlockKind.NUMBERED and b.label]
    whole = [int(label) for label in labels if "." not in label]
    if source.meta["kind"] == DocumentKind.TREATY_BODY_DECISION:
        assert list(dict.fromkeys(int(label.split(".")[0]) for label in labels)) == [*range(1, 9)]
    else:
        assert whole == list(range(1, len(whole) + 1))
    parts = [tuple(map(int, label.split("."))) for label in labels if "." in label]
    assert parts == sorted(set(parts))


@pytest.mark.parametrize("source", REPORTS, ids=_name)
def test_reports_have_15_to_45_paragraphs(source: SampleSource) -> None:
    numbered = [block for block in source.blocks if block.kind is BlockKind.NUMBERED]
    assert 15 <= len(numbered) <= 45


def test_language_twins_have_the_same_numbers_and_notes() -> None:
    twins = [BY_SYMBOL["SAMPLE/2024/SR/1", language] for language in ("en", "fr", "ru")]
    shapes = {
        tuple((block.kind, block.label, len(block.subs)) for block in twin.blocks) for twin in twins
    }
    assert len(shapes) == 1
    assert len({tuple(twin.notes) for twin in twins}) == 1


@pytest.mark.parametrize("source", FILES, ids=_name)
def test_document_opens_with_the_notice_and_the_symbol(source: SampleSource) -> None:
    text = _squeezed(_text(DOCUMENTS_DIR / source.document_name))
    assert _squeezed(NOTICE) in text
    assert (source.symbol or "") in text


@pytest.mark.parametrize("source", FILES, ids=_name)
def test_words_of_every_paragraph_are_in_the_document(source: SampleSource) -> None:
    text = _squeezed(_text(DOCUMENTS_DIR / source.document_name))
    missing = [
        block.label
        for block in source.blocks
        if block.kind is BlockKind.NUMBERED
        and _squeezed(plain(block.text).split(",")[0])[:24] not in text
    ]
    assert missing == []


@pytest.mark.parametrize("source", PDFS, ids=_name)
def test_pdfium_reads_the_same_words(source: SampleSource) -> None:
    # pdfium swaps lam and alef and drops the order of marks, so letters are counted, not read.
    path = DOCUMENTS_DIR / source.document_name
    letters = [
        Counter(c for c in ARABIC_MARKS.sub("", text) if c.isalpha())
        for text in (_pdf_text(path), _pdfium_text(path))
    ]
    assert letters[0] == letters[1]


def test_arabic_stands_in_logical_order_in_the_pdf() -> None:
    source = BY_SYMBOL["SAMPLE/2024/SR/3", "ar"]
    text = _squeezed(_pdf_text(DOCUMENTS_DIR / source.document_name))
    wanted = [
        _squeezed(f"{block.label}- {plain(block.text)}")
        for block in source.blocks
        if block.kind is BlockKind.NUMBERED
    ]
    found = [paragraph for paragraph in wanted if paragraph in text]
    assert found == wanted


def test_chinese_stands_whole_in_the_pdf() -> None:
    source = BY_SYMBOL["SAMPLE/2023/SR/2", "zh"]
    for text in map(
        _squeezed,
        (_pdf_text(DOCUMENTS_DIR / source.document_name),
         _pdfium_text(DOCUMENTS_DIR / source.document_name)),
    ):  # fmt: skip
        for block in source.blocks:
            if block.kind is BlockKind.HEADING:
                assert _squeezed(block.text) in text


def test_structured_records_follow_the_format() -> None:
    lines = (DOCUMENTS_DIR / "structured.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == 2
    for record in records:
        assert record["notice"] == NOTICE
        assert record["symbol"].startswith("SAMPLE/")
        assert record.keys() >= {"title", "kind", "body", "year", "date", "language"}
        assert all(p.keys() == {"number", "section", "text"} for p in record["paragraphs"])


def test_tallies_add_up_to_the_members_named() -> None:
    texts = {source.symbol: source.path.read_text(encoding="utf-8") for source in SOURCES}
    votes = {"SAMPLE/2024/RES/1": (24, 6, 17), "SAMPLE/2025/RES/1": (25, 5, 17)}
    for symbol, tally in {**votes, "SAMPLE/2024/L.9": (7, 23, 17)}.items():
        named = re.findall(r"\*(?:In favour|Against|Abstaining)\*: ([^\n\]]+)", texts[symbol])
        assert tuple(len(names.split(", ")) for names in named) == tally
        assert sum(tally) == 47
        printed = "recorded vote of {} to {}, with {} abstentions".format(*tally)
        assert printed in texts[symbol]


@pytest.mark.parametrize("source", SOURCES, ids=_name)
def test_no_real_body_or_state_is_named(source: SampleSource) -> None:
    text = source.path.read_text(encoding="utf-8")
    # The name of the language is printed on the masthead of a Belarusian text, as on real ones.
    text = re.sub(r'^original = ".*"$', "", text, flags=re.MULTILINE)
    assert REAL.findall(text) == []


def test_the_word_list_would_find_a_real_name() -> None:
    assert REAL.search("the Human Rights Council") is not None
    assert REAL.search("see A/HRC/1/1") is not None


def test_questions_expect_paragraphs_that_exist() -> None:
    lines = QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    assert len(questions) >= 15
    assert {q.get("language") for q in questions} >= {"es", "ru", "zh", "ar", "be", "fr"}
    known = {
        (f"{source.symbol}, para. {block.label}", language)
        for language in ("en", "es", "ru", "zh", "ar", "be", "fr", None)
        for source in SOURCES
        for block in source.blocks
        if block.kind is BlockKind.NUMBERED and language in (source.language, None)
    }
    for question in questions:
        assert question["k"] > 0
        wanted = {(citation, question.get("language")) for citation in question["expected"]}
        assert wanted <= known, question["query"]


def test_building_again_gives_the_committed_words(tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="fpdf2 of the dev extra is not installed")
    if not Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc").is_file():
        pytest.skip("the fonts named in corpus/sample/README.md are not installed")
    noted = json.loads(DIGESTS_FILE.read_text(encoding="utf-8"))
    again = build(tmp_path)
    # Bytes of a PDF depend on the libraries' versions; its words do not.
    assert again.keys() == noted.keys()
    for name in again:
        assert _text(tmp_path / name) == _text(DOCUMENTS_DIR / name), name
