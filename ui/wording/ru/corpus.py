"""What the page of the corpus says, in Russian."""

from __future__ import annotations

TITLE = "База документов"
VIEW_LABEL = "Показать"
VIEWS = {
    "indexed": "Что в базе",
    "documents": "Документы",
    "add": "Добавить документы",
    "quality": "Как они прочитаны",
}

# What is indexed
FIGURES = {
    "documents": "Документы",
    "paragraphs": "Пункты",
    "passages": "Фрагменты",
    "languages": "Языки",
}
BY = {
    "kind": "По видам",
    "body": "По органам",
    "language": "По языкам",
}
DOCUMENTS = "Документы"
PASSAGES = "Фрагменты"
MORE_VALUES = "ещё {count:,}"
BY_YEAR = "По годам"
BY_YEAR_TITLE = "Документы по годам, {first}–{last}"
YEAR = "Год"
UNDATED = "Без даты: {count:,}."
AS_TABLE = "То же в виде таблицы"
NOTHING = "В базе пока ничего нет"
NOTHING_HELP = "Добавьте документы ниже: искать в них можно, как только они прочитаны."
NOTHING_FIXED = "Внесите документы командой в терминале:"
INDEX_COMMAND = "precedent index PATH"

# The model and the index
MODEL_TITLE = "Модель и индекс"
MODEL = {
    "name": "Модель",
    "digest": "Контрольная сумма весов (sha256)",
    "precision": "Точность вычислений",
    "dim": "Размерность вектора",
    "max_tokens": "Наибольшая длина фрагмента",
    "generation": "Поколение индекса",
    "published": "Опубликован",
    "vectors": "Векторный индекс",
    "size": "Размер на диске",
    "uploads": "Из них загруженные файлы",
    "folder": "Где хранится",
}
TOKENS = "{count:,} {count:токен|токена|токенов}"
VECTORS = "{kind}: сравниваются полностью — {exact:,}, находятся по кодам — {coded:,}"
UPLOADED = "{count:,} {count:файл|файла|файлов}, {size}"
SIZES = ("{size:.0f}\u00a0КБ", "{size:.0f}\u00a0МБ", "{size:.1f}\u00a0ГБ")
REBUILD = "Перестроить индекс"
REBUILD_HELP = (
    "Все части индекса записываются заново из того, что хранится. Ничего не читается и не "
    "кодируется повторно, и поиск тем временем работает. Для случая, когда индекс может быть "
    "повреждён."
)

# The list of documents
FIND_LABEL = "Часть обозначения или названия"
FIND_PLACEHOLDER = "A/HRC/… или слова названия"
KIND_LABEL = "Вид"
ANY_KIND = "Любой вид"
LANGUAGE_LABEL = "Язык"
ANY_LANGUAGE = "Любой язык"
LIST_RANGE = "Документы {first:,}–{last:,} из {total:,}"
LIST_NOTHING = "Таких документов нет."
PARAGRAPHS = "{count:,} {count:пункт|пункта|пунктов}"
READ = "Читать"
REMOVE = "Удалить"
REMOVE_TITLE = "Удалить этот документ?"
REMOVE_HELP = (
    "Искать в нём и читать его здесь больше будет нельзя. Если он был загружен, файл удаляется. "
    "Ваш собственный файл остаётся на месте, и документ вернётся, когда его папка будет "
    "проиндексирована снова."
)
REMOVE_YES = "Удалить"
KEEP = "Оставить"

# Adding
ADD_INTRO = (
    "Файлы хранятся в папке индекса на этом компьютере и читаются один за другим; когда чтение "
    "закончено, в них можно искать. Поиск тем временем работает."
)
BOUNDS = (
    "PDF, Word (.docx, .doc), HTML, простой текст и JSON Lines (.jsonl, .jsonl.gz). За один раз — "
    "до {files:,} {files:файла|файлов|файлов} не более {file_size} каждый, всего до {size}. Если "
    "нужно больше, выполните в терминале:"
)
ADD_COMMAND = "precedent index FOLDER"
SOURCE_LABEL = "Что добавить"
SOURCES = {"files": "Файлы", "folder": "Папка"}
CHOOSE_FILES = "Какие файлы добавить"
CHOOSE_FOLDER = "Какую папку добавить, со всем, что в ней"
UPLOAD = "Добавить в базу"
NONE_CHOSEN = "Сначала выберите хотя бы один файл."
TOO_MANY = "Выбрано файлов: {count:,}; за один раз можно добавить не более {most:,}."
TOO_LARGE = "Вместе эти файлы занимают {size}; за один раз можно добавить не более {most}."
NOT_CHANGEABLE = "Добавлять и удалять документы здесь нельзя"
REFUSED = "Это не выполнено"

