"""What a service asks of a process of the indexer; it loads nothing, so that asking is cheap."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

__all__ = ["Action", "Asked"]

Action = Literal["index", "remove", "rebuild", "views"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A job.

    Attributes:
        action: "index" files, "remove" a document, or "rebuild": publish the catalogue anew, from
            the vectors it holds; or publish the "views" of restricted collections.
        index_dir: folder of the index.
        models_dir: folder of models, or None for the usual one.
        files: to index.
        document_id: to remove.
        restricted: the restricted collection that files go into, or None.
        again: whether the document was there when its removal was begun before.
    """

    action: Action
    index_dir: str
    models_dir: str | None = None
    files: tuple[str, ...] = ()
    document_id: str = ""
    restricted: str | None = None
    again: bool = False

    def line(self) -> str:
        """Return it as the line of JSON that asks for it."""
        return json.dumps(asdict(self)) + "\n"
