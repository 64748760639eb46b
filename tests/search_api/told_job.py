"""A process that tells of a job as the indexer does, and does nothing: for tests of the queue.

What becomes of a file its name says: `slow` is read for as long as the process lives, `crash` ends
it, `bad` cannot be read, any other is indexed. No index is needed, and none is looked at.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path


def tell(what: str, value: object) -> None:
    sys.stdout.write(json.dumps({what: value}) + "\n")
    sys.stdout.flush()


def read(file: str, done: int, total: int) -> None:
    step = {"stage": "read", "done": done, "total": total, "unit": "file", "file": file}
    tell("progress", step)
    name = Path(file).name
    if "slow" in name:
        time.sleep(60)
    if "crash" in name:
        os._exit(9)
    outcome = {"file": file, "became": "indexed", "documents": [["X_1:en", "X/1", "An invented"]],
               "paragraphs": 2, "failure": None}  # fmt: skip
    if "bad" in name:
        failure = {"cause": f"{file} is broken", "reason": "", "remedy": "fetch it again"}
        outcome |= {"became": "failed", "documents": [], "paragraphs": 0, "failure": failure}
    tell("outcome", outcome)


def end_with_asker() -> None:
    while sys.stdin.read(1000):
        pass
    os._exit(1)


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_asker, daemon=True).start()
    for at, given in enumerate(asked["files"]):
        read(given, at, len(asked["files"]))
    tell("done", {"generation": 1, "embedded": 2 * len(asked["files"])})
