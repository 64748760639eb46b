"""The process of a job with an encoder that needs no model: `python -m tests.search_api.fake_job`.

Files are read in the process itself: starting a worker takes a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import indexer.reading
from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.parse import parse_file
from indexer.job import main
from tests.fakes import FakeEncoder


class OwnPool(indexer.reading.ParsingPool[Any]):
    """Reads in this process."""

    def run(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Any]]:
        for path in paths:
            try:
                yield path, parse_file(path, Limits())
            except ReadError as error:
                yield path, error


if __name__ == "__main__":
    indexer.reading.ParsingPool = OwnPool  # type: ignore[misc]
    main(FakeEncoder())
