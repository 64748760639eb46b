"""What the frame, the search page and the cards say, in Belarusian."""

from __future__ import annotations

APP_NAME = "Precedent"
TAGLINE = "Што ўжо было сказана, пункт за пунктам"
SEARCH_PAGE = "Пошук"

TABLE_PAGE = "Табліца для перамоў"
CORPUS_PAGE = "Дакументы"

# The question
QUERY_LABEL = "Пытанне, устаўлены абзац, абазначэнне або спасылка"
QUERY_PLACEHOLDER = "Звычайныя словы, устаўлены абзац або A/HRC/…, п. 12"
LONG_TEXT = "Доўгі тэкст"
LONG_TEXT_HELP = "Паказаць большае поле, дзе захоўваюцца радкі: для абзаца ці цэлай старонкі."
SEARCH = "Знайсці"
QUERY_TIPS = (
    "Словы ў «двукоссі» павінны стаяць у пункце дакладна так, як напісаны; -слова выключае "
    "пункты з\u00a0ім. Абазначэнне дакумента, само ці з нумарам пункта, вядзе проста да яго."
)
EXAMPLES_TITLE = "Напрыклад"
EXAMPLES = (
    "катаванні ў месцах зняволення",
    '"enforced disappearance" пошук зніклых сем’ямі',
    "access of detainees to a lawyer of their choice",
)

# Filters
FILTERS = "Фільтры"
FACET_LABELS = {
    "kind": "Від дакумента",
    "body": "Орган",
    "country": "Краіна",
    "language": "Мова",
    "status": "Статус",
}
FACET_PLACEHOLDERS = {
    "kind": "Любы від",
    "body": "Любы орган",
    "country": "Любая краіна",
    "language": "Любая мова",
    "status": "Любы статус",
}
KINDS = {
    "resolution": "Рэзалюцыя",
    "decision": "Рашэнне",
    "draft-resolution": "Праект рэзалюцыі",
    "draft-amendment": "Праект папраўкі",
    "general-comment": "Заўвага агульнага парадку",
    "concluding-observations": "Заключныя заўвагі",
    "treaty-body-decision": "Рашэнне дагаворнага органа",
    "treaty-body-report": "Даклад дагаворнага органа",
    "special-rapporteur-report": "Даклад Спецыяльнага дакладчыка",
    "expert-group-report": "Даклад групы экспертаў",
    "official-report": "Афіцыйны даклад",
    "upr-report": "Даклад па УПА",
    "upr-national-report": "Нацыянальны даклад да УПА",
    "upr-compilation": "Падборка інфармацыі да УПА",
    "upr-stakeholders": "Рэзюмэ матэрыялаў зацікаўленых бакоў да УПА",
    "ngo-statement": "Заява НДА",
    "meeting-record": "Справаздача пра пасяджэнне",
    "letter": "Ліст",
}
LANGUAGES = {
    "ar": "арабская",
    "be": "беларуская",
    "de": "нямецкая",
    "en": "англійская",
    "es": "іспанская",
    "fr": "французская",
    "pl": "польская",
    "pt": "партугальская",
    "ru": "руская",
    "uk": "украінская",
    "zh": "кітайская",
}
FACET_OPTION = "{label} ({passages:,})"
FACET_OPTION_UNKNOWN = "{label}"
SYMBOL_LABEL = "У дакументах"
YEAR_FROM = "З года"
YEAR_TO = "Па год"
ANY_YEAR = "Любы"
COUNTS_NOTE = "Лічбы паказваюць, колькі ўрыўкаў прапускаюць астатнія фільтры."
CLEAR_FILTERS = "Зняць фільтры"
SHOWING = "Паказ"
GROUP = "Сабраць паводле дакументаў"
PER_PAGE = "Вынікаў на старонцы"
SIGNALS_LABEL = "Упарадкаваць"
SIGNALS = {
    "hybrid": "Паводле слоў і сэнсу",
    "lexical": "Толькі паводле слоў",
    "dense": "Толькі паводле сэнсу",
}
EXPLAIN = "Тлумачыць, чаму"
EXPLAIN_HELP = "Назваць для кожнага выніку, што ў яго агульнага з пытаннем. Крыху павольней."
RERANK = "Перачытаць найлепшыя"
RERANK_HELP = (
    "Першыя 20 вынікаў чытаюцца разам з пытаннем і размяшчаюцца нанова. Толькі для кароткіх "
    "пытанняў па-англійску; займае прыкладна на секунду больш."
)