# Jobs
JOBS = "Выполняется"
EARLIER = "Ранее"
KINDS = {
    "upload": "Загрузка: {count:,} {count:файл|файла|файлов}, {at} UTC",
    "remove": "Удаление: {subject}, {at} UTC",
    "rebuild": "Перестройка индекса, {at} UTC",
}
DOING = {
    "upload": "Добавляем {count:,} {count:файл|файла|файлов}",
    "remove": "Удаляем {subject}",
    "rebuild": "Перестраиваем индекс",
}
STAGES = {
    "queued": "Ждёт своей очереди",
    "start": "Запуск",
    "wait": "Ожидание: в индекс пишет другая программа",
    "find": "Просмотр файлов",
    "read": "Чтение",
    "embed": "Кодирование фрагментов",
    "publish": "Подключение нового индекса",
}
READING = "Чтение: {name} (готово {done:,} из {total:,})"
ENCODING = "Кодирование фрагментов: {done:,} из {total:,}"
STATES = {
    "queued": "В очереди",
    "running": "Выполняется",
    "done": "Готово",
    "failed": "Не удалось",
    "interrupted": "Прервано: служба тем временем завершила работу",
    "cancelled": "Остановлено",
}
STOP = "Остановить"
RESUME = "Продолжить"
GIVE_UP = "Отказаться"
SHOW_FILES = "Что стало с файлами"
KEPT_AFTER_STOP = (
    "То, что уже прочитано, остаётся; искать в нём можно будет после следующего изменения."
)
FILE = "Файл"
OUTCOME = "Итог"
OUTCOMES = {
    "waiting": "Ждёт",
    "indexed": "Внесён в индекс",
    "unchanged": "Уже в индексе",
    "duplicate": "Дубликат",
    "failed": "Не внесён",
    "skipped": "Не прочитан",
}
WITH_PARAGRAPHS = "{outcome}: {count:,} {count:пункт|пункта|пунктов}"
SEARCH_IT = "Искать в нём"
COPY_OF = "То же содержимое уже внесено в индекс из другого файла как:"
MORE_FILES = "… и ещё {count:,} {count:файл|файла|файлов}."
SUMMARY = {
    "indexed": "внесено: {count:,}",
    "unchanged": "уже в индексе: {count:,}",
    "duplicate": "дубликатов: {count:,}",
    "failed": "не внесено: {count:,}",
    "skipped": "не прочитано: {count:,}",
    "waiting": "ждут: {count:,}",
}

# How well the documents were read
QUALITY_TITLE = "Документы, которые стоит проверить"
QUALITY_INTRO = (
    "Документ можно прочитать с ошибками, и никто этого не заметит. Здесь собраны документы, "
    "которые стоит проверить, прежде чем на них ссылаться: сначала самые сомнительные, каждый "
    "с указанием причины. Причина ещё не приговор: номера пункта может не быть и в самом документе."
)
QUALITY_FIGURES = (
    "{documents:,} {documents:документ|документа|документов}, из них с нумерацией пунктов: "
    "{numbered:,}. Без пропусков в нумерации: {without_gap}; найдено {found} из {numbers:,} "
    "{numbers:номера|номеров|номеров}. Со словами, распознанными с изображений: {ocr:,}."
)
SHARE = "{share:.1f}\u00a0%"
QUALITY_RANGE = "Стоит проверить: документы {first}–{last} из {total:,}"
QUALITY_NOTHING = "Ни один документ не даёт повода проверить его ещё раз."
PAST_END = "Список кончается раньше этой страницы."
SCORE = "вес {score:.2f}"
UNREAD_TITLE = "Файлы, которые не удалось прочитать ({count:,})"
UNREAD_MORE = "… и ещё {count:,}; весь список покажет `precedent doctor --corpus`."

# Turning pages
PREVIOUS = "Назад"
MORE = "Ещё"

NUMBER = "{count:,}"

PUBLISHED_AT = "{time}\u00a0UTC"
