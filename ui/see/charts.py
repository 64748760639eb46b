"""The plots, as Vega-Lite; told apart by shape and place as well as by colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from babel import Locale

from ui.see.figures import Point
from ui.see.state import SeeState
from ui.wording import language
from ui.wording import see as texts

__all__ = [
    "COLOURS",
    "Look",
    "bars_of_bodies",
    "body_map",
    "heat_map",
    "lines",
    "number_locale",
    "spanned",
]

# Okabe and Ito's palette, which eyes that confuse red and green tell apart, without its yellow,
# which is lost on white; each at least 3:1 against the page in the dark, or drawn with a shape.
COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a8a", "#a6761d",
)  # fmt: skip
_SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke",
    "triangle-right",
)  # fmt: skip

_FILL = "#1b87c9"
"""Of bars and fields: 3:1 against the page, be it light or dark."""

_ROW_PX = 26
_PLOT_PX = 240
_KEY_PX = 30
"""A line of the key below a plot."""

_LABEL_PX = 130
"""Of a body's name at most: it is whole in the tooltip and in the table."""

_PALE = 0.4
_NOTHING_SAID = 0.10


@dataclass(frozen=True, slots=True)
class Look:
    """What the plots of one answer have in common.

    Attributes:
        share: Whether shares are shown, else numbers.
        value: Name of what is shown.
        few: Whether pale marks are possible: only shares of little say little.
    """

    share: bool
    value: str

    @classmethod
    def of(cls, state: SeeState) -> Look:
        """Return the look that a state asks for."""
        return cls(state.shown == "share", texts.AXIS[state.shown, state.unit])

    @property
    def number_format(self) -> str:
        """How the values of an axis are written, in D3's notation."""
        return "~%" if self.share else "~s"


def number_locale() -> dict[str, Any]:
    """Return how the language of the page writes numbers, as D3 and so Vega take it."""
    locale = Locale.parse(language.current())
    signs = locale.number_symbols["latn"]
    return {
        "decimal": signs["decimal"],
        "thousands": signs["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": locale.percent_formats[None].suffix[1],
    }


def spanned(points: Iterable[Point]) -> list[int]:
    """Return all years to show: without the scarce ones before the first that says it."""
    held = sorted(points, key=lambda p: p.year or 0)
    starts = [p.year for p in held if p.year and (p.part or not p.few)]
    ends = [p.year for p in held if p.year]
    return list(range(starts[0], ends[-1] + 1)) if starts else []


def lines(series: Sequence[Sequence[Point]], look: Look) -> alt.Chart:
    """Draw one query as bars by year, several as lines."""
    shown = spanned([point for points in series for point in points])
    names = [points[0].query for points in series if points]
    values = _values([p for points in series for p in points if p.year in set(shown)], look)
    values += _gaps(series, shown)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=_years(shown),
        y=alt.Y("value:Q", title=look.value, axis=alt.Axis(format=look.number_format, tickCount=5)),
        tooltip=_tooltips(texts.QUERY if len(names) > 1 else None, texts.YEAR),
        href=alt.Href("link:N"),
        description=alt.Description("told:N"),
    )
    if len(names) == 1:
        bars: alt.Chart = base.mark_bar(color=_FILL, cursor="pointer").encode(
            opacity=_paleness(look)
        )
        return bars.properties(height=_PLOT_PX)
    colours = alt.Scale(domain=names, range=list(COLOURS[: len(names)]))
    shapes = alt.Scale(domain=names, range=list(_SHAPES[: len(names)]))
    key = alt.Legend(orient="bottom", columns=1, labelLimit=260)
    drawn = base.mark_line(strokeWidth=2).encode(
        color=alt.Color("query:N", title=None, sort=names, scale=colours, legend=key),
    )
    marks = base.mark_point(filled=True, size=55, cursor="pointer").encode(
        color=alt.Color("query:N", title=None, sort=names, scale=colours, legend=key),
        shape=alt.Shape("query:N", title=None, sort=names, scale=shapes, legend=key),
        opacity=_paleness(look),
    )
    layered: alt.Chart = alt.layer(drawn, marks).properties(  # type: ignore[assignment]
        height=_PLOT_PX + _KEY_PX * len(names)
    )
    return layered


def heat_map(series: Sequence[Sequence[Point]], look: Look) -> alt.Chart:
    """Draw queries by years, the more the darker."""
    shown = spanned([point for points in series for point in points])
    names = [points[0].query for points in series if points]
    points = [p for each in series for p in each if p.year in set(shown)]
    return _grid(points, "query", names, shown, look, texts.QUERY)


