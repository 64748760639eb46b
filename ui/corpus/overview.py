"""What is indexed: figures, bars by kind, body, language and year, the model and where all lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import CorpusState, FacetValue, Filters, Info
from ui.corpus import jobs
from ui.corpus.sizes import size_words
from ui.parts import waiting
from ui.parts.cards import line, own_names
from ui.parts.dates import time_words
from ui.parts.markup import Markup, element
from ui.service import connection
from ui.wording import common
from ui.wording import corpus as texts

__all__ = ["bars", "model_facts", "show"]

_SHOWN = 10
"""Values of a facet before the rest is folded: a corpus has 20 kinds, and hundreds of bodies."""

_BAR = "#35719f"


def show(info: Info, state: CorpusState) -> None:
    """Draw it."""
    try:
        facets = connection.client().facets(Filters())
    except ServiceError as error:
        waiting.show(error)
        return
    st.html(str(_figures(info)))
    _years(facets.year, info.documents)
    names = own_names()
    kinds = bars("kind", facets.kind, names["kind"])
    languages = bars("language", facets.language, names["language"])
    bodies = bars("body", facets.body, {})
    sides = element("div", kinds), element("div", languages, bodies)
    st.html(str(element("div", *sides, class_="p-by")))
    st.html(str(element("h2", texts.MODEL_TITLE, class_="p-side")))
    st.html(str(model_facts(info, state)))
    if state.changeable:
        _rebuild()


def _figures(info: Info) -> Markup:
    counts = {
        "documents": info.documents,
        "paragraphs": info.paragraphs,
        "passages": info.passages,
        "languages": len(info.languages),
    }
    return element(
        "dl",
        *(
            element(
                "div", element("dt", name), element("dd", _number(counts[key])), class_="p-figure"
            )
            for key, name in texts.FIGURES.items()
        ),
        class_="p-figures",
    )


def bars(facet: str, values: Sequence[FacetValue], names: Mapping[str, str]) -> Markup | None:
    """Show the values of a facet with their documents and passages, most documents first.

    Args:
        facet: whose values they are; each leads to its documents.
        values: with their counts.
        names: the page's own, by value.
    """
    if not values:
        return None
    ordered = sorted(values, key=lambda each: (-each.documents, -each.passages, each.value))
    most = ordered[0].documents
    rows = [_bar(facet, each, names.get(each.value, each.label), most) for each in ordered]
    rest = rows[_SHOWN:]
    named = common.FACET_LABELS[facet]
    return element(
        "section",
        element("h2", texts.BY[facet], class_="p-side"),
        _bar_table(rows[:_SHOWN], named),
        element(
            "details",
            element("summary", texts.MORE_VALUES.format(count=len(rest))),
            _bar_table(rest, named),
        )
        if rest
        else None,
        class_="p-bars",
    )


def _bar_table(rows: Sequence[Markup], title: str) -> Markup:
    head = element(
        "tr",
        element("th", title, scope="col"),
        element("th", texts.DOCUMENTS, scope="col"),
        element("th", texts.PASSAGES, scope="col"),
    )
    return element("table", element("thead", head), element("tbody", *rows))


def _bar(facet: str, value: FacetValue, name: str, most: int) -> Markup:
    share = f"--p-share: {100 * value.documents / most:.1f}%"
    query = urlencode({"view": "documents", facet: value.value})
    link = element("a", name, href=f"corpus?{query}", target="_self", dir="auto")
    label = link if facet in ("kind", "language") else element("span", name, dir="auto")
    return element(
        "tr",
        element("th", label, scope="row", class_="p-share", style=share),
        element("td", _number(value.documents)),
        element("td", _number(value.passages)),
    )


def _years(years: Sequence[FacetValue], documents: int) -> None:
    """Draw documents by year, and the same as a table for those who do not see the picture."""
    counts = {int(each.value): each for each in years if each.value.isdecimal()}
    if not counts:
        return
    import altair  # takes half a second, which the other views need not spend

    first, last = min(counts), max(counts)
    title = texts.BY_YEAR_TITLE.format(first=str(first), last=str(last))
    rows = [
        {"year": year, "documents": counts[year].documents if year in counts else 0}
        for year in range(first, last + 1)
    ]
    data = altair.Data(values=rows)  # type: ignore[no-untyped-call]
    chart = (
        altair.Chart(data, height=150, description=title)
        .mark_bar(color=_BAR, width=altair.RelativeBandSize(0.8))
        .encode(
            x=altair.X("year:O", title=None, axis=altair.Axis(labelAngle=0, labelOverlap=True)),
            y=altair.Y("documents:Q", title=None, axis=altair.Axis(tickMinStep=1, tickCount=4)),
            tooltip=[
                altair.Tooltip("year:O", title=texts.YEAR),
                altair.Tooltip("documents:Q", title=texts.DOCUMENTS),
            ],
        )
        .properties(usermeta={"embedOptions": {"actions": False}})
    )
    st.html(str(element("h2", texts.BY_YEAR, class_="p-side")))
    st.altair_chart(chart, width="stretch", key="by-year")
    dated = sum(each.documents for each in counts.values())
    if dated < documents:
        st.html(str(line(texts.UNDATED.format(count=documents - dated))))
    table = _bar_table(
        [_year_row(counts[year]) for year in sorted(counts, reverse=True)], texts.YEAR
    )
    st.html(
        str(
            element(
                "details", element("summary", texts.AS_TABLE), table, class_="p-bars p-year-table"
            )
        )
    )


def _year_row(year: FacetValue) -> Markup:
    return element(
        "tr",
        element("th", year.value, scope="row"),
        element("td", _number(year.documents)),
        element("td", _number(year.passages)),
    )


def model_facts(info: Info, state: CorpusState) -> Markup:
    """Say what made the vectors, which generation is served, and where it lies."""
    vectors = info.vector_index
    facts: dict[str, Markup | str] = {
        "name": info.model.name,
        "digest": element("code", info.model.digest),
        "precision": info.model.precision,
        "dim": _number(info.model.dim),
        "max_tokens": texts.TOKENS.format(count=info.model.max_tokens),
        "vectors": texts.VECTORS.format(
            kind=vectors.kind, exact=vectors.exact, coded=vectors.coded
        ),
        "generation": str(info.generation),
        "published": element("time", texts.PUBLISHED_AT.format(time=time_words(info.published_at))),
        "size": size_words(state.index_bytes),
        "uploads": texts.UPLOADED.format(
            count=state.uploaded_files, size=size_words(state.uploaded_bytes)
        ),
        "folder": element("code", state.index_dir),
    }
    return element(
        "dl",
        *(
            element("div", element("dt", texts.MODEL[key]), element("dd", value, dir="auto"))
            for key, value in facts.items()
        ),
        class_="p-model",
    )


def _rebuild() -> None:
    st.button(
        texts.REBUILD,
        help=texts.REBUILD_HELP,
        key="rebuild",
        on_click=jobs.ask,
        args=(connection.client().rebuild_index,),
    )


def _number(count: int) -> str:
    return texts.NUMBER.format(count=count)
