"""Which plots an answer makes, each with its title, its summary and what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_api.schemas import Trend, Trends, TrendTable
from ui.parts.cards import own_names
from ui.see import charts, figures
from ui.see.charts import Look
from ui.see.figures import FEW, Point
from ui.see.plot import Plot
from ui.see.state import SeeState
from ui.wording import common
from ui.wording import see as texts

__all__ = ["MOST_BODIES", "Answer"]

MOST_BODIES = 15
"""Rows of a plot; the others stand in its table."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is drawn.

    Attributes:
        found: The counts.
        state: What of them is shown.
        lang: Language of the interface where the address says it, for links.
    """

    found: Trends
    state: SeeState
    lang: str = ""

    @property
    def look(self) -> Look:
        """What the plots have in common."""
        return Look.of(self.state)

    def of_years(self) -> Iterator[Plot]:
        """Yield the plots over years: bars of one query, or lines and a heat map of several."""
        said = [trend for trend in self.found.trends if trend.total.passages]
        series = [figures.years(trend, self.state, self.lang) for trend in said]
        points = [point for each in series for point in each]
        summary = " ".join(
            told for each in series if (told := figures.summary_of_years(each, self.state))
        )
        shown = set(charts.spanned(points))
        pale = any(point.few and point.part and point.year in shown for point in points)
        notes = self._notes("year", said, few=pale)
        notes += [told for trend in said[:1] if (told := figures.undated(trend, self.state))]
        queries = tuple(trend.query for trend in said)
        one = len(said) == 1
        title = texts.BY_YEAR_TITLE.format(query=queries[0]) if one else texts.COMPARED_TITLE
        yield Plot(
            "year",
            title,
            summary,
            tuple(notes),
            charts.lines(series, self.look),
            points,
            "year",
            queries,
        )
        if not one:
            yield Plot(
                "heat",
                texts.HEAT,
                "",
                (*self._notes("year", said, few=False), texts.EMPTY_CELLS),
                charts.heat_map(series, self.look),
                points,
                "year",
                queries,
            )

    def of_bodies(self, trend: Trend) -> Iterator[Plot]:
        """Yield the plots of bodies of one query, and of bodies and years."""
        points = figures.bodies(trend, self.state, self.lang)
        said = [point for point in points if point.part]
        shown = sorted(said[:MOST_BODIES], key=self._value, reverse=True)
        peak = figures.most(points, self.state)
        if peak is None:
            return
        notes = self._notes("body", [trend], few=any(point.few for point in shown))
        if more := len(said) - len(shown):
            notes.append(texts.MORE_BODIES.format(count=more))
        yield Plot(
            "body",
            texts.BY_BODY_TITLE.format(query=trend.query),
            texts.SUMMARY_BODIES.format(
                body=peak.body, point=peak.words, count=len(said), all=len(points)
            ),
            tuple(notes),
            charts.bars_of_bodies(shown, self.look),
            points,
            "body",
            (trend.query,),
        )
        yield from self._of_bodies_and_years(trend, [str(point.body) for point in shown])

    def _of_bodies_and_years(self, trend: Trend, names: Sequence[str]) -> Iterator[Plot]:
        points = figures.cells(trend, self.state, self.lang)
        peak = figures.most(points, self.state)
        if peak is None:
            return
        yield Plot(
            "body-year",
            texts.BY_BODY_AND_YEAR_TITLE.format(query=trend.query),
            texts.SUMMARY_CELLS.format(body=peak.body, year=peak.year, point=peak.words),
            (*self._notes("body-year", [trend], few=False), texts.EMPTY_CELLS),
            charts.body_map(points, names, self.look),
            [point for point in points if point.part],
            "body-year",
            (trend.query,),
        )

    def _value(self, point: Point) -> float:
        return point.share if self.state.shown == "share" else point.part

    def _notes(self, table: TrendTable, said: Sequence[Trend], *, few: bool) -> list[str]:
        """Say what was counted, among what, and what to beware of."""
        state = self.state
        notes = [texts.COUNTED[state.how].format(bar=self.found.bar or 0.0), texts.ONCE[state.unit]]
        if only := _only(state):
            notes.append(texts.ONLY.format(values=texts.ONLY_JOIN.join(only)))
        codes = list(dict.fromkeys(code for trend in said for code in trend.languages))
        if codes:
            names = texts.LANGUAGE_JOIN.join(common.LANGUAGES.get(c, c) for c in codes)
            elsewhere = sum(trend.elsewhere for trend in said)
            form = texts.IN_LANGUAGES_ELSEWHERE if elsewhere else texts.IN_LANGUAGES
            notes.append(form.format(languages=names, elsewhere=elsewhere))
        if state.shown == "share":
            notes.append(texts.SHARES[table, state.unit])
            if few:
                notes.append(texts.FEW[state.unit].format(least=FEW[state.unit]))
        if not all(trend.complete for trend in said):
            notes.append(texts.INCOMPLETE)
        return notes


def _only(state: SeeState) -> list[str]:
    """Return the values of the filters as a person reads them."""
    search, names = state.search, own_names()
    values = [
        names.get(facet, {}).get(value, value)
        for facet in ("kind", "body", "country", "language", "status", "symbol")
        for value in getattr(search, facet)
    ]
    first, last = search.year_from, search.year_to
    if first is not None and first == last:
        values.append(str(first))
    elif first is not None or last is not None:
        values.append(texts.ONLY_YEARS.format(first=first or "", last=last or ""))
    return values