def body_map(points: Sequence[Point], names: Sequence[str], look: Look) -> alt.Chart:
    """Draw bodies by years, the more the darker.

    Args:
        points: One for each body and year.
        names: Of the bodies to show, from above.
        look: What is shown of them.
    """
    kept = [point for point in points if point.body in set(names)]
    shown = spanned([point for point in kept if point.part])
    kept = [point for point in kept if point.year in set(shown)]
    return _grid(kept, "body", list(names), shown, look, texts.BODY)


def bars_of_bodies(points: Sequence[Point], look: Look) -> alt.Chart:
    """Draw a bar for each body, in the order given."""
    names = [str(point.body) for point in points]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=_values(points, look)))
        .mark_bar(color=_FILL, cursor="pointer")
        .encode(
            y=alt.Y("body:N", title=None, sort=names, axis=_names_axis()),
            x=alt.X(
                "value:Q", title=look.value, axis=alt.Axis(format=look.number_format, tickCount=4)
            ),
            opacity=_paleness(look),
            tooltip=_tooltips(texts.BODY),
            href=alt.Href("link:N"),
            description=alt.Description("told:N"),
        )
        .properties(height=alt.Step(_ROW_PX))
    )
    return chart


def _grid(
    points: Sequence[Point],
    row: str,
    names: Sequence[str],
    shown: Sequence[int],
    look: Look,
    title: str,
) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=_values(points, look))).encode(
        x=_years(shown),
        y=alt.Y(
            f"{row}:N",
            title=None,
            sort=list(names),
            scale=alt.Scale(domain=list(names)),
            axis=_names_axis(),
        ),
        tooltip=_tooltips(title, texts.YEAR),
        description=alt.Description("told:N"),
    )
    unsaid = base.transform_filter("datum.part == 0").mark_rect(
        color="#808080", opacity=_NOTHING_SAID
    )
    # Darkness by opacity: what is little comes close to the page, be it light or dark.
    most = max((point.share if look.share else point.part for point in points), default=0)
    said = (
        base.transform_filter("datum.part > 0")
        .mark_rect(color=_FILL, cursor="pointer", stroke=_FILL, strokeOpacity=0.4)
        .encode(
            opacity=alt.Opacity(
                "value:Q",
                title=look.value,
                scale=alt.Scale(type="sqrt", domain=[0, most or 1], range=[0.3, 1]),
                legend=alt.Legend(
                    orient="bottom",
                    format=look.number_format,
                    symbolType="square",
                    tickCount=4,
                    symbolFillColor=_FILL,
                    symbolStrokeWidth=0,
                ),
            ),
            href=alt.Href("link:N"),
        )
    )
    layered: alt.Chart = alt.layer(unsaid, said).properties(  # type: ignore[assignment]
        height=alt.Step(_ROW_PX)
    )
    return layered


def _values(points: Iterable[Point], look: Look) -> list[dict[str, Any]]:
    return [
        {
            "query": point.query,
            "year": point.year,
            "body": point.body,
            "part": point.part,
            "value": point.share if look.share else point.part,
            "few": point.few and look.share,
            "told": point.words,
            "link": point.link,
        }
        for point in points
    ]


def _gaps(series: Sequence[Sequence[Point]], shown: Iterable[int]) -> list[dict[str, Any]]:
    """Return a value of nothing for years of which nothing is held: no line leads through them."""
    return [
        {"query": points[0].query, "year": year, "value": None, "few": False}
        for points in series
        for year in sorted(set(shown) - {point.year for point in points})
    ]


def _years(shown: Sequence[int]) -> alt.X:
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=6, labelFlush=False)
    return alt.X("year:O", title=None, scale=alt.Scale(domain=list(shown)), axis=axis)


def _names_axis() -> alt.Axis:
    return alt.Axis(labelLimit=_LABEL_PX, labelOverlap=False, labelFlush=False)


def _paleness(look: Look) -> alt.Opacity:
    scale = alt.Scale(domain=[False, True], range=[1, _PALE if look.share else 1])
    return alt.Opacity("few:N", legend=None, scale=scale)


def _tooltips(*titles: str | None) -> list[alt.Tooltip]:
    fields = {texts.QUERY: "query", texts.YEAR: "year", texts.BODY: "body"}
    named = [alt.Tooltip(f"{fields[t]}:N", title=t) for t in titles if t]
    return [*named, alt.Tooltip("told:N", title=texts.SHARE)]
