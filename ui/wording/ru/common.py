"""What the frame, the search page and the cards say, in Russian."""

from __future__ import annotations

APP_NAME = "Precedent"
TAGLINE = "Что уже было сказано, пункт за пунктом"
SEARCH_PAGE = "Поиск"

TABLE_PAGE = "Таблица для переговоров"
CORPUS_PAGE = "База документов"

# The question
QUERY_LABEL = "Вопрос, вставленный абзац, обозначение или ссылка"
QUERY_PLACEHOLDER = "Обычные слова, вставленный абзац или A/HRC/…, п. 12"
LONG_TEXT = "Длинный текст"
LONG_TEXT_HELP = "Показать поле побольше, где сохраняются строки: для абзаца или целой страницы."
SEARCH = "Найти"
QUERY_TIPS = (
    "Слова в «кавычках» должны стоять в пункте точно так, как написаны; -слово исключает пункты "
    "с\u00a0ним. Обозначение документа, само или с номером пункта, ведёт прямо к нему."
)
EXAMPLES_TITLE = "Например"
EXAMPLES = (
    "доступ задержанных к адвокату по своему выбору",
    '"enforced disappearance" поиск пропавших семьями',
    "access of detainees to a lawyer of their choice",
)

# Filters
FILTERS = "Фильтры"
FACET_LABELS = {
    "kind": "Вид документа",
    "body": "Орган",
    "country": "Страна",
    "language": "Язык",
    "status": "Статус",
}
FACET_PLACEHOLDERS = {
    "kind": "Любой вид",
    "body": "Любой орган",
    "country": "Любая страна",
    "language": "Любой язык",
    "status": "Любой статус",
}
KINDS = {
    "resolution": "Резолюция",
    "decision": "Решение",
    "draft-resolution": "Проект резолюции",
    "draft-amendment": "Проект поправки",
    "general-comment": "Замечание общего порядка",
    "concluding-observations": "Заключительные замечания",
    "treaty-body-decision": "Решение договорного органа",
    "treaty-body-report": "Доклад договорного органа",
    "special-rapporteur-report": "Доклад Специального докладчика",
    "expert-group-report": "Доклад группы экспертов",
    "official-report": "Официальный доклад",
    "upr-report": "Доклад по УПО",
    "upr-national-report": "Национальный доклад к УПО",
    "upr-compilation": "Подборка информации к УПО",
    "upr-stakeholders": "Резюме материалов заинтересованных сторон к УПО",
    "ngo-statement": "Заявление НПО",
    "meeting-record": "Отчёт о заседании",
    "letter": "Письмо",
}
LANGUAGES = {
    "ar": "арабский",
    "be": "белорусский",
    "de": "немецкий",
    "en": "английский",
    "es": "испанский",
    "fr": "французский",
    "pl": "польский",
    "pt": "португальский",
    "ru": "русский",
    "uk": "украинский",
    "zh": "китайский",
}
FACET_OPTION = "{label} ({passages:,})"
FACET_OPTION_UNKNOWN = "{label}"
SYMBOL_LABEL = "В документах"
YEAR_FROM = "С года"
YEAR_TO = "По год"
ANY_YEAR = "Любой"
COUNTS_NOTE = "Числа показывают, сколько фрагментов пропускают остальные фильтры."
CLEAR_FILTERS = "Снять фильтры"
SHOWING = "Показ"
GROUP = "Собрать по документам"
PER_PAGE = "Результатов на странице"
SIGNALS_LABEL = "Упорядочить"
SIGNALS = {
    "hybrid": "По словам и смыслу",
    "lexical": "Только по словам",
    "dense": "Только по смыслу",
}
EXPLAIN = "Объяснять, почему"
EXPLAIN_HELP = "Указать у каждого результата, что у него общего с вопросом. Чуть медленнее."
RERANK = "Перечитать лучшие"
RERANK_HELP = (
    "Первые 20 результатов читаются вместе с вопросом и располагаются заново. Только для коротких "
    "вопросов на английском; занимает примерно на секунду больше."
)

