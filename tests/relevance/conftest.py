"""An index of real documents for relevance tests, kept between runs."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.identity import leading_symbol
from indexer.build import build_index
from indexer.home import home_dir, models_dir
from indexer.models import DEFAULT_MODEL, installed
from search_api.engine import Engine
from tests.relevance.behaviours import BEHAVIOURS

PDFS = (
    "aiun__A_HRC_59_L.17.en.pdf",
    "aiun__A_HRC_EMRIP_2025_2.en.pdf",
    "aiun__A_HRC_RES_59_25.en.pdf",
    "svn_2nd_g1413493.pdf",
    "svn_3rd_g1925890.pdf",
    "svn_4th_g2420410.pdf",
    "upr__belarus2010.pdf",
    "upr__saudiarabia2013.pdf",
    "xl__plan_1_es.pdf",
    "xl__plan_2_en.pdf",
    "xl__plan_2_fr.pdf",
)
PARAGRAPHS = ("special-rapporteur-reports.jsonl.gz", "general-comments.jsonl.gz")
EVERY = 12
"""Of the documents no behaviour names, each twelfth is there to be told apart from the answers."""


def _chosen(real_data: Path, folder: Path) -> list[Path]:
    """Return the files to index: all with PRECEDENT_RELEVANCE=full, else a choice of them."""
    if os.environ.get("PRECEDENT_RELEVANCE") == "full":
        return [real_data / "pdf", *(real_data / "paragraphs" / name for name in PARAGRAPHS)]
    named = {symbol for behaviour in BEHAVIOURS for symbol in behaviour.expected}
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARAGRAPHS:
        with gzip.open(real_data / "paragraphs" / name, "rt", encoding="utf-8") as stream:
            lines = list(stream)
        kept = [
            line
            for number, line in enumerate(lines)
            if number % EVERY == 0 or _symbol(line) in named
        ]
        (folder / name.removesuffix(".gz")).write_text("".join(kept), encoding="utf-8")
    return [folder, *(real_data / "pdf" / name for name in PDFS)]


def _symbol(line: str) -> str:
    written = json.loads(line)["symbol"]
    symbol = leading_symbol(written)
    return written if symbol is None else symbol.text


@contextmanager
def _alone(index_dir: Path) -> Iterator[None]:
    """Let one process of a parallel run build the index; the others find it built.

    `test_behaviours` is marked slow, so that it begins early and builds it; `test_literal_hits` is
    not, and comes when it is there.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def engine(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine over real documents; passages are embedded once and kept in PRECEDENT_HOME."""
    if installed(DEFAULT_MODEL, models_dir()) is None:
        pytest.skip(f"{DEFAULT_MODEL} is not installed; run `precedent models pull`")
    size = os.environ.get("PRECEDENT_RELEVANCE", "small")
    index_dir = home_dir() / "tests" / f"relevance-{size}"
    with _alone(index_dir):
        build_index(_chosen(real_data, index_dir / "chosen"), index_dir)
    made = Engine.open(index_dir)
    yield made
    made.close()
