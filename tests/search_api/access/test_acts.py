"""Acts that are noted, whose client or service goes while they are done."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
import uvicorn

from corpus.errors import UnknownNameError
from search_api.access.audit import AuditLog
from search_api.schemas import Job
from tests.search_api.intake import queue_of
from tests.search_api.test_connections import connect, serving, wait_until

pytestmark = [pytest.mark.loopback, pytest.mark.usefixtures("socket_enabled")]

ASKED = b"DELETE /v1/jobs/one HTTP/1.1\r\nHost: localhost\r\n\r\n"
DONE = Job(job_id="one", kind="rebuild", state="cancelled", created_at="2026-01-01")


class Cancelling:
    """Cancels a job once it is let go."""

    def __init__(self, folder: Path, error: UnknownNameError | None = None) -> None:
        self.begun, self.gate = threading.Event(), threading.Event()
        self.log = AuditLog(folder / "audit.jsonl")
        self._queue, self._error = queue_of(folder / "index"), error

    def __call__(self, *_: object) -> Job:
        self.begun.set()
        assert self.gate.wait(60)
        if self._error is not None:
            raise self._error
        return DONE

    @contextmanager
    def served(self) -> Iterator[uvicorn.Server]:
        with (
            patch.object(self._queue, "cancel", self),
            serving(queue=self._queue, audit_file=self.log.path) as server,
        ):
            yield server


@pytest.mark.parametrize("error", [None, UnknownNameError("the job", "is not known")])
def test_an_act_goes_on_without_its_client_and_is_noted_as_it_ends(
    tmp_path: Path, error: UnknownNameError | None
) -> None:
    act = Cancelling(tmp_path, error)
    with act.served() as server:
        with connect(server, ASKED):
            assert act.begun.wait(60)
        wait_until(lambda: not server.server_state.connections)
        time.sleep(0.1)  # for what would be noted too early
        act.gate.set()
        wait_until(lambda: any(act.log.entries()))
    expected = "accepted" if error is None else "refused: unknown-name"
    assert [(each.act, each.outcome) for each in act.log.entries()] == [("cancel_job", expected)]


def test_an_act_amid_which_the_service_stops_is_not_noted_as_failed(tmp_path: Path) -> None:
    act = Cancelling(tmp_path)
    with act.served() as server, connect(server, ASKED):
        assert act.begun.wait(60)
        server.should_exit = True
        wait_until(lambda: any(act.log.entries()))
        act.gate.set()
    assert [each.outcome for each in act.log.entries()] == ["unknown: the service stopped amid it"]
