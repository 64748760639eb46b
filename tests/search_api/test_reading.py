"""Documents read through, pages drawn and originals handed out, over a small real index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from fpdf import FPDF

from corpus.types import Box, Document, Footnote, Paragraph, ParagraphKind
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.app import create_app
from search_api.engine import Engine
from search_api.schemas import Reading
from tests.fakes import FakeEncoder, document
from tests.search_api.fake_engine import FakeOpener, fake_settings

REPORT, SYMBOL = "X_2024_SR_1:en", "X/2024/SR/1"
BODY, HEADING = ParagraphKind.BODY, ParagraphKind.HEADING


def pdf(pages: int = 2) -> bytes:
    made = FPDF(unit="pt", format=(600, 800))
    made.set_font("Helvetica", size=20)
    for number in range(1, pages + 1):
        made.add_page()
        made.text(60, 120, f"Page {number}")
    return bytes(made.output())


PDF = pdf()


def report(source: Path, data: bytes) -> Document:
    long = " ".join(f"Sentence {n} tells of associations." for n in range(60))
    paragraphs = (
        Paragraph("h1", None, HEADING, (), (1,), "I. Findings"),
        Paragraph("1", "1", BODY, ("I. Findings",), (1,), "Counsel was refused.",
                  boxes=(Box(1, 60, 100, 540, 150),)),
        Paragraph("h2", None, HEADING, ("I. Findings",), (1,), "A. Courts"),
        Paragraph("2", "2", BODY, ("I. Findings", "A. Courts"), (1, 2), long),
        Paragraph("pp1", None, ParagraphKind.PREAMBULAR, ("II. Annex",), (2,), "Recalling much,",
                  verb="Recalling"),
    )  # fmt: skip
    return replace(
        document(SYMBOL, "x", title="An invented report", country=("BLR",)),
        paragraphs=paragraphs,
        footnotes=(Footnote("1", "See the list.", 1, "1"), Footnote("2", "Lost.", 2, None)),
        source=str(source),
        sha256=hashlib.sha256(data).hexdigest(),
        file_format="pdf",
        page_count=2,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("originals")


@pytest.fixture(scope="module")
def client(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    russian = replace(document(SYMBOL, "Защитника не допускали.", language="ru"), source="ru.txt")
    record = replace(document("X/2024/NGO/2", "We ask."), file_format="jsonl", source="all.jsonl")
    many = document("X/2024/SR/3", *(f"Detainee {n} waited." for n in range(1, 101)))
    text = folder / "talk.txt"
    text.write_bytes(b"We ask the Council to speak.")
    talk = replace(
        document("X/2024/NGO/4", "We ask the Council to speak."),
        source=str(text),
        sha256=hashlib.sha256(text.read_bytes()).hexdigest(),
        file_format="txt",
    )
    held = [report(folder / "report.pdf", PDF), russian, record, many, talk]
    hostile = b"%PDF-1.4\n" + b"hostile " * 100
    held.append(
        replace(report(folder / "hostile.pdf", hostile), id="X_2024_SR_9:en", symbol="X/2024/SR/9")
    )
    (folder / "hostile.pdf").write_bytes(hostile)
    index = tmp_path_factory.mktemp("index")
    build_from_documents(held, index, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(index), FakeEncoder())
    opener = FakeOpener([engine], 1)  # type: ignore[list-item]
    with TestClient(create_app(fake_settings(index_dir=index, poll_s=60), opener)) as made:
        yield made


@pytest.fixture(autouse=True)
def _held(folder: Path) -> None:
    path = folder / "report.pdf"
    if not path.is_file() or path.read_bytes() != PDF:
        path.unlink(missing_ok=True)
        path.write_bytes(PDF)


def read(client: TestClient, named: str, **params: object) -> Reading:
    answer = client.get(f"/v1/reading/{named}", params={k: str(v) for k, v in params.items()})
    assert answer.status_code == 200, answer.text
    return Reading.model_validate_json(answer.content)


def test_paragraphs_are_whole_with_notes_boxes_and_an_outline(client: TestClient) -> None:
    found = read(client, SYMBOL)
    assert [p.paragraph_id for p in found.paragraphs] == ["h1", "1", "h2", "2", "pp1"]
    long = found.paragraphs[3]
    assert long.text.endswith("Sentence 59 tells of associations.")
    assert long.passage_id == f"{REPORT}:2.p1"
    assert [note.text for note in found.paragraphs[1].footnotes] == ["See the list."]
    assert [note.text for note in found.loose_footnotes] == ["Lost."]
    assert found.paragraphs[1].boxes[0].model_dump() == {
        "page": 1, "x0": 60, "y0": 100, "x1": 540, "y1": 150,
    }  # fmt: skip
    assert [(e.level, e.title, e.paragraph_id) for e in found.outline] == [
        (1, "I. Findings", "h1"),
        (2, "A. Courts", "h2"),
        (1, "II. Annex", "pp1"),
    ]
    assert found.document.country_names == ("Belarus",)
    assert (found.document.original, found.document.page_images) == ("file", True)
    assert found.document.source == "report.pdf"
    assert (found.marked, found.before) == (None, None)
    assert found.after is not None
    assert found.after.paragraph_id == "1"


@pytest.mark.parametrize(
    "named", [f"{REPORT}:2.p2", f"{SYMBOL}?paragraph=2", f"{REPORT}:1?paragraph=2."]
)
def test_a_paragraph_is_found_by_any_of_its_passages_or_its_number(
    client: TestClient, named: str
) -> None:
    answer = client.get(f"/v1/reading/{named}")
    found = Reading.model_validate_json(answer.content)
    assert found.marked is not None
    assert (found.marked.ordinal, found.marked.number) == (3, "2")
    assert found.passage is not None
    assert found.passage.citation == f"{SYMBOL}, para. 2"
    assert found.before is not None
    assert (found.before.number, found.after and found.after.paragraph_id) == ("1", "pp1")


def test_the_same_paragraph_in_other_languages(client: TestClient) -> None:
    (twin,) = read(client, f"{REPORT}:1").twins
    assert (twin.language, twin.passage_id) == ("ru", "X_2024_SR_1:ru:1")


def test_a_long_document_comes_by_windows_around_what_is_asked(client: TestClient) -> None:
    found = read(client, "X/2024/SR/3", paragraph="50", k=20)
    numbers = [int(p.number or 0) for p in found.paragraphs]
    assert len(numbers) == 20
    assert numbers[0] < 50 < numbers[-1]
    # The next paragraph is in the same window, which lies on a grid.
    assert read(client, "X/2024/SR/3", paragraph="51", k=20).offset == found.offset
    last = read(client, "X/2024/SR/3", offset=90, k=20)
    assert ([p.number for p in last.paragraphs][-1], last.total) == ("100", 100)
    beyond = read(client, "X/2024/SR/3", offset=1_000_000)
    assert len(beyond.paragraphs) == 1


def test_letters_bound_a_window_and_what_is_asked_for_is_in_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_api.reading.reader.MAX_WINDOW_CHARACTERS", 100)
    found = read(client, "X/2024/SR/3", paragraph="50", k=40)
    assert "50" in [p.number for p in found.paragraphs]
    assert sum(len(p.text) for p in found.paragraphs) <= 100
    assert [p.number for p in read(client, SYMBOL, paragraph="2").paragraphs] == ["2"]


def test_words_of_the_question_are_marked(client: TestClient) -> None:
    (mark,) = read(client, SYMBOL, q="counsel").paragraphs[1].highlights
    assert (mark.start, mark.end, mark.kind) == (0, 7, "word")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("X/NONE", 404, "is not in this index"),
        (f"{SYMBOL}?paragraph=77", 404, "has no paragraph 77"),
        (f"{REPORT}:77", 404, "is not in this index"),
        (f"{SYMBOL}?k=0", 422, "greater than or equal to 1"),
        (f"{SYMBOL}?offset=-1", 422, "greater than or equal to 0"),
        (f"{SYMBOL}?nonsense=1", 422, "extra"),
    ],
)
def test_what_cannot_be_read_is_said(
    client: TestClient, query: str, status: int, said: str
) -> None:
    answer = client.get(f"/v1/reading/{query}")
    assert answer.status_code == status
    assert said in answer.json()["detail"] or said in answer.text


def test_a_page_is_drawn_once_at_the_width_asked_for(client: TestClient) -> None:
    answer = client.get(f"/v1/pages/{SYMBOL}/2?width=300")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(answer.content[16:20]) == 300
    assert int.from_bytes(answer.content[20:24]) == 400
    assert float(answer.headers["precedent-page-width"]) == pytest.approx(600)
    assert float(answer.headers["precedent-page-height"]) == pytest.approx(800)
    assert answer.headers["cache-control"] == "private, no-cache"
    other = client.get(f"/v1/pages/{REPORT}/1?width=300")
    assert other.content != answer.content
    again = client.get(
        f"/v1/pages/{REPORT}/2?width=300", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("width", [199, 2401, -1, "x"])
def test_the_width_of_a_picture_is_bounded(client: TestClient, width: object) -> None:
    assert client.get(f"/v1/pages/{REPORT}/1?width={width}").status_code == 422


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"pages/{REPORT}/3", 404, "has no page 3; it has 2"),
        (f"pages/{REPORT}/0", 422, "greater than or equal to 1"),
        ("pages/X_2024_NGO_4:en/1", 404, "has no pages that can be drawn"),
        ("pages/X_2024_NGO_2:en/1", 409, "was a record among others"),
        ("originals/X_2024_NGO_2:en", 409, "was a record among others"),
        ("originals/..%2f..%2fetc%2fpasswd", 404, "is not in this index"),
        ("pages/%2Fetc%2Fpasswd/1", 404, "is not in this index"),
    ],
)
def test_what_has_no_page_or_no_file_is_said(
    client: TestClient, path: str, status: int, said: str
) -> None:
    answer = client.get(f"/v1/{path}")
    assert answer.status_code == status, answer.text
    assert said in answer.text


def removed(path: Path) -> None:
    path.unlink()


def changed(path: Path) -> None:
    path.write_bytes(PDF + b"\n")


def swapped_for_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (removed, "is gone"),
        (changed, "has changed since it was indexed"),
        (swapped_for_a_pipe, "is gone"),
    ],
)
def test_a_file_that_is_not_the_one_indexed_is_never_handed_out(
    client: TestClient, folder: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(folder / "report.pdf")
    for path in (f"pages/{REPORT}/1?width=777", f"originals/{REPORT}"):
        answer = client.get(f"/v1/{path}")
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:precedent:problem:original"
        assert said in answer.json()["detail"]
        assert str(folder) not in answer.text
    expected = "file" if harm is changed else "gone"
    assert read(client, SYMBOL).document.original == expected


def test_the_original_comes_to_be_saved_under_its_name(client: TestClient) -> None:
    answer = client.get(f"/v1/originals/{SYMBOL}")
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="report.pdf"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    text = client.get("/v1/originals/X_2024_NGO_4:en")
    assert text.headers["content-type"].startswith("text/plain")


def test_a_file_that_cannot_be_drawn_costs_only_itself(client: TestClient) -> None:
    answer = client.get("/v1/pages/X_2024_SR_9:en/1")
    assert answer.status_code == 422
    assert "its pages cannot be drawn" in answer.json()["detail"]
    assert client.get(f"/v1/pages/{REPORT}/1?width=444").status_code == 200


def test_pictures_are_kept_up_to_a_bound(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"/v1/pages/{REPORT}/1?width=901")
    (folder / "report.pdf").unlink()
    # What is kept was drawn of the bytes that were indexed.
    assert client.get(f"/v1/pages/{REPORT}/1?width=901").content == first.content
    monkeypatch.setattr("search_api.reading.originals._MAX_CACHED_BYTES", 10)
    (folder / "report.pdf").write_bytes(PDF)
    assert client.get(f"/v1/pages/{REPORT}/1?width=902").status_code == 200
    originals = client.app.state.originals  # type: ignore[attr-defined]
    assert originals.cached_bytes == 0
