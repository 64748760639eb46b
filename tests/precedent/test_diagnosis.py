"""`precedent doctor`: each part looked at by itself, and what makes it fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import indexer.models
from corpus.errors import ModelError
from precedent import diagnosis
from precedent.cli import run
from precedent.diagnosis import Finding, State

pytestmark = [pytest.mark.loopback, pytest.mark.usefixtures("own_home")]


@pytest.mark.parametrize(
    ("states", "code"),
    [(["ok", "note"], 0), (["ok", "failed", "note"], 1)],
    ids=["healthy", "broken"],
)
def test_doctor_fails_where_something_required_does(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    states: list[str],
    code: int,
) -> None:
    found = [Finding(f"part {n}", State(state), "so", "mend it") for n, state in enumerate(states)]
    monkeypatch.setattr(diagnosis, "diagnose", lambda *_folders: iter(found))

    assert run(["doctor"]) == code
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == states
    assert lines[0].endswith("part 0: so; mend it")

    assert run(["doctor", "--json"]) == code
    answer = json.loads(capsys.readouterr().out)
    assert answer["healthy"] is (code == 0)
    assert [one["state"] for one in answer["findings"]] == states


def findings(tmp_path: Path) -> dict[str, Finding]:
    found = diagnosis.diagnose(tmp_path / "index", tmp_path / "models", tmp_path)
    return {finding.part.split()[0]: finding for finding in found}


def test_on_a_new_machine_only_the_model_is_missing(
    tmp_path: Path, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("precedent.diagnosis.LOW_DISK_BYTES", 0)
    monkeypatch.setattr("precedent.diagnosis._packages", lambda: Finding("packages", State.OK, ""))

    found = findings(tmp_path)

    assert found["model"].state is State.FAILED
    assert "precedent models pull" in found["model"].remedy
    assert found["index"].state is State.NOTE
    assert "precedent index" in found["index"].remedy
    assert [part for part, one in found.items() if one.state is State.FAILED] == ["model"]


def test_a_damaged_index_is_a_failure(tmp_path: Path, socket_enabled: None) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text("7")  # a generation whose files are gone

    assert findings(tmp_path)["index"].state is State.FAILED


def test_a_full_disk_is_a_failure(
    tmp_path: Path, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("precedent.diagnosis.LOW_DISK_BYTES", 1 << 62)

    disk = findings(tmp_path)["disk"]

    assert disk.state is State.FAILED
    assert "PRECEDENT_HOME" in disk.remedy


def test_a_missing_package_is_named(
    tmp_path: Path, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["click>=8.1", "no-such-package>=1; python_version>'3'", "pytest; extra == 'dev'"]
    monkeypatch.setattr("precedent.diagnosis.metadata.requires", lambda _name: asked)

    packages = findings(tmp_path)["packages"]

    assert packages.state is State.FAILED
    assert packages.detail == "missing: no-such-package"


def test_a_model_error_becomes_a_finding(
    tmp_path: Path, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def altered(*_arguments: object) -> None:
        raise ModelError("weights.bin", "was altered", "run `precedent models pull`")

    monkeypatch.setattr(indexer.models, "verify", altered)

    model = findings(tmp_path)["model"]

    assert model.state is State.FAILED
    assert model.detail == "weights.bin: was altered"
    assert model.remedy == "run `precedent models pull`"
