"""Every string of the page that follows a paragraph, in Belarusian."""

from __future__ import annotations

PAGE = "Гісторыя пункта"
TITLE = "Адзін пункт год за годам"
INTRO = (
    "Дзе ён з’явіўся ўпершыню, як гучаў у кожным наступным тэксце, дзе яго дзеяслоў стаў мацнейшым "
    "ці слабейшым і дзе пункт выпаў."
)
PARAGRAPH = "Пункт"
PLACEHOLDER = "A/HRC/RES/…, п. 3"
SCOPE = "Дзе шукаць"
SCOPES = {
    "series": "Штогадовыя тэксты той жа серыі",
    "body": "Усё, што сказаў той жа орган",
    "all": "Усе тэксты на гэтай мове",
}
FOLLOW = "Прасачыць"
FAILED = "Прасачыць гэта не ўдалося."
OPEN = "Гісторыя пункта"

SERIES = "Прагледжана тэкстаў: {documents} ({by}) — {name}"
BY = {
    "mandate": "адзін мандат",
    "title": "адна назва або траціна агульных пунктаў",
    "country": "адзін орган, від і краіна",
    "body-and-kind": "адзін орган і від",
    "body": "адзін орган",
    "all": "усе тэксты на гэтай мове",
}
TIMELINE = "Шкала па гадах: кожная метка — адзін тэкст. Тое ж сказана словамі вышэй і ніжэй."
ROW_VERSION = "Рэдакцыі"
ROW_PROPOSAL = "Праекты, папраўкі"
ROW_WITHOUT = "Без яго"
STANDING = "Статус"
YEAR = "Год"
TEXT = "Тэкст"

GRADES = {
    "verbatim": "Даслоўна",
    "near-verbatim": "Амаль даслоўна",
    "same-meaning": "Паводле сэнсу",
    "reworded": "Сказана інакш",
}
ASKED = "Запытаны пункт"
FIRST_USE = "Першае з’яўленне"
CAME_BACK = "Вярнуўся"
SAME_WORDS = "Тыя ж словы, што і ў папярэдняй рэдакцыі."
THROUGH = "Блізкі да рэдакцыі з {document}, а не да запытанага пункта."
PROPOSAL = "{standing}, побач з гэтым тэкстам: {citation}"
PROPOSAL_LOOSE = "{standing}, прынятага тэксту не было: {citation}"
WITHOUT = "Тэксты серыі, дзе яго няма ({count})"
PLACES = {
    "before": "да першага з’яўлення",
    "between": "у прамежку",
    "after": "пасля апошняга з’яўлення",
}
YEARS_WITHOUT = "У базе няма тэкстаў гэтай серыі за наступныя гады: {years}."
TWINS = "На іншых мовах"
SIDE_BY_SIDE = "Параўнаць з папярэдняй рэдакцыяй"
