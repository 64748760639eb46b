"""Room on the disk, promised to uploads under way, so that no two are promised the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from corpus.errors import StorageError

__all__ = ["Promise", "Room"]

_CAUSE = "has too little room for the upload and what is made of it"
_REMEDY = "make room on it and upload again; what was there before is kept"


class Room:
    """What is left on a disk after what was promised to others; safe to use from several threads.

    Bytes that have been written are no more on the disk's own account of what is free, so what is
    promised is what is still to come.
    """

    def __init__(self, left: Callable[[], int]) -> None:
        """Name what tells how many bytes may still be written, whoever writes them."""
        self._left = left
        self._promised = 0
        self._lock = threading.Lock()

    def promise(self, size: int) -> Promise:
        """Promise room to an upload of so many bytes; to be left as a context, which ends it.

        Raises:
            StorageError: there is too little.
        """
        self.change(size)
        return Promise(self, size)

    def change(self, size: int) -> None:
        """Promise so many bytes more, or fewer where they are less than 0.

        Raises:
            StorageError: there is too little.
        """
        with self._lock:
            if size > 0 and self._promised + size > self._left():
                raise StorageError("the disk of the index", _CAUSE, _REMEDY)
            self._promised += size


class Promise:
    """Room for one upload, until it has been used or is given up."""

    def __init__(self, room: Room, size: int) -> None:
        self._room = room
        self._size = size

    def __enter__(self) -> Promise:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._change(-self._size)

    def ask(self, size: int) -> None:
        """Make sure that so many bytes may be written next, of an upload that declared too few.

        Raises:
            StorageError: there is too little room.
        """
        self._change(max(0, size - self._size))

    def use(self, size: int) -> None:
        """Note that so many bytes have been written."""
        self._change(-min(size, self._size))

    def _change(self, size: int) -> None:
        self._room.change(size)
        self._size += size
