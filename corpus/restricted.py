"""Restricted collections: what they are called, and the ids of the documents in them.

An id of a restricted document carries the name of its collection, `A_HRC_15_16@witness:en`. No
other id has an `@` (`corpus.identity`), so neither a symbol nor a digest that a public document has
as well can make two of them one.
"""

from __future__ import annotations

import re

from corpus.errors import InputError

__all__ = ["check_name", "collection_of", "id_in", "id_outside", "is_name"]

_NAME = re.compile(r"[a-z0-9-]{1,40}")
_MARK = re.compile(r"@([a-z0-9-]{1,40})(?=[~:]|\Z)")


def is_name(name: str) -> bool:
    """Tell whether a restricted collection may be called so."""
    return _NAME.fullmatch(name) is not None


def check_name(name: str) -> str:
    """Return a name that a restricted collection may have.

    Raises:
        InputError: it is none.
    """
    if not is_name(name):
        raise InputError(
            "the name of a restricted collection",
            "is not one to forty of a-z, 0-9 and -",
            "choose one like `witness-2024`",
        )
    return name


def id_in(document_id: str, name: str) -> str:
    """Return the id that a document has in a restricted collection."""
    key, colon, language = document_id.partition(":")
    return f"{key}@{name}{colon}{language}"


def id_outside(document_id: str) -> str:
    """Return the id that a document of a restricted collection has outside of it."""
    return _MARK.sub("", document_id, count=1)


def collection_of(key: str) -> str | None:
    """Return the restricted collection that the id of a document or a passage names, or None."""
    found = _MARK.search(key)
    return None if found is None else found[1]