# Above the hits
RANGE_ONE = "1 вынік"
RANGE_HITS = "Вынікі {first}–{last} з {total:,}"
RANGE_GROUPS = "Дакументы {first}–{last} з {total:,} · паказана вынікаў: {hits}"
ALLOWED_ALL = "прагледжана ўрыўкаў: {allowed:,}"
ALLOWED_FILTERED = "фільтры прапускаюць урыўкаў: {allowed:,}"
TOOK = "{ms:.0f}\u00a0мс"
INTERPRETED = {
    "symbol": "Прачытана як абазначэнне дакумента.",
    "citation": "Прачытана як спасылка на пункт.",
}
READ_AS = "Прачытана так: {parts}."
READ_WORDS = "словы «{words}»"
READ_PHRASE = "дакладна «{phrase}»"
READ_EXCLUDED = "без «{phrase}»"
READ_FILTER = "{field}: {values}"
READ_FILTER_EXCLUDED = "апрача «{field}: {values}»"
READ_OR = " або "
READ_SYMBOL = "у межах {symbol}"
LEGEND = "Адзначана:"
SIMILAR_MARK_NAMES = {"word": "агульныя словы", "sentence": "найбліжэй паводле сэнсу"}
MARK_NAMES = {
    "word": "вашы словы",
    "phrase": "фраза ў двукоссі",
    "sentence": "найбліжэй паводле сэнсу",
}
PREVIOUS = "Назад"
MORE = "Яшчэ"
TOO_LONG_FOR_ADDRESS = (
    "Гэты тэкст задоўгі для адраса старонкі: ні закладка, ні перазагрузка яго не вернуць."
)

# A card
PARAGRAPH_KINDS = {
    "preambular": "пункт прэамбулы",
    "operative": "пункт рэзалютыўнай часткі",
    "recommendation": "рэкамендацыя",
    "heading": "загаловак",
    "footnote": "зноска",
    "annex": "дадатак",
}
PAGE = "с.\u00a0{pages}"
PAGES = "с.\u00a0{pages}"
PART = "частка {part} з {parts}"
SECTION_JOIN = " › "
UNTITLED = "Дакумент без назвы"
STATUS = {
    "draft": "Праект: фармулёўкі не ўзгоднены",
    "rejected": "Адхілена: фармулёўкі так і не ўзгоднены",
    "superseded": "Заменена",
    "adopted-by-vote": "Прынята галасаваннем",
    "adopted-without-vote": "Прынята без галасавання",
    "revised": "Перагледжаны тэкст, дзейнічае",
    "corrected": "З выпраўленнем (Corr.)",
    "final": "Канчатковы тэкст",
}
STANDINGS = {
    "superseded": "Заменена",
    "rejected": "Адхілена",
    "draft": "Праект",
    "adopted-without-vote": "Прынята без галасавання",
    "adopted-by-vote": "Прынята галасаваннем",
    "adopted": "Прынята (спосаб невядомы)",
    "general-comment": "Заўвага агульнага парадку",
    "views": "Меркаванні па паведамленні",
    "concluding-observations": "Заключныя заўвагі",
    "expert-finding": "Выснова экспертаў",
    "official-report": "Афіцыйны даклад",
    "state-commitment": "Абавязацельства дзяржавы",
    "state-recommendation": "Рэкамендацыя дзяржаў",
    "state-report": "Заява дзяржавы",
    "review-record": "Справаздача пра агляд",
    "ngo-claim": "Сцверджанне арганізацыі",
    "unknown": "Статус невядомы",
}
SUPERSEDED_BY = "Заменена: гл. {symbol}"
STATUS_BESIDE_STANDING = frozenset({"revised", "corrected"})
"""Statuses that say more of a text than its standing does."""
VOTE_IN_DOUBT = "Падлік галасоў пад сумневам: {why}"
RESTRICTED = "Закрытая калекцыя ({name}): не цытаваць публічна"
SCORES = "ацэнка {fused:.2f}"
COPY_CITATION = "Капіяваць спасылку"
COPY_TEXT = "Капіяваць тэкст са спасылкай"
COPIED = "Скапіявана"
COPY_FAILED = "Браўзер не даў скапіяваць: вылучыце тэкст самі"
CONTEXT = "Кантэкст"
HIDE_CONTEXT = "Схаваць кантэкст"
WIDER_CONTEXT = "Яшчэ да і пасля"
WITHIN_DOCUMENT = "Шукаць у гэтым дакуменце"
CONTEXT_TITLE = "У сваім дакуменце"
CONTEXT_NONE = "У дакуменце няма нічога ні да яго, ні пасля."
SIMILAR = "Падобныя"
ALSO_IN = "Таксама: {places}"
ALSO_IN_ONE = "{citation} ({link})"
LINKS = {
    "language-version": "на іншай мове",
    "another-version": "іншы тэкст з тым жа абазначэннем",
    "same-text": "той жа тэкст",
    "adopted-as": "праект гэтага тэксту",
    "adopts": "прынята на аснове гэтага тэксту",
    "revises": "новая рэдакцыя гэтага тэксту",
    "revised-by": "ранейшая рэдакцыя гэтага тэксту",
    "corrects": "выпраўленне да гэтага тэксту",
    "corrected-by": "выпраўлена гэтым тэкстам",
    "supersedes": "замяняе гэты тэкст",
    "superseded-by": "заменена гэтым тэкстам",
}
WHY = "Чаму"
WHY_WORDS = "словы: {words}"
WHY_PHRASES = "у двукоссі: {phrases}"
WHY_RUN = "запар: «{run}»"
WHY_MEANING = "блізкасць паводле сэнсу {dense:.2f}"
WHY_SENTENCE = "найбліжэйшы сказ ({score:.2f}): «{sentence}»"
OCR = "Распазнана з выявы: зверце літары"
OTHER_LANGUAGES = "Той жа пункт на іншых мовах"
OPEN_ORIGINAL = "Адкрыць арыгінал (у інтэрнэце, па-за гэтым камп’ютарам)"
GROUP_HITS = "{count} {count:вынік|вынікі|вынікаў}"
GROUP_HIT = "1 вынік"

