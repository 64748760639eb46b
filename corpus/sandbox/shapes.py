"""What an answer must be made of, told by the annotations of the classes that it is made into.

A reader that a hostile file has taken over may write a number where a text is due, half of a
character that no file can hold, or two paragraphs under one label; what reads the answer would
break over it much later, and end the run. So each value is compared with what its field is declared
to be, before there is an object that holds it. Plain checks take 0.9 s for 123,000 paragraphs; to
have them made by pydantic would have all faults of an answer collected, whose number its writer
chooses.
"""

from __future__ import annotations

import math
import re
import types
import typing
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from functools import cache
from typing import Any

from corpus.restricted import is_name
from corpus.types import Document

__all__ = ["check_shape", "field_checks", "is_whole"]

Check = Callable[[Any], bool]

_ID = re.compile(r"[A-Za-z0-9._()~-]+(?::[A-Za-z0-9._()-]+)?")
_MOST = 2**53
"""Of a number: larger ones are none in a database or in JSON."""


def check_shape(value: object, annotation: Any) -> None:
    """Make sure that an answer is what was asked for.

    Args:
        value: as it was made.
        annotation: of what it should be, as of a function that returns it.

    Raises:
        TypeError: it is something else.
    """
    if not _check(annotation)(value):
        raise TypeError(f"{type(value).__name__} is not what was asked for")


@cache
def field_checks(kind: type) -> dict[str, Check]:
    """Return, by field in their order, what tells whether a value may stand in it."""
    hints = typing.get_type_hints(kind)
    return {name: _check(hints[name]) for name in kind.__dataclass_fields__}  # type: ignore[attr-defined]


def is_whole(made: object) -> bool:
    """Tell whether an object is sound as a whole.

    A document has an id as `corpus.identity` makes it, which names no restricted collection, each
    label of a paragraph once, and the name of its own collection is no path.
    """
    if not isinstance(made, Document):
        return True
    labels = {paragraph.id for paragraph in made.paragraphs}
    return (
        len(labels) == len(made.paragraphs)
        and "" not in labels
        and _ID.fullmatch(made.id) is not None
        and (made.restricted is None or is_name(made.restricted))
    )


@cache
def _check(annotation: Any) -> Check:
    """Return what tells whether a value is as an annotation says."""
    if annotation in (Any, object):
        return lambda _: True
    if (plain := _PLAIN.get(annotation)) is not None:
        return plain
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        rest = [_check(part) for part in parts if part is not types.NoneType]
        return _any_of(rest, nothing=len(rest) < len(parts))
    if origin is list:
        return _all_of(list, _check(parts[0]))
    if origin is Mapping:
        key, held = map(_check, parts)
        return lambda value: (
            type(value) is dict and all(map(key, value)) and all(map(held, value.values()))
        )
    if origin is tuple and parts[-1] is ...:
        return _all_of(tuple, _check(parts[0]))
    if origin is tuple:
        return _each_of([_check(part) for part in parts])
    if isinstance(annotation, type) and issubclass(annotation, (Enum, Exception)):
        return lambda value: isinstance(value, annotation)
    if isinstance(annotation, type):
        return lambda value: type(value) is annotation
    raise TypeError(f"an answer cannot be compared with {annotation}")


def _is_text(value: object) -> bool:
    """Tell a text that can be written down; half of a character cannot."""
    if type(value) is not str:
        return False
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    return True


_PLAIN: dict[Any, Check] = {
    str: _is_text,
    int: lambda value: type(value) is int and -_MOST <= value <= _MOST,
    float: lambda value: type(value) is float and math.isfinite(value),
    bool: lambda value: type(value) is bool,
    bytes: lambda value: type(value) is bytes,
    type(None): lambda value: value is None,
    None: lambda value: value is None,
}


def _any_of(checks: list[Check], *, nothing: bool) -> Check:
    if len(checks) == 1 and nothing:
        (check,) = checks
        return lambda value: value is None or check(value)
    return lambda value: (nothing and value is None) or any(check(value) for check in checks)


def _all_of(kind: type[Collection[Any]], check: Check) -> Check:
    return lambda value: type(value) is kind and (not value or all(map(check, value)))


def _each_of(checks: list[Check]) -> Check:
    def is_so(value: Any) -> bool:
        return (
            type(value) is tuple
            and len(value) == len(checks)
            and all(check(each) for check, each in zip(checks, value, strict=True))
        )

    return is_so
