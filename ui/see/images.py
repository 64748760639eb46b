"""Plots as files: drawn by the page's own server, with the fonts of this machine."""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from ui.see.charts import number_locale

__all__ = ["drawing", "picture"]

_WIDTH_PX = 900
_SCALE = 2
"""Pixels of the image to one of the plot: sharp in print at half a page."""

_FONTS = "Noto Sans, DejaVu Sans, Noto Sans Arabic, Noto Sans CJK SC, Arial, sans-serif"
"""Whatever of these is there. A line of text takes what one lacks from one other font: Arabic and
Chinese come out each, and beside Latin and Cyrillic, but not both in one line."""

_CONFIG = {
    "background": "white",
    "padding": 16,
    "font": _FONTS,
    "axis": {
        "labelLimit": 320,
        "labelColor": "#333333",
        "titleColor": "#333333",
        "labelFontSize": 12,
    },
    "legend": {"labelFontSize": 12},
    "title": {"anchor": "start", "fontSize": 16, "subtitleFontSize": 11, "subtitlePadding": 6},
    "view": {"stroke": None},
}


def picture(chart: alt.Chart, title: str, notes: list[str]) -> bytes:
    """Return a plot as PNG; nothing is asked of the network."""
    import vl_convert  # loads an engine of its own, a second's work that most pages never need

    return bytes(vl_convert.vegalite_to_png(_whole(chart, title, notes), scale=_SCALE))


def drawing(chart: alt.Chart, title: str, notes: list[str]) -> bytes:
    """Return a plot as SVG; nothing is asked of the network."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_whole(chart, title, notes))).encode()


def _whole(chart: alt.Chart, title: str, notes: list[str]) -> dict[str, Any]:
    """Return a plot that stands by itself: wide, on white, with what it counts, without links."""
    spec: dict[str, Any] = json.loads(chart.to_json())
    for layer in (spec, *spec.get("layer", ())):
        encoding = layer.get("encoding", {})
        encoding.pop("href", None)
        encoding.get("y", {}).get("axis", {}).pop("labelLimit", None)  # here is room for names
    spec["width"] = _WIDTH_PX
    spec["title"] = {"text": title, "subtitle": [line for note in notes for line in _lines(note)]}
    spec["config"] = {**_CONFIG, "locale": {"number": number_locale()}}
    return spec


def _lines(note: str, most: int = 130) -> list[str]:
    """Break a sentence into lines of the width of a plot."""
    lines = [""]
    for word in note.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
