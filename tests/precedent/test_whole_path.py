"""The real commands, one after the other, on the sample corpus with the real model."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from corpus.sample import documents_dir
from indexer.home import models_dir
from indexer.models import DEFAULT_MODEL, installed

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.model,
    pytest.mark.slow,
    pytest.mark.skipif(
        installed(DEFAULT_MODEL, models_dir()) is None,
        reason=f"{DEFAULT_MODEL} is not installed; run `precedent models pull`",
    ),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environment(home: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "PRECEDENT_INDEX"},
        "PRECEDENT_HOME": str(home),
        "PRECEDENT_MODELS": str(models_dir()),
    }


def precedent(
    environment: dict[str, str], *arguments: str | Path, code: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "precedent", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def test_index_search_show_change_and_remove(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    sources = ["gc-2.en.pdf", "ngo-2023-6.ru.txt", "res-2025-1.en.pdf"]
    for name in sources:
        (folder / name).write_bytes((documents_dir() / name).read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is all there is")
    index = ("--index", tmp_path / "index")

    first = precedent(environment, "index", folder, *index, "--json", code=3)
    report = json.loads(first.stdout)
    assert report["documents"] == report["added"] == 3
    assert [Path(one["source"]).name for one in report["failed"]] == ["broken.pdf"]
    assert "broken.pdf" in first.stderr
    assert report["embedded"] == report["passages"] > 20

    unchanged = json.loads(precedent(environment, "index", folder, *index, "--json", code=3).stdout)
    assert unchanged["generation"] == report["generation"]

    # The list of files that failed is published too.
    (folder / "broken.pdf").unlink()
    again = json.loads(precedent(environment, "index", folder, *index, "--json").stdout)
    assert (again["added"], again["updated"], again["embedded"]) == (0, 0, 0)
    assert again["generation"] == report["generation"] + 1

    found = precedent(
        environment, "search", "counsel of one's own choosing at the moment of arrest",
        "-k", "3", *index, "--json",
    )  # fmt: skip
    hit = json.loads(found.stdout)["hits"][0]
    assert (hit["symbol"], hit["number"]) == ("SAMPLE/GC/2", "3")
    assert hit["pages"]

    shown = json.loads(
        precedent(environment, "show", "SAMPLE/GC/2, para. 3", *index, "--json").stdout
    )
    assert [one["passage_id"] for one in shown["contents"]] == [hit["passage_id"]]

    removed = json.loads(precedent(environment, "remove", "SAMPLE/GC/2", *index, "--json").stdout)
    assert (removed["removed"], removed["documents"]) == (1, 2)
    gone = precedent(environment, "show", "SAMPLE/GC/2, para. 3", *index, code=1)
    assert gone.stderr.count("\n") == 1


@pytest.mark.loopback
def test_demo_starts_answers_and_stops(environment: dict[str, str], socket_enabled: None) -> None:
    ports = []
    for _ in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    api_port, ui_port = ports
    demo = subprocess.Popen(
        [
            *(sys.executable, "-m", "precedent", "demo", "--no-browser"),
            *("--api-port", str(api_port), "--ui-port", str(ui_port)),
        ],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    impatient = threading.Timer(240, demo.kill)
    impatient.start()
    said: list[str] = []
    try:
        assert demo.stderr is not None
        for line in demo.stderr:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        assert demo.poll() is None, "".join(said)
        with httpx.Client(trust_env=False, timeout=30) as client:
            answer = client.get(
                f"http://127.0.0.1:{api_port}/v1/search", params={"q": "access to a lawyer"}
            )
            assert answer.json()["hits"][0]["citation"].startswith("S")
            assert client.get(f"http://127.0.0.1:{ui_port}").status_code == 200
        start = time.monotonic()
        demo.send_signal(signal.SIGINT)
        rest = demo.stderr.read()
        assert demo.wait(30) == 130
        assert time.monotonic() - start < 15
    finally:
        impatient.cancel()
        demo.kill()
        demo.wait()
        if demo.stderr:
            demo.stderr.close()

    assert f"http://127.0.0.1:{api_port}" in "".join(said)
    assert "the API and the page have ended" in rest
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
