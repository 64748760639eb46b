"""JSON Lines: one document a line, for people who have structured text already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.sample.source import NOTICE, Block, BlockKind, SampleSource, plain

__all__ = ["record", "write_jsonl"]

# Fields of the format that a source may give in its front matter.
_FIELDS = (
    *("symbol", "title", "kind", "body", "mandate_holder", "country", "year", "language"),
    *("url", "status", "superseded_by"),
)


def _text(block: Block) -> str:
    subs = (f"{sub.label} {plain(sub.text)}" for sub in block.subs)
    return "\n".join([plain(block.text), *subs])


def record(source: SampleSource) -> dict[str, Any]:
    """Return a source in the JSON Lines form; headings become each paragraph's `section`."""
    paragraphs: list[dict[str, str]] = []
    section = ""
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            section = f"{block.label} {block.text}" if block.label else block.text
        elif block.label:
            paragraphs.append({"number": block.label, "section": section, "text": _text(block)})
    fields = {name: source.meta[name] for name in _FIELDS if name in source.meta}
    return {
        "id": source.path.stem,
        **fields,
        "date": source.date.isoformat(),
        "notice": NOTICE,
        "paragraphs": paragraphs,
    }


def write_jsonl(sources: list[SampleSource], target: Path) -> None:
    """Write sources as one JSON Lines file."""
    lines = [json.dumps(record(source), ensure_ascii=False) for source in sources]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
