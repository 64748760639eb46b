"""What is asked: put together from the words of the index, so that no memory helps with it.

Of what people would ask it has the length and the words, and none of the sense. None of it is kept.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from benchmarks.questions import repeated
from benchmarks.soak.asking import Asked

__all__ = ["Mix", "document"]

_PASSAGES = 4000
_WORD = re.compile(r"[^\W\d_]{4,}")
_SAMPLE = """
    SELECT passage_id, substr(text, start + 1, "end" - start) FROM passages
    JOIN paragraphs USING (document_id, ordinal)
    WHERE "end" - start > 200 ORDER BY random() LIMIT ?
"""


class Mix:
    """Makes requests, of all kinds mixed.

    Attributes:
        passage_ids: of some passages that stay in the index.
    """

    def __init__(self, index: Path, seed: int = 1) -> None:
        catalogue = f"file:{index / 'catalogue.sqlite'}?mode=ro"
        with closing(sqlite3.connect(catalogue, uri=True)) as held:
            rows = held.execute(_SAMPLE, (_PASSAGES,)).fetchall()
        self.passage_ids = [str(key) for key, _ in rows]
        self._texts = [_WORD.findall(text) for _, text in rows]
        self._random = random.Random(seed)  # noqa: S311
        self._repeated = repeated(50)
        self._kinds: dict[Callable[[], Asked], int] = {
            self._new_search: 38,
            self._repeated_search: 26,
            self._reading: 12,
            self._similar: 8,
            self._passage: 7,
            self._facets: 5,
            self._draft: 4,
        }

    def one(self) -> Asked:
        """Return a request of some kind."""
        (make,) = self._random.choices(list(self._kinds), list(self._kinds.values()))
        return make()

    def words(self, count: int) -> str:
        """Return words that stand near one another somewhere in the index, half of each place."""
        found: list[str] = []
        while len(found) < count:
            text = self._random.choice(self._texts)
            at = self._random.randrange(max(1, len(text)))
            found += text[at : at + max(1, count // 2)]
        return " ".join(found[:count])

    def _search(self, kind: str, query: str, **more: object) -> Asked:
        body = {"query": query, "k": 10, **more}
        return Asked(kind, "POST", "/v1/search", json.dumps(body).encode())

    def _new_search(self) -> Asked:
        more = self._random.choice([{}, {}, {"facets": True}, {"group_by_document": True}])
        return self._search("new search", self.words(self._random.randint(3, 7)), **more)

    def _repeated_search(self) -> Asked:
        return self._search("repeated search", self._random.choice(self._repeated))

    def _at(self, kind: str, path: str) -> Asked:
        key = quote(self._random.choice(self.passage_ids), safe="")
        return Asked(kind, "GET", path.format(key))

    def _reading(self) -> Asked:
        return self._at("reading", "/v1/reading/{}?k=50")

    def _similar(self) -> Asked:
        return self._at("similar", "/v1/similar/{}")

    def _passage(self) -> Asked:
        return self._at("passage", "/v1/passages/{}")

    def _facets(self) -> Asked:
        first = self._random.randint(1950, 2020)
        return Asked("facets", "GET", f"/v1/facets?year={first}..{first + 30}")

    def _draft(self) -> Asked:
        sentences = [f"{n}. Urges all States to {self.words(14)};" for n in (1, 2, 3)]
        body = json.dumps({"text": "\n\n".join(sentences), "k": 3})
        return Asked("short draft", "POST", "/v1/precedents", body.encode())


def document(mix: Mix, number: int, paragraphs: int = 30) -> tuple[str, bytes]:
    """Return name and content of a document of a council that there is not."""
    numbered = "\n\n".join(f"{n}. {mix.words(40)}." for n in range(1, paragraphs + 1))
    text = (
        f"United Nations\n\nA/HRC/97/{number}\n\nHuman Rights Council\n\n"
        f"An invented report\n\n{numbered}\n"
    )
    return f"invented-{number}.en.txt", text.encode()
