"""Plain text, wrapped as it is pasted from an e-mail or a text file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from corpus.sample.mastheads import MASTHEADS, clean_symbol, distribution
from corpus.sample.source import NOTICE, Block, BlockKind, SampleSource, runs

__all__ = ["write_txt"]

_COLUMNS = 78


def _words(text: str) -> str:
    return "".join(f"[{run.text}]" if run.style == "mark" else run.text for run in runs(text))


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _COLUMNS, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _block(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.HEADING:
        yield f"{block.label} {block.text}" if block.label else block.text
    elif block.kind is BlockKind.NUMBERED:
        stop = "" if "." in (block.label or "") else "."
        yield _wrap(f"{block.label}{stop} {_words(block.text)}")
    elif block.kind is BlockKind.TABLE:
        yield "\n".join("    ".join(row) for row in block.rows)
    else:
        yield _wrap(_words(block.text))
    for sub in block.subs:
        yield _wrap(f"{sub.label} {_words(sub.text)}", "    ")


def _parts(source: SampleSource) -> Iterator[str]:
    head = MASTHEADS[source.language]
    yield "\n".join([head.organ, clean_symbol(source), *distribution(source)])
    yield NOTICE
    names = ("council", "session", "session_dates", "agenda_item", "agenda_title")
    yield "\n".join(text for name in names if (text := source.get(name)))
    yield _wrap(source.get("title"))
    if subtitle := source.get("subtitle"):
        yield _wrap(subtitle)
    for block in source.blocks:
        yield from _block(block)
    if source.notes:
        yield "\n".join(_wrap(f"[{mark}] {text}") for mark, text in source.notes.items())


def write_txt(source: SampleSource, target: Path) -> None:
    """Write a source as plain text."""
    text = "\n\n".join(part for part in _parts(source) if part)
    target.write_text(text + "\n", encoding="utf-8")
