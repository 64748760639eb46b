"""What the commands hand on, and what they make of the answer, with stand-ins behind them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import indexer.build
import indexer.models
import search_api.app
import search_api.evaluate
from corpus.errors import IndexBusyError, ServiceError
from indexer.build import BuildReport, Failure, Progress
from indexer.encoder import PRECISIONS
from indexer.models import DEFAULT_MODEL, MODELS, RERANKERS
from indexer.vectors import KINDS
from precedent.cli import indexing, run
from precedent.cli.evaluation import trec_run
from search_api.settings import Settings

Builds = Callable[..., BuildReport]


pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[[BuildReport | BaseException], list[Any]]:
    """Let `build_index` and `remove_documents` do this; return what they were called with."""

    def do(outcome: BuildReport | BaseException) -> list[Any]:
        calls: list[Any] = []

        def stand_in(*arguments: Any, progress: Any = None, **options: Any) -> BuildReport:
            calls.append((arguments, options))
            if progress:
                progress(Progress("read", 1, 1, "file"))
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(indexer.build, "build_index", stand_in)
        monkeypatch.setattr(indexer.build, "remove_documents", stand_in)
        return calls

    return do


REPORT = BuildReport(
    documents=1200, paragraphs=30_000, passages=31_000, added=3, unchanged=1197, generation=7,
    seconds={"read": 1.5, "embed": 2.0},
)  # fmt: skip


def test_index_hands_on_paths_folder_and_model(
    build: Callable[..., list[Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = build(REPORT)

    index = str(tmp_path / "ix")
    assert run(["index", "a.pdf", "b", "--index", index, "--model", "all-minilm-l6-v2"]) == 0

    (arguments, options) = calls[0]
    assert arguments == ([Path("a.pdf"), Path("b")], tmp_path / "ix")
    assert options["model"] == "all-minilm-l6-v2"
    printed = capsys.readouterr()
    assert "1,200 documents, 30,000 paragraphs, 31,000 passages, generation 7" in printed.out
    assert "added 3, updated 0, unchanged 1,197," in printed.out
    assert "in 3.5 s" in printed.out
    assert printed.err.startswith("read: 1 of 1 files")


@pytest.mark.parametrize(
    ("arguments", "option", "value"),
    [
        ([], "vector_index", None),
        (["--vector-index", "flat"], "vector_index", "flat"),
        ([], "precision", None),
        (["--precision", "int8"], "precision", "int8"),
        ([], "whole", False),
        (["--whole"], "whole", True),
    ],
    ids=["kept-kind", "kind", "kept-precision", "precision", "what-changed", "whole"],
)
def test_index_hands_on_what_is_chosen(
    build: Callable[..., list[Any]], arguments: list[str], option: str, value: object
) -> None:
    calls = build(REPORT)

    assert run(["index", "a.pdf", *arguments]) == 0

    assert calls[0][1][option] == value


@pytest.mark.parametrize("option", ["--vector-index", "--precision"])
def test_a_choice_that_does_not_exist_is_wrong_usage(
    build: Callable[..., list[Any]], option: str
) -> None:
    calls = build(REPORT)
    assert run(["index", "a.pdf", option, "no-such"]) == 2
    assert calls == []


def test_the_choices_of_the_command_line_are_those_of_the_index() -> None:
    by_name = {each.name: each.type for each in indexing.index.params}
    assert tuple(by_name["vector_index"].choices) == KINDS  # type: ignore[attr-defined]
    assert tuple(by_name["precision"].choices) == PRECISIONS  # type: ignore[attr-defined]


def test_index_uses_the_users_own_folder_and_the_default_model(
    build: Callable[..., list[Any]], tmp_path: Path
) -> None:
    calls = build(REPORT)

    assert run(["index", "a.pdf"]) == 0

    (arguments, options) = calls[0]
    assert arguments[1] == tmp_path / "home" / "index"
    assert options["model"] == DEFAULT_MODEL
    assert options["models_dir"] == tmp_path / "home" / "models"


FAILED = [Failure("bad\n.pdf", "needs a password; remove it"), Failure("empty.pdf", "is empty")]


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (BuildReport(added=2, failed=FAILED), 3),
        (BuildReport(unchanged=2, failed=FAILED), 3),
        (BuildReport(failed=FAILED), 1),
        (BuildReport(documents=40, failed=FAILED), 1),
        (BuildReport(), 0),
    ],
    ids=["some-added", "some-unchanged", "none-read", "none-read-of-these", "nothing-to-do"],
)
def test_exit_code_of_index_tells_some_from_none(
    build: Callable[..., list[Any]],
    capsys: pytest.CaptureFixture[str],
    report: BuildReport,
    code: int,
) -> None:
    build(report)

    assert run(["index", "x"]) == code

    failures = [line for line in capsys.readouterr().err.splitlines() if "not indexed" in line]
    expected = [
        "not indexed: bad .pdf: needs a password; remove it",
        "not indexed: empty.pdf: is empty",
    ]
    assert failures == (expected if report.failed else [])


def test_index_json_is_one_object(
    build: Callable[..., list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    build(BuildReport(added=1, failed=FAILED))

    assert run(["index", "x", "--json"]) == 3

    report = json.loads(capsys.readouterr().out)
    assert report["added"] == 1
    assert report["failed"][1] == {
        "source": "empty.pdf", "line": None, "kind": "unreadable", "reason": "is empty",
        "cause": "is empty", "remedy": "", "sha256": None,
    }  # fmt: skip


def test_index_prints_what_the_user_should_know_besides(
    build: Callable[..., list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    build(BuildReport(added=1, remarks=["metadata.csv, row 3: names\nno file"]))

    assert run(["index", "x"]) == 0

    assert "note: metadata.csv, row 3: names no file\n" in capsys.readouterr().err


MANY = [
    *(Failure(f"{n}.pdf", "is empty", "empty-file", cause="is empty") for n in range(500)),
    Failure("lost.jsonl, line 7", "no `text`; add it", "damaged", "lost.jsonl", "no `text`",
            "add it", "ab" * 32, 7),
]  # fmt: skip
COPY = Failure("copy.pdf", "the same bytes are indexed from a.pdf", "duplicate")


def test_many_failures_are_counted_by_kind(
    build: Callable[..., list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    build(BuildReport(added=2, failed=MANY))

    assert run(["index", "x"]) == 3

    lines = [line for line in capsys.readouterr().err.splitlines() if "not indexed" in line]
    assert len(lines) == 21
    assert lines[0] == "not indexed: 0.pdf: is empty"
    assert lines[-1] == (
        "not indexed: 481 more; in all empty-file 500, damaged 1; --report FILE lists all"
    )


def test_the_report_file_lists_every_one_and_ends_with_the_summary(
    build: Callable[..., list[Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(BuildReport(added=2, failed=MANY, ignored=[COPY]))
    report = tmp_path / "report.jsonl"

    assert run(["index", "x", "--report", str(report)]) == 3

    assert f"all are in {report}" in capsys.readouterr().err
    *rows, last = [json.loads(line) for line in report.read_text().splitlines()]
    assert len(rows) == 502
    assert rows[500] == {
        "source": "lost.jsonl", "line": 7, "kind": "damaged", "reason": "no `text`; add it",
        "cause": "no `text`", "remedy": "add it", "sha256": "ab" * 32,
    }  # fmt: skip
    assert rows[501]["kind"] == "duplicate"
    assert last["summary"]["failed"] == 501
    assert last["summary"]["ignored"] == 1
    assert last["summary"]["not_indexed"] == {"empty-file": 500, "damaged": 1, "duplicate": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["report.jsonl"]


def test_a_report_may_be_one_json_object(build: Callable[..., list[Any]], tmp_path: Path) -> None:
    build(BuildReport(added=2, failed=MANY, ignored=[COPY]))

    assert run(["index", "x", "--report", str(tmp_path / "report.json")]) == 3

    whole = json.loads((tmp_path / "report.json").read_text())
    assert len(whole["not_indexed"]) == 502
    assert whole["summary"]["added"] == 2


@pytest.mark.parametrize(
    ("report", "cause"),
    [
        ("nowhere/report.jsonl", "is no folder to write in"),
        ("documents/report.jsonl", "would be indexed itself"),
        ("documents/deep/report.txt", "would be indexed itself"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_before_any_work(
    build: Callable[..., list[Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    report: str, cause: str,
) -> None:  # fmt: skip
    calls = build(BuildReport(added=1))
    (tmp_path / "documents" / "deep").mkdir(parents=True)

    files = [str(tmp_path / "documents"), "--report", str(tmp_path / report)]
    assert run(["index", *files]) == 2

    assert cause in capsys.readouterr().err
    assert not calls


def test_a_report_beside_the_documents_may_end_in_json(
    build: Callable[..., list[Any]], tmp_path: Path
) -> None:
    build(BuildReport(added=1))
    assert run(["index", str(tmp_path), "--report", str(tmp_path / "report.json")]) == 0
    assert (tmp_path / "report.json").exists()


def test_an_interrupted_index_says_what_is_kept(
    build: Callable[..., list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    build(KeyboardInterrupt())

    assert run(["index", "x"]) == 130

    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("stopped; documents committed so far are kept")


def test_an_index_in_use_is_one_line(
    build: Callable[..., list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    build(IndexBusyError("my-index", "another process is indexing into it", "wait until it ends"))

    assert run(["remove", "A/HRC/15/16", "--index", "my-index"]) == 1

    error = "precedent: my-index: another process is indexing into it; wait until it ends\n"
    assert capsys.readouterr().err == error


def test_remove_hands_on_every_symbol(build: Callable[..., list[Any]], tmp_path: Path) -> None:
    calls = build(BuildReport(removed=2))

    assert run(["remove", "A/HRC/15/16", "A/80/170", "--index", str(tmp_path)]) == 0

    assert calls[0][0] == (["A/HRC/15/16", "A/80/170"], tmp_path)


def test_serve_hands_on_its_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[Settings] = []
    ahead: list[object] = []

    def take(settings: Settings, **opened: object) -> None:
        served.append(settings)
        ahead.append(opened["ahead"])

    monkeypatch.setattr(search_api.app, "serve", take)
    monkeypatch.setenv("PRECEDENT_ALLOWED_HOSTS", "api")

    assert run(["serve", "--port", "8123", "--index", str(tmp_path)]) == 130

    assert served[0].port == 8123
    assert served[0].host == "127.0.0.1"
    assert served[0].index_dir == tmp_path
    assert served[0].allowed_hosts == ("api",)
    assert ahead == [None]  # nothing is published there: no encoder is wanted yet
    assert "the index is as it was" in capsys.readouterr().err


_WHAT_SERVES = """
import sys, types

