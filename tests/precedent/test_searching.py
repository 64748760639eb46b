"""`precedent search` and `precedent show` over an engine without an index."""

from __future__ import annotations

import json

import pytest

from precedent.cli import run
from precedent.cli.years import YEARS
from search_api.engine import Engine
from search_api.schemas import (
    Document,
    Passage,
    SearchRequest,
    SearchResponse,
    Sentence,
    Span,
    Why,
)
from search_api.standing import standing_of
from tests.search_api.fake_engine import PASSAGES, FakeEngine, make_passage


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    monkeypatch.setattr(Engine, "open", lambda *_args, **_kwargs: fake)
    monkeypatch.setenv("COLUMNS", "90")
    return fake


def asked(engine: FakeEngine) -> SearchRequest:
    assert len(engine.asked) == 1
    return engine.asked[0]


def test_every_option_reaches_the_engine(engine: FakeEngine) -> None:
    options = "-k 3 --kind a --kind b --body CAT --country BLR --country POL --language en"
    more = "--year 2019..2024 --status final --signals lexical --group --rerank"

    assert run(["search", "lawyer", "of", "choice", *options.split(), *more.split()]) == 0

    request = asked(engine)
    assert request.query == "lawyer of choice"
    assert request.k == 3
    assert request.signals == "lexical"
    assert request.group_by_document
    assert request.rerank
    assert request.filters.model_dump() == {
        "kind": ("a", "b"),
        "body": ("CAT",),
        "country": ("BLR", "POL"),
        "language": ("en",),
        "symbol": (),
        "status": ("final",),
        "year_from": 2019,
        "year_to": 2024,
    }


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("2019", (2019, 2019)),
        ("2019..2024", (2019, 2024)),
        ("2019..", (2019, None)),
        ("..2024", (None, 2024)),
        (" 2020..2020 ", (2020, 2020)),
    ],
)
def test_years(written: str, years: tuple[int | None, int | None]) -> None:
    assert YEARS.convert(written, None, None) == years


@pytest.mark.parametrize("written", ["..", "19", "2024..2019", "2019-2024", "x", "", "3000"])
def test_years_that_are_none(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    assert run(["search", "words", "--year", written]) == 2
    assert capsys.readouterr().err.startswith("precedent search: ")
    assert engine.asked == []


def test_json_is_the_answer_of_the_engine(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "access to a lawyer", "-k", "2", "--json"]) == 0

    response = SearchResponse.model_validate_json(capsys.readouterr().out)
    assert len(response.hits) == 2
    assert "lawyer" in response.hits[0].text


def test_a_hit_shows_citation_page_and_text(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "access lawyer", "-k", "1"]) == 0

    first, title, text = capsys.readouterr().out.splitlines()[:3]
    assert first.startswith("  1. A/HRC/15/16, para. 1  upr-report")
    assert "BLR" in first
    assert "p. 1" in first
    assert title.strip() == "Report of the Working Group: Freedonia"
    assert text.strip() == "access to a lawyer"


