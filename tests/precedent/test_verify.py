"""`precedent verify` and `precedent statement`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from precedent.cli import run
from search_api.engine import Engine
from tests.search_api.verifying import COLD, LAWYER, verifying_engine


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = verifying_engine(tmp_path_factory.mktemp("index"))
    yield engine
    engine.close()


@pytest.fixture
def engine(made: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(Engine, "open", lambda *_args, **_kwargs: made)
    monkeypatch.setattr(Engine, "close", lambda _self: None)
    monkeypatch.setenv("COLUMNS", "90")
    return made


WARM = "Urges all States to keep their prisons warm in the winter months"

DRAFT = (
    f"“{LAWYER}” (A/HRC/70/5, para. 1). “{COLD}” (ibid., para. 1).\n\n"
    "“denied access to a doctor of their own choice” (A/HRC/70/5, para. 1)\n"
)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_every_citation_of_a_file_is_checked(
    engine: Engine, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(draft)]) == 0
    out, err = capsys.readouterr()
    assert out.index("RIGHT") < out.index("OTHER-PARAGRAPH") < out.index("MISQUOTED")
    assert "changed: “doctor”, in the source “lawyer”" in out
    assert "3 citations: 1 right, 1 other-paragraph, 1 misquoted" in err


def test_only_what_is_wrong(
    engine: Engine, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(draft), "--wrong"]) == 0
    assert "RIGHT" not in capsys.readouterr().out


def test_right_words_of_a_draft_are_not_left_out(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cites-a-draft.txt"
    path.write_text(f"“{LAWYER}” (A/HRC/70/5, para. 1). “{WARM}” (A/HRC/70/L.9, para. 1).", "utf-8")
    assert run(["verify", str(path), "--wrong"]) == 0
    out = capsys.readouterr().out
    assert "A/HRC/70/L.9" in out
    assert "it is a draft" in out
    assert "A/HRC/70/5" not in out


def test_one_citation_with_a_claim(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["verify", "A/HRC/70/5, para. 1", "--claim", f"“{LAWYER}”", "--json"]
    assert run(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["verdict"] for each in answer["checks"]] == ["right"]


def test_what_was_checked_is_kept_where_the_user_interrupts(
    engine: Engine,
    draft: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from search_api.bench.workbench import Workbench

    whole = Workbench.checks_of

    def interrupted(self: Workbench, text: str) -> object:
        total, coming = whole(self, text)

        def some() -> Iterator[object]:
            yield next(coming)
            raise KeyboardInterrupt

        return total, some()

    monkeypatch.setattr(Workbench, "checks_of", interrupted)
    assert run(["verify", str(draft), "--json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out)["total"], json.loads(out)["checked"]) == (3, 1)
    assert "stopped after 1 of 3" in err


@pytest.mark.parametrize(
    ("text", "said"), [("No source.", "No citation was found"), (" ", "the file is empty")]
)
def test_a_draft_without_citations(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    run(["verify", str(path)])
    assert said in capsys.readouterr().err


def test_no_such_file(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "none.docx"]) == 1
    assert "none.docx: no such file" in capsys.readouterr().err


def test_a_statement_is_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Agenda item 4\n\n" + " ".join(["word"] * 1600)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert run(["statement", "-", "--pace", "100"]) == 0
    out = capsys.readouterr().out
    assert "1,603 words" in out
    assert "1,500  103 too many" in out
    assert "2,000  within" in out
    assert "16 min 02 s at 100 words a minute" in out


def test_a_statement_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Agenda item 4\n\nWe speak.")
    assert run(["statement", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["agenda_items"] == [4]
