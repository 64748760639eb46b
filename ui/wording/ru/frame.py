"""What the frame around all pages says, in Russian."""

from __future__ import annotations

PAGES = {
    "search": "Поиск",
    "see": "Динамика",
    "read": "Чтение",
    "draft": "Черновик",
    "verify": "Проверка ссылок",
    "table": "Таблица",
    "compare": "Сравнение",
    "lineage": "История",
    "collections": "Подборки",
    "corpus": "Документы",
}
"""Address of a page → its short name, in the menu and in the browser's tab."""

TAB = "{page} · {app}"
TAB_SHOWN = "{shown} · {page} · {app}"

NAVIGATION = "Страницы"
HOME = "На главную"
MENU = "Меню"
SKIP = "К содержанию"
WORKING = "Подождите…"
LANGUAGE = "Язык страницы"
