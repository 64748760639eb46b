"""A service that can write nowhere tells of jobs and of the corpus all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.restricted.place import CATALOGUE, collection_dir
from search_api.intake.state import corpus_state
from search_api.schemas import UploadBounds
from tests.search_api.intake import TEXT, queue_of, told, upload, wait


def test_looking_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with TestClient(told(tmp_path)) as client:
        job = wait(client, upload(client, {"report.txt": TEXT}).job_id)
    apart = collection_dir(tmp_path, "cases")
    apart.mkdir(parents=True)
    (apart / CATALOGUE).write_bytes(b"")

    def refused(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    queue = queue_of(tmp_path, allowed=False)
    monkeypatch.setattr(Path, "mkdir", refused)
    assert [each.job_id for each in queue.jobs().jobs] == [job.job_id]
    bounds = UploadBounds(files=1, file_bytes=1, bytes=1)
    state = corpus_state(queue, bounds, frozenset(["cases"]))
    assert (state.uploaded_files, state.changeable) == (1, False)
    assert [each.name for each in apart.iterdir()] == [CATALOGUE]
