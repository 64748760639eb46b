"""`precedent demo`: from nothing to a page that answers, on the sample corpus.

It does nothing that a user could not: it runs `precedent models pull`, `precedent index`,
`precedent serve` and `precedent ui` in processes of their own, so the memory of one ends with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from corpus.errors import ServiceError
from precedent.supervision import (
    STOP_TIMEOUT_S,
    Program,
    interruptible,
    require_free_port,
    supervise,
    watch,
)

__all__ = ["Demo", "StepFailedError", "run_demo"]

READY_TIMEOUT_S = 120.0
"""A cold start on two slow cores takes some 20 s; longer than this is a fault."""

NEEDED_BYTES = 500 << 20
"""Index, logs and room to breathe; `models pull` checks for its own need."""

_SOME_FILES_FAILED = 3
_HOST = "127.0.0.1"


class StepFailedError(Exception):
    """A step failed and has said why in its one line.

    Attributes:
        exit_code: of the step.
    """

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


@dataclass(frozen=True, slots=True)
class Demo:
    """What to show and where.

    Attributes:
        home: folder of the demo's index and logs.
        documents: the sample corpus.
        question: an example to try.
        api_port: of the API, on 127.0.0.1.
        ui_port: of the page, on 127.0.0.1.
        browser: open the page in a browser when it is ready.
        command: how to run `precedent` itself.
    """

    home: Path
    documents: Path
    question: str
    api_port: int = 8000
    ui_port: int = 8501
    browser: bool = False
    command: Sequence[str] = (sys.executable, "-m", "precedent")

    @property
    def index_dir(self) -> Path:
        """Folder of the demo's index, apart from the user's own."""
        return self.home / "demo-index"

    @property
    def api_url(self) -> str:
        """Address of the API."""
        return f"http://{_HOST}:{self.api_port}"

    @property
    def page_url(self) -> str:
        """Address of the page."""
        return f"http://{_HOST}:{self.ui_port}"

    def programs(self) -> list[Program]:
        """Return the API and the page, as programs to supervise."""
        logs = self.home / "demo-logs"
        index = str(self.index_dir)
        serve = ("serve", "--host", _HOST, "--port", str(self.api_port), "--index", index)
        page = ("ui", "--port", str(self.ui_port), "--api-url", self.api_url)
        return [
            Program("the API", (*self.command, *serve), f"{self.api_url}/readyz", logs / "api.log"),
            Program("the page", (*self.command, *page), self.page_url, logs / "page.log"),
        ]


def run_demo(demo: Demo, say: Callable[[str], None]) -> None:
    """Prepare, start, say where, and wait until interrupted (Ctrl-C, SIGTERM or SIGHUP).

    Raises:
        ServiceError: a port is in use, the disk is full, or a program ended.
        StepFailedError: the model or the index could not be made.
        KeyboardInterrupt: the user stopped it; both programs have ended.
    """
    with interruptible():
        require_free_port(demo.api_port, "stop what uses it, or choose another with --api-port")
        require_free_port(demo.ui_port, "stop what uses it, or choose another with --ui-port")
        _require_disk_space(demo.home)
        _run_step(demo, "models", "pull")
        _run_step(demo, "index", str(demo.documents), "--index", str(demo.index_dir))
        say("starting the API and the page …")
        with supervise(demo.programs(), READY_TIMEOUT_S) as running:
            say(f"API   {demo.api_url}  (description: {demo.api_url}/openapi.json)")
            say(f"Page  {demo.page_url}")
            say(f"Try   {demo.question}: {demo.page_url}/?{urlencode({'q': demo.question})}")
            say("Ctrl-C stops both.")
            if demo.browser and _has_display():
                webbrowser.open(demo.page_url)
            watch(running)


def first_question(questions: Path) -> str:
    """Return the first question of a JSON Lines file of questions, in its `query` field."""
    with questions.open(encoding="utf-8") as lines:
        return str(json.loads(next(lines))["query"])


def _require_disk_space(folder: Path) -> None:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise ServiceError(
            str(folder),
            f"{free >> 20} MiB free, the demo needs {NEEDED_BYTES >> 20} MiB",
            "free some space or point PRECEDENT_HOME to another disk",
        )


def _run_step(demo: Demo, *arguments: str) -> None:
    """Run a subcommand in the terminal's own group, so that Ctrl-C reaches it directly."""
    process = subprocess.Popen([*demo.command, *arguments], stdout=sys.stderr)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        # A Ctrl-C reached it too: let it say what it kept. A signal to this process alone did not.
        for end, timeout_s in ((process.terminate, 2.0), (process.kill, STOP_TIMEOUT_S)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout_s)
                break
            end()
        process.wait()
        raise
    if code not in {0, _SOME_FILES_FAILED}:
        raise StepFailedError(code)


def _has_display() -> bool:
    """Whether a browser could show itself; a text browser in the terminal would hide the demo."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