# Above the hits
RANGE_ONE = "1 результат"
RANGE_HITS = "Результаты {first}–{last} из {total:,}"
RANGE_GROUPS = "Документы {first}–{last} из {total:,} · показано результатов: {hits}"
ALLOWED_ALL = "просмотрено фрагментов: {allowed:,}"
ALLOWED_FILTERED = "фильтры пропускают фрагментов: {allowed:,}"
TOOK = "{ms:.0f}\u00a0мс"
INTERPRETED = {
    "symbol": "Прочитано как обозначение документа.",
    "citation": "Прочитано как ссылка на пункт.",
}
READ_AS = "Прочитано так: {parts}."
READ_WORDS = "слова «{words}»"
READ_PHRASE = "точно «{phrase}»"
READ_EXCLUDED = "без «{phrase}»"
READ_FILTER = "{field}: {values}"
READ_FILTER_EXCLUDED = "кроме «{field}: {values}»"
READ_OR = " или "
READ_SYMBOL = "в пределах {symbol}"
LEGEND = "Отмечено:"
SIMILAR_MARK_NAMES = {"word": "общие слова", "sentence": "ближе всего по смыслу"}
MARK_NAMES = {
    "word": "ваши слова",
    "phrase": "фраза в кавычках",
    "sentence": "ближе всего по смыслу",
}
PREVIOUS = "Назад"
MORE = "Ещё"
TOO_LONG_FOR_ADDRESS = (
    "Этот текст слишком длинный для адреса страницы: ни закладка, ни перезагрузка его не вернут."
)

# A card
PARAGRAPH_KINDS = {
    "preambular": "пункт преамбулы",
    "operative": "пункт постановляющей части",
    "recommendation": "рекомендация",
    "heading": "заголовок",
    "footnote": "сноска",
    "annex": "приложение",
}
PAGE = "с.\u00a0{pages}"
PAGES = "с.\u00a0{pages}"
PART = "часть {part} из {parts}"
SECTION_JOIN = " › "
UNTITLED = "Документ без названия"
STATUS = {
    "draft": "Проект: формулировки не согласованы",
    "rejected": "Отклонено: формулировки так и не согласованы",
    "superseded": "Заменено",
    "adopted-by-vote": "Принято голосованием",
    "adopted-without-vote": "Принято без голосования",
    "revised": "Пересмотренный текст, действует",
    "corrected": "С исправлением (Corr.)",
    "final": "Окончательный текст",
}
STANDINGS = {
    "superseded": "Заменено",
    "rejected": "Отклонено",
    "draft": "Проект",
    "adopted-without-vote": "Принято без голосования",
    "adopted-by-vote": "Принято голосованием",
    "adopted": "Принято (способ неизвестен)",
    "general-comment": "Замечание общего порядка",
    "views": "Соображения по сообщению",
    "concluding-observations": "Заключительные замечания",
    "expert-finding": "Вывод экспертов",
    "official-report": "Официальный доклад",
    "state-commitment": "Обязательство государства",
    "state-recommendation": "Рекомендация государств",
    "state-report": "Заявление государства",
    "review-record": "Отчёт об обзоре",
    "ngo-claim": "Утверждение организации",
    "unknown": "Статус неизвестен",
}
SUPERSEDED_BY = "Заменено: см. {symbol}"
STATUS_BESIDE_STANDING = frozenset({"revised", "corrected"})
"""Statuses that say more of a text than its standing does."""
VOTE_IN_DOUBT = "Подсчёт голосов под вопросом: {why}"
RESTRICTED = "Закрытая коллекция ({name}): не цитировать публично"
SCORES = "оценка {fused:.2f}"
COPY_CITATION = "Копировать ссылку"
COPY_TEXT = "Копировать текст со ссылкой"
COPIED = "Скопировано"
COPY_FAILED = "Браузер не дал скопировать: выделите текст сами"
CONTEXT = "Контекст"
HIDE_CONTEXT = "Скрыть контекст"
WIDER_CONTEXT = "Ещё до и после"
WITHIN_DOCUMENT = "Искать в этом документе"
CONTEXT_TITLE = "В своём документе"
CONTEXT_NONE = "В документе нет ничего ни до него, ни после."
SIMILAR = "Похожие"
ALSO_IN = "Также: {places}"
ALSO_IN_ONE = "{citation} ({link})"
LINKS = {
    "language-version": "на другом языке",
    "another-version": "другой текст с тем же обозначением",
    "same-text": "тот же текст",
    "adopted-as": "проект этого текста",
    "adopts": "принято на основе этого текста",
    "revises": "новая редакция этого текста",
    "revised-by": "прежняя редакция этого текста",
    "corrects": "исправление к этому тексту",
    "corrected-by": "исправлено этим текстом",
    "supersedes": "заменяет этот текст",
    "superseded-by": "заменено этим текстом",
}
WHY = "Почему"
WHY_WORDS = "слова: {words}"
WHY_PHRASES = "в кавычках: {phrases}"
WHY_RUN = "подряд: «{run}»"
WHY_MEANING = "близость по смыслу {dense:.2f}"
WHY_SENTENCE = "ближайшее предложение ({score:.2f}): «{sentence}»"
OCR = "Распознано с изображения: сверьте буквы"
OTHER_LANGUAGES = "Тот же пункт на других языках"
OPEN_ORIGINAL = "Открыть оригинал (в интернете, за пределами этого компьютера)"
GROUP_HITS = "{count} {count:результат|результата|результатов}"
GROUP_HIT = "1 результат"

