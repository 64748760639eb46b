"""What each operation asks of its caller; the one place where that is decided.

Whatever tells needs `read`; whatever keeps, adds or says what others add needs `write`; what takes
away for everybody, and what tells of the service itself, needs `admin`. No scope implies another.
An operation that is not named here and is not a GET needs `admin`: what was forgotten stays closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus.errors import InputError
from search_api.access.caller import ADMIN, READ, RESTRICTED, WRITE

__all__ = ["NEEDS", "OPEN_PATHS", "check_scopes", "needed"]

OPEN_PATHS: Final = frozenset({"/healthz", "/readyz"})
"""Answered without a key: they say nothing of the corpus."""

_TELLING: Final = (
    "compare", "draft_text", "export", "precedents", "read_table", "search", "search_batch",
    "statement", "table", "table_rows", "trends", "trends_file", "trends_words", "verify",
)  # fmt: skip
"""They tell, and are no GET because what they are asked is long or private."""

_KEEPING: Final = (
    "add_entry", "cancel_job", "change_collection", "change_entry", "change_search", "corpus",
    "create_collection", "import_library", "job", "job_events", "jobs", "mark_search_seen",
    "remove_collection", "remove_entry", "remove_search", "resume_job", "save_search", "upload",
    "wipe_library",
)  # fmt: skip
"""Of the caller's own library, and of uploads; `corpus` and the jobs name folders and files."""

_ADMINISTERING: Final = ("metrics", "rebuild_index", "remove_document")

NEEDS: Final = {
    **dict.fromkeys(_TELLING, READ),
    **dict.fromkeys(_KEEPING, WRITE),
    **dict.fromkeys(_ADMINISTERING, ADMIN),
}
"""Scope by operation id; for those that are not here see `needed`."""

_RESTRICTED = re.compile(r"[a-z0-9-]{1,40}")


def needed(operation: str, method: str) -> str:
    """Return the scope that an operation needs; all that are no GET have to be in `NEEDS`."""
    return NEEDS.get(operation) or (READ if method in {"GET", "HEAD"} else ADMIN)


def check_scopes(scopes: Iterable[str]) -> frozenset[str]:
    """Return scopes that a key may have.

    Raises:
        InputError: there are none, or one is none of these.
    """
    given = frozenset(scopes)
    for scope in sorted(given):
        named = scope.removeprefix(RESTRICTED) if scope.startswith(RESTRICTED) else None
        if scope not in {READ, WRITE, ADMIN} and not (named and _RESTRICTED.fullmatch(named)):
            known = f"{READ}, {WRITE}, {ADMIN}, {RESTRICTED}NAME (a to z, 0 to 9 and -)"
            raise InputError(repr(scope), "is no scope", f"those there are: {known}")
    if not given:
        raise InputError("the key", "has no scope", f"give it one, such as {READ}")
    return given
