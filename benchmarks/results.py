"""Write a result with what it was measured on."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

__all__ = ["RESULTS_DIR", "save"]

RESULTS_DIR = Path(__file__).parent / "results"
_LIBRARIES = ("faiss-cpu", "numpy", "openvino", "sentence-transformers", "tantivy", "torch")


def save(name: str, command: str, measured: dict[str, object]) -> Path:
    """Write `results/NAME.json`: the command that remakes it, the machine, and what it gave."""
    path = RESULTS_DIR / f"{name}.json"
    content = {
        "command": command,
        "machine": {
            "cores": len(os.sched_getaffinity(0)),
            "processor": platform.machine(),
            "python": platform.python_version(),
            "libraries": {library: version(library) for library in _LIBRARIES},
        },
        **measured,
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
