"""What a worker answers, on its way through the pipe: plain values and a few classes, named here.

Answers are pickles, and a worker that a hostile file has taken over could send any. So the parent
makes instances only of the classes of a list, by calling them with their fields, and never holds
one of those classes, or anything else that others share, where a pickle could set its attributes:
what stands for a class can be called and nothing else, and members of enumerations cross as the
words they are.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
from collections.abc import Callable
from enum import Enum
from typing import Any

from corpus.errors import ReadError
from corpus.types import DocumentStatus, ParagraphKind, RelationKind

__all__ = ["pack", "unpack"]

_VALUES = frozenset(
    {
        ("corpus.drafts", "Draft"),
        ("corpus.page_images", "PageDrawn"),
        ("corpus.sandbox.trial", "Trial"),
        *(
            ("corpus.types", name)
            for name in ("Box", "Document", "Footnote", "Paragraph", "Quality", "Relation")
        ),
    }
)
"""Dataclasses, as (module, name); each takes its fields in their order."""

_WORDS: dict[str, dict[str, type[Enum]]] = {
    "Document": {"status": DocumentStatus},
    "Paragraph": {"kind": ParagraphKind},
    "Relation": {"kind": RelationKind},
}
"""Fields that hold a member of an enumeration, by class."""

_ERRORS = "corpus.errors"


def pack(answer: tuple[str, Any]) -> bytes:
    """Return an answer as bytes."""
    stream = io.BytesIO()
    _Packer(stream, protocol=pickle.HIGHEST_PROTOCOL).dump(answer)
    return stream.getvalue()


def unpack(data: bytes) -> tuple[str, Any]:
    """Return an answer of a worker that may be in anybody's hands.

    Raises:
        Exception: of any class; these bytes are no answer.
    """
    status, value = _Unpacker(io.BytesIO(data)).load()
    if not isinstance(status, str):
        raise pickle.UnpicklingError("an answer begins with a word")
    return status, value


class _Packer(pickle.Pickler):
    """Writes the values of the list as a call of their class with their fields."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if (kind.__module__, kind.__qualname__) in _VALUES:
            return kind, tuple(map(_plain, map(value.__getattribute__, _fields(kind))))
        if isinstance(value, ReadError):
            return kind, (value.subject, value.cause, value.remedy)
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    """Reads answers; refuses every class and function that is not on the list."""

    def find_class(self, module: str, name: str) -> _Maker:
        if (module, name) in _VALUES:
            kind = super().find_class(module, name)
            words = _WORDS.get(name, {})
            made = _made_of_fields(kind, [words.get(field) for field in _fields(kind)])
            return _Maker(made)
        if module == _ERRORS and "." not in name:
            kind = super().find_class(module, name)
            if isinstance(kind, type) and issubclass(kind, ReadError):
                return _Maker(_made_of_words(kind))
        raise pickle.UnpicklingError(f"an answer may not contain {module}.{name}")


class _Maker:
    """Stands for a class: it can be called, and nothing can be set on it or read from it."""

    __slots__ = ("_make",)

    _make: Callable[..., Any]

    def __init__(self, make: Callable[..., Any]) -> None:
        object.__setattr__(self, "_make", make)

    def __call__(self, *given: object) -> Any:
        return self._make(*given)

    def __setattr__(self, name: str, value: object) -> None:
        raise pickle.UnpicklingError(f"an answer may not set {name}")


def _made_of_fields(kind: type, words: list[type[Enum] | None]) -> Callable[..., Any]:
    def make(*given: Any) -> Any:
        pairs = zip(given, words, strict=True)
        return kind(*(each if word is None or each is None else word(each) for each, word in pairs))

    return make


def _made_of_words(kind: type[ReadError]) -> Callable[..., ReadError]:
    def make(subject: object, cause: object, remedy: object) -> ReadError:
        return kind(str(subject), str(cause), str(remedy))

    return make


def _fields(kind: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value
