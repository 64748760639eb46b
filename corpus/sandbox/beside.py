"""Read what stands beside files, sidecars and manifests, in a worker process.

They come with the files they speak of, from whoever packed the folder. What the worker answers is
the rows as they are written; which of them speak of a file, and what they mean, is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from corpus.errors import ReadError, SidecarError
from corpus.limits import Limits
from corpus.sandbox.single import SingleWorker
from corpus.sidecars.files import Row, Rows, SidecarFault, read_rows

__all__ = ["RowsApart", "answer_rows"]

_ANSWER = "corpus.sandbox.beside:answer_rows"


@dataclass(frozen=True, slots=True)
class _Asked:
    path: Path


def answer_rows(asked: _Asked, _limits: Limits) -> tuple[Row, ...]:
    """Return the rows of a sidecar or manifest, in a worker.

    Raises:
        SidecarError: it cannot be read; says where and why.
    """
    try:
        return read_rows(asked.path)
    except SidecarFault as fault:
        raise SidecarError(asked.path.name, str(fault), "correct it") from fault


class RowsApart(Rows):
    """Rows that a worker process reads, which is started for the first of them.

    Use as a context manager; leaving it ends the process.

    Args:
        limits: bounds for each file of rows.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._worker = SingleWorker[tuple[Row, ...]](_ANSWER, limits or Limits(), tuple[Row, ...])
        super().__init__(self._answered)

    def __enter__(self) -> RowsApart:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._worker.close()

    def _answered(self, path: Path) -> tuple[Row, ...]:
        try:
            return self._worker.ask(_Asked(path))
        except SidecarError as error:
            raise SidecarFault(error.cause) from error
        except ReadError as error:
            raise SidecarFault(f"{path.name}: {error.cause}") from error
