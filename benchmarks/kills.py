"""Kill everything that writes, again and again: `tests.robustness.kills`."""

from __future__ import annotations

import sys

from tests.robustness.kills import main

if __name__ == "__main__":
    sys.exit(main())
