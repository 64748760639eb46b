"""What the search page says around its hits, in Russian."""

from __future__ import annotations

# Filters
COUNTS_OF_QUESTION = (
    "Числа показывают, сколько фрагментов найдено по этому вопросу с\u00a0учётом остальных "
    "фильтров. Если выбрать значение, поиск пройдёт глубже среди его фрагментов."
)
CHIP = "{field}: {value}"
FIELDS = {
    "kind": "Вид документа",
    "body": "Орган",
    "country": "Страна",
    "language": "Язык",
    "status": "Статус",
    "symbol": "В документе",
    "year": "Годы",
    "year_from": "С года",
    "year_to": "По год",
}
YEARS_BETWEEN = "{first}–{last}"
YEARS_FROM = "с {first}"
YEARS_TO = "по {last}"
OR = "{first} или {second}"

# Order
SORT = "Порядок результатов"
SORTS = {
    "relevance": "По релевантности",
    "newest": "Сначала новые",
    "oldest": "Сначала старые",
    "authority": "По авторитету",
}
SORTED = (
    "В этом порядке: {near:,} {near:фрагмент, достаточно близкий|фрагмента, достаточно "
    "близких|фрагментов, достаточно близких} к вопросу, из {candidates:,} "
    "{candidates:отобранного|отобранных|отобранных}."
)
SORTED_WHOLE = (
    "В этом порядке: {near:,} {near:фрагмент|фрагмента|фрагментов} со словами в кавычках или по "
    "прямой ссылке."
)

# Other questions
DID_YOU_MEAN = "Возможно, вы имели в виду"
NEAREST_PARAGRAPHS = "Ближайшие в этом документе"

# Nothing found
EMPTY_PARAGRAPH = "Документ здесь есть, но такого пункта в нём нет."
EMPTY_NO_HELP = "Снять только один из этих фильтров недостаточно:"
WITHOUT_FILTER = "Без «{field}: {values}» ({hits:,})"
WITHOUT_FILTERS = "Без фильтров ({hits:,})"
WORDS_ALONE = "Только слова ({hits:,})"
WITHOUT_MARKS = "Без кавычек у «{phrase}» ({hits:,})"
WITHOUT_ALL_MARKS = "Без кавычек ({hits:,})"
WITHOUT_EXCLUSION = "Не исключая «{word}» ({hits:,})"
WAYS_NOTE = "В скобках — сколько фрагментов тогда найдётся."
PART_FILTER = "{field}: {values}"
PHRASE_ALONE = "«{phrase}» есть в {passages:,} {passages:фрагменте|фрагментах|фрагментах}."
PHRASE_ALONE_FILTERED = (
    "«{phrase}» есть в {passages:,} {passages:фрагменте|фрагментах|фрагментах} из тех, что "
    "пропускают фильтры, а во всём индексе — в {everywhere:,}."
)
PHRASES_APART = "Ни в одном пункте эти фразы не стоят вместе."

# A card
READ = "Читать"
OTHER_LANGUAGES = "Другие языки"
HIDE_LANGUAGES = "Скрыть языки"
LANGUAGES_NONE = "На других языках этого пункта здесь нет."
LANGUAGES_WITHOUT = "По номеру не найден в документах: {documents}"
CITE = "Сослаться"
CITE_FORMS = {
    "un": "сноску ООН",
    "oscola": "сноску OSCOLA",
    "chicago": "сноску Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS",
}
CITE_COPY = "Копировать {form}"
CITE_FAILED = "Составить ссылку не удалось."

# Earlier questions
HISTORY = "Прежние вопросы"
HISTORY_NOTE = (
    "Только из этой вкладки. Нигде не записываются: исчезают, когда страница закрыта или "
    "загружена заново."
)
HISTORY_EMPTY = "Пока ни одного."
HISTORY_ONE = "{query}"
HISTORY_FILTERED = "{query} ({filters:,} {filters:фильтр|фильтра|фильтров})"
HISTORY_FORGET = "Забыть этот вопрос"
HISTORY_FORGET_ALL = "Забыть все"
