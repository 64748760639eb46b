"""What a worker answers, on its way through the pipe: plain values and a few classes, named here.

A worker that a hostile file has taken over could send anything. So answers are JSON, in which every
container is an array that begins with what it is: a tuple, a list, a dictionary, bytes, or a class
of a list that the parent makes by calling it with its fields. Members of enumerations cross as the
words they are. A pickle is no faster (the longest real file, of 181 pages, takes 0.1 s either way)
and can take the memory of the parent before it names a class: 23 bytes took 4 GB by an index into
its memo, and parts that are shared grow without end when they are written out. Here memory grows
with the bytes that have come, and those, and the values in them, are bounded.
"""

from __future__ import annotations

import base64
import dataclasses
import importlib
import json
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any

import corpus.errors
from corpus.errors import ReadError
from corpus.types import DocumentStatus, ParagraphKind, RelationKind

__all__ = ["MOST_VALUES", "pack", "unpack"]

MOST_VALUES = 5_000_000
"""In one answer, with the commas and brackets of its texts. The longest real file (181 pages) has
53,000, a document of as many paragraphs as are read some 2 million. The worst answer of so many
values and bytes takes its reader 1.3 GB."""

_CLASSES = {
    "Draft": "corpus.drafts",
    "PageDrawn": "corpus.page_images",
    "Trial": "corpus.sandbox.trial",
    **dict.fromkeys(
        ("Box", "Document", "Footnote", "Paragraph", "Quality", "Relation"), "corpus.types"
    ),
}
"""Dataclasses, by name, and the module of each; each takes its fields in their order."""

_WORDS: dict[str, dict[str, type[Enum]]] = {
    "Document": {"status": DocumentStatus},
    "Paragraph": {"kind": ParagraphKind},
    "Relation": {"kind": RelationKind},
}
"""Fields that hold a member of an enumeration, by class."""

_TUPLE, _LIST, _DICTIONARY, _BYTES = "()", "[]", "{}", "b"
_SCALARS = frozenset({type(None), bool, int, float, str})


def pack(answer: tuple[str, Any]) -> bytes:
    """Return an answer as bytes.

    Raises:
        TypeError: a value of a class that is not on the list is in it.
    """
    text = json.dumps(_written(answer), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def unpack(data: bytes) -> tuple[str, Any]:
    """Return an answer of a worker that may be in anybody's hands.

    Raises:
        Exception: of any class; these bytes are no answer.
    """
    if data.count(b",") + data.count(b"[") > MOST_VALUES:
        raise ValueError("an answer may not hold so many values")
    text = data.decode("utf-8", "surrogatepass")
    status, value = _read(json.loads(text, object_pairs_hook=_no_object))
    if not isinstance(status, str):
        raise TypeError("an answer begins with a word")
    return status, value


def _written(value: Any) -> Any:
    """Return what stands for a value in JSON."""
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return [_TUPLE if kind is tuple else _LIST, *map(_written, value)]
    if isinstance(value, Enum):
        return value.value
    if _CLASSES.get(kind.__qualname__) == kind.__module__:
        return [kind.__qualname__, *(_written(getattr(value, name)) for name in _fields(kind))]
    if isinstance(value, ReadError):
        return [kind.__qualname__, value.subject, value.cause, value.remedy]
    if kind is dict:
        return [_DICTIONARY, *(_written(each) for pair in value.items() for each in pair)]
    if kind is bytes:
        return [_BYTES, base64.b64encode(value).decode("ascii")]
    raise TypeError(f"an answer may not contain {kind.__module__}.{kind.__qualname__}")


def _read(value: Any) -> Any:
    """Return what was written so."""
    if type(value) is not list:
        return value
    return _maker(value[0])(*[_read(each) if type(each) is list else each for each in value[1:]])


@cache
def _maker(name: str) -> Callable[..., Any]:
    """Return what makes a value of what is in it; no answer can reach the class itself.

    Raises:
        ValueError: nothing on the list is called so.
    """
    if (module := _CLASSES.get(name)) is not None:
        kind = getattr(importlib.import_module(module), name)
        words = _WORDS.get(name, {})
        return _made_of_fields(kind, [words.get(field) for field in _fields(kind)])
    if (plain := _PLAIN.get(name)) is not None:
        return plain
    error = getattr(corpus.errors, name, None)
    if isinstance(error, type) and issubclass(error, ReadError):
        return _made_of_words(error)
    raise ValueError(f"an answer may not contain {name[:80]!r}")


def _made_of_fields(kind: type, words: list[type[Enum] | None]) -> Callable[..., Any]:
    def make(*given: Any) -> Any:
        pairs = zip(given, words, strict=True)
        return kind(*(each if word is None or each is None else word(each) for each, word in pairs))

    return make


def _made_of_words(kind: type[ReadError]) -> Callable[..., ReadError]:
    def make(subject: object, cause: object, remedy: object) -> ReadError:
        return kind(str(subject), str(cause), str(remedy))

    return make


def _dictionary(*given: Any) -> dict[Any, Any]:
    return dict(zip(given[::2], given[1::2], strict=True))


_PLAIN: dict[str, Callable[..., Any]] = {
    _TUPLE: lambda *given: given,
    _LIST: lambda *given: list(given),
    _DICTIONARY: _dictionary,
    _BYTES: lambda text: base64.b64decode(text, validate=True),
}


def _no_object(_: object) -> None:
    raise ValueError("an answer may not contain an object of JSON")


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
