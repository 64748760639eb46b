"""The caption between masthead and title: body, session, dates, agenda item and its own title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bodies import body_named
from corpus.mandates import mandate_named
from corpus.metadata.ordinals import session_number
from corpus.metadata.title_block import opens_text, stands_out
from corpus.readers.flow import OpeningLine

__all__ = ["Caption", "read_caption"]

_AGENDA = re.compile(
    r"(?:agenda items?|items?|points?|tema|temas|пункты?|пункт|البنود|البند|议程项目|临时议程项目|"
    r"暂定项目表项目)\s*"
    r"(?P<numbers>\d+(?:\s*\([a-z]\))?(?:(?:\s*,\s*|\s*,?\s*(?:and|et|y|и|і|و|和)\s*)\d+(?:\s*\([a-z]\))?)*)"
    r"(?:\s*(?:of the|de l’ordre|de l'ordre|del|de la|повестки|парадку|предварительной|من|"
    r"الم).*)?\**",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"(?:(?:Geneva|New York|Genève|Ginebra|Nueva York|Женева|Нью-Йорк|Жэнева|"
    r"جنيف|日内瓦)\s*[,،，]\s*)?"
    r"\(?\d{1,2}(?:\s*[-–—]|\s\w+\s*[-–—]|\s+(?:and|to|de|y)\s).{3,60}\d{4}\s?(?:года?|г\.)?\)?\.?|"
    r"\d{4}年.{4,30}日(?:，\s?日内瓦)?",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\d{4} .{0,20}|organizational |.{3,20} special |organisational )session|\w+[ -]?\w* year|"
    r"(?:(?:first|second|third|fourth|fifth|sixth|special political) committee)|"
    r"working group on the universal periodic review|"
    r"groupe de travail sur l['’]examen périodique universel|"
    r"grupo de trabajo sobre el examen periódico universal|"
    r"рабочая группа по универсальному периодическому обзору|"
    r"الفريق العامل المعني بالاستعراض الدوري الشامل|普遍定期审议工作组",
    re.IGNORECASE,
)
_CHAIRS = re.compile(r"(?P<session>.+ meeting) of chair(?:person|men)?s\b.*", re.IGNORECASE)
_CHAIRS_BODY = "Meeting of Chairs of the human rights treaty bodies"
# A longer line is a paragraph, on which patterns of titles would spend the square of its length.
_MAX_CHARS = 500
_MAX_LINES = 30
_MAX_AFTER = 14
_TYPED_INDENT = 60.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands between masthead and title.

    Attributes:
        bodies: named on lines of their own, in order.
        session: number, or None.
        agenda_item: numbers, or None.
        mandate: special procedure or expert mechanism named on a line of its own, or None.
        end: index of the first line after it.
    """

    bodies: tuple[str, ...] = ()
    session: str | None = None
    agenda_item: str | None = None
    mandate: str | None = None
    end: int = 0


def read_caption(rest: Sequence[OpeningLine], text_size: float) -> Caption:
    """Read the lines above the title.

    Args:
        rest: lines of the first page without the masthead.
        text_size: of running text in points.
    """
    last = -1
    bodies: list[str] = []
    session = agenda = mandate = None
    edge: float | None = None
    index = 0
    while index < min(len(rest), _MAX_LINES):
        line = rest[index]
        if last >= 0 and index - last > 4:
            break
        far = edge is not None and line.x0 is not None and abs(line.x0 - edge) > 4
        if far or len(line.text) > _MAX_CHARS:
            index += 1
            continue
        body, lines = _body(rest, index, last)
        end = index + lines - 1
        if body is not None:
            bodies.append(body)
        elif chairs := _CHAIRS.fullmatch(line.text):
            bodies.append(_CHAIRS_BODY)
            session = session or session_number(chairs["session"])
            end = _same_group(rest, index)
        elif (number := session_number(line.text)) is not None:
            session = session or number
        elif (item := _AGENDA.fullmatch(line.text)) is not None:
            agenda = agenda or ", ".join(re.findall(r"\d+(?:\s*\([a-z]\))?", item["numbers"]))
            end = _end_of_agenda_title(rest, index)
        elif last >= 0 and mandate_named(line.text) is not None:
            mandate = mandate or line.text
        elif not (_DATES.fullmatch(line.text) or _OTHER.fullmatch(line.text)):
            index += 1
            continue
        if body is None and edge is None:
            edge = line.x0
        last = max(last, end)
        index = end + 1
    end = _past_edge(rest, last + 1, edge, text_size) if last >= 0 else 0
    return Caption(tuple(bodies), session, agenda, mandate, end)


