"""What the search page says around its hits, in Belarusian."""

from __future__ import annotations

# Filters
COUNTS_OF_QUESTION = (
    "Лічбы паказваюць, колькі ўрыўкаў знойдзена на гэтае пытанне пры астатніх фільтрах. Калі "
    "выбраць значэнне, сярод яго ўрыўкаў пошук ідзе глыбей."
)
CHIP = "{field}: {value}"
FIELDS = {
    "kind": "Від дакумента",
    "body": "Орган",
    "country": "Краіна",
    "language": "Мова",
    "status": "Статус",
    "symbol": "У дакуменце",
    "year": "Гады",
    "year_from": "З года",
    "year_to": "Па год",
}
YEARS_BETWEEN = "{first}–{last}"
YEARS_FROM = "з {first}"
YEARS_TO = "па {last}"
OR = "{first} або {second}"

# Order
SORT = "Парадак вынікаў"
SORTS = {
    "relevance": "Найбліжэйшыя",
    "newest": "Найноўшыя",
    "oldest": "Найстарэйшыя",
    "authority": "Паводле статусу",
}
SORTED = (
    "У гэтым парадку: {near:,} {near:урывак, дастаткова блізкі|урыўкі, дастаткова блізкія"
    "|урыўкаў, дастаткова блізкіх} да пытання; усяго разгледжана {candidates:,}."
)
SORTED_WHOLE = (
    "У гэтым парадку: {near:,} {near:урывак|урыўкі|урыўкаў} са словамі ў двукоссі або з названага "
    "дакумента."
)

# Other questions
DID_YOU_MEAN = "Магчыма, вы мелі на ўвазе"
NEAREST_PARAGRAPHS = "Найбліжэйшыя ў гэтым дакуменце"

# Nothing found
EMPTY_PARAGRAPH = "Дакумент ёсць, але такога пункта ў ім няма."
EMPTY_NO_HELP = "Калі зняць толькі адзін з гэтых фільтраў, усё роўна нічога не знойдзецца:"
WITHOUT_FILTER = "Без фільтра «{field}: {values}» ({hits:,})"
WITHOUT_FILTERS = "Без фільтраў ({hits:,})"
WORDS_ALONE = "Толькі словы ({hits:,})"
WITHOUT_MARKS = "Без двукосся вакол «{phrase}» ({hits:,})"
WITHOUT_ALL_MARKS = "Без двукосся ({hits:,})"
WITHOUT_EXCLUSION = "Не выключаць «{word}» ({hits:,})"
WAYS_NOTE = "У дужках — колькі ўрыўкаў тады знойдзецца."
PART_FILTER = "{field}: {values}"
PHRASE_ALONE = "«{phrase}» ёсць у {passages:,} {passages:урыўку|урыўках|урыўках}."
PHRASE_ALONE_FILTERED = (
    "«{phrase}» ёсць у {passages:,} {passages:урыўку, які|урыўках, якія|урыўках, якія} "
    "прапускаюць вашы фільтры, а ва ўсім індэксе — у {everywhere:,}."
)
PHRASES_APART = "Разам у адным пункце фразы ў двукоссі не стаяць нідзе."

# A card
READ = "Чытаць"
OTHER_LANGUAGES = "Іншыя мовы"
HIDE_LANGUAGES = "Схаваць мовы"
LANGUAGES_NONE = "Гэтага пункта на іншых мовах тут няма."
LANGUAGES_WITHOUT = "Паводле нумара не знойдзены ў дакументах: {documents}"
CITE = "Цытаваць"
CITE_FORMS = {
    "un": "зноска ААН",
    "oscola": "OSCOLA",
    "chicago": "Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS",
}
CITE_COPY = "Капіяваць: {form}"
CITE_FAILED = "Скласці спасылку не ўдалося."

# Earlier questions
HISTORY = "Ранейшыя пытанні"
HISTORY_NOTE = (
    "Толькі ў гэтай укладцы. Нідзе не запісваюцца: знікнуць, калі старонку закрыць або загрузіць "
    "нанова."
)
HISTORY_EMPTY = "Пакуль няма."
HISTORY_ONE = "{query}"
HISTORY_FILTERED = "{query} ({filters:,} {filters:фільтр|фільтры|фільтраў})"
HISTORY_FORGET = "Забыць гэтае пытанне"
HISTORY_FORGET_ALL = "Забыць усе"