def serve(settings, ahead):
    import numpy, threadpoolctl
    pools = threadpoolctl.threadpool_info()
    print(*(pool["num_threads"] for pool in pools if pool["user_api"] == "blas"))

sys.modules["search_api.app"] = types.SimpleNamespace(serve=serve)
from precedent.cli import run
run(["serve", "--index", sys.argv[1]])
"""


@pytest.mark.parametrize(("wished", "threads"), [(None, "1"), ("2", "2")])
def test_the_service_multiplies_on_one_thread_a_search(
    tmp_path: Path, wished: str | None, threads: str
) -> None:
    """Searches run side by side; what somebody sets in the environment stays as it is."""
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    if wished is not None:
        environment["OPENBLAS_NUM_THREADS"] = wished
    command = [sys.executable, "-c", _WHAT_SERVES, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [threads], done.stderr


def test_serve_on_a_port_in_use_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_settings: Settings, **_opened: object) -> None:
        raise ServiceError("127.0.0.1:8000", "the port is in use", "serve on another with --port")

    monkeypatch.setattr(search_api.app, "serve", refuse)

    assert run(["serve"]) == 1
    error = "precedent: 127.0.0.1:8000: the port is in use; serve on another with --port\n"
    assert capsys.readouterr().err == error


def test_models_list_names_every_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "list", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == [*MODELS, *RERANKERS]
    assert [row["name"] for row in rows if row["task"] == "reranking"] == list(RERANKERS)
    assert [row["name"] for row in rows if row["default"]] == [DEFAULT_MODEL]
    assert not any(row["installed"] for row in rows)


def test_models_verify_without_a_model_says_how_to_get_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["models", "verify"]) == 1
    error = f"precedent: model {DEFAULT_MODEL}: is not installed; run `precedent models pull`\n"
    assert capsys.readouterr().err == error


@pytest.mark.parametrize("command", ["pull", "verify"])
def test_an_unknown_model_is_one_line(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run(["models", command, "no-such-model"]) == 1

    printed = capsys.readouterr().err
    assert printed.startswith("precedent: no-such-model: ")
    assert printed.count("\n") == 1


def test_an_interrupted_pull_says_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(indexer.models, "pull", interrupted)

    assert run(["models", "pull"]) == 130
    assert "an installed model is as it was" in capsys.readouterr().err


class FakeEvaluation:
    queries = 2
    measures = {"nDCG@10": 0.51239, "RR@10": 0.4, "R@10": 0.6, "R@100": 0.9}  # noqa: RUF012
    run = {"q1": {"d1": 0.5, "d2": 0.75}, "q2": {}}  # noqa: RUF012

    def as_dict(self) -> dict[str, object]:
        return {"measures": self.measures, "queries": self.queries}


def test_evaluate_prints_writes_and_ranks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Any] = []

    def stand_in(folder: Path, **options: Any) -> FakeEvaluation:
        asked.append((folder, options))
        return FakeEvaluation()

    monkeypatch.setattr(search_api.evaluate, "evaluate", stand_in)
    files = ["--json", str(tmp_path / "m.json"), "--run", str(tmp_path / "r.trec")]

    options = ["--split", "test", "--signals", "dense", "--rerank"]
    assert run(["evaluate", str(tmp_path), *options, *files]) == 0

    assert asked[0][0] == tmp_path
    assert asked[0][1]["split"] == "test"
    assert asked[0][1]["signals"] == "dense"
    assert asked[0][1]["precision"] == "float"
    assert asked[0][1]["rerank"] is True
    assert "nDCG@10  0.5124" in capsys.readouterr().out
    assert json.loads((tmp_path / "m.json").read_text())["queries"] == 2
    assert (tmp_path / "r.trec").read_text() == (
        "q1 Q0 d2 1 0.750000 precedent-dense-reranked\n"
        "q1 Q0 d1 2 0.500000 precedent-dense-reranked\n"
    )


def test_a_trec_run_orders_equal_scores_as_trec_eval_does() -> None:
    lines = trec_run({"q": {"a": 1.0, "c": 1.0, "b": 2.0}}, "t").splitlines()
    assert [line.split()[2] for line in lines] == ["b", "c", "a"]
    assert [line.split()[3] for line in lines] == ["1", "2", "3"]
