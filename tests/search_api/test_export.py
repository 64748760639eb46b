"""Exports and the negotiation table over an index: the engine, and the service."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
import rispy
from fastapi.testclient import TestClient

from corpus.errors import UnknownNameError
from corpus.types import Document, Paragraph, ParagraphKind
from indexer.snapshot import Snapshot
from search_api.app import create_app
from search_api.bench.exporting import export, ids_named
from search_api.bench.tabling import table_rows
from search_api.engine import Engine
from search_api.files import File, file_name
from search_api.routes.files import file_response
from search_api.schemas import Exported, ExportRequest
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published
from tests.search_api.fake_engine import FakeOpener, fake_settings

DAY = date(2025, 3, 12)


def _resolution() -> Document:
    base = made(
        "A/HRC/RES/59/25", [], kind="resolution", status="adopted-by-vote", vote=(25, 5, 17),
        body="Human Rights Council", title="59/25. Water", date="2025-07-16", year=2025,
    )  # fmt: skip
    return replace(
        base,
        paragraphs=(
            Paragraph("pp1", None, ParagraphKind.PREAMBULAR, (), (1,), "Recalling wells,"),
            Paragraph(
                "1", "1", ParagraphKind.OPERATIVE, (), (1,), "Urges all States to dig wells;"
            ),
            Paragraph("u2", None, ParagraphKind.BODY, (), (2,), "39th meeting 8 July 2025"),
            Paragraph("fn1", None, ParagraphKind.FOOTNOTE, (), (2,), "Report of 1 May 2020."),
        ),
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    published(
        folder,
        _resolution(),
        made("A/HRC/59/L.17", ["Urges no one to dig;"], kind="draft-resolution", status="draft"),
        made("A/HRC/15/16", ["One word.", "Two words."], kind="upr-report", title="A report"),
        made("A/HRC/15/16", ["Одно слово.", "Два слова."], "ru", kind="upr-report"),
    ).close()
    return folder


@pytest.fixture(scope="module")
def engine(index: Path) -> Iterator[Engine]:
    engine = Engine(Snapshot.open(index), FakeEncoder())
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def client(index: Path) -> Iterator[TestClient]:
    engine = Engine(Snapshot.open(index), FakeEncoder())
    opener = FakeOpener([engine], engine.generation)  # type: ignore[list-item]
    with TestClient(create_app(fake_settings(), opener)) as client:  # type: ignore[arg-type]
        yield client


def exported(engine: Engine, *ids: str, format_: str = "un", **more: object) -> File:
    request = ExportRequest.model_validate({"passage_ids": ids, "format": format_, **more})
    return export(engine.snapshot, request, DAY)


WATER = "A_HRC_RES_59_25:en:1"


def test_footnotes_have_the_facts_of_the_document(engine: Engine) -> None:
    file = exported(engine, WATER, "A_HRC_59_L.17:en:1", "A_HRC_RES_59_25:en:pp1")
    assert file.content.decode().splitlines() == [
        "1. Human Rights Council resolution 59/25, “Water”, adopted on 8 July 2025 "
        "(A/HRC/RES/59/25), para. 1.",
        "2. “An invented report”, draft resolution (A/HRC/59/L.17, 2024), para. 1. "
        "[Not precedent (Draft): it is a draft, not agreed language]",
        "3. A/HRC/RES/59/25, first preambular paragraph.",
    ]
    alone = exported(engine, WATER, format_="oscola").content.decode()
    assert alone == "UNHRC Res 59/25 (8 July 2025) UN Doc A/HRC/RES/59/25 para 1.\n"


def test_passages_are_exported_once_in_the_order_asked_for(engine: Engine) -> None:
    file = exported(engine, "A_HRC_15_16:en:2", WATER, "A_HRC_15_16:en:2", format_="json")
    held = Exported.model_validate_json(file.content)
    assert [each.passage_id for each in held.passages] == ["A_HRC_15_16:en:2", WATER]


def test_what_is_missing_is_named_and_the_rest_exported(engine: Engine) -> None:
    file = exported(engine, "A_HRC_1:en:1", WATER, "кто:ru:1", format_="csv")
    assert file.missing == ("A_HRC_1:en:1", "кто:ru:1")
    assert b"Urges all States" in file.content
    with pytest.raises(UnknownNameError, match="A_HRC_1:en:1, A_HRC_2:en:1: no such passage"):
        exported(engine, "A_HRC_1:en:1", "A_HRC_2:en:1")


@pytest.mark.parametrize(
    ("reference", "ids"),
    [
        (WATER, [WATER]),
        ("A/HRC/RES/59/25, para. 1", [WATER]),
        ("A/HRC/RES/59/25, first preambular paragraph", ["A_HRC_RES_59_25:en:pp1"]),
        ("A/HRC/15/16, paras. 1-2", ["A_HRC_15_16:en:1", "A_HRC_15_16:en:2"]),
    ],
)
def test_passages_are_named_by_key_or_citation(
    engine: Engine, reference: str, ids: list[str]
) -> None:
    assert ids_named(engine.snapshot, reference) == ids


def test_rows_are_filled_and_what_is_not_held_is_named(engine: Engine) -> None:
    found = table_rows(
        engine.snapshot, [WATER, "A/HRC/59/L.17, para. 1", "A/HRC/99/1, para. 2", "gibberish"]
    )
    assert [row.un_reference for row in found.rows] == [
        "A/HRC/RES/59/25, para. 1 (Adopted by vote 25–5–17)",
        "A/HRC/59/L.17, para. 1 (Draft)",
    ]
    assert found.rows[0].issue == "Water"
    assert found.rows[0].justification == ""
    assert found.rows[1].justification.startswith("WARNING: Not precedent (Draft)")
    assert [why.partition(":")[0] for why in found.missing] == ["A/HRC/99/1", "'gibberish'"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Access to a lawyer", "Access-to-a-lawyer"), ("Вода / ماء", "Вода-ماء"),
     ("../../etc/passwd", "etc-passwd"), ("\r\nX: y", "X-y"), ("…", "precedent"),
     ("x" * 300, "x" * 80)],
)  # fmt: skip
def test_names_of_files_are_harmless(title: str, name: str) -> None:
    assert file_name(title) == name


# The service -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format_", "ending", "media_type"),
    [
        ("un", "txt", "text/plain; charset=utf-8"),
        ("bibtex", "bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "ris", "application/x-research-info-systems; charset=utf-8"),
        ("csv", "csv", "text/csv; charset=utf-8"),
        ("json", "json", "application/json"),
        ("docx", "docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_the_service_answers_with_a_named_file(
    client: TestClient, format_: str, ending: str, media_type: str
) -> None:
    body = {"passage_ids": [WATER], "format": format_, "title": "Вода, water"}
    answer = client.post("/v1/export", json=body)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith(f"attachment; filename=\"water.{ending}\"; filename*=UTF-8''%D0")
    assert "precedent-missing" not in answer.headers
    if format_ == "docx":
        assert "wells" in docx.Document(io.BytesIO(answer.content)).paragraphs[2].text
    elif format_ == "ris":
        assert rispy.loads(answer.text)[0]["number"] == "A/HRC/RES/59/25"


def test_missing_passages_are_named_in_a_header_that_nothing_breaks(client: TestClient) -> None:
    ids = [WATER, "x\r\nSet-Cookie: y", *(f"A_{n}:en:1" for n in range(40))]
    answer = client.post("/v1/export", json={"passage_ids": ids, "format": "un"})
    assert answer.status_code == 200
    named = answer.headers["precedent-missing"].split(", ")
    assert named[:2] == ["x%0D%0ASet-Cookie:%20y", "A_0:en:1"]
    assert len(named) == 21
    assert named[-1] == "21-more"
    assert "set-cookie" not in answer.headers


def test_none_of_the_passages_is_a_problem_that_names_them(client: TestClient) -> None:
    answer = client.post("/v1/export", json={"passage_ids": ["A_1:en:1"], "format": "docx"})
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("A_1:en:1: no such passage is in this index")


@pytest.mark.parametrize(
    "body",
    [
        {"passage_ids": [], "format": "un"},
        {"passage_ids": ["x"] * 1001, "format": "un"},
        {"passage_ids": [WATER], "format": "pdf"},
        {"passage_ids": [WATER], "format": "un", "titel": "x"},
        {"passage_ids": ["x" * 301], "format": "un"},
    ],
    ids=["none", "too many", "format", "field", "long key"],
)
def test_a_request_out_of_bounds_is_refused(client: TestClient, body: dict[str, object]) -> None:
    assert client.post("/v1/export", json=body).status_code == 422


def test_a_table_is_filled_saved_read_and_handed_over(client: TestClient) -> None:
    filled = client.post("/v1/table/rows", json={"references": [WATER]}).json()["rows"]
    filled[0]["where_inserted"] = "=OP 7"
    saved = client.post("/v1/table", json={"rows": filled, "format": "csv"})
    assert saved.headers["content-disposition"].startswith(
        'attachment; filename="Negotiation-table.csv"'
    )
    content = base64.b64encode(saved.content).decode()
    read = client.post("/v1/table/read", json={"name": "t.csv", "content": content})
    assert read.json()["rows"] == filled
    word = client.post("/v1/table", json={"rows": filled, "title": "Draft"})
    (table,) = docx.Document(io.BytesIO(word.content)).tables
    assert table.rows[1].cells[2].text == "=OP 7"


def test_a_file_that_is_no_table_is_a_problem(client: TestClient) -> None:
    body = {"name": "t.csv", "content": base64.b64encode(b"a,b\n").decode()}
    answer = client.post("/v1/table/read", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("t.csv: has none of the columns")
    assert client.post("/v1/table/read", json=body | {"content": "%%"}).status_code == 422


def test_a_name_without_ascii_letters_still_has_a_plain_one() -> None:
    answer = file_response(File("ماء.csv", b""))
    assert 'filename="precedent.csv"' in answer.headers["content-disposition"]
    assert json.dumps(answer.headers["content-disposition"])
