"""Programs side by side: started together, watched, and never left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from corpus.errors import ServiceError
from precedent.supervision import (
    Program,
    Terminated,
    answers,
    interruptible,
    require_free_port,
    supervise,
    watch,
)

pytestmark = pytest.mark.loopback

ROOT = Path(__file__).resolve().parents[2]

ANSWERS = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(sys.argv[2]))
        self.end_headers()
    def log_message(self, *_): pass
print("listening", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("not stopping", flush=True)
time.sleep(600)
"""


@pytest.fixture
def port(socket_enabled: None) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(tmp_path: Path, code: str, *arguments: object, name: str = "fake") -> Program:
    port = arguments[0] if arguments else 9
    return Program(
        name,
        (sys.executable, "-c", code, *map(str, arguments)),
        f"http://127.0.0.1:{port}/readyz",
        tmp_path / "logs" / f"{name}.log",
    )


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that ended and was not yet reaped counts."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while not is_gone(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_gone(pid)


def test_waits_until_it_answers_and_stops_it_after(tmp_path: Path, port: int) -> None:
    fake = program(tmp_path, ANSWERS, port, 200)

    with supervise([fake], ready_timeout_s=20) as running:
        assert answers(fake.ready_url)
        running[0].require_alive()
        pid = running[0].process.pid

    assert is_gone(pid)
    assert not answers(fake.ready_url)


def test_a_service_that_answers_with_an_error_is_not_ready(tmp_path: Path, port: int) -> None:
    fake = program(tmp_path, ANSWERS, port, 503, name="the API")

    with (
        pytest.raises(ServiceError, match=r"the API: did not answer within 1 s, saying: listening"),
        supervise([fake], ready_timeout_s=1),
    ):
        pytest.fail("entered the block before the service was ready")


def test_one_that_dies_at_start_is_reported_with_its_last_line_and_the_other_is_stopped(
    tmp_path: Path, port: int
) -> None:
    lives = program(tmp_path, ANSWERS, port, 200, name="the page")
    dies = program(
        tmp_path,
        f"import os; os.kill({os.getpid()}, 0); print('no index there'); raise SystemExit(3)",
        name="the API",
    )
    started: list[int] = []
    original = subprocess.Popen.__init__

    def recorded(self: subprocess.Popen[bytes], *args: object, **kwargs: object) -> None:
        original(self, *args, **kwargs)  # type: ignore[call-overload]
        started.append(self.pid)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", recorded)
        with (
            pytest.raises(ServiceError) as caught,
            supervise([lives, dies], ready_timeout_s=20),
        ):
            pytest.fail("entered the block although one had ended")

    assert str(caught.value).startswith("the API: ended with exit code 3, saying: no index there;")
    assert "\n" not in str(caught.value)
    assert len(started) == 2
    assert all(is_gone(pid) for pid in started)


def test_one_that_dies_later_ends_the_watch(tmp_path: Path, port: int) -> None:
    fake = program(tmp_path, ANSWERS, port, 200, name="the API")

    with supervise([fake], ready_timeout_s=20) as running:
        os.kill(running[0].process.pid, signal.SIGKILL)
        with pytest.raises(ServiceError, match="the API: was ended by signal 9"):
            watch(running)


def test_one_that_ignores_being_asked_is_killed(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("precedent.supervision.STOP_TIMEOUT_S", 0.5)
    deaf = Program("deaf", (sys.executable, "-c", DEAF), f"http://127.0.0.1:{port}", tmp_path / "l")

    with (
        pytest.raises(ServiceError, match="not stopping") as caught,
        supervise([deaf], ready_timeout_s=1) as running,
    ):
        pytest.fail(f"{running} was taken for ready")

    traceback = caught.tb
    while traceback.tb_next:
        traceback = traceback.tb_next
    assert wait_until_gone(traceback.tb_frame.f_locals["self"].process.pid)


def test_what_a_program_started_itself_is_stopped_too(tmp_path: Path, port: int) -> None:
    code = (
        "import subprocess, sys, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\n" + ANSWERS
    )
    with supervise([program(tmp_path, code, port, 200)], ready_timeout_s=20):
        child = int((tmp_path / "child").read_text())
        assert not is_gone(child)

    assert wait_until_gone(child)


@pytest.mark.parametrize(
    ("number", "raised"),
    [
        (signal.SIGINT, KeyboardInterrupt),
        (signal.SIGTERM, Terminated),
        (signal.SIGHUP, Terminated),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_signals_interrupt_and_handlers_are_put_back(
    number: signal.Signals, raised: type[KeyboardInterrupt]
) -> None:
    before = signal.getsignal(number)

    with pytest.raises(raised), interruptible():
        signal.raise_signal(number)

    assert signal.getsignal(number) is before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_program_outlives_its_supervisor(
    tmp_path: Path, port: int, number: signal.Signals
) -> None:
    if number is signal.SIGKILL and sys.platform != "linux":
        pytest.skip("only Linux ends a program whose supervisor was killed outright")
    script = tmp_path / "supervisor.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from precedent.supervision import Program, interruptible, supervise, watch
        fake = Program("fake", (sys.executable, "-c", {ANSWERS!r}, "{port}", "200"),
                       "http://127.0.0.1:{port}/", Path({str(tmp_path / "log")!r}))
        with interruptible(), supervise([fake], 20) as running:
            print(running[0].process.pid, flush=True)
            watch(running)
        """)
    )
    supervisor = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    with supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        supervisor.send_signal(number)
        supervisor.wait(20)

    assert wait_until_gone(pid)


def test_a_port_in_use_is_named_with_the_remedy(port: int) -> None:
    require_free_port(port, "choose another with --api-port")

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen(1)
        with pytest.raises(ServiceError) as caught:
            require_free_port(port, "choose another with --api-port")

    assert str(caught.value) == f"port {port}: is in use; choose another with --api-port"


def test_a_port_just_given_up_counts_as_free(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(1)
        with socket.create_connection(("127.0.0.1", port)):
            listener.accept()[0].close()  # closed first here, so it lingers in TIME_WAIT

    require_free_port(port, "")
