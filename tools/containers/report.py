"""What was promised, whether it held, and by what that is known."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Finding", "Report", "Unproven", "table"]


class Unproven(Exception):  # noqa: N818 - it is no error
    """This machine lacks what a promise is looked at with; the message says what."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise.

    Attributes:
        promise: in words.
        held: None where it could not be looked at.
        proof: what was seen, or what is missing to look.
    """

    promise: str
    held: bool | None
    proof: str


@dataclass(slots=True)
class Report:
    """All findings, each printed as it is made."""

    findings: list[Finding] = field(default_factory=list)

    def look(self, promise: str, at: Callable[[], tuple[bool, str]]) -> bool:
        """Look at one promise; what fails on the way is a promise that did not hold."""
        held: bool | None
        try:
            held, proof = at()
        except Unproven as missing:
            held, proof = None, str(missing)
        except (OSError, RuntimeError, ValueError, KeyError, subprocess.SubprocessError) as error:
            held, proof = False, f"{type(error).__name__}: {error}"
        proof = " ".join(proof.split())
        self.findings.append(Finding(promise, held, proof))
        word = {True: "ok", False: "FAILED", None: "not seen"}[held]
        print(f"{word:<9}{promise}: {proof}", flush=True)
        return held is True

    @property
    def failed(self) -> int:
        """How many promises did not hold."""
        return sum(finding.held is False for finding in self.findings)

    def closing(self) -> str:
        """Return the last line: how many held, failed and were not looked at."""
        held = sum(finding.held is True for finding in self.findings)
        unseen = sum(finding.held is None for finding in self.findings)
        return f"{held} promises held, {self.failed} did not, {unseen} could not be looked at"

    def save(self, file: Path, command: str, **about: str) -> None:
        """Write everything to a file as JSON, beside what other engines and bases gave there."""
        kept = json.loads(file.read_text(encoding="utf-8"))["runs"] if file.exists() else []
        others = [run for run in kept if any(run[n] != v for n, v in about.items())]
        ours = {**about, "findings": [asdict(finding) for finding in self.findings]}
        told = {
            "command": command,
            "machine": {
                "cores": len(os.sched_getaffinity(0)),
                "processor": platform.machine(),
                "python": platform.python_version(),
            },
            "runs": sorted([*others, ours], key=lambda run: run["engine"]),
        }
        file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table(runs: Sequence[dict[str, Any]]) -> str:
    """Return the table of the documentation: what was looked at, and what did not hold."""
    lines = ["| engine | base | held | did not hold | not looked at |", "|---|---|---:|---|---|"]
    for run in runs:
        by = {
            word: [f for f in run["findings"] if f["held"] is word] for word in (True, False, None)
        }
        failed, unseen = ("; ".join(f["promise"] for f in by[word]) for word in (False, None))
        lines.append(
            f"| {run['engine']} | {run['base']} | {len(by[True])} "
            f"| {failed or 'none'} | {unseen or 'none'} |"
        )
    return "\n".join(lines)
