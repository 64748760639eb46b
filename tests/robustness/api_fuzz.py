"""Whatever the contract allows, and what it does not: `python -m tests.robustness.api_fuzz`.

Schemathesis reads the OpenAPI document and asks every operation what it allows and what it forbids,
of the whole application in this process, over a small real index, with a library and jobs that only
tell. Checked of each answer: no 5xx, a status and a media type that are documented, a body as its
schema has it, and that what the schema forbids is refused. `--stateful` follows what operations
return into others: makes, reads, changes, removes. Nothing leaves the process.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.python.asgi import shutdown_lifespans

from search_api.app import create_app
from search_api.settings import Settings
from tests.search_api.fake_engine import TEST_HOST
from tests.search_api.intake import TOLD, SmallIndex, make_index, queue_of

__all__ = ["Finding", "Fuzzed", "application", "fuzz"]

_PASSED_OVER = {
    # A request may be well formed and still name what is not there, or contradict itself.
    "positive_data_acceptance": {"enabled": False},
    # No key is needed here; tests of access walk the operations with and without.
    "ignored_auth": {"enabled": False},
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an answer should not have been.

    Attributes:
        operation: method and path.
        check: what it failed, in Schemathesis' words.
        told: how.
        request: to do it again with curl, against "http://testserver".
    """

    operation: str
    check: str
    told: str
    request: str


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What a run did.

    Attributes:
        asked: requests by operation.
        findings: each kind once for each operation.
    """

    asked: dict[str, int]
    findings: list[Finding]


@contextlib.contextmanager
def application(folder: Path) -> Iterator[FastAPI]:
    """Give a whole service over a small real index in a folder; nothing is taken from the user."""
    index = make_index(folder)
    settings = Settings(
        index_dir=index,
        library_file=folder / "library.sqlite",
        poll_s=60,
        uploads="on",
        allowed_hosts=(TEST_HOST,),
    )
    yield create_app(settings, SmallIndex(index), queue_of(index, command=TOLD))
    shutdown_lifespans()


def fuzz(
    app: FastAPI, examples: int, *, seed: int = 1, coverage: bool = True, stateful: bool = False
) -> Fuzzed:
    """Ask an application whatever its OpenAPI document allows and forbids.

    Args:
        app: what is asked.
        examples: of each operation, made at random; those of the document come first.
        seed: the same seed asks the same.
        coverage: also ask each example, and each bound of each field, and past it.
        stateful: also follow answers into further questions.
    """
    phases = {
        "examples": {"enabled": coverage},
        "coverage": {"enabled": coverage},
        "stateful": {"enabled": stateful},
    }
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "workers": 1,
            "generation": {"max-examples": examples, "database": "none"},
            "phases": phases,
            "checks": _PASSED_OVER,
        }
    )
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
    asked: dict[str, int] = {}
    found: dict[tuple[str, str], Finding] = {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished | events.FuzzScenarioFinished):
            for node in event.recorder.cases.values():
                operation = node.value.operation.label
                asked[operation] = asked.get(operation, 0) + 1
            for finding in _findings(event.recorder):
                found.setdefault((finding.operation, finding.check), finding)
        elif isinstance(event, events.NonFatalError):  # an exception out of the application
            told = f"{type(event.value).__name__}: {event.value}"
            finding = Finding(event.label, "fault", told, "")
            found.setdefault((event.label, "fault"), finding)
        elif isinstance(event, events.FatalError):
            raise event.exception
    return Fuzzed(asked, list(found.values()))


def _findings(recorder: Any) -> Iterator[Finding]:
    for key, checks in recorder.checks.items():
        operation = recorder.cases[key].value.operation.label
        for failed in (each for each in checks if each.failure_info is not None):
            failure = failed.failure_info.failure
            told = f"{failure.title}: {failure.message}"
            yield Finding(operation, failed.name, told, failed.failure_info.code_sample)


def main() -> None:
    """Fuzz, and tell what was found; ends with 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=50, help="of each operation (50)")
    parser.add_argument("--seed", type=int, default=1, help="another seed asks another way (1)")
    parser.add_argument("--stateful", action="store_true", help="also follow answers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, application(Path(folder)) as app:
        done = fuzz(app, given.examples, seed=given.seed, stateful=given.stateful)
    for finding in done.findings:
        told = (finding.operation, finding.check, finding.told, finding.request)
        sys.stdout.write("\n" + "\n  ".join(told) + "\n")
    sys.stdout.write(
        f"{sum(done.asked.values()):,} requests of {len(done.asked)} operations, "
        f"{len(done.findings)} findings\n"
    )
    raise SystemExit(1 if done.findings else 0)


if __name__ == "__main__":
    main()
