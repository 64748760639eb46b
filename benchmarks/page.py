"""How soon the page is of use: `python -m benchmarks.page INDEX`.

A real Chromium opens the search page, served as `precedent ui` serves it, in front of a warm API:
with an empty and with a filled cache, on this computer and over a slow line (Chromium's own
throttling: 400 kbit/s, 400 ms), with a question and without. Useful is when the question can be
typed or the first hit can be read; bytes are those on the wire. Streamlit's own start page, with
one text box, is measured in the same run: what Streamlit costs by itself.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.results import save
from ui.launch import streamlit_command, streamlit_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

QUESTION = "access of detainees to a lawyer of their choice"
BARE = "import streamlit as st\n\nst.title('Hello')\nst.text_input('Name')\n"
LINES = {
    "this computer": None,
    "slow line": {
        "offline": False,
        "latency": 400,
        "downloadThroughput": 400_000 / 8,
        "uploadThroughput": 400_000 / 8,
    },
}
START_S = 120
_ROW = "| {what} | {line} | {cache} | {useful_s} | {kib} | {requests} |"


@contextmanager
def _served(command: list[str], ready: str, **how: Any) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)
    try:
        _wait(ready, process)
        yield
    finally:
        process.terminate()
        process.wait(15)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{url} did not answer in {START_S} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _warm(api: str) -> None:
    question = f"{api}/v1/search?{urlencode({'q': QUESTION})}"
    for _ in range(3):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(question).read()


class _Wire:
    """Counts what a page's loading moves, by the browser's own account."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        self.requests = 0
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.send("Network.enable")

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += event["encodedDataLength"] > 0

    def _frame(self, event: dict[str, Any]) -> None:
        self.bytes += len(event["response"]["payloadData"])


def _open(page: Page, url: str, useful: str, line: dict[str, Any] | None) -> dict[str, float]:
    session = page.context.new_cdp_session(page)
    wire = _Wire(session)
    if line is not None:
        session.send("Network.emulateNetworkConditions", line)
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(useful).first.wait_for(timeout=180_000)
    took = time.perf_counter() - start
    session.detach()
    return {"useful_s": took, "kib": wire.bytes / 1024, "requests": wire.requests}


def _measured(browser: Browser, url: str, useful: str, repeat: int) -> list[dict[str, Any]]:
    rows = []
    for name, line in LINES.items():
        found: dict[str, list[dict[str, float]]] = {"cold": [], "warm": []}
        for _ in range(repeat if line is None else 1):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            for cache in found:
                page = context.new_page()
                found[cache].append(_open(page, url, useful, line))
                page.close()
            context.close()
        for cache, runs in found.items():
            medians = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            rows.append(
                {
                    "line": name,
                    "cache": cache,
                    "useful_s": round(medians["useful_s"], 2),
                    "kib": round(medians["kib"]),
                    "requests": int(medians["requests"]),
                }
            )
    return rows


def _open_once(browser: Browser, url: str, useful: str) -> None:
    page = browser.new_page()
    _open(page, url, useful, None)
    page.close()


def table(result: dict[str, Any]) -> str:
    """Return the rows as the README shows them."""
    lines = [
        "| page | line | cache | useful after, s | KiB | requests |",
        "|---|---|---|---:|---:|---:|",
    ]
    for what, rows in result["pages"].items():
        lines += [_ROW.format(what=what, **row) for row in rows]
    return "\n".join(lines)


def main() -> None:
    """Serve, open, count, and keep what was found."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--repeat", type=int, default=5, help="openings of each kind (5)")
    parser.add_argument(
        "--chromium",
        default=os.environ.get("PRECEDENT_CHROMIUM", "/usr/bin/chromium"),
        help="the browser",
    )
    given = parser.parse_args()
    api_port, page_port, bare_port = _free_port(), _free_port(), _free_port()
    api = f"http://127.0.0.1:{api_port}"
    page, bare = f"http://127.0.0.1:{page_port}", f"http://127.0.0.1:{bare_port}"
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        serve = [sys.executable, "-m", "precedent", "serve", "--index", str(given.index)]
        running.enter_context(_served([*serve, "--port", str(api_port)], f"{api}/readyz"))
        _warm(api)
        running.enter_context(
            _served(
                streamlit_command(page_port, api),
                f"{page}/_stcore/health",
                env=streamlit_environment(api),
            )
        )
        plain = [sys.executable, "-m", "streamlit", "run", str(folder / "bare.py")]
        plain += ["--server.headless=true", f"--server.port={bare_port}"]
        plain += ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
        running.enter_context(_served(plain, f"{bare}/_stcore/health"))
        playwright = running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        asked = f"{page}/?{urlencode({'q': QUESTION})}"
        kinds = {
            "a question to be typed": (page, "[data-testid=stTextInput] input"),
            "the hits of a question": (asked, "article .p-text"),
            "Streamlit by itself": (bare, "[data-testid=stTextInput] input"),
        }
        pages = {}
        for what, (url, useful) in kinds.items():
            _open_once(browser, url, useful)  # the first opening starts the script
            pages[what] = _measured(browser, url, useful, given.repeat)
        browser.close()
    result: dict[str, object] = {"pages": pages}
    print(table(result))
    print("kept in", save("page", "python -m benchmarks.page INDEX", result).name)


if __name__ == "__main__":
    main()
