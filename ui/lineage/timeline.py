"""The timeline of a paragraph, as a chart."""

from __future__ import annotations

import altair as alt

from search_api.schemas import Lineage
from ui.parts.standing import standing_name
from ui.wording import lineage as texts

__all__ = ["chart", "marks"]

_FRAME_PX, _ROW_PX, _LEGEND_PX = 100, 26, 18
"""Height of what is around the plot, of each row, and of each line of the legend below it, which
has one line for a standing: two side by side are cut on a phone."""
_SHAPES = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
# Told apart by shape and by row as well; from Okabe and Ito's palette, which eyes that confuse
# red and green tell apart.
_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"]


def marks(found: Lineage) -> list[dict[str, object]]:
    """Return one mark for each text: its row, year, citation and standing."""
    out: list[dict[str, object]] = []
    for version in found.versions:
        held = [(texts.ROW_VERSION, version.passage)]
        held += [(texts.ROW_PROPOSAL, each.passage) for each in version.proposals]
        out += [_mark(row, p.year, p.citation, standing_name(p.standing)) for row, p in held]
    for proposal in found.proposals:
        p = proposal.passage
        out.append(_mark(texts.ROW_PROPOSAL, p.year, p.citation, standing_name(p.standing)))
    for each in found.without:
        name = each.symbol or each.title or each.document_id
        out.append(_mark(texts.ROW_WITHOUT, each.year, name, texts.ROW_WITHOUT))
    return [mark for mark in out if mark["year"]]


def _mark(row: str, year: int | None, name: str, standing: str) -> dict[str, object]:
    return {"row": row, "year": year, "name": name, "standing": standing}


def chart(found: Lineage) -> alt.Chart:
    """Draw the texts of a series by year: versions, drafts, and what lacks the paragraph."""
    held = marks(found)
    standings = list(dict.fromkeys(str(mark["standing"]) for mark in held))
    rows = [texts.ROW_VERSION, texts.ROW_PROPOSAL, texts.ROW_WITHOUT]
    used = [row for row in rows if any(mark["row"] == row for mark in held)]
    turns = len(standings) // len(_SHAPES) + 1
    drawn: alt.Chart = (
        alt.Chart(alt.InlineData(values=held))
        .mark_point(filled=True, size=150, opacity=0.9)
        .encode(
            x=alt.X("year:O", title=texts.YEAR, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("row:N", title=None, sort=used, axis=alt.Axis(labelLimit=120)),
            shape=alt.Shape(
                "standing:N",
                title=None,
                scale=alt.Scale(domain=standings, range=(_SHAPES * turns)[: len(standings)]),
                legend=alt.Legend(orient="bottom", columns=1, labelLimit=220),
            ),
            color=alt.Color(
                "standing:N",
                title=None,
                scale=alt.Scale(domain=standings, range=(_COLOURS * turns)[: len(standings)]),
            ),
            tooltip=[
                alt.Tooltip("name:N", title=texts.TEXT),
                alt.Tooltip("year:O", title=texts.YEAR),
                alt.Tooltip("standing:N", title=texts.STANDING),
            ],
        )
        .properties(height=_FRAME_PX + _ROW_PX * len(used) + _LEGEND_PX * len(standings))
    )
    return drawn
