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
from collections.abc import Callable, Iterable
from enum import Enum, StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

import corpus.errors
from corpus.errors import ReadError
from corpus.sandbox.shapes import field_checks, is_whole
from corpus.types import DocumentStatus, ParagraphKind, RelationKind

__all__ = ["MOST_VALUES", "pack", "unpack"]

MOST_VALUES = 5_000_000
"""In one answer, with the commas and brackets of its texts. The longest real file (181 pages) has
53,000, a document of as many paragraphs as are read some 2 million. The worst answer of so many
values and bytes takes its reader 1.3 GB."""

_CLASSES = {
    "Draft": "corpus.drafts",
    "KnownRecord": "corpus.readers.jsonl.known",
    "PageDrawn": "corpus.page_images",
    "Row": "corpus.sidecars.files",
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
_EMPTY = [_TUPLE]  # most fields of a paragraph that may hold several things hold none
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
    """Return what stands for a value in JSON; a member of an enumeration is the word it is."""
    kind: Any = type(value)
    if kind is tuple or kind is list:
        return [_TUPLE if kind is tuple else _LIST, *_each_written(value)]
    if kind in _SCALARS or isinstance(value, StrEnum):
        return value
    if _CLASSES.get(kind.__qualname__) == kind.__module__:
        return [kind.__qualname__, *_each_written(_fields_of(kind)(value))]
    if isinstance(value, ReadError):
        return [kind.__qualname__, value.subject, value.cause, value.remedy]
    if kind is dict:
        return [_DICTIONARY, *_each_written([each for pair in value.items() for each in pair])]
    if kind is bytes:
        return [_BYTES, base64.b64encode(value).decode("ascii")]
    raise TypeError(f"an answer may not contain {kind.__module__}.{kind.__qualname__}")


def _each_written(values: Iterable[Any]) -> list[Any]:
    return [
        each if type(each) in _SCALARS else _EMPTY if each == () else _written(each)
        for each in values
    ]


def _read(value: Any) -> Any:
    """Return what was written so."""
    if type(value) is not list:
        return value
    made = [
        each if type(each) is not list else () if each == _EMPTY else _read(each)
        for each in value[1:]
    ]
    return _maker(value[0])(*made)


@cache
def _maker(name: str) -> Callable[..., Any]:
    """Return what makes a value of what is in it; no answer can reach the class itself.

    Raises:
        ValueError: nothing on the list is called so.
    """
    if (module := _CLASSES.get(name)) is not None:
        kind = getattr(importlib.import_module(module), name)
        return _made_of_fields(kind, _WORDS.get(name, {}))
    if (plain := _PLAIN.get(name)) is not None:
        return plain
    error = getattr(corpus.errors, name, None)
    if isinstance(error, type) and issubclass(error, ReadError):
        return _made_of_words(error)
    raise ValueError(f"an answer may not contain {name[:80]!r}")


def _made_of_fields(kind: type, words: dict[str, type[Enum]]) -> Callable[..., Any]:
    checks = list(field_checks(kind).items())
    members = [(place, words[name]) for place, (name, _) in enumerate(checks) if name in words]

    def make(*given: Any) -> Any:
        values = list(given)
        for place, word in members:
            if values[place] is not None:
                values[place] = word(values[place])
        for (name, is_right), value in zip(checks, values, strict=True):
            if not is_right(value):
                raise TypeError(f"{name!r} of {kind.__name__} is of another kind")
        made = kind(*values)
        if not is_whole(made):
            raise ValueError(f"it is no {kind.__name__}")
        return made

    return make


def _made_of_words(kind: type[ReadError]) -> Callable[..., ReadError]:
    def make(subject: object, cause: object, remedy: object) -> ReadError:
        return kind(_writable(subject), _writable(cause), _writable(remedy))

    return make


def _writable(words: object) -> str:
    """Return words of a reason as text that can be kept, whatever the name of its file."""
    if type(words) is not str:
        raise TypeError("a reason is told in words")
    return words.encode("utf-8", "backslashreplace").decode()


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
def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of the fields of an object, in their order."""
    names = [field.name for field in dataclasses.fields(kind)]
    values = attrgetter(*names)
    return values if len(names) > 1 else lambda made: (values(made),)
