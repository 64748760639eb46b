"""Every operation of the API, asked at random; `tests.robustness.api_fuzz` asks more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.robustness.api_fuzz import application, fuzz


@pytest.mark.filterwarnings("default")  # Schemathesis and its libraries have some of their own
def test_every_operation_answers_as_documented_whatever_it_is_asked(tmp_path: Path) -> None:
    with application(tmp_path) as app:
        done = fuzz(app, 1, coverage=False)
        operations = {
            f"{method.upper()} {path}"
            for path, methods in app.openapi()["paths"].items()
            for method in methods
        }
    assert set(done.asked) == operations
    assert not done.findings
