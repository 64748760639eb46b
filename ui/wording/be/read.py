"""Every string of the page that shows a document whole, in Belarusian."""

from __future__ import annotations

PAGE = "Чытанне"
TITLE = "Прачытаць дакумент"
NOTHING_ASKED = (
    "Адкрыйце дакумент з пошуку або назавіце яго тут: абазначэнне (A/HRC/…), ідэнтыфікатар "
    "дакумента або абазначэнне з нумарам пункта."
)
DOCUMENT = "Дакумент"
PLACEHOLDER = "A/HRC/…"
OPEN = "Адкрыць"
READ = "Чытаць"
NOT_FOUND = "У індэксе гэтага няма."
SEARCH_FOR_IT = "Знайсці пошукам"
PLACE_LOST = "Запытанага пункта ў гэтым дакуменце няма; дакумент паказаны з пачатку."

# What is known of it
PAGES = "{count:,} {count:старонка|старонкі|старонак}"
PARAGRAPHS = "{count:,} {count:пункт|пункты|пунктаў}"
SESSION = "сесія {session}"
AGENDA_ITEM = "парадак дня, п.\u00a0{item}"
ONLINE = "У інтэрнэце (па-за гэтым камп’ютарам)"
ORIGINAL = "Захаваць арыгінал ({name})"
QUALITY = "Як гэта прачытана: {count} {count:заўвага|заўвагі|заўваг}"
VERSIONS = "Іншыя версіі"
VERSION = {
    "language-version": "{language}",
    "another-version": "Іншы тэкст з тым жа абазначэннем: {name}",
    "same-text": "Той жа тэкст: {name}",
    "adopted-as": "Прынята як {name}",
    "adopts": "Яго праект: {name}",
    "revises": "Ранейшая рэдакцыя: {name}",
    "revised-by": "Новая рэдакцыя: {name}",
    "corrects": "Выпраўляе {name}",
    "corrected-by": "Выпраўленне: {name}",
    "supersedes": "Замяняе {name}",
    "superseded-by": "Заменена: гл. {name}",
    "adds-to": "Дапаўняе {name}",
    "added-to-by": "Дапаўненне: {name}",
    "amends": "Папраўка да тэксту: {name}",
    "amended-by": "Папраўка: {name}",
}
VERSION_OTHER = "Звязаны тэкст: {name}"

# The text
OUTLINE = "Змест"
OUTLINE_LABEL = "Раздзелы дакумента"
TEXT_LABEL = "Тэкст дакумента"
LINK_TO = "Пункт {number}: выбраць яго і ўнесці ў адрас"
LINK_TO_UNNUMBERED = "Выбраць гэты пункт і ўнесці яго ў адрас"
SHOW_PAGE = "Паказаць старонку {page}"
PAGE_MARK = "с.\u00a0{page}"
FROM_IMAGE = "з выявы"
FOOTNOTES = "Зноскі"
LOOSE_FOOTNOTES = "Зноскі, знакаў якіх у тэксце не знойдзена"
EARLIER = "Папярэднія пункты ({count:,})"
LATER = "Наступныя пункты ({count:,})"
WINDOW = "Пункты {first:,}–{last:,} з {total:,}"

# Going about in it
PREVIOUS = "Папярэдні"
NEXT = "Наступны"
JUMP = "Пункт"
JUMP_PLACEHOLDER = "№"
GO = "Перайсці"
NO_SUCH_PARAGRAPH = "Пункта {number} у гэтым дакуменце няма."
MARKED = "Выбраны пункт"
NOTHING_MARKED = (
    "Выберыце пункт паводле нумара, каб спаслацца на яго, прасачыць яго гісторыю або ўбачыць яго "
    "на старонцы."
)
ADDRESSED_TO = "Каму адрасавана: {addressees}"
COMPARE = "Параўнаць"
SIMILAR = "Падобныя"

# The page image
IMAGE = "Выява старонкі"
IMAGE_OF = "Старонка {page} з {pages}"
IMAGE_ALT = "{name}, старонка {page}, як яна надрукавана"
IMAGE_ALT_MARKED = "{name}, старонка {page}, як яна надрукавана; у рамцы {citation}"
PREVIOUS_PAGE = "Папярэдняя старонка"
NEXT_PAGE = "Наступная старонка"
STANDS_ON = "{citation}: старонкі {pages}."
BACK_TO_MARKED = "Назад да старонкі {page}"
NO_IMAGE = {
    "record": "Паказаць старонку нельга: гэты тэкст паступіў як запіс сярод іншых, а не файлам.",
    "gone": (
        "Паказаць старонку нельга: файла ўжо няма там, дзе ён быў пры індэксацыі. Тэкст — тое, "
        "што тады з яго прачытана."
    ),
    "file": "Паказаць старонку нельга: друкаваныя старонкі ёсць толькі ў файлах PDF.",
}
IMAGE_FAILED = "Гэтую старонку паказаць нельга."
