"""A browser, the page served as users get it, and a small service behind it."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.fake_api import FakeApi
from tests.browser.visiting import WAIT_S, clicking_when_drawn
from tests.conftest import ROOT
from ui.launch import streamlit_command, streamlit_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Its own questions to its makers too: `make offline` counts whoever asks for a host's name.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
START_S = 90


def chromium() -> Path:
    return Path(os.environ.get("PRECEDENT_CHROMIUM") or "/usr/bin/chromium")


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Everything here goes through 127.0.0.1."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium for this package only: playwright keeps an event loop running meanwhile."""
    if not chromium().is_file():
        pytest.skip(f"no Chromium at {chromium()}; set PRECEDENT_CHROMIUM to one")
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed; it comes with the dev dependencies")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT_S * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(chromium()), args=CHROMIUM_ARGUMENTS
        )
        with clicking_when_drawn():
            yield started
        started.close()


@pytest.fixture(scope="module")
def api() -> Iterator[FakeApi]:
    fake = FakeApi()
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture(scope="module")
def address(
    api: FakeApi, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the page with the very command that `precedent ui` uses, and return its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("page")
    log, reached = folder / "log", folder / "reached"
    with log.open("wb") as output:
        process = subprocess.Popen(
            streamlit_command(port, api.url),
            env=streamlit_environment(api.url, _watched(reached, folder)),
            cwd=log.parent,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_healthy(f"{url}/_stcore/health", process, log)
        yield url
    finally:
        process.terminate()
        process.wait(10)
    # The terminal of whoever serves the page must not fill with tracebacks, nor with queries.
    written = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in written, written
    assert "detention" not in written, written
    # Its server asks the search service and nobody else: not even for the name of a host.
    asked = set(reached.read_text(encoding="utf-8").splitlines())
    to_the_service = f"socket.connect ('127.0.0.1', {urlsplit(api.url).port})"
    assert asked <= {to_the_service, "socket.getaddrinfo 127.0.0.1"}
    if not isinstance(api, FakeApi) or api.service.asked:  # then it was seen: recording works
        assert to_the_service in asked


WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        told = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        if isinstance(told, str | bytes) and event == "socket.connect":
            return  # a socket of this machine's file system
        with open(os.environ["PRECEDENT_TEST_REACHED"], "a") as kept:
            kept.write(f"{event} {told}\\n")

sys.addaudithook(watch)
"""
"""Run by Python itself before Streamlit: writes down whom the page's server speaks to."""


def _watched(reached: Path, folder: Path) -> dict[str, str]:
    reached.touch()
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PRECEDENT_TEST_REACHED": str(reached),
    }


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    made.set_default_timeout(WAIT_S * 1000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page that fails its test if it asks anyone but 127.0.0.1 or runs a document's script."""
    opened = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    faults: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    opened.on("request", lambda request: asked.append(request.url))
    opened.on("websocket", lambda websocket: asked.append(websocket.url))
    opened.on("dialog", dismiss)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    outside = [url for url in asked if not _is_local(url)]
    assert asked, "nothing was recorded"
    assert not outside
    assert not dialogs
    assert not faults


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _is_local(url: str) -> bool:
    return url.startswith(
        ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
    )


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the page ended at its start:\n{log.read_text(encoding='utf-8')}")
        try:
            with opener.open(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the page did not answer in {START_S} s:\n{log.read_text(encoding='utf-8')}")
