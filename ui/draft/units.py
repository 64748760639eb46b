"""What a reader sees of a checked draft: a sentence, its grade, and who said it."""

from __future__ import annotations

from search_api.schemas import DraftUnit, GradeCounts, Highlight, PrecedentMatch
from ui.parts.cards import citation, details, own_names, passage_text
from ui.parts.differences import marked
from ui.parts.markup import Markup, element, highlighted, join
from ui.parts.standing import badges, standing_name
from ui.wording import draft as draft_texts

__all__ = ["by_grade", "counts_line", "table_row", "unit_card"]


def by_grade(counts: GradeCounts) -> dict[str, int]:
    """Return how many sentences have each grade, closest first."""
    return {
        "verbatim": counts.verbatim,
        "near-verbatim": counts.near_verbatim,
        "same-meaning": counts.same_meaning,
        "none": counts.none,
    }


def counts_line(counts: GradeCounts, total: int) -> Markup:
    """Say how many sentences have each grade, and what the grades mean."""
    items = [
        element(
            "span",
            element("strong", f"{count}"),
            f" {draft_texts.GRADES[grade].lower()} ({draft_texts.GRADE_HELP[grade]})",
        )
        for grade, count in by_grade(counts).items()
    ]
    total_said = element("span", draft_texts.COUNTS.format(total=total))
    return element("p", join([total_said, *items], " · "), class_="p-line")


def unit_card(unit: DraftUnit) -> Markup:
    """Show a sentence of the draft with its grade and precedents."""
    return element(
        "article",
        element(
            "header",
            element("span", draft_texts.GRADES[unit.grade], class_=f"p-grade p-grade-{unit.grade}"),
            element("span", draft_texts.PARAGRAPH.format(number=unit.number), class_="p-line")
            if unit.number
            else None,
            element("span", unit.note, class_="p-score") if unit.note else None,
            class_="p-head",
        ),
        element("div", unit.text, class_="p-text p-unit", dir="auto", lang=unit.language),
        *(_match(match, unit.text) for match in unit.precedents),
        *(_match(match, unit.text) for match in unit.not_precedent),
        class_="p-card",
        aria_label=draft_texts.GRADES[unit.grade],
        data_unit=str(unit.index),
    )


def _match(match: PrecedentMatch, text: str) -> Markup:
    passage = match.passage
    part = match.part
    marks = (
        (Highlight(start=part.start, end=part.end, kind="sentence"),)
        if part is not None and match.grade == "same-meaning"
        else ()
    )
    if match.changes:
        words = marked(text, passage.text, match.changes, part)
    elif match.grade == "same-meaning" or part is None:
        words = highlighted(passage.text, marks)
    else:
        words = element("span", passage.text[part.start : part.end])
    why = passage.standing.why
    return element(
        "section",
        element(
            "header",
            citation(passage),
            element("span", draft_texts.GRADES[match.grade], class_="p-badge"),
            *badges(passage),
            class_="p-head",
        ),
        details(passage, own_names()),
        None
        if passage.standing.counts
        else element("p", draft_texts.NOT_PRECEDENT.format(why=why), class_="p-line"),
        passage_text(passage, words),
        class_="p-precedent" if passage.standing.counts else "p-precedent p-not",
        aria_label=passage.citation,
        data_passage=passage.passage_id,
    )


def table_row(unit: DraftUnit) -> dict[str, str]:
    """Return a sentence as a row of the negotiation table, argued for by its first precedent."""
    row = {"issue": " › ".join(unit.section), "suggested_language": unit.text}
    if unit.number:
        row["where_inserted"] = draft_texts.PARAGRAPH.format(number=unit.number)
    if not unit.precedents:
        others = ", ".join(match.passage.citation for match in unit.not_precedent)
        said = draft_texts.ONLY_OTHERS.format(citations=others)
        return row | {"justification": said if others else draft_texts.NO_PRECEDENT}
    first = unit.precedents[0]
    standing = first.passage.standing
    tally = f" {'–'.join(map(str, standing.vote))}" if standing.vote else ""
    return row | {
        "un_reference": "; ".join(match.passage.citation for match in unit.precedents),
        "justification": draft_texts.JUSTIFICATION.format(
            grade=draft_texts.GRADES[first.grade], standing=f"{standing_name(standing)}{tally}"
        ),
    }
