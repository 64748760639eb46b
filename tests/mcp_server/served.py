"""Serves the tools over stdin and stdout as `precedent mcp` does, with the fake encoder.

    python -m tests.mcp_server.served INDEX
"""  # fmt: skip

from __future__ import annotations

import os
import sys
from pathlib import Path

from mcp_server.running import log_quietly, run_stdio
from search_api.engine import Engine
from tests.mcp_server.held import Held, asking


class Chatty(Held):
    """Writes to stdout while it opens, as libraries do."""

    def open(self) -> Engine:
        sys.stdout.write("stray words\n")
        sys.stdout.flush()
        os.write(1, b"stray bytes\n")
        return super().open()


if __name__ == "__main__":
    log_quietly()
    with asking(Path(sys.argv[1]), Chatty) as client:
        run_stdio(client)
