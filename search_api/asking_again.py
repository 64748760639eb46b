"""When to ask again: `Retry-After` (RFC 9110, 10.2.3)."""

from __future__ import annotations

import math
import random
from typing import Final

__all__ = ["LONGEST_SPREAD_S", "retry_after"]

LONGEST_SPREAD_S: Final = 60

_CHANCE = random.SystemRandom()


def retry_after(at_least_s: float) -> str:
    """Return whole seconds: no fewer than these, and up to a quarter more by chance.

    So those who were refused together do not come back together, and nobody comes too early.
    """
    least = max(1, math.ceil(at_least_s))
    return str(least + _CHANCE.randint(0, min(max(1, least // 4), LONGEST_SPREAD_S)))
