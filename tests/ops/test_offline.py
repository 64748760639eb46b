"""Nothing that runs asks anyone: `tools.offline` sees attempts, and sees none of the demo's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.home import models_dir
from tools.offline import REACHED, UNABLE, described

ROOT = Path(__file__).resolve().parents[2]

DEMO = """
import json, os, signal, subprocess, sys, time, urllib.request

def answer(url, body=None):
    asked = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=20) as answered:
        return answered.read()

def ready():
    try:
        return answer("http://127.0.0.1:8000/readyz") and answer("http://127.0.0.1:8501/_stcore/health")
    except OSError:
        return False

demo = subprocess.Popen([sys.executable, "-m", "precedent", "demo", "--no-browser"])
until = time.monotonic() + 240
while not ready():
    assert demo.poll() is None and time.monotonic() < until, "the demonstration did not start"
    time.sleep(0.2)
asked = json.dumps({"query": "access of detainees to a lawyer"}).encode()
hits = json.loads(answer("http://127.0.0.1:8000/v1/search", asked))["hits"]
page = answer("http://127.0.0.1:8501/").decode()
demo.send_signal(signal.SIGINT)
print(json.dumps({"hits": len(hits), "page": "Precedent" in page, "ended": demo.wait(60)}))
"""


def offline(*command: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ)
    if home is not None:
        environment |= {"PRECEDENT_HOME": str(home), "PRECEDENT_MODELS": str(models_dir())}
    done = subprocess.run(
        [sys.executable, "-m", "tools.offline", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == UNABLE:
        pytest.skip(f"no network of its own can be made here: {done.stderr.strip()}")
    return done


@pytest.mark.parametrize(
    ("attempt", "told"),
    [
        (
            "AF_INET, socket.SOCK_STREAM).connect_ex(('203.0.113.9', 80)",
            "203.0.113.9 port 80 (tcp)",
        ),
        ("AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('203.0.113.9', 9)", "203.0.113.9 port 9 (udp)"),
        (
            "AF_INET6, socket.SOCK_DGRAM).sendto(b'x', ('2001:db8:9::9', 9)",
            "2001:db8:9::9 port 9 (udp)",
        ),
    ],
)
def test_an_attempt_is_seen_even_of_a_child(attempt: str, told: str) -> None:
    tried = f"import socket; s = socket.socket(socket.{attempt})".replace(
        ").connect_ex", "); s.settimeout(0.2); s.connect_ex"
    )
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {tried!r}])"

    done = offline(sys.executable, "-c", child)

    assert done.returncode == REACHED
    assert f"tried to reach {told}" in done.stderr


def test_a_command_that_reaches_nobody_keeps_its_exit_code() -> None:
    done = offline(sys.executable, "-c", "raise SystemExit(5)")

    assert done.returncode == 5
    assert "nobody was reached for" in done.stderr


def test_a_question_for_a_name_is_told() -> None:
    header = bytes([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 53])
    datagram = b"\x90\x00\x00\x35\x00\x00\x00\x00" + bytes(12) + b"\x07example\x03org\x00"

    assert described(header + datagram) == "192.0.2.53 port 53 (udp, asked for example.org)"


@pytest.mark.slow
@pytest.mark.model
def test_the_demonstration_reaches_nobody(tmp_path: Path) -> None:
    if not any(models_dir().glob("*/*")):
        pytest.skip(f"no model in {models_dir()}; run `precedent models pull`")

    done = offline(sys.executable, "-c", DEMO, home=tmp_path)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["hits"] > 0
    assert told["page"]
    assert "nobody was reached for" in done.stderr
