"""A draft that a command is given: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.drafts import Draft

__all__ = ["STANDARD_INPUT", "read_file"]

STANDARD_INPUT = "-"


def read_file(name: str) -> Draft:
    """Return the draft in a file, or of standard input where the name is "-".

    Raises:
        InputError: there is no such file.
        ReadError: it cannot be read, or holds no words.
    """
    from corpus.drafts import Draft
    from corpus.errors import InputError
    from search_api.bench.reading import draft_in

    if name == STANDARD_INPUT:
        return Draft(sys.stdin.read())
    path = Path(name)
    if not path.is_file():
        cause = "is a folder" if path.is_dir() else "no such file"
        raise InputError(name, cause, "name one file, or - for standard input")
    return draft_in(path)
