"""Words of the invented organization's masthead, in each language of the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.sample.source import SampleSource

__all__ = ["MASTHEADS", "Masthead", "clean_symbol", "distribution", "printed_date"]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the first page prints in one language.

    Attributes:
        organization: over the rule.
        organ: in large letters below it.
        distribution: the "Distr." line.
        name: the language's own line, printed where the original is another one; or "".
        original: pattern of the "Original" line.
        months: the twelve names, as they stand in a date, between spaces.
        pattern: of a date.
        suffix: letter of the job number.
        summary: heading of the summary.
        stop: signs after a paragraph number.
    """

    organization: str
    organ: str
    distribution: str
    name: str
    original: str
    months: str
    pattern: str
    suffix: str
    summary: str
    stop: str = "."


_EN = "January February March April May June July August September October November December"
_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_BE = (
    "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада "
    "снежня"
)
_DMY = "{day} {month} {year}"

MASTHEADS: dict[str, Masthead] = {
    "en": Masthead(
        "Sample Nations", "Sample Assembly", "Distr.: General", "", "Original: {original}",
        _EN, _DMY, "E", "Summary",
    ),
    "fr": Masthead(
        "Nations Exemples", "Assemblée exemple", "Distr. générale", "", "Original : {original}",
        _FR, _DMY, "F", "Résumé",
    ),
    "es": Masthead(
        "Naciones de Muestra", "Asamblea de Muestra", "Distr. general", "", "Original: {original}",
        _ES, "{day} de {month} de {year}", "S", "Resumen",
    ),
    "ru": Masthead(
        "Образцовые Нации", "Образцовая Ассамблея", "Distr.: General", "Russian",
        "Original: {original}", _EN, _DMY, "R", "Резюме",
    ),
    "ar": Masthead(
        "الأمم النموذجية", "الجمعية النموذجية", "Distr.: General", "Arabic",
        "Original: {original}", _EN, _DMY, "A", "موجز", "- ",
    ),
    "zh": Masthead(
        "范例国际组织", "范例大会", "Distr.: General", "Chinese", "Original: {original}",
        _EN, _DMY, "C", "摘要",
    ),
    "be": Masthead(
        "Узорныя Нацыі", "Узорная Асамблея", "Distr.: General", "Belarusian",
        "Original: {original}", _BE, _DMY, "B", "Рэзюмэ",
    ),
}  # fmt: skip


def printed_date(day: date, language: str) -> str:
    """Write a date as the masthead of that language does."""
    head = MASTHEADS[language]
    month = head.months.split()[day.month - 1]
    return head.pattern.format(day=day.day, month=month, year=day.year)


def distribution(source: SampleSource) -> list[str]:
    """Return the lines of the distribution block: Distr., date, language, original."""
    head = MASTHEADS[source.language]
    lines = [head.distribution, printed_date(source.date, source.language)]
    if head.name:
        lines.append(head.name)
    return [*lines, head.original.format(original=source.get("original") or "English")]


def clean_symbol(source: SampleSource) -> str:
    """Return the symbol as the running head prints it, or an empty string."""
    return source.symbol or ""
