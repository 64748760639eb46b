"""Names, tags and notes of what is kept: what nobody sees and a terminal obeys is taken out."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from search_api.schemas import (
    CollectionRequest,
    EntryRequest,
    SavedCollection,
    SavedQuery,
    SavedSearchChange,
    SavedSearchRequest,
)

SEARCH = {"query": "water"}
NAMED: dict[str, tuple[type[Any], dict[str, object]]] = {
    "a collection": (CollectionRequest, {}),
    "a collection of a file": (SavedCollection, {}),
    "a saved search": (SavedSearchRequest, {"request": SEARCH}),
    "a saved search of a file": (SavedQuery, {"request": SEARCH}),
    "a new name": (SavedSearchChange, {}),
}


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Wells\x00 of\x1b[2J Dara", "Wells of [2J Dara"),
        ("Wells\r\nof\u2028Dara\x85", "Wells of Dara"),
        ("  Wells \t of   Dara ", "Wells of Dara"),
        ("نام\u200cها", "نام\u200cها"),
        ("W" * 200 + "\x00", "W" * 200),
    ],
)
def test_a_name_is_one_line_without_controls(kind: str, given: str, kept: str) -> None:
    model, more = NAMED[kind]
    assert model.model_validate({"name": given, **more}).name == kept


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize(
    "given", ["\ud800", "W" * 4096, "\x00\x01", "\u200b\u202e", "", " \n"],
    ids=["half a letter", "4 KB", "controls", "nothing to see", "nothing", "spaces"],
)  # fmt: skip
def test_what_is_no_name_is_refused(kind: str, given: str) -> None:
    model, more = NAMED[kind]
    with pytest.raises(ValidationError, match="name"):
        model.model_validate({"name": given, **more})


def test_tags_and_notes_are_cleaned_too() -> None:
    made = EntryRequest.model_validate(
        {
            "passage_id": "X_1:en:1",
            "note": "One.\n\tTwo\x1b[31m.\x00",
            "tags": ["a\nb", "A  B", "c\x7f"],
        }
    )
    assert made.note == "One.\n\tTwo[31m."
    assert made.tags == ("a b", "c")
    with pytest.raises(ValidationError, match="tags"):
        EntryRequest.model_validate({"passage_id": "X_1:en:1", "tags": ["\u200b"]})


@pytest.mark.parametrize("query", ["\ud800 water", "w" * 60_000])
def test_a_search_that_could_not_be_asked_is_not_kept(query: str) -> None:
    with pytest.raises(ValidationError, match="query"):
        SavedSearchRequest.model_validate({"name": "Wells", "request": {"query": query}})
