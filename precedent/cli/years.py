"""Years on the command line."""

from __future__ import annotations

import re
from typing import Any

import click

__all__ = ["YEARS", "YearRange"]


class YearRange(click.ParamType[tuple[int | None, int | None]]):
    """A year or a span of years: `2019`, `2019..2024`, `2019..`, `..2024`."""

    name = "years"
    _form = re.compile(r"(?P<first>\d{4})?(?P<dots>\.\.)?(?P<last>\d{4})?")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None, int | None]:
        """Return the first and the last year, both inclusive; None where open."""
        if isinstance(value, tuple):
            return value
        match = self._form.fullmatch(str(value).strip())
        if match is None or not (match["first"] or match["last"]):
            self.fail(
                f"{value!r} is not of the form 2019, 2019..2024, 2019.. or ..2024", param, ctx
            )
        first = int(match["first"]) if match["first"] else None
        last = int(match["last"]) if match["last"] else None
        if not match["dots"]:
            last = first
        if first is not None and last is not None and first > last:
            self.fail(f"{value!r} runs backwards", param, ctx)
        return first, last


YEARS = YearRange()