# Similar passages
SIMILAR_FOUND = "Ближайшие по смыслу: {count}"
SIMILAR_TO = "Пункты, похожие на {citation}"
BACK_TO_SEARCH = "Назад к поиску"
BACK_TO_START = "На главную"

# Nothing found
EMPTY_TITLE = "Ничего не найдено"
EMPTY_FILTERS = "Ваши фильтры не пропускают ни одного фрагмента."
EMPTY_FILTERED = "Среди фрагментов, которые пропускают фильтры ({allowed:,}), ничего не нашлось."
EMPTY_WORDS = "Ни один фрагмент не подходит (просмотрено: {allowed:,})."
EMPTY_QUOTED = (
    "Слова в кавычках должны стоять в одном пункте точно так, как написаны; попробуйте без кавычек."
)
EMPTY_SYMBOL = "В индексе нет документа или пункта с таким обозначением."
EMPTY_PAST_END = "Список кончается раньше этой страницы."
EMPTY_SIMILAR = "Других близких фрагментов нет, или их не пропускают ваши фильтры."
FIRST_PAGE = "К первым результатам"

# What is served
INFO_LINE = (
    "{documents:,} {documents:документ|документа|документов} · "
    "{passages:,} {passages:фрагмент|фрагмента|фрагментов} · {languages} · "
    "модель {model} ({precision}) · индекс {generation}, {published}"
)
INFO_LANGUAGES = "{count} {count:язык|языка|языков}"
INFO_LANGUAGE = "1 язык"

# When something is wrong
AWAY_TITLE = "Служба поиска не отвечает"
AWAY_TEXT = "По адресу {url} никто не отвечает. Запустите службу в терминале:"
AWAY_COMMAND = "precedent serve"
SLOW_TITLE = "Служба поиска отвечает слишком долго"
SLOW_TEXT = "{url}: ответа нет, {cause}. Можно попробовать ещё раз."
NOT_READY_TITLE = "Служба поиска пока не может искать"
NO_INDEX_TITLE = "У службы поиска нет индекса"
NO_INDEX_TEXT = "Она работает, но искать ей не в чем. Создайте индекс в терминале:"
NO_INDEX_COMMAND = "precedent index PATH"
RETRYING = "Страница проверяет связь каждые {seconds}\u00a0с и продолжит сама."
TRY_AGAIN = "Попробовать ещё раз"
REFUSED_TITLE = "Служба поиска отклонила запрос"
PROBLEM = "{title}: {detail}"
PROBLEMS = {
    "unknown-name": "Нет такого документа или фрагмента",
    "query": "На этот запрос нельзя ответить",
    "symbol": "Это не обозначение документа",
    "invalid-request": "Недопустимый запрос",
    "input": "Этот запрос нельзя обработать",
    "too-large": "Слишком большой объём",
    "rate": "Слишком много запросов",
    "busy": "Служба перегружена",
    "conflict": "За это время изменено, или имя уже занято",
    "key": "Нужен ключ",
    "scope": "Ключ этого не разрешает",
    "not-allowed": "Здесь это не разрешено",
}
FOREIGN_TITLE = "По этому адресу отвечает другая программа"
FOREIGN_TEXT = "{url} отвечает не так, как служба поиска Precedent: {cause}."
NEIGHBOURS_FAILED = "Контекст прочитать не удалось."