# Similar passages
SIMILAR_FOUND = "Найбліжэйшыя паводле сэнсу: {count}"
SIMILAR_TO = "Пункты, падобныя да {citation}"
BACK_TO_SEARCH = "Назад да пошуку"
BACK_TO_START = "На галоўную"

# Nothing found
EMPTY_TITLE = "Нічога не знойдзена"
EMPTY_FILTERS = "Вашы фільтры не прапускаюць ніводнага ўрыўка."
EMPTY_FILTERED = "Сярод урыўкаў, якія прапускаюць фільтры ({allowed:,}), нічога не знайшлося."
EMPTY_WORDS = "Ніводзін урывак не падыходзіць (прагледжана: {allowed:,})."
EMPTY_QUOTED = (
    "Словы ў двукоссі павінны стаяць у адным пункце дакладна так, як напісаны; паспрабуйце "
    "без двукосся."
)
EMPTY_SYMBOL = "У індэксе няма дакумента або пункта з такім абазначэннем."
EMPTY_PAST_END = "Спіс канчаецца раней за гэтую старонку."
EMPTY_SIMILAR = "Іншых блізкіх урыўкаў няма, або іх не прапускаюць вашы фільтры."
FIRST_PAGE = "Да першых вынікаў"

# What is served
INFO_LINE = (
    "{documents:,} {documents:дакумент|дакументы|дакументаў} · "
    "{passages:,} {passages:урывак|урыўкі|урыўкаў} · {languages} · "
    "мадэль {model} ({precision}) · індэкс {generation}, {published}"
)
INFO_LANGUAGES = "{count} {count:мова|мовы|моў}"
INFO_LANGUAGE = "1 мова"

# When something is wrong
AWAY_TITLE = "Служба пошуку не адказвае"
AWAY_TEXT = "Па адрасе {url} ніхто не адказвае. Запусціце службу ў тэрмінале:"
AWAY_COMMAND = "precedent serve"
SLOW_TITLE = "Служба пошуку адказвае занадта доўга"
SLOW_TEXT = "{url}: адказу няма, {cause}. Можна паспрабаваць яшчэ раз."
NOT_READY_TITLE = "Служба пошуку пакуль не можа шукаць"
NO_INDEX_TITLE = "У службы пошуку няма індэкса"
NO_INDEX_TEXT = "Яна працуе, але шукаць ёй няма ў чым. Стварыце індэкс у тэрмінале:"
NO_INDEX_COMMAND = "precedent index PATH"
RETRYING = "Старонка правярае сувязь кожныя {seconds}\u00a0с і працягне сама."
TRY_AGAIN = "Паспрабаваць яшчэ раз"
REFUSED_TITLE = "Служба пошуку адхіліла запыт"
PROBLEM = "{title}: {detail}"
PROBLEMS = {
    "unknown-name": "Няма такога дакумента або ўрыўка",
    "query": "На гэты запыт нельга адказаць",
    "symbol": "Гэта не абазначэнне дакумента",
    "invalid-request": "Недапушчальны запыт",
    "input": "Гэты запыт нельга апрацаваць",
    "too-large": "Занадта вялікі аб’ём",
    "rate": "Занадта шмат запытаў",
    "busy": "Служба перагружана",
    "conflict": "За гэты час зменена, або назва ўжо занятая",
    "key": "Патрэбны ключ",
    "scope": "Ключ гэтага не дазваляе",
    "not-allowed": "Тут гэта не дазволена",
}
FOREIGN_TITLE = "Па гэтым адрасе адказвае іншая праграма"
FOREIGN_TEXT = "{url} адказвае не так, як служба пошуку Precedent: {cause}."
NEIGHBOURS_FAILED = "Кантэкст прачытаць не ўдалося."
