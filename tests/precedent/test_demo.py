"""`precedent demo` with stand-ins for the commands it runs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import httpx
import pytest

from corpus.errors import ServiceError
from precedent.demo import Demo, StepFailedError, first_question, run_demo

pytestmark = pytest.mark.loopback

ROOT = Path(__file__).resolve().parents[2]

FAKE_PRECEDENT = """
import http.server, json, os, pathlib, sys

calls = pathlib.Path(__file__).with_name("calls.jsonl")
with calls.open("a") as lines:
    lines.write(json.dumps({"pid": os.getpid(), "arguments": sys.argv[1:]}) + "\\n")
command = sys.argv[1]
fails = pathlib.Path(__file__).with_name(f"fail-{command}")
if fails.exists():
    print(f"precedent: {command} went wrong", file=sys.stderr)
    sys.exit(int(fails.read_text()))
if command in {"serve", "ui"}:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(command.encode())
        def log_message(self, *_): pass
    port = int(sys.argv[sys.argv.index("--port") + 1])
    http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(tmp_path: Path, socket_enabled: None) -> Demo:
    script = tmp_path / "fake_precedent.py"
    script.write_text(FAKE_PRECEDENT)
    return Demo(
        home=tmp_path / "home",
        documents=tmp_path / "documents",
        question="who may visit places of detention?",
        api_port=free_port(),
        ui_port=free_port(),
        command=(sys.executable, str(script)),
    )


def calls(demo: Demo) -> list[list[str]]:
    lines = Path(demo.command[1]).with_name("calls.jsonl").read_text().splitlines()
    return [json.loads(line)["arguments"] for line in lines]


def fail(demo: Demo, command: str, code: int) -> None:
    Path(demo.command[1]).with_name(f"fail-{command}").write_text(str(code))


@pytest.fixture
def stop_when_ready(demo: Demo) -> list[str]:
    """Collect what the demo says, and press Ctrl-C once it says that it is ready."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("Ctrl-C"):
            said.extend(
                f"{url} answers {httpx.get(url, trust_env=False).text}"
                for url in (demo.api_url, demo.page_url)
            )
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run_demo(demo, say)
    return said


def test_prepares_then_serves_then_stops(demo: Demo, stop_when_ready: list[str]) -> None:
    ran = calls(demo)
    assert ran[0] == ["models", "pull"]
    assert ran[1] == ["index", str(demo.documents), "--index", str(demo.index_dir)]
    assert {arguments[0] for arguments in ran[2:]} == {"serve", "ui"}

    said = "\n".join(stop_when_ready)
    assert f"http://127.0.0.1:{demo.api_port} answers serve" in said
    assert f"http://127.0.0.1:{demo.ui_port} answers ui" in said
    assert demo.question in said

    for port in (demo.api_port, demo.ui_port):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_api_listens_on_loopback_and_the_page_is_told_where(
    demo: Demo, stop_when_ready: list[str]
) -> None:
    by_name = {arguments[0]: arguments for arguments in calls(demo)}
    assert by_name["serve"][1:3] == ["--host", "127.0.0.1"]
    assert by_name["ui"][-2:] == ["--api-url", f"http://127.0.0.1:{demo.api_port}"]


@pytest.mark.parametrize(
    ("which", "option"), [("api_port", "--api-port"), ("ui_port", "--ui-port")]
)
def test_a_port_in_use_stops_it_before_anything_runs(demo: Demo, which: str, option: str) -> None:
    port = getattr(demo, which)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen(1)
        with pytest.raises(ServiceError, match=rf"port {port}: is in use; .*{option}"):
            run_demo(demo, print)

    assert not Path(demo.command[1]).with_name("calls.jsonl").exists()


def test_a_full_disk_stops_it_before_anything_runs(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("precedent.demo.NEEDED_BYTES", 1 << 62)

    with pytest.raises(ServiceError, match=r"MiB free, the demo needs"):
        run_demo(demo, print)

    assert not Path(demo.command[1]).with_name("calls.jsonl").exists()


def test_a_step_that_fails_ends_it_with_the_code_of_the_step(
    demo: Demo, capfd: pytest.CaptureFixture[str]
) -> None:
    fail(demo, "models", 1)

    with pytest.raises(StepFailedError) as caught:
        run_demo(demo, print)

    assert caught.value.exit_code == 1
    assert [arguments[0] for arguments in calls(demo)] == ["models"]
    assert capfd.readouterr().err == "precedent: models went wrong\n"


def test_a_page_that_dies_stops_the_api(demo: Demo) -> None:
    fail(demo, "ui", 7)

    with pytest.raises(ServiceError) as caught:
        run_demo(demo, lambda _line: None)

    line = str(caught.value)
    assert line.startswith("the page: ended with exit code 7, saying: precedent: ui went wrong")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", demo.api_port)) != 0


def test_files_that_could_not_be_read_do_not_stop_it(demo: Demo) -> None:
    fail(demo, "index", 3)
    fail(demo, "serve", 5)

    with pytest.raises(ServiceError, match="the API: ended with exit code 5"):
        run_demo(demo, lambda _line: None)


def test_sigterm_during_a_step_ends_the_step(demo: Demo, tmp_path: Path) -> None:
    step = tmp_path / "step.py"
    step.write_text(
        "import os, pathlib, time\n"
        f"said = pathlib.Path({str(tmp_path / 'said')!r})\n"
        "said.write_text(str(os.getpid()))\n"
        f"said.rename({str(tmp_path / 'pid')!r})\n"
        "time.sleep(600)\n"
    )
    script = tmp_path / "supervisor.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from precedent.demo import Demo, run_demo
        run_demo(Demo(Path({str(tmp_path)!r}), Path({str(tmp_path)!r}), "?", {demo.api_port},
                      {demo.ui_port}, command=(sys.executable, {str(step)!r})), print)
        """)
    )
    supervisor = subprocess.Popen(
        [sys.executable, str(script)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    pid = int((tmp_path / "pid").read_text())
    supervisor.terminate()
    supervisor.wait(60)

    assert not Path(f"/proc/{pid}").exists()


def test_first_question_is_taken_from_the_file(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"query": "пытки"}\n{"query": "second"}\n', encoding="utf-8")

    assert first_question(questions) == "пытки"
