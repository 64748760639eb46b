"""Answers of readers: each field holds what it is declared to hold, or the answer is refused."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.drafts import Draft
from corpus.errors import DamagedFileError
from corpus.limits import Limits
from corpus.page_images import PageDrawn
from corpus.readers.jsonl.known import KnownRecord
from corpus.sandbox.answers import pack, unpack
from corpus.sandbox.pool import ParsingPool
from corpus.sandbox.shapes import check_shape
from corpus.sandbox.trial import Trial
from corpus.types import (
    Box,
    Document,
    DocumentStatus,
    Footnote,
    Paragraph,
    ParagraphKind,
    Quality,
    Relation,
    RelationKind,
)

PARAGRAPH = Paragraph(
    "1", "1", ParagraphKind.BODY, ("A title",), (1, 2), "Words.", "Urges", ("States",), ("BLR",),
    (Box(1, 0.0, 1.0, 2.0, 3.0),), ocr=True,
)  # fmt: skip
DOCUMENT = Document(
    "A_1:en", "A/1", "A title", "resolution", "A body", "A mandate", ("BLR",), "1", "2",
    "2024-01-02", 2024, "en", "a.pdf", "0" * 64, (PARAGRAPH,), (Footnote("1", "A note.", 1, "1"),),
    Quality(1, (2,), 3, 1, 4, 0, (5,), (6,), (7,)), ("A warning.",), DocumentStatus.DRAFT, "A/2",
    (1, 2, 3), "https://example.org", "pdf", 3, "A holder", "GE.1",
    (Relation(RelationKind.REVISES, "A/3"),), "witness",
)  # fmt: skip
WHOLE: dict[type, Any] = {
    type(each): each
    for each in (
        DOCUMENT, PARAGRAPH, PARAGRAPH.boxes[0], DOCUMENT.footnotes[0], DOCUMENT.quality,
        DOCUMENT.relations[0], Draft("Words.", ("A warning.",)), PageDrawn(b"png", 1, 2, 3.0, 4.0),
        KnownRecord(3, "0" * 64), Trial(("one",), ("two",), True, 3),
    )
}  # fmt: skip
OTHERS = (
    "of another type", 7, 0.5, True, b"bytes", ("a", 7), (7, "a"), (None,), ["a"], {"a": 1},
    Draft("Words."), PARAGRAPH, (DOCUMENT,),
)  # fmt: skip
FIELDS = [(kind, field.name) for kind in WHOLE for field in dataclasses.fields(kind)]


def _written(kind: type, changes: dict[str, object]) -> bytes:
    """Return the answer of a reader that has put other values into an object."""
    made = object.__new__(kind)
    for field in dataclasses.fields(kind):
        value = changes.get(field.name, getattr(WHOLE[kind], field.name))
        object.__setattr__(made, field.name, value)
    return pack(("result", made))


def _fits(value: object, other: object) -> bool:
    """Tell whether another value is of the kind that a field holds."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        return False
    return type(value) is type(other) or (isinstance(value, float) and isinstance(other, float))


@pytest.mark.parametrize("kind", WHOLE, ids=lambda kind: kind.__name__)
def test_what_is_whole_is_taken(kind: type) -> None:
    assert unpack(_written(kind, {})) == ("result", WHOLE[kind])


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=[f"{k.__name__}-{n}" for k, n in FIELDS])
def test_a_field_of_another_type_is_refused(kind: type, name: str) -> None:
    held = getattr(WHOLE[kind], name)
    is_text = type(held) is str
    for other in OTHERS:
        if not (is_text and isinstance(other, str)) and not _fits(held, other):
            with pytest.raises((TypeError, ValueError)):
                unpack(_written(kind, {name: other}))
    with pytest.raises((TypeError, ValueError)):
        unpack(_written(kind, {name: [held]}))


HOSTILE: dict[str, tuple[type, dict[str, object]]] = {
    "half of a character": (Paragraph, {"text": "\ud800"}),
    "half of a character among others": (Paragraph, {"section": ("é\udfff",)}),
    "a number that no database holds": (Footnote, {"page": 2**63}),
    "no number at all": (Box, {"x0": float("nan")}),
    "an endless number": (PageDrawn, {"page_width": float("inf")}),
    "a label twice": (Document, {"paragraphs": (PARAGRAPH, PARAGRAPH)}),
    "no label": (Document, {"paragraphs": (dataclasses.replace(PARAGRAPH, id=""),)}),
    "no id": (Document, {"id": ""}),
    "the id of a restricted document": (Document, {"id": "A_1@witness:en"}),
    "an id that leads elsewhere": (Document, {"id": "../../A"}),
    "a collection that leads elsewhere": (Document, {"restricted": "../../etc"}),
    "a vote of two": (Document, {"vote": (1, 2)}),
    "a field too few": (Document, {}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_would_break_later_is_refused(what: str) -> None:
    kind, changes = HOSTILE[what]
    data = _written(kind, changes)
    if what == "a field too few":
        tag, status, (name, *fields) = json.loads(data)
        data = json.dumps([tag, status, [name, *fields[:-1]]]).encode()
    with pytest.raises((TypeError, ValueError)):
        unpack(data)


@pytest.mark.parametrize(
    ("annotation", "right", "wrong"),
    [
        (list[Document], [DOCUMENT], [PARAGRAPH]),
        (list[Document], [], (DOCUMENT,)),
        (Draft, Draft("Words."), "words"),
        (tuple[list[Document], int], ([DOCUMENT], 3), ([DOCUMENT], "3")),
        (list[Document | DamagedFileError], [DamagedFileError("a", "b", "c")], [ValueError("a")]),
        (int | None, None, ""),
    ],
)
def test_an_answer_is_what_was_asked_for(annotation: object, right: object, wrong: object) -> None:
    check_shape(right, annotation)
    with pytest.raises(TypeError, match="not what was asked for"):
        check_shape(wrong, annotation)


def answer_otherwise(path: Path, _limits: Limits) -> list[Document]:
    """Answer, as a reader that was taken over, what no reader answers."""
    return "words" if path.name == "bad" else []  # type: ignore[return-value]


def test_an_answer_of_another_kind_costs_its_file_alone() -> None:
    """It ended the whole run before: the indexer looked for documents in it."""
    with ParsingPool(answer_otherwise, workers=1, limits=Limits(wall_time_s=20)) as pool:
        outcomes = dict(pool.run([Path("a"), Path("bad"), Path("b")]))
    refused = outcomes[Path("bad")]
    assert isinstance(refused, DamagedFileError)
    assert "answer was refused" in refused.cause
    assert outcomes[Path("a")] == outcomes[Path("b")] == []
