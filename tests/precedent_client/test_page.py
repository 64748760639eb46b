"""Every snippet of docs/client.md does what it says, asked of a service on loopback."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from precedent_client.connection import Connection
from search_api.app import listen_on
from search_api.schemas import Job
from search_api.settings import Settings
from tests.search_api.intake import make_index, service

PAGE = (Path(__file__).parents[2] / "docs" / "client.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
URL = "http://127.0.0.1:8000"


@pytest.fixture
def url(tmp_path: Path, socket_enabled: None) -> Iterator[str]:
    app = service(make_index(tmp_path), library_file=tmp_path / "library.sqlite")
    listener = listen_on(Settings(port=0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.mark.loopback
def test_the_snippets_run(
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRECEDENT_API_URL", url)
    monkeypatch.delenv("PRECEDENT_API_KEY", raising=False)
    opened: list[Connection] = []
    opening = Connection.__init__

    def noted(self: Connection, *given: Any, **named: Any) -> None:
        opening(self, *given, **named)
        opened.append(self)

    monkeypatch.setattr(Connection, "__init__", noted)
    names: dict[str, Any] = {}
    try:
        said = run(names, url, capsys)
        job = names["client"].job(names["job"].job_id)
    finally:
        for each in opened:
            each.close()
    # What they print is what the page promises of them.
    assert "A/HRC/96/1, para. 1" in said[0]
    assert said[1].startswith("True ")
    together = "\n".join(said)
    for words in ("verbatim", "indexed", "done", "404", "urn:precedent:problem:unknown-name"):
        assert words in together
    assert "Client('https://precedent.example')" in together
    assert isinstance(job, Job)
    assert [file.outcome for file in job.files] == ["indexed"]
    assert (tmp_path / names["download"].name).is_file()


def run(names: dict[str, Any], url: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run the snippets, one after the other, and return what each printed."""
    said = []
    for number, snippet in enumerate(SNIPPETS, start=1):
        code = compile(snippet.replace(URL, url), f"docs/client.md, snippet {number}", "exec")
        exec(code, names)  # noqa: S102 - the snippets are ours
        said.append(capsys.readouterr().out)
    return said


def test_the_table_names_every_error() -> None:
    import precedent_client

    kinds = {
        name
        for name in precedent_client.__all__
        if name.endswith("Error") and name != "ServiceError"
    }
    assert set(re.findall(r"^\| `(\w+Error)`", PAGE, re.MULTILINE)) == kinds
