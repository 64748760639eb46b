"""Every string of the page that shows a document whole, in Russian."""

from __future__ import annotations

PAGE = "Чтение"
TITLE = "Читать документ"
NOTHING_ASKED = (
    "Откройте документ из поиска или укажите его здесь: обозначение (A/HRC/…), идентификатор "
    "документа или обозначение с номером пункта."
)
DOCUMENT = "Документ"
PLACEHOLDER = "A/HRC/…"
OPEN = "Открыть"
READ = "Читать"
NOT_FOUND = "В индексе этого нет."
SEARCH_FOR_IT = "Найти поиском"
PLACE_LOST = "Запрошенного пункта в этом документе нет; документ показан с начала."

# What is known of it
PAGES = "{count:,} {count:страница|страницы|страниц}"
PARAGRAPHS = "{count:,} {count:пункт|пункта|пунктов}"
SESSION = "сессия {session}"
AGENDA_ITEM = "пункт {item} повестки дня"
ONLINE = "В интернете (за пределами этого компьютера)"
ORIGINAL = "Сохранить оригинал ({name})"
QUALITY = "Как прочитан: {count} {count:замечание|замечания|замечаний}"
VERSIONS = "Другие версии"
VERSION = {
    "language-version": "{language}",
    "another-version": "Другой текст с тем же обозначением: {name}",
    "same-text": "Тот же текст: {name}",
    "adopted-as": "Принято как {name}",
    "adopts": "Проект этого текста: {name}",
    "revises": "Пересматривает документ {name}",
    "revised-by": "Новая редакция: {name}",
    "corrects": "Исправляет документ {name}",
    "corrected-by": "Исправление: {name}",
    "supersedes": "Заменяет документ {name}",
    "superseded-by": "Заменено документом {name}",
    "adds-to": "Дополняет документ {name}",
    "added-to-by": "Добавление: {name}",
    "amends": "Вносит поправки в документ {name}",
    "amended-by": "Поправки: {name}",
}
VERSION_OTHER = "Связано с документом {name}"

# The text
OUTLINE = "Содержание"
OUTLINE_LABEL = "Разделы документа"
TEXT_LABEL = "Текст документа"
LINK_TO = "Пункт {number}: выделить и указать в адресе"
LINK_TO_UNNUMBERED = "Выделить этот пункт и указать его в адресе"
SHOW_PAGE = "Показать страницу {page}"
PAGE_MARK = "с.\u00a0{page}"
FROM_IMAGE = "скан"
FOOTNOTES = "Сноски"
LOOSE_FOOTNOTES = "Сноски, знаки которых в тексте не найдены"
EARLIER = "Предыдущие пункты ({count:,})"
LATER = "Следующие пункты ({count:,})"
WINDOW = "Пункты {first:,}–{last:,} из {total:,}"

# Going about in it
PREVIOUS = "Предыдущий"
NEXT = "Следующий"
JUMP = "Пункт"
JUMP_PLACEHOLDER = "№"
GO = "Перейти"
NO_SUCH_PARAGRAPH = "Пункта {number} в этом документе нет."
MARKED = "Выбранный пункт"
NOTHING_MARKED = (
    "Выберите пункт по номеру, чтобы сослаться на него, проследить его историю или увидеть его на "
    "странице."
)
ADDRESSED_TO = "Кому адресовано: {addressees}"
COMPARE = "Сравнить"
SIMILAR = "Похожие"

# The page image
IMAGE = "Изображение страницы"
IMAGE_OF = "Страница {page} из {pages}"
IMAGE_ALT = "{name}: страница {page} в печатном виде"
IMAGE_ALT_MARKED = "{name}: страница {page} в печатном виде; {citation} — в рамке"
PREVIOUS_PAGE = "Предыдущая страница"
NEXT_PAGE = "Следующая страница"
STANDS_ON = "{citation}: на страницах {pages}."
BACK_TO_MARKED = "Назад к странице {page}"
NO_IMAGE = {
    "record": (
        "Страницу показать нельзя: этот текст получен записью в общем файле, а не отдельным файлом."
    ),
    "gone": (
        "Страницу показать нельзя: файла больше нет там, где он был проиндексирован. Показан "
        "текст, который был из него прочитан."
    ),
    "file": "Страницу показать нельзя: печатный вид страниц есть только у файлов PDF.",
}
IMAGE_FAILED = "Эту страницу показать не удалось."