def test_asked_to_explain_a_hit_says_why_it_is_one(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = engine.search
    why = Why(
        words=("lawyer",),
        run=Span(start=0, end=11),
        sentence=Sentence(start=0, end=9, score=0.5),
    )

    def explained(request: SearchRequest) -> SearchResponse:
        assert request.explain
        answer = plain(request)
        hits = tuple(hit.model_copy(update={"why": why}) for hit in answer.hits)
        return answer.model_copy(update={"hits": hits})

    monkeypatch.setattr(engine, "search", explained)
    assert run(["search", "access to a lawyer", "-k", "1", "--explain"]) == 0

    out = capsys.readouterr().out
    assert "> words: lawyer" in out
    assert '> in a row: "access to a"' in out
    assert '> nearest sentence (0.50): "access to"' in out


def test_grouped_hits_stand_under_their_document(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "lawyer", "--group", "--language", "en"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1. Report of the Working Group: Freedonia"
    assert lines[1].startswith("     A/HRC/15/16, para. ")


@pytest.mark.parametrize(
    ("status", "by", "said"),
    [
        ("draft", None, "DRAFT: it is a draft, not agreed language"),
        ("rejected", None, "REJECTED: it was rejected and never adopted"),
        ("superseded", "F/GC/2", "SUPERSEDED: it was superseded by F/GC/2; cite what replaced it"),
        ("adopted-by-vote", None, None),
    ],
)
def test_what_is_not_agreed_says_so(
    engine: FakeEngine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    status: str,
    by: str | None,
    said: str | None,
) -> None:
    standing = {
        "status": status,
        "superseded_by": by,
        "standing": standing_of("resolution", status, superseded_by=by),
    }
    changed = tuple(one.model_copy(update=standing) for one in PASSAGES)
    monkeypatch.setattr("tests.search_api.fake_engine.PASSAGES", changed)

    assert run(["search", "lawyer", "-k", "1"]) == 0

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    warned = [line for line in lines if line.isupper() or "DRAFT" in line or "ED" in line]
    assert warned == ([said] if said else [])


def test_no_hit_says_how_many_the_filters_allow(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "xyzzy", "--language", "ru"]) == 0

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "No hits among the 20 passages that the filters allow.\n"


def test_a_text_cannot_steer_the_terminal(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "lawyer \x1b]0;owned\x07 \x9b2J"
    changed = tuple(
        one.model_copy(update={"text": hostile, "title": hostile, "citation": hostile})
        for one in PASSAGES
    )
    monkeypatch.setattr("tests.search_api.fake_engine.PASSAGES", changed)

    assert run(["search", "lawyer", "-k", "2"]) == 0

    printed = capsys.readouterr().out
    assert "lawyer" in printed
    assert not {"\x1b", "\x07", "\x9b"}.intersection(printed)


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> Document:
    assert run(["show", *arguments, "--json"]) == 0
    return Document.model_validate_json(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["A/HRC/15/16, para. 12", "--language", "en"], ["A_HRC_15_16:en:12"]),
        (["A/HRC/15/16,", "para.", "12", "--language", "en"], ["A_HRC_15_16:en:12"]),
        (
            ["A/HRC/15/16, paras. 2-4", "--language", "ru"],
            ["A_HRC_15_16:ru:2", "A_HRC_15_16:ru:3", "A_HRC_15_16:ru:4"],
        ),
        (["A_HRC_15_16:ru:7"], ["A_HRC_15_16:ru:7"]),
    ],
    ids=["citation", "unquoted", "span", "passage-id"],
)
def test_show_finds_what_is_cited(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], arguments: list[str], ids: list[str]
) -> None:
    assert [one.passage_id for one in shown(capsys, *arguments).contents] == ids


def test_show_of_a_symbol_is_the_whole_document(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(shown(capsys, "A/HRC/15/16", "--language", "en").contents) == 20


def test_the_paragraph_of_the_text_comes_before_that_of_an_annex(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    annex = {"paragraph_id": "annex1-3", "passage_id": "A_HRC_15_16:en:annex1-3", "number": "3"}
    only_in_annex = {"paragraph_id": "annex1-99", "passage_id": "A_HRC_15_16:en:annex1-99"}
    base = make_passage("A/HRC/15/16", "en", 3)
    added: tuple[Passage, ...] = (
        base.model_copy(update=annex),
        base.model_copy(update={**only_in_annex, "number": "99"}),
    )
    monkeypatch.setattr("tests.search_api.fake_engine.PASSAGES", (*PASSAGES, *added))

    def found(number: int) -> list[str]:
        document = shown(capsys, f"A/HRC/15/16, para. {number}", "--language", "en")
        return [one.paragraph_id for one in document.contents]

    assert found(3) == ["3"]
    assert found(99) == ["annex1-99"]


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            "A/HRC/15/16, para. 300",
            "precedent: A/HRC/15/16, para. 300: A/HRC/15/16 has no such paragraph; "
            '`precedent show "A/HRC/15/16"` shows those it has\n',
        ),
        ("A/HRC/99/1", "precedent: A/HRC/99/1: no such document; GET /v1/documents lists them\n"),
        ("A_HRC_15_16:en:300", "precedent: A_HRC_15_16:en:300: no such passage; take an id"),
    ],
    ids=["paragraph", "document", "passage"],
)
def test_show_of_what_is_not_there_is_one_line(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], reference: str, line: str
) -> None:
    assert run(["show", reference]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(line)
    assert printed.err.count("\n") == 1


def test_show_prints_the_text_under_its_citation(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "A/HRC/15/16, para. 3", "--language", "en"]) == 0

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0].startswith("A/HRC/15/16")
    assert lines[1] == "Report of the Working Group: Freedonia"
    assert lines[3].startswith("A/HRC/15/16, para. 3")
    assert lines[4] == "water and food"


def test_the_index_is_let_go(engine: FakeEngine) -> None:
    assert run(["search", "lawyer"]) == 0
    assert engine.closed.is_set()


def test_json_of_show_keeps_letters_of_every_script(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "A_HRC_15_16:ru:7", "--json"]) == 0

    printed = capsys.readouterr().out
    assert "Доклад Рабочей группы" in printed
    assert json.loads(printed)["contents"][0]["number"] == "7"
