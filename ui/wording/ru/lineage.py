"""Every string of the page that follows a paragraph, in Russian."""

from __future__ import annotations

PAGE = "История пункта"
TITLE = "Один пункт год за годом"
INTRO = (
    "Где он появился впервые, как звучал в каждом следующем тексте, где его глагол стал сильнее "
    "или слабее и где пункт выпал."
)
PARAGRAPH = "Пункт"
PLACEHOLDER = "A/HRC/RES/…, п. 3"
SCOPE = "Где искать"
SCOPES = {
    "series": "Ежегодные тексты той же серии",
    "body": "Всё, что сказал тот же орган",
    "all": "Все тексты на этом языке",
}
FOLLOW = "Проследить"
FAILED = "Проследить это не удалось."
OPEN = "История пункта"

SERIES = "Просмотрено текстов: {documents} ({by}) — {name}"
BY = {
    "mandate": "один мандат",
    "title": "одно название или треть общих пунктов",
    "country": "один орган, вид и страна",
    "body-and-kind": "один орган и вид",
    "body": "один орган",
    "all": "все тексты на этом языке",
}
TIMELINE = "Шкала по годам: каждая метка — один текст. То же сказано словами выше и ниже."
ROW_VERSION = "Редакции"
ROW_PROPOSAL = "Проекты, поправки"
ROW_WITHOUT = "Без него"
STANDING = "Статус"
YEAR = "Год"
TEXT = "Текст"

GRADES = {
    "verbatim": "Дословно",
    "near-verbatim": "Почти дословно",
    "same-meaning": "По смыслу",
    "reworded": "Сказано иначе",
}
ASKED = "Запрошенный пункт"
FIRST_USE = "Первое появление"
CAME_BACK = "Вернулся"
SAME_WORDS = "Те же слова, что и в предыдущей редакции."
THROUGH = "Близок к редакции из {document}, а не к запрошенному пункту."
PROPOSAL = "{standing}, рядом с этим текстом: {citation}"
PROPOSAL_LOOSE = "{standing}, принятого текста не последовало: {citation}"
WITHOUT = "Тексты серии, где его нет ({count})"
PLACES = {
    "before": "до первого появления",
    "between": "в промежутке",
    "after": "после последнего появления",
}
YEARS_WITHOUT = "В базе нет текстов этой серии за следующие годы: {years}."
TWINS = "На других языках"
SIDE_BY_SIDE = "Сравнить с предыдущей редакцией"
