"""`precedent doctor`: each part looked at by itself, and what makes it fail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import indexer.models
from corpus.errors import ModelError
from indexer.encoder import devices as devices_module
from precedent import diagnosis
from precedent.cli import run
from precedent.diagnosis import Finding, State
from tests.search_api.fake_engine import FakeEngine

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
    assert found["reranker"].state is State.NOTE
    assert "precedent models pull ms-marco" in found["reranker"].remedy
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


def test_what_serves_without_torch_is_in_order(
    tmp_path: Path, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the container image that answers, where nothing is converted."""
    monkeypatch.setattr("precedent.diagnosis._is_installed", lambda name: name != "torch")

    packages = findings(tmp_path)["packages"]

    assert packages.state is State.NOTE
    assert packages.detail == "all but torch are installed"


# What encodes here -----------------------------------------------------------------------------


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let there be these devices, and an NVIDIA driver with or without a torch that uses it."""

    def has(*devices: str, driver: bool = False, cuda: bool = False) -> None:
        core = SimpleNamespace(
            available_devices=["CPU", *devices], get_property=lambda _device, _name: ["BF16"]
        )
        monkeypatch.setattr("indexer.openvino_runtime.core", lambda: core)
        monkeypatch.setattr(devices_module, "has_nvidia_driver", lambda: driver)
        monkeypatch.setattr(devices_module, "has_cuda", lambda: cuda)

    return has


QUESTIONS = "questions on CPU in bf16"


@pytest.mark.parametrize(
    ("there", "detail"),
    [
        ({}, f"passages are encoded on CPU in bf16, {QUESTIONS}"),
        ({"gpu": "GPU.0"}, f"passages are encoded on GPU.0 in f16, {QUESTIONS}"),
        ({"cuda": True}, f"passages are encoded on cuda in f16, {QUESTIONS}"),
    ],
    ids=["processor", "intel", "nvidia"],
)
def test_the_device_is_named(
    machine: Callable[..., None], there: dict[str, Any], detail: str
) -> None:
    gpu = there.pop("gpu", None)
    machine(*([gpu] if gpu else []), driver=bool(there), **there)
    assert diagnosis._device() == Finding("device", State.OK, detail)


def test_the_device_is_the_one_the_environment_asks_for(
    machine: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine("GPU", driver=True, cuda=True)
    monkeypatch.setenv("PRECEDENT_DEVICE", "cpu")
    device = diagnosis._device()
    assert device.state is State.OK
    assert (
        device.detail == f"passages are encoded on CPU in bf16, {QUESTIONS} (PRECEDENT_DEVICE=cpu)"
    )


@pytest.mark.parametrize(("wanted", "cause"), [("gpu", "is not here"), ("tpu", "is not known")])
def test_a_device_that_is_not_there_is_a_failure(
    machine: Callable[..., None], monkeypatch: pytest.MonkeyPatch, wanted: str, cause: str
) -> None:
    machine()
    monkeypatch.setenv("PRECEDENT_DEVICE", wanted)
    device = diagnosis._device()
    assert device.state is State.FAILED
    assert f"device {wanted}: {cause}" in device.detail
    assert "PRECEDENT_DEVICE" in device.remedy


def test_a_card_that_torch_cannot_use_is_worth_a_note(machine: Callable[..., None]) -> None:
    machine(driver=True, cuda=False)
    device = diagnosis._device()
    assert device.state is State.NOTE
    assert "torch" in device.remedy


def test_the_device_is_told_without_loading_torch() -> None:
    code = (
        "import sys; from precedent import diagnosis; from indexer.encoder import devices;"
        "devices.has_nvidia_driver = lambda: False; print(diagnosis._device().state);"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "ok"), done.stderr


def test_the_index_tells_its_arithmetic_and_its_vectors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("search_api.engine.Engine.open", lambda *_, **__: FakeEngine())
    index = diagnosis._index(tmp_path, tmp_path)
    assert "fake in fp32, vector index auto (" in index.detail
    assert " exact, 0 coded)" in index.detail


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


def test_what_a_hostile_file_could_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "TRIAL", "tests.precedent.fake_trial:unconfined")
    found = diagnosis._confinement()
    assert found.state is State.NOTE
    assert found.detail.startswith("a hostile file could use the network, write files: ")
    assert "Landlock" in found.remedy
