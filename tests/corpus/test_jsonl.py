"""JSON Lines: the documented format, one bad line at a time."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.readers.jsonl.read import read_jsonl
from corpus.types import Document, DocumentKind, DocumentStatus, Paragraph, ParagraphKind

RECORD = {
    "symbol": "SAMPLE/2024/SR/9",
    "title": "Courts of Exemplaria",
    "language": "en-GB",
    "date": "24 January 2008",
    "paragraphs": [
        {"number": "1.", "section": "I. Facts > A. Courts", "text": "First\n (a)  part"},
        {"number": "", "text": "Unnumbered."},
        {"number": "1", "text": "Repeated."},
        {"text": "  "},
        {"number": 5, "text": "Later.", "page": 3, "kind": "recommendation"},
        {"number": "1", "text": "Repeated again.", "section": ["One > two"]},
    ],
}


def write(tmp_path, *lines: object, name: str = "records.jsonl"):
    path = tmp_path / name
    data = "".join(
        (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n"
        for line in lines
    ).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def read(tmp_path, **changes):
    (document,) = read_jsonl(write(tmp_path, RECORD | changes))
    return document


def refused(tmp_path, **changes) -> str:
    error = read(tmp_path, **changes)
    assert isinstance(error, ReadError)
    return str(error)


@pytest.mark.parametrize("name", ["records.jsonl", "records.jsonl.gz", "packed-without-a-name"])
def test_plain_and_packed(tmp_path, name):
    path = write(tmp_path, RECORD, "", RECORD, name=name)
    documents = list(read_jsonl(path))
    assert [d.id for d in documents] == ["SAMPLE_2024_SR_9:en"] * 2
    line = json.dumps(RECORD, ensure_ascii=False).encode()
    assert documents[0].sha256 == hashlib.sha256(line).hexdigest()
    assert documents[0].source == str(path)


def test_fields_of_a_document(tmp_path):
    document = read(tmp_path)
    assert document.symbol == "SAMPLE/2024/SR/9"
    assert document.kind == "special-rapporteur-report"
    assert (document.date, document.year, document.language) == ("2008-01-24", 2008, "en")
    assert (document.body, document.mandate, document.status) == (None, None, None)
    assert document.file_format == "jsonl"


def test_paragraphs_keep_their_numbers_and_get_unique_labels(tmp_path):
    found = read(tmp_path).paragraphs
    assert [(p.id, p.number) for p in found] == [
        ("1", "1"), ("u2", None), ("1~2", "1"), ("5", "5"), ("1~3", "1"),
    ]  # fmt: skip
    assert found[0].section == ("I. Facts", "A. Courts")
    assert found[4].section == ("One > two",)
    assert found[0].text == "First\n(a) part"
    assert found[3].kind is ParagraphKind.RECOMMENDATION
    assert found[3].pages == (3,)


def test_numbering_is_checked(tmp_path):
    quality = read(tmp_path).quality
    assert (quality.chain, quality.gaps, quality.restarts) == (4, (2, 3, 4), 2)


def test_what_is_given_is_kept_as_given(tmp_path):
    document = read(
        tmp_path,
        symbol="CCPR/C/122/D/3090/2017/and others",
        kind="opinion",
        body="SR Torture",
        country=["Switzerland", "Ivory Coast", "Exemplaria", "Freedonia", "BLR"],
        vote=[25, 5, 17],
        superseded_by="SAMPLE/GC/2",
        year=2016,
    )
    assert document.symbol == "CCPR/C/122/D/3090/2017/and others"
    assert document.warnings == (
        "'CCPR/C/122/D/3090/2017/and others' is not a document symbol; kept as given",
    )
    assert (document.kind, document.body) == ("opinion", "SR Torture")
    assert document.country == ("CHE", "CIV", "Exemplaria", "Freedonia", "BLR")
    assert (document.vote, document.year) == ((25, 5, 17), 2016)
    assert document.superseded_by == "SAMPLE/GC/2"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("superseded", DocumentStatus.SUPERSEDED),
        ("final", DocumentStatus.FINAL),
        ("revised", DocumentStatus.REVISED),
        ("Adopted by vote", DocumentStatus.ADOPTED_BY_VOTE),
        (None, None),
    ],
)
def test_standing(tmp_path, given, status):
    assert read(tmp_path, status=given).status is status


def test_unknown_standing_is_said(tmp_path):
    document = read(tmp_path, status="pending")
    assert document.status is None
    assert "'pending' is not one of" in document.warnings[0]


def test_drafts_are_known_by_their_symbol(tmp_path):
    assert read(tmp_path, symbol="SAMPLE/2025/L.4").status is DocumentStatus.DRAFT


def test_year_comes_from_a_symbol_only_where_it_decides_it(tmp_path):
    assert read(tmp_path, date=None).year == 2024
    assert read(tmp_path, date=None, symbol="CAT/C/73/D/872/2018").year is None


def test_a_record_without_a_symbol_is_named_by_its_id_or_line(tmp_path):
    assert read(tmp_path, symbol=None, id="court-7").id == "~court-7:en"
    assert read(tmp_path, symbol=None).id == "~records-1:en"


def test_footnotes_are_tied_to_paragraphs_that_exist(tmp_path):
    notes = [
        {"mark": "1", "text": "Note.", "paragraph_id": "u2", "page": 4},
        {"text": "Other.", "paragraph_id": "99"},
    ]
    first, second = read(tmp_path, footnotes=notes).footnotes
    assert (first.mark, first.page, first.paragraph_id) == ("1", 4, "u2")
    assert (second.mark, second.paragraph_id) == ("2", None)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"paragraphs": None}, "`paragraphs` must be a list"),
        ({"paragraphs": []}, "no paragraph has any text"),
        ({"paragraphs": ["text"]}, "paragraph 1 must be an object"),
        ({"paragraphs": [{"text": ["a"]}]}, "paragraph 1: `text` must be text, not a list"),
        ({"paragraphs": [{"text": "a", "kind": "x"}]}, "paragraph 1: `kind` 'x' is not one of"),
        ({"paragraphs": [{"text": "a", "pages": [0]}]}, "paragraph 1: `pages` must be a list of"),
        ({"date": "yesterday"}, "`date` 'yesterday' is no date"),
        ({"year": "20x5"}, "`year` '20x5' is no year"),
        ({"language": "English please"}, "`language` must be a code"),
        ({"country": 3}, "`country` must be a name or a list of names"),
        ({"vote": [25, 5]}, "`vote` must be"),
        ({"title": {"en": "x"}}, "`title` must be text, not an object"),
        ({"footnotes": ["x"]}, "`footnotes` must be a list of objects"),
    ],
)
def test_a_wrong_field_is_named(tmp_path, changes, cause):
    message = refused(tmp_path, **changes)
    assert f"records.jsonl, line 1: {cause}" in message
    assert "docs/jsonl.md" in message


def test_one_bad_line_costs_only_itself(tmp_path):
    path = write(tmp_path, RECORD, "{broken", "[1, 2]", RECORD)
    found = list(read_jsonl(path))
    assert [isinstance(item, ReadError) for item in found] == [False, True, True, False]
    assert "line 2: not valid JSON" in str(found[1])
    assert "line 3: not a JSON object" in str(found[2])


def test_bytes_that_are_not_utf8_cost_one_line(tmp_path):
    path = tmp_path / "a.jsonl"
    good = json.dumps(RECORD).encode() + b"\n"
    path.write_bytes(good + b'{"title": "\xff"}\n' + good)
    assert [isinstance(item, ReadError) for item in read_jsonl(path)] == [False, True, False]


def test_an_archive_cut_short_gives_what_came_before(tmp_path):
    whole = gzip.compress("".join(json.dumps(RECORD) + "\n" for _ in range(2000)).encode())
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    found = list(read_jsonl(path))
    assert len(found) > 100
    assert isinstance(found[-1], ReadError)
    assert not any(isinstance(item, ReadError) for item in found[:-1])


def test_an_archive_without_end_is_bounded(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b" \n" * 1_000_000))
    (error,) = read_jsonl(path, Limits(max_file_bytes=1000))
    assert "too long" in str(error)


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "documents", "paragraphs"),
    [
        ("general-comments", 180, 6536),
        ("special-rapporteur-reports", 112, 15702),
        pytest.param("treaty-body-decisions", 3789, 122954, marks=pytest.mark.slow),
    ],
)
def test_real_files_read_whole(real_data, name, documents, paragraphs):
    found = list(read_jsonl(real_data / "paragraphs" / f"{name}.jsonl.gz"))
    assert not [str(item) for item in found if isinstance(item, ReadError)]
    assert len(found) == documents
    assert sum(len(d.paragraphs) for d in found) == paragraphs
    assert len({d.id for d in found}) == documents
    assert not [d.id for d in found if len({p.id for p in d.paragraphs}) < len(d.paragraphs)]
    assert all(len(code) == 3 for d in found for code in d.country)
    assert not [w for d in found for w in d.warnings]


DOCS = Path(__file__).parents[2] / "docs" / "jsonl.md"


def test_the_documented_example_is_read(tmp_path):
    (example,) = re.findall(r"```json\n(.+?)\n```", DOCS.read_text("utf-8"), re.DOTALL)
    (document,) = read_jsonl(write(tmp_path, example))
    assert document.id == "SAMPLE_2024_SR_1:en"
    assert [p.section for p in document.paragraphs] == [
        ("I. Introduction",), ("II. Findings", "A. Courts"),
    ]  # fmt: skip


def test_the_documented_fields_are_those_of_a_document():
    text = DOCS.read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(re.findall(r"^\|(.+?)\|", text, re.M))))
    fields = {field.name for field in dataclasses.fields(Document)}
    fields |= {field.name for field in dataclasses.fields(Paragraph)}
    assert named - fields == {"page"}
    for value in (*DocumentKind, *ParagraphKind, *DocumentStatus):
        assert f"`{value.value}`" in text
