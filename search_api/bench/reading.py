"""A file of a draft, read apart from the service: it may be hostile."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath

from corpus.drafts import Draft, read_draft
from corpus.errors import InputError, ReadError
from corpus.sandbox.pool import ParsingPool
from search_api.schemas import DraftFile, DraftText

__all__ = ["draft_in", "read"]

_SUFFIX = re.compile(r"\.\w{1,8}")


def read(file: DraftFile) -> DraftText:
    """Return the words of a file that came with a request.

    Raises:
        InputError: its content is no base64.
        ReadError: it cannot be read.
    """
    try:
        data = base64.b64decode(file.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("content", "is not base64", "encode the bytes of the file") from error
    name = PurePath(file.name.replace("\\", "/")).name or "draft"
    # Its own name says nothing to the reader, which looks at the bytes; the suffix may.
    suffix = PurePath(name).suffix
    with _held(data, suffix if _SUFFIX.fullmatch(suffix) else "") as path:
        try:
            draft = draft_in(path)
        except ReadError as error:
            raise type(error)(name, error.cause, error.remedy) from error
    return DraftText(text=draft.text, warnings=draft.warnings)


@contextlib.contextmanager
def _held(data: bytes, suffix: str) -> Iterator[Path]:
    """Yield a path at which the process that reads finds the bytes, on no disk where that can be.

    A draft may put its writer in danger: what is deleted from a disk can be read there for long.
    """
    with tempfile.TemporaryDirectory(prefix="precedent-draft-") as folder:
        path = Path(folder, f"draft{suffix}")
        if not hasattr(os, "memfd_create"):  # only Linux has it
            path.write_bytes(data)
            yield path
            return
        with os.fdopen(os.memfd_create("draft"), "wb") as memory:
            memory.write(data)
            memory.flush()
            path.symlink_to(f"/proc/{os.getpid()}/fd/{memory.fileno()}")
            yield path


def draft_in(path: Path) -> Draft:
    """Return the draft in a file, read in a process of its own.

    Raises:
        ReadError: it cannot be read.
    """
    with ParsingPool(read_draft, workers=1) as pool:
        return pool.run_one(path)
