"""Room on the disk: no two uploads under way are promised the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from corpus.errors import StorageError
from search_api.intake.folder import UploadFolder
from search_api.intake.room import Room
from tests.search_api.fake_engine import TEST_HOST
from tests.search_api.intake import TEXT, queue_of, told
from tests.search_api.intake import TOLD as TOLD_JOB

FORM = {"Content-Type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.en.txt"\r\n\r\n'
END = b"\r\n--b--\r\n"
SIZE = 60_000


class Disk:
    """A disk of which so much is free, but for what a test has written."""

    def __init__(self, free: int) -> None:
        self.free = free


def body() -> bytes:
    return HEAD + TEXT.ljust(SIZE - len(HEAD) - len(END), b"\n") + END


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


def test_two_uploads_at_once_are_not_given_the_same_room(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has come half way when the second begins, and there is room for one and a bit."""
    monkeypatch.setattr(UploadFolder, "room", lambda _: SIZE + SIZE // 4)
    headers = {**FORM, "Content-Length": str(SIZE)}

    async def asked() -> list[int]:
        half, go_on = asyncio.Event(), asyncio.Event()

        async def first() -> AsyncIterator[bytes]:
            yield body()[: SIZE // 2]
            half.set()
            await go_on.wait()
            yield body()[SIZE // 2 :]

        async def second() -> AsyncIterator[bytes]:
            yield body()

        app = told(index_dir, queue_of(index_dir, command=TOLD_JOB))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url=f"http://{TEST_HOST}"
            ) as client,
        ):
            under_way = asyncio.create_task(
                client.post("/v1/uploads", content=first(), headers=headers)
            )
            await half.wait()
            refused = await client.post("/v1/uploads", content=second(), headers=headers)
            go_on.set()
            taken = await under_way
            third = await client.post("/v1/uploads", content=second(), headers=headers)
            return [taken.status_code, refused.status_code, third.status_code]

    assert asyncio.run(asked()) == [202, 507, 202]


def test_room_is_promised_once_and_given_back() -> None:
    disk = Disk(100)
    room = Room(lambda: disk.free)
    with room.promise(60) as first:
        with pytest.raises(StorageError, match="too little room"):
            room.promise(41)
        disk.free -= 30  # written, so the disk itself says so
        first.use(30)
        with room.promise(40):
            pass
        with pytest.raises(StorageError):
            room.promise(41)
    with room.promise(70):
        pass


def test_an_upload_that_declares_nothing_asks_for_each_piece() -> None:
    disk = Disk(100)
    room = Room(lambda: disk.free)
    with room.promise(0) as pieces:
        pieces.ask(60)
        with pytest.raises(StorageError):
            room.promise(41)
        disk.free -= 60
        pieces.use(60)
        with pytest.raises(StorageError):
            pieces.ask(41)
        pieces.ask(40)
    with room.promise(40):
        pass


def test_an_upload_that_breaks_off_gives_its_room_back() -> None:
    room = Room(lambda: 100)
    with pytest.raises(ConnectionError), room.promise(100):
        raise ConnectionError
    with room.promise(100):
        pass


def test_collections_share_the_room_of_their_disk(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path)
    assert folder.of("witnesses").promises is folder.promises
