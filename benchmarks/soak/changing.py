"""Changing what is served and what is kept, while it is asked."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from benchmarks.soak.asking import Asked, Asker
from benchmarks.soak.mix import Mix, document

__all__ = ["Changes", "Publication"]

_MOST_HELD = 3
_MOST_ENTRIES = 20
_BETWEEN_LOOKS_S = 0.5


@dataclass(frozen=True, slots=True)
class Publication:
    """A change of the corpus, from asking for it to serving it.

    Attributes:
        kind: upload or remove.
        began: on the monotonic clock.
        done: when the job had ended.
        served: when the new generation answered.
        state: in which the job ended.
    """

    kind: str
    began: float
    done: float
    served: float
    state: str


class Changes:
    """Uploads and removes documents, and fills and empties a collection, by turns."""

    def __init__(self, asker: Asker, mix: Mix) -> None:
        self.publications: list[Publication] = []
        self._asker = asker
        self._mix = mix
        self._number = 0
        self._held: deque[str] = deque()

    async def corpus(self, every_s: float, until: float) -> None:
        """Upload a document each so many seconds; past a few, take one out each time as well."""
        while (begun := time.perf_counter()) < until - every_s:
            await self._upload()
            if len(self._held) > _MOST_HELD:
                key = quote(self._held.popleft(), safe="")
                await self._follow("remove", Asked("remove", "DELETE", f"/v1/documents/{key}"))
            await asyncio.sleep(max(0.0, begun + every_s - time.perf_counter()))

    async def _upload(self) -> None:
        self._number += 1
        name, content = document(self._mix, self._number)
        head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--b--\r\n"
        asked = Asked("upload", "POST", "/v1/uploads", body, "multipart/form-data; boundary=b")
        for file in (await self._follow("upload", asked)).get("files", ()):
            self._held.extend(each["document_id"] for each in file["documents"])

    async def _follow(self, kind: str, asked: Asked) -> dict[str, Any]:
        """Ask for a job and look until it has ended and what it published is served."""
        began = time.perf_counter()
        before = await self._generation()
        job: dict[str, Any] = json.loads(await self._asker.one(asked) or b"{}")
        while job.get("state") in ("queued", "running"):
            await asyncio.sleep(_BETWEEN_LOOKS_S)
            told = await self._asker.one(Asked("job", "GET", f"/v1/jobs/{job['job_id']}"))
            job = json.loads(told or b"{}")
        done = time.perf_counter()
        while job.get("state") == "done" and await self._generation() == before:
            await asyncio.sleep(0.1)
            if time.perf_counter() > done + 60:
                break
        state = str(job.get("state", "refused"))
        self.publications.append(Publication(kind, began, done, time.perf_counter(), state))
        return job

    async def _generation(self) -> int:
        told = await self._asker.one(Asked("info", "GET", "/v1/info"))
        return int(json.loads(told).get("generation", -1)) if told else -1

    async def collection(self, every_s: float, until: float) -> None:
        """Keep a passage each so many seconds, and past some take one out again."""
        body = json.dumps({"name": "Soak"}).encode()
        made = json.loads(await self._asker.one(Asked("keep", "POST", "/v1/collections", body)))
        entries: deque[int] = deque()
        at = f"/v1/collections/{made['id']}/entries"
        for key in self._mix.passage_ids:
            if time.perf_counter() > until:
                return
            body = json.dumps({"passage_id": key, "note": self._mix.words(5)}).encode()
            entry = json.loads(await self._asker.one(Asked("keep", "POST", at, body)) or b"{}")
            if "id" in entry:
                entries.append(entry["id"])
            if len(entries) > _MOST_ENTRIES:
                await self._asker.one(Asked("keep", "DELETE", f"{at}/{entries.popleft()}"))
            await asyncio.sleep(every_s)
