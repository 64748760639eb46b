"""What the frame around all pages says, in Belarusian."""

from __future__ import annotations

PAGES = {
    "search": "Пошук",
    "see": "Дынаміка",
    "read": "Чытанне",
    "draft": "Чарнавік",
    "verify": "Праверка спасылак",
    "table": "Табліца",
    "compare": "Параўнанне",
    "lineage": "Гісторыя",
    "collections": "Падборкі",
    "corpus": "Дакументы",
}
"""Address of a page → its short name, in the menu and in the browser's tab."""

TAB = "{page} · {app}"
TAB_SHOWN = "{shown} · {page} · {app}"

NAVIGATION = "Старонкі"
HOME = "На галоўную"
MENU = "Меню"
SKIP = "Да зместу"
WORKING = "Апрацоўка…"
LANGUAGE = "Мова старонкі"