def _body(rest: Sequence[OpeningLine], index: int, last: int) -> tuple[str | None, int]:
    """Return (body named on a line or on two, lines taken).

    The last line of a wrapped title ("… addressed to the President of the / Security Council") is
    none: it belongs to a line that is no caption.
    """
    line = rest[index]
    if index and last < index - 1 and rest[index - 1].group == line.group and line.size:
        before = rest[index - 1]
        if abs(before.size - line.size) < 0.6 and not _DATES.fullmatch(before.text):
            return None, 1
    if (body := body_named(line.text)) is not None:
        return body, 1
    if index + 1 < len(rest) and abs(rest[index + 1].size - line.size) < 0.6:
        body = body_named(f"{line.text} {rest[index + 1].text}")
        return body, 1 if body is None else 2
    return None, 1


def _same_group(rest: Sequence[OpeningLine], index: int) -> int:
    """Return the last line printed as one paragraph with a line, in the same weight."""
    end = index
    while (
        end + 1 < len(rest)
        and rest[end + 1].group == rest[index].group
        and rest[end + 1].bold == rest[index].bold
        and abs(rest[end + 1].size - rest[index].size) < 0.6
    ):
        end += 1
    return end


def _past_edge(
    rest: Sequence[OpeningLine], start: int, edge: float | None, text_size: float
) -> int:
    """Pass over what else stands at the edge of the caption, where the title is set in from it."""
    if edge is None:
        return start
    window = range(start, min(start + _MAX_AFTER, len(rest)))
    title = next(
        (i for i in window if _is_set_in(rest[i], edge) and not _of_caption(rest[i])), None
    )
    if title is None or any(opens_text(line.text) for line in rest[start:title]):
        return start
    if not stands_out(rest[title], text_size):
        # Typewritten: agenda titles in capitals at the edge, the title itself far in from it.
        far = (rest[title].x0 or 0) > edge + _TYPED_INDENT
        if not far or not all(x.text.isupper() or _of_caption(x) for x in rest[start:title]):
            return start
    while title > start and rest[title - 1].group == rest[title].group:
        title -= 1  # the longest line of a centred title may begin at the edge
    return title


def _of_caption(line: OpeningLine) -> bool:
    """Tell whether a line is the caption of a second body, in a column of its own."""
    return bool(_OTHER.fullmatch(line.text) or body_named(line.text) or session_number(line.text))


def _is_set_in(line: OpeningLine, edge: float | None) -> bool:
    return edge is not None and line.x0 is not None and line.x0 > edge + 20


def _end_of_agenda_title(rest: Sequence[OpeningLine], item: int) -> int:
    """Return the last line of the agenda item's own title, set like the line of the item."""
    first, last = rest[item], item
    for index in range(item + 1, min(item + 14, len(rest))):
        line = rest[index]
        if line.heading or abs(line.size - first.size) > 0.6:
            break
        if first.x0 is not None and line.x0 is not None:
            if abs(line.x0 - first.x0) > 4 or line.group > rest[last].group + 1:
                break
        elif (
            # DOCX: the same size is enough. TXT: one typed paragraph. HTML: the next paragraph,
            # where a heading follows it.
            not first.size
            and line.group != first.group
            and not any(later.heading for later in rest[index:])
        ):
            break
        if opens_text(line.text):
            break
        last = index
    return last
