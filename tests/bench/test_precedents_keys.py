"""The lines of a draft that is checked go on for as long as their key opens the service."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.bench import drafting
from search_api.engine import Engine
from search_api.schemas import DraftUnit
from tests.bench.conftest import OneEngine
from tests.bench.test_precedents_api import DRAFT, LINES
from tests.search_api.access.doors import bearer, expire, key_file, key_of
from tests.search_api.fake_engine import fake_settings


@pytest.mark.parametrize("end", [None, "revoked", "rotated", "expired"])
def test_the_lines_of_a_draft_end_with_their_key(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str | None
) -> None:
    key, file = key_of(tmp_path, "read", name="desk"), key_file(tmp_path)
    last_began, let_go = threading.Event(), threading.Event()
    original = drafting.precedents_of

    def waits(*given: object) -> DraftUnit:
        if given[-1]:  # the first is told, and only then is the last begun
            if given[-1] == 2:
                last_began.set()
            assert let_go.wait(60)
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting, "precedents_of", waits)
    settings = fake_settings(require_keys="on", keys_file=file.path)
    app = create_app(settings, OneEngine(engine))
    asked = {"json": {"text": DRAFT}, "headers": {"Accept": LINES, **bearer(key)}}
    with TestClient(app) as client, ThreadPoolExecutor(1) as reader:
        opened = reader.submit(client.post, "/v1/precedents", **asked)  # type: ignore[arg-type]
        try:
            assert last_began.wait(60)
            if end == "revoked":
                file.revoke("desk")
            elif end == "rotated":
                file.rotate("desk")
            elif end == "expired":
                app.state.door._wall = lambda: datetime(2999, 1, 1, tzinfo=UTC)
                expire(file, "desk", "2998-12-31")
            assert client.portal is not None
            client.portal.call(app.state.door.look)
        finally:
            let_go.set()
        lines = [json.loads(line) for line in opened.result(60).text.splitlines()]
    units = [each["index"] for each in lines if "grade" in each]
    problems = [each["problem"] for each in lines if "problem" in each]
    if end is None:
        assert (units, problems) == ([0, 1, 2], [])
    else:
        assert units == [0]
        assert [each["status"] for each in problems] == [401]
        assert lines[-1]["summary"]["next_offset"] == 1
