"""Damage sample documents the way disks, networks and fuzzers do, by instructions that shrink."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from corpus.sample import documents_dir
from tests.robustness.docx_bytes import archive

__all__ = ["Action", "Step", "damage", "damage_part", "sample", "samples_of", "steps"]

_MAX_SAMPLE_BYTES = 300_000


class Action(StrEnum):
    """One kind of damage."""

    CHANGE = "change"
    CUT = "cut"
    DOUBLE = "double"
    INSERT = "insert"
    SPLICE = "splice"
    END = "end"


@dataclass(frozen=True)
class Step:
    """One piece of damage.

    Attributes:
        action: what is done.
        place: where, as a part of the length: the same step fits any file.
        length: of what is cut, doubled or spliced, in bytes.
        words: what is inserted, or changes a byte.
    """

    action: Action
    place: float
    length: int
    words: bytes


# What readers look for: a byte among these words does more than one at random.
_WORDS = (
    b"", b"\x00", b"\xff", b"\n", b"<", b">", b"&", b'"', b"(", b")", b"[", b"]", b"<<", b">>",
    b"obj", b"endobj", b"stream", b"/Length -1", b"/Kids", b"/Count 999999999", b" 0 R", b"1e39",
    b"-", b"nan", b"99999999999999999999", b"</w:p>", b"<w:p>", b"<w:tbl>", b'w:val="-1"', b"&#0;",
    b"<ol start=-5>", b"<table>", b"</body>", b"<!--", b"{", b"}", b":", b"null", b"\\ud800",
    b"1. ", b"(a) ", b"\xd0\x9f", b"\xe2\x80\xae", b"\xef\xbf\xbe", b"A/HRC/1/1", b"BT", b"ET",
)  # fmt: skip


def steps(most: int = 6) -> st.SearchStrategy[list[Step]]:
    """Draw up to `most` pieces of damage."""
    step = st.builds(
        Step,
        action=st.sampled_from(Action),
        place=st.floats(0, 1),
        length=st.integers(1, 400),
        words=st.sampled_from(_WORDS) | st.binary(max_size=12),
    )
    return st.lists(step, min_size=1, max_size=most)


def damage(data: bytes, instructions: Sequence[Step], other: bytes = b"") -> bytes:
    """Apply damage to bytes; `other` is what a splice takes from."""
    done = bytearray(data)
    for step in instructions:
        at = int(step.place * len(done))
        part = done[at : at + step.length]
        if step.action is Action.CHANGE:
            done[at : at + len(step.words)] = step.words
        elif step.action is Action.CUT:
            del done[at : at + step.length]
        elif step.action is Action.DOUBLE:
            done[at:at] = part
        elif step.action is Action.INSERT:
            done[at:at] = step.words
        elif step.action is Action.SPLICE:
            there = int(step.place * len(other))
            done[at:at] = other[there : there + step.length]
        else:
            del done[at:]
    return bytes(done)


@cache
def samples_of(*suffixes: str) -> tuple[Path, ...]:
    """Return the sample documents with one of these suffixes, the small ones."""
    return tuple(
        path
        for path in sorted(documents_dir().iterdir())
        if path.suffix in suffixes and path.stat().st_size < _MAX_SAMPLE_BYTES
    )


@cache
def sample(path: Path) -> bytes:
    return path.read_bytes()


@cache
def _parts(path: Path) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(sample(path))) as packed:
        return tuple((name, packed.read(name)) for name in packed.namelist())


def damage_part(path: Path, which: int, instructions: Sequence[Step]) -> bytes:
    """Damage one XML part of a sample DOCX and pack it again, so that its archive is sound."""
    parts = dict(_parts(path))
    xml = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    name = xml[which % len(xml)]
    other = parts["word/document.xml"]
    return archive({**parts, name: damage(parts[name], instructions, other)})
