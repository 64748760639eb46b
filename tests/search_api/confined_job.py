"""The process of a job that reads files as in service, each in a confined worker.

`python -m tests.search_api.confined_job`; its encoder needs no model.
"""

from __future__ import annotations

from indexer.job import main
from tests.fakes import FakeEncoder

if __name__ == "__main__":
    main(FakeEncoder())
