"""Every word of the interface, by area and by language.

The English modules (`ui.wording.en`) are the source: a translation is a package beside them with
the same names. Pages import an area from here (`from ui.wording import search as texts`) and read
`texts.NAME` while they draw, never while they are imported, since each reader may choose another
language; the type checker sees the English strings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.wording.areas import Area

if TYPE_CHECKING:
    from ui.wording.en import (
        collect,
        common,
        compare,
        corpus,
        draft,
        export,
        frame,
        lineage,
        read,
        search,
        see,
        table,
        verify,
    )
else:
    collect = Area("collect")
    common = Area("common")
    compare = Area("compare")
    corpus = Area("corpus")
    draft = Area("draft")
    export = Area("export")
    frame = Area("frame")
    lineage = Area("lineage")
    read = Area("read")
    search = Area("search")
    see = Area("see")
    table = Area("table")
    verify = Area("verify")

__all__ = [
    "collect",
    "common",
    "compare",
    "corpus",
    "draft",
    "export",
    "frame",
    "lineage",
    "read",
    "search",
    "see",
    "table",
    "verify",
]
