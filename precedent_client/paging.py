"""Lists that come page by page, to their end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from precedent_client.calls import AsyncSending, Call, Sending

__all__ = ["Pages"]

_Page = TypeVar("_Page")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Pages(Generic[_Page, _Item]):
    """A list in pages.

    Attributes:
        ask: returns the call for a page, given its cursor; None for the first.
        items: returns what a page has.
        following: returns the cursor of the page after it; None on the last.
    """

    ask: Callable[[str | None], Call[_Page]]
    items: Callable[[_Page], Sequence[_Item]]
    following: Callable[[_Page], str | None]

    def told(self, connection: Sending) -> Iterator[_Item]:
        """Yield every one, asking for page after page."""
        cursor: str | None = None
        while True:
            page = connection.answer(self.ask(cursor))
            yield from self.items(page)
            cursor = self.following(page)
            if cursor is None:
                return

    async def told_async(self, connection: AsyncSending) -> AsyncIterator[_Item]:
        """Yield every one, asking for page after page."""
        cursor: str | None = None
        while True:
            page = await connection.answer(self.ask(cursor))
            for item in self.items(page):
                yield item
            cursor = self.following(page)
            if cursor is None:
                return
