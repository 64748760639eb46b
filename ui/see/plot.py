"""One plot with what belongs to it: what it says in words, what it counts, its numbers, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import altair as alt
import streamlit as st

from search_api.schemas import TrendFileRequest, TrendTable
from ui.parts.cards import line
from ui.parts.markup import Markup, element
from ui.see import charts, images
from ui.see.figures import Point
from ui.see.state import SeeState
from ui.service import connection
from ui.wording import see as texts

__all__ = ["Plot", "numbers", "show"]


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn in one place of the page.

    Attributes:
        key: Names it among the plots of the page.
        title: Above it.
        summary: The same in a sentence, for those who do not see it.
        notes: What was counted.
        chart: The drawing.
        points: Its numbers.
        table: Which table of the service they are.
        queries: Whose.
    """

    key: str
    title: str
    summary: str
    notes: tuple[str, ...]
    chart: alt.Chart
    points: Sequence[Point]
    table: TrendTable
    queries: tuple[str, ...]


def show(plot: Plot, state: SeeState) -> None:
    """Draw a plot."""
    with st.container(key=f"plot-{plot.key}", gap="small"):
        st.html(str(element("h2", plot.title, class_="p-plot-title", dir="auto")))
        if plot.summary:
            st.html(str(element("p", plot.summary, class_="p-plot-said", dir="auto")))
        drawn = plot.chart.properties(description=plot.summary or plot.title).configure(
            locale=alt.Locale(number=alt.NumberLocale(**charts.number_locale()))
        )
        st.altair_chart(drawn, width="stretch", key=f"chart-{plot.key}")
        st.html(str(element("div", *(line(note) for note in plot.notes), class_="p-plot-notes")))
        _files(plot, state)
        with st.expander(texts.AS_TABLE.format(plot=plot.title)):
            st.html(str(numbers(plot.points, state)))


def numbers(points: Sequence[Point], state: SeeState) -> Markup:
    """Show the numbers of a plot as a table, each line with the way to its search."""
    several = len({point.query for point in points}) > 1
    columns = [
        (texts.QUERY, [point.query for point in points]) if several else None,
        (texts.BODY, [point.body or "" for point in points]) if points[0].body else None,
        (texts.YEAR, [str(point.year) for point in points]) if points[0].year else None,
    ]
    keys = [column for column in columns if column]
    head = [name for name, _ in keys]
    head += [texts.COUNT[state.unit], texts.OF_COUNT[state.unit], texts.SHARE, texts.OPEN_SEARCH]
    rows = [_row([values[at] for _, values in keys], point) for at, point in enumerate(points)]
    return element(
        "div",
        element(
            "table",
            element("thead", element("tr", *(element("th", each, scope="col") for each in head))),
            element("tbody", *rows),
        ),
        class_="p-numbers",
        tabindex="0",
        role="region",
        aria_label=texts.COUNT[state.unit],
    )


def _row(keys: Sequence[str], point: Point) -> Markup:
    place = texts.LANGUAGE_JOIN.join(keys)
    name, *others = keys
    way = None
    if point.link:
        way = element(
            "a",
            texts.OPEN_SEARCH,
            href=point.link,
            target="_self",
            aria_label=texts.OPEN_SEARCH_LABEL.format(place=place),
        )
    return element(
        "tr",
        element("th", name, scope="row", dir="auto"),
        *(element("td", each, dir="auto") for each in others),
        element("td", texts.NUMBER.format(number=point.part)),
        element("td", texts.NUMBER.format(number=point.whole)),
        element("td", texts.SHARE_CELL.format(share=100 * point.share)),
        element("td", way),
    )


def _files(plot: Plot, state: SeeState) -> None:
    """Offer the plot as files, each made when it is asked for."""
    asked = TrendFileRequest(
        queries=plot.queries, how=state.how, filters=state.filters, table=plot.table
    )
    notes = [plot.summary, *plot.notes] if plot.summary else list(plot.notes)
    image = (plot.chart, plot.title, notes)
    made: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (texts.AS_PNG, "png", "image/png", partial(images.picture, *image)),
        (texts.AS_SVG, "svg", "image/svg+xml", partial(images.drawing, *image)),
        (
            texts.AS_CSV,
            "csv",
            "text/csv",
            lambda: connection.client().trends_file(asked).content,
        ),
    ]
    with st.container(horizontal=True, key=f"files-{plot.key}", gap="small"):
        for label, ending, media_type, content in made:
            st.download_button(
                label,
                content,
                file_name=f"precedent-trend-{plot.key}.{ending}",
                mime=media_type,
                key=f"{ending}-{plot.key}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )
