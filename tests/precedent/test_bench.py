"""`precedent compare` and `precedent lineage` over a small invented index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from precedent.cli import run
from precedent.cli.differences import marked
from search_api.engine import Engine
from search_api.schemas import Comparison, Lineage, Span, WordChange
from tests.search_api.yearly import engine_in

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_in(tmp_path_factory.mktemp("index"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def opened(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "open", lambda *_args, **_kwargs: engine)
    monkeypatch.setattr(engine, "close", lambda: None)
    monkeypatch.setenv("COLUMNS", "200")


def test_compare_prints_what_became_of_each_paragraph(capsys: Output) -> None:
    assert run(["compare", "SAMPLE/2024/L.1", "SAMPLE/2024/RES/1"]) == 0
    out, err = capsys.readouterr()
    assert "4 unchanged, 1 changed, 1 lost, 3 renumbered, 1 weaker" in out
    assert "LOST  SAMPLE/2024/L.1, para. 2\n" in out
    assert "demands → urges: weaker" in out
    assert "[-Demands that-]{+Urges+} the authorities" in out
    assert "Guided by" not in out
    assert "4 unchanged left out; --all prints them" in err


def test_compare_prints_all_where_asked(capsys: Output) -> None:
    assert run(["compare", "SAMPLE/2024/L.1", "SAMPLE/2024/RES/1", "--all"]) == 0
    assert "Guided by" in capsys.readouterr().out


def test_compare_prints_both_languages(capsys: Output) -> None:
    assert run(["compare", "SAMPLE_2024_RES_1:en", "SAMPLE_2024_RES_1:fr"]) == 0
    out = capsys.readouterr().out
    assert out.index("passports") < out.index("passeports")


def test_compare_as_json_is_the_answer_of_the_api(capsys: Output) -> None:
    assert run(["compare", "SAMPLE/2024/L.1", "SAMPLE/2024/RES/1", "--json"]) == 0
    found = Comparison.model_validate(json.loads(capsys.readouterr().out))
    assert found.counts.lost == 1


def test_compare_refuses_a_document_with_a_paragraph(capsys: Output) -> None:
    assert run(["compare", "SAMPLE/2024/L.1", "SAMPLE/2024/RES/1, para. 1"]) == 1
    assert "compare two documents, or two paragraphs" in capsys.readouterr().err
    assert run(["compare", "", "SAMPLE/2024/RES/1"]) == 2


def test_lineage_tells_the_course(capsys: Output) -> None:
    assert run(["lineage", "SAMPLE/2024/RES/1,", "para.", "1"]) == 0
    out = capsys.readouterr().out
    assert "First used in SAMPLE/2021/RES/1, para. 1 (2021)." in out
    assert (
        "absent from SAMPLE/2023/RES/1 (2023); came back in SAMPLE/2024/RES/1, para. 1 (2024)."
        in out
    )
    assert "calls upon → urges: stronger" in out
    assert "DRAFT  SAMPLE/2024/L.1, para. 1, beside SAMPLE/2024/RES/1, para. 1" in out
    assert "SAMPLE_2024_RES_1:fr:1" in out


def test_lineage_says_what_stayed_the_same(capsys: Output) -> None:
    assert run(["lineage", "SAMPLE_2021_RES_1:en:2"]) == 0
    assert "     the same words\n" in capsys.readouterr().out


def test_lineage_as_json_is_the_answer_of_the_api(capsys: Output) -> None:
    assert run(["lineage", "SAMPLE_2024_RES_1:en:1", "--json"]) == 0
    assert len(Lineage.model_validate(json.loads(capsys.readouterr().out)).versions) == 3


def test_lineage_of_a_document_is_refused(capsys: Output) -> None:
    assert run(["lineage", "SAMPLE/2024/RES/1"]) == 1
    assert "name one paragraph of it" in capsys.readouterr().err


def test_marks_of_what_went_and_came() -> None:
    words = (
        WordChange(kind="same", before=Span(start=0, end=1), after=Span(start=0, end=1)),
        WordChange(kind="deleted", before=Span(start=2, end=3), after=Span(start=2, end=2)),
        WordChange(kind="same", before=Span(start=4, end=5), after=Span(start=2, end=3)),
        WordChange(kind="inserted", before=Span(start=5, end=5), after=Span(start=4, end=5)),
    )
    assert marked("a b c", "a c d", words) == "a [-b-] c {+d+}"


def test_a_draft_tells_what_was_to_be_excluded_and_is_not_there(
    capsys: Output, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Urges the authorities to publish the number of passports withheld.\n")
    assert run(["draft", str(draft), "--exclude", "SAMPLE/2024/RES/11"]) == 0
    said = capsys.readouterr().err
    assert "nothing is excluded by 'SAMPLE/2024/RES/11': no document has that symbol" in said
    assert run(["draft", str(draft), "--exclude", "SAMPLE/2024/RES/1"]) == 0
    assert "nothing is excluded" not in capsys.readouterr().err
