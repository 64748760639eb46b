"""Stretches of time as they are typed: `30m`, `24h`, `7d`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import click

__all__ = ["Duration"]

_FORM = re.compile(r"(\d{1,6})([smhd])|0", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Duration(click.ParamType[timedelta]):
    """A number of seconds, minutes, hours or days, with the letter of its unit; or 0."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return how long it is."""
        if isinstance(value, timedelta):
            return value
        match = _FORM.fullmatch(value)
        if match is None:
            self.fail(f"{value!r} is no time; give one such as 30m, 24h or 7d", param, ctx)
        return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match[1] else timedelta()
