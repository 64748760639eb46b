"""Verbs that open paragraphs of resolutions, in the six languages of the United Nations.

A preambular paragraph opens with a participle or an adjective, an operative one with an indicative
verb (United Nations Editorial Manual); Chinese has one form for both, and the number tells.
"""

from __future__ import annotations

import re

__all__ = ["OPERATIVE", "PREAMBULAR"]


def _any(words: str) -> str:
    """Return an alternation of the words of a list, longest first, so that phrases win."""
    entries = [entry.strip() for entry in words.replace("\n", " ").split("|")]
    return "(?:" + "|".join(sorted(filter(None, entries), key=len, reverse=True)) + ")"


def _latin(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}(?![\w'’-])", re.IGNORECASE)


_EN_ADVERB = _any(
    """also|further|again|deeply|gravely|strongly|seriously|fully|firmly|once more|once again|
    particularly|warmly|highly|duly|profoundly|extremely|in particular|urgently|solemnly|hereby|
    unequivocally|categorically|vigorously|especially|specifically|earnestly|sincerely|likewise|
    emphatically|expressly|formally|resolutely|therefore|accordingly|greatly|additionally"""
)
_EN_MOOD = _any(
    """concern|concerns|appreciation|regret|satisfaction|interest|alarm|dismay|gratitude|outrage|
    hope|support|condolences|sympathy|thanks|conviction|disappointment|solidarity|
    determination|indignation|consternation|anxiety|sadness|sorrow|approval|anguish|confidence|
    commendation|distress|shock|grief|abhorrence|disapproval|pride|pleasure|profound regret"""
)
_EN_FEELING = rf"(?:(?!at\b|of\b|that\b|the\b(?! hope))[\w-]+ ){{0,4}}{_EN_MOOD}"
_EN_AFTER = (
    rf"(?: (?:also|further|again|once again|once more|with (?:[\w-]+ ){{0,2}}{_EN_MOOD}"
    r"|in the strongest (?:possible )?terms))"
)
_EN_INDICATIVE = _any(
    """accepts|accords|acknowledges|adopts|affirms|agrees|alerts|amends|appeals|applauds|appoints|
    appreciates|approves|asks|asserts|assures|attaches|authori[sz]es|bears in mind|believes|calls|
    cautions|commends|concludes|concurs|condemns|confirms|congratulates|considers|conveys|convenes|
    decides|declares|defers|demands|denounces|deplores|deprecates|designates|determines|directs|
    discourages|draws attention|draws the attention|draws|elects|emphasi[sz]es|encourages|endorses|
    entrusts|establishes|exhorts|expresses|extends|gives|highlights|honours|hopes|implores|insists|
    instructs|invites|invokes|joins|laments|looks forward|mandates|notes|observes|opposes|orders|
    pays tribute|pledges|praises|proclaims|prohibits|proposes|prolongs|ratifies|reaffirms|recalls|
    recogni[sz]es|recommends|recommits|refers|regrets|reiterates|rejects|remains|reminds|renews|
    repeats|repudiates|requests|requires|resolves|restates|salutes|shares the|solicits|stands|
    stresses|strives|submits|suggests|supports|takes into account|takes|terminates|thanks|transmits|
    trusts|underlines|underscores|undertakes|upholds|urges|views|vows|warns|welcomes|wishes"""
)
_EN_OPERATIVE = (
    rf"(?:{_EN_ADVERB} )*(?:"
    rf"calls (?:{_EN_ADVERB} )?(?:upon|on|for)|appeals (?:{_EN_ADVERB} )?to"
    rf"|takes (?:also |further )?note|(?:expresses|reiterates) (?:again |also )?{_EN_FEELING}"
    rf"|{_EN_INDICATIVE}){_EN_AFTER}*"
)
# "During" and "United" are no participles.
_EN_PREAMBULAR = (
    rf"(?:{_EN_ADVERB} )*(?:(?:bearing|keeping|having) (?:also |further )?in mind"
    r"|taking into (?:account|consideration)|taking (?:also |further )?note"
    rf"|having (?:also |further )?(?:regard|heard|met|in mind|taken note|noted|\w+ed)"
    rf"|looking forward|paying tribute|expressing (?:also |further )?{_EN_FEELING}"
    r"|guided|aware|conscious|mindful|desirous|cognizant|anxious|appreciative|confident"
    r"|(?!during\b|united\b|including\b|according\b|king\b|limited\b|sacred\b)\w{2,}(?:ing|ed)"
    rf")(?: (?:concerned|disturbed|alarmed|troubled|distressed))?{_EN_AFTER}*"
)

_FR_AFTER = (
    r"(?: (?:également|aussi|en outre|de plus|par ailleurs|encore|de nouveau|à nouveau"
    r"|une fois (?:de plus|encore)|derechef|instamment|vivement|fermement|vigoureusement"
    r"|énergiquement|catégoriquement|solennellement|résolument|profondément|gravement|sincèrement"
    r"|chaleureusement|avec force|avec insistance|sans équivoque|expressément|particulièrement"
    r"|tout particulièrement|dans les termes les plus (?:énergiques|vifs|fermes|forts)"
    r"|avec (?:(?:une |un )?(?:vive?|profonde?|grande?|extrême|grave) )?"
    r"(?:satisfaction|préoccupation|inquiétude|intérêt|regret|gratitude|reconnaissance"
    r"|consternation|appréciation|plaisir|approbation|émotion|indignation)))"
)
_FR_MOOD = (
    r"(?:(?:s[ao]n?|ses|leurs?|une?|la|le) )?(?:(?:plus )?(?:très )?(?:vives?|profonde?s?|graves?"
    r"|sincères?|grande?s?|extrêmes?|pleine?) ){0,2}"
    r"(?:préoccupations?|inquiétudes?|gratitude|reconnaissance|satisfaction|regrets?|espoir"
    r"|appréciation|solidarité|condoléances|remerciements|soutien|appui|consternation|indignation"
    r"|intention|conviction|détermination)"
)
_FR_OPERATIVE = (
    r"(?:exprime(?: également| aussi| de nouveau| à nouveau)? " + _FR_MOOD + "|"
    r"se (?:déclare|dit)(?: également| en outre)?(?: (?:profondément|gravement|vivement|extrêmement"
    r"|résolument|de nouveau))?(?: (?:préoccupée?|inquiète?|alarmée?|convaincue?|consternée?"
    r"|résolue?"
    r"|favorable|déterminée?|disposée?|troublée?))?"
    r"|prend (?:également |aussi |en outre |dûment )?(?:acte|note|connaissance)"
    r"|fait (?:également |aussi )?(?:appel|siens?|siennes?|observer|valoir|état)"
    r"|lance (?:un|de nouveau un|à nouveau un) appel|appelle (?:\w+ )?l['’]attention"
    r"|attire (?:\w+ )?l['’]attention|rend (?:\w+ )?hommage|sait gré|met (?:\w+ )?l['’]accent"
    r"|met en garde|tient à|attend avec intérêt|s['’](?:associe|engage|inquiète|élève|alarme"
    r"|oppose)|"
    + _any(
        """adopte|affirme|accueille|accepte|admet|adresse|appelle|approuve|appuie|assure|attache|
        autorise|avertit|charge|condamne|confie|confirme|constate|considère|conseille|convient|
        convoque|crée|décide|déclare|demande|déplore|désigne|dénonce|donne|encourage|engage|
        entérine|enjoint|espère|estime|établit|exhorte|exige|exprime|félicite|forme|insiste|
        institue|invite|juge|loue|mandate|nomme|note|observe|ordonne|presse|prie|proclame|
        prolonge|propose|proroge|rappelle|réaffirme|recommande|reconnaît|reconnait|reconduit|redit|
        regrette|réitère|rejette|remercie|renouvelle|réprouve|requiert|réclame|salue|
        se félicite|se réjouit|se propose|se proclame|signale|soumet|souligne|souscrit|soutient|
        suggère|témoigne|transmet"""
    )
    + rf"){_FR_AFTER}*"
)
_FR_PREAMBULAR = (
    r"(?:(?:profondément|gravement|vivement|également|extrêmement|particulièrement|pleinement"
    r"|fermement|sérieusement|très|résolue? et) )*"
    r"(?:ayant (?:à l['’]esprit|présente?s? à l['’]esprit|égard|\w+ée?s?|reçu|entendu|pris note)"
    r"|prenant (?:également |aussi |en outre )?(?:acte|note|en considération|en compte)"
    r"|tenant (?:également |dûment |pleinement )?compte|gardant (?:également )?à l['’]esprit"
    r"|exprimant(?: également)? " + _FR_MOOD + "|"
    r"se (?:déclarant|disant)(?: \w+ment)?(?: (?:préoccupée?|inquiète?|alarmée?|convaincue?))?"
    r"|se (?:félicitant|réjouissant|référant|rappelant|fondant)"
    r"|s['’](?:inspirant|inquiétant|appuyant|alarmant|engageant)"
    r"|guidée?|consciente?|convaincue?|préoccupée?|inquiète?|alarmée?|résolue?|désireuse|désireux"
    r"|déterminée?|soucieuse|soucieux|consternée?|troublée?|indignée?|animée?|émue?|encouragée?"
    r"|attachée?|persuadée?|sensible|certaine?|(?!avant\b|durant\b|pendant\b|suivant\b)\w{2,}ant"
    rf"){_FR_AFTER}*"
)

_ES_AFTER = (
    r"(?: (?:también|además|asimismo|igualmente|nuevamente|de nuevo|una vez más|encarecidamente"
    r"|enérgicamente|firmemente|vigorosamente|categóricamente|inequívocamente|profundamente"
    r"|en particular|especialmente|solemnemente|vivamente|sinceramente|seriamente|gravemente"
    r"|favorablemente|con urgencia|con firmeza|en los términos más enérgicos|resueltamente"
    r"|con (?:(?:gran|profund[ao]|suma|grave|especial|much[ao]|hond[ao]|viv[ao]) )?"
    r"(?:satisfacción|reconocimiento|aprecio|interés|preocupación|beneplácito|agrado|pesar"
    r"|inquietud|agradecimiento|alarma|consternación|aprobación|gratitud)))"
)
_ES_MOOD = (
    r"(?:(?:su|sus|una?|la|el) )?(?:(?:más )?(?:profund[ao]s?|grave|gran|hond[ao]|sincer[ao]s?"
    r"|viv[ao]"
    r"|extrema|seria|suma|plen[ao]|firme|enérgic[ao]|creciente) ){0,2}"
    r"(?:preocupación|reconocimiento|agradecimiento|gratitud|aprecio|pesar|satisfacción|esperanza"
    r"|apoyo|inquietud|condolencias|solidaridad|beneplácito|alarma|consternación|indignación"
    r"|intención|convicción|determinación)"
)
_ES_OPERATIVE = (
    r"(?:expresa(?: también| además| asimismo| nuevamente)? " + _ES_MOOD + "|"
    r"toma (?:también |asimismo |además )?(?:nota|conocimiento)|tiene (?:presente|en cuenta)"
    r"|hace (?:también |además )?(?:suy[ao]s?|hincapié|notar|un llamamiento|constar|votos"
    r"|propi[ao]s?)"
    r"|pone (?:también )?de (?:relieve|manifiesto)|llama la atención|señala a la atención"
    r"|rinde (?:\w+ )?homenaje|da las gracias|aguarda con interés|espera con interés"
    r"|se (?:compromete|congratula|felicita|suma|declara|muestra|complace|adhiere|opone|alegra)"
    r"(?: (?:profundamente |gravemente )?(?:preocupad[ao]|alarmad[ao]|complacid[ao]))?|"
    + _any(
        """acepta|acoge|acuerda|adopta|advierte|afirma|agradece|alienta|anima|apela|aplaude|apoya|
        apremia|aprueba|asigna|autoriza|celebra|concluye|condena|confía|confirma|considera|
        constata|convoca|crea|decide|declara|deplora|denuncia|designa|destaca|determina|dispone|
        elige|elogia|encarece|encomia|encomienda|enfatiza|espera|establece|estima|exhorta|exige|
        expresa|felicita|insta|insiste|invita|lamenta|manifiesta|nombra|observa|ordena|pide|
        proclama|propone|prorroga|ratifica|reafirma|recalca|rechaza|recomienda|reconoce|recuerda|
        reitera|remite|renueva|repudia|requiere|resalta|resuelve|saluda|señala|solicita|subraya|
        sugiere|suscribe|transmite|urge|valora"""
    )
    + rf"){_ES_AFTER}*"
)
_ES_PREAMBULAR = (
    r"(?:(?:profundamente|gravemente|también|sumamente|plenamente|muy|firmemente|seriamente"
    r"|vivamente|especialmente) )*"
    r"(?:teniendo (?:también |además |asimismo )?(?:presentes?|en cuenta|en consideración)"
    r"|tomando (?:también |además |asimismo )?(?:nota|en consideración|en cuenta)"
    r"|poniendo de (?:relieve|manifiesto)|haciendo (?:hincapié|notar|suy[ao]s?)"
    r"|habiendo (?:\w+[aií]do|visto|oído|hecho)|expresando(?: también| además)? " + _ES_MOOD + "|"
    r"guiad[ao]|consciente|convencid[ao]|preocupad[ao]|inquiet[ao]|alarmad[ao]|resuelt[ao]"
    r"|dese(?:os[ao]|ando)|decidid[ao]|inspirad[ao]|animad[ao]|consternad[ao]|perturbad[ao]"
    r"|horrorizad[ao]|persuadid[ao]|empeñad[ao]|alentad[ao]|\w{2,}(?:ando|iendo|yendo)(?:se)?"
    rf"){_ES_AFTER}*"
)

_RU_MANNER = (
    r"(?:(?:также|далее|вновь|снова|еще раз|ещё раз|настоятельно|решительно|категорически|высоко"
    r"|убедительно|глубоко|серь[её]зно|особо|торжественно|недвусмысленно|безоговорочно|горячо"
    r"|настойчиво|самым решительным образом|в самых решительных выражениях|полностью"
    r"|с (?:[\w-]+ ){0,2}(?:удовлетворением|признательностью|интересом|озабоченностью"
    r"|обеспокоенностью|сожалением|тревогой|беспокойством|благодарностью|одобрением"
    r"|негодованием|прискорбием|глубоким прискорбием)),? )*"
)
_RU_AFTER = (
    r"(?: (?:также|далее|вновь|снова|еще раз|ещё раз|настоятельно|решительно"
    r"|с (?:[\w-]+ ){0,2}(?:удовлетворением|признательностью|интересом|озабоченностью"
    r"|обеспокоенностью|сожалением|тревогой|благодарностью)))"
)
_RU_MOOD = (
    r"(?:также )?(?:(?!о\b|в\b|по\b)[\w-]+ ){0,3}?(?:озабоченность|обеспокоенность"
    r"|признательность|сожаление"
    r"|удовлетворение|надежду|поддержку|благодарность|солидарность|соболезнования|тревогу"
    r"|беспокойство|готовность|намерение|уверенность|решимость|убежденность|возмущение)"
)
_RU_OPERATIVE = (
    _RU_MANNER + r"(?:выражает " + _RU_MOOD + "|"
    r"принимает (?:также )?(?:к сведению|во внимание|решение)|обращает (?:\w+ )?внимание"
    r"|обращается с (?:\w+ )?призывом|воздает должное|отдает должное|берет на себя|"
    + _any(
        """благодарит|возлагает|возобновляет|выделяет|выражает|выступает|дает|заверяет|заключает|
        заявляет|избирает|констатирует|назначает|напоминает|настаивает|обращается|объявляет|
        ожидает|одобряет|определяет|осознает|осуждает|отвергает|отклоняет|отмечает|оценивает|
        повторяет|подтверждает|подчеркивает|подчёркивает|поддерживает|побуждает|поздравляет|
        поощряет|порицает|поручает|постановляет|предлагает|предостерегает|предписывает|
        предупреждает|преклоняется|препровождает|принимает|приветствует|призывает|признает|
        признаёт|провозглашает|продлевает|просит|разделяет|разрешает|рассчитывает|рекомендует|
        решает|санкционирует|сознает|сожалеет|создает|ссылается|считает|соглашается|требует|
        указывает|уделяет|уполномочивает|утверждает|учреждает"""
    )
    + rf"){_RU_AFTER}*"
)
_RU_PREAMBULAR = (
    _RU_MANNER + r"(?:принимая (?:также |далее )?(?:к сведению|во внимание|в расчет)"
    r"|приняв (?:к сведению|во внимание)|имея (?:также )?в виду|выражая " + _RU_MOOD + "|"
    r"будучи (?:(?:также|глубоко|серьезно|серьёзно|крайне|твердо|твёрдо|весьма|полностью) )*"
    r"(?:убежден[аы]?|обеспокоен[аы]?|озабочен[аы]?|встревожен[аы]?|преисполнен[аы]?|потрясен[аы]?"
    r"|осведомлен[аы]?)?|обращая внимание|"
    + _any(
        """вновь заявляя|воздавая должное|выражая|действуя|желая|заслушав|изучив|исходя из|
        констатируя|напоминая|настаивая|обращаясь|одобряя|опираясь|основываясь|осознавая|осуждая|
        отвергая|отдавая должное|отмечая|памятуя|повторяя|подтверждая|подтвердив|подчеркивая|
        подчёркивая|поддерживая|полагая|помня|поощряя|преисполненная решимости|
        преисполненный решимости|приветствуя|признавая|призывая|принимая|проведя|рассмотрев|
        руководствуясь|сожалея|сознавая|ссылаясь|стремясь|считая|указывая|учитывая"""
    )
    + rf"){_RU_AFTER}*"
)

_ZH_MANNER = (
    r"(?:还|又|也|并|再次|再度|强烈|严重|深为|极为|进一步|特别|坚决|最强烈地?|迫切|赞赏地|满意地"
    r"|遗憾地|关切地|深为关切地|严重关切地|感兴趣地|紧急|郑重|尤其|同时|重新|继续|一再|深切|深表|明确|断然"
    r"|赞赏并|高兴地|感谢地|欣慰地)*"
)
_ZH_MOOD = (
    r"表示(?:[^，。；、]{0,6})(?:关切|赞赏|感谢|遗憾|支持|谴责|震惊|不安|痛心|声援|愤慨|希望)"
)
_ZH_VERBS = (
    rf"(?:{_ZH_MOOD}|"
    + _any(
        """促请|敦促|吁请|呼吁|呼请|邀请|要求|鼓励|请|决定|重申|强调|着重指出|欢迎|欣见|注意到|确认|
        认识到|承认|赞赏|赞扬|谴责|痛惜|痛心|遗憾|建议|回顾|忆及|宣布|声明|核可|认可|通过|支持|授权|
        指出|提醒|提请|关切|感谢|祝贺|申明|肯定|考虑到|铭记|任命|设立|延长|反对|拒绝|期待|责成|断定|
        认为|采纳|同意|批准|指示|赞同|赞成|推荐|表示|敬请|严正声明"""
    )
    + ")"
)
_ZH_OPENINGS = (
    rf"(?:{_ZH_VERBS}|"
    + _any(
        """遵循|遵照|意识到|深信|念及|鉴于|审议了|听取了|审查了|依照|根据|震惊|不安|感到震惊|铭记着|
        牢记|希望|决心|坚信|相信|表明|顾及|感到关切|感到不安|切望|以.{2,20}为指导"""
    )
    + ")"
)

_AR_MARK = r"[\u064b-\u0652]*"
_AR_AFTER = (
    rf"(?: (?:كذلك|أيضا{_AR_MARK}|بقوة|بشدة|بإلحاح|مرة أخرى|من جديد|مجددا{_AR_MARK}|مع التقدير"
    rf"|مع القلق"
    rf"|مع الاهتمام|مع الارتياح|بقلق(?: بالغ| شديد)?|بارتياح|بتقدير|علما{_AR_MARK}))"
)
_AR_OPERATIVE = (
    r"[يت](?:قرر|طلب إلى|طلب|دعو|حث|هيب|ناشد|شجع|رحب|دين|ؤكد|عيد تأكيد|عيد التأكيد|شدد|حيط|لاحظ"
    r"|عرب عن (?:بالغ |عميق |تقدير|قلق|أسف|استياء)\w*|عرب|شير|عترف|سلم|قر|علن|وصي|ثني|كرر|أسف|ستنكر"
    r"|شجب|أذن|وافق|ؤيد|عتمد|ذكر|ذكّر|برز|هنئ|شكر|طالب|رفض|رجو|نوه|عقد العزم|كلف|تطلع|تعهد"
    rf"|ندد|حث بقوة|عين|نشئ|مدد|لتمس){_AR_AFTER}*"
)
_AR_PREAMBULAR = (
    r"(?:و?إذ (?:لا )?[يت]\w+(?: (?:علما[\u064b-\u0652]*|من جديد|في اعتبار\w+|في الاعتبار"
    r"|تأكيد|كذلك|أيضا[\u064b-\u0652]*|مع التقدير|مع القلق|بقلق(?: بالغ| شديد)?))*"
    r"|وقد (?:نظر|استمع|درس|أحاط|اطلع)\w*|و?اقتناعا[\u064b-\u0652]* منه\w?"
    r"|و?إدراكا[\u064b-\u0652]* منه\w?|و?رغبة[\u064b-\u0652]* منه\w?"
    r"|و?تصميما[\u064b-\u0652]* منه\w?)"
)

OPERATIVE = {
    "en": _latin(_EN_OPERATIVE),
    "fr": _latin(_FR_OPERATIVE),
    "es": _latin(_ES_OPERATIVE),
    "ru": _latin(_RU_OPERATIVE),
    "zh": re.compile(_ZH_MANNER + _ZH_VERBS),
    "ar": re.compile(_AR_OPERATIVE + r"(?!\w)"),
}
"""Language → how an operative paragraph opens."""

PREAMBULAR = {
    "en": _latin(_EN_PREAMBULAR),
    "fr": _latin(_FR_PREAMBULAR),
    "es": _latin(_ES_PREAMBULAR),
    "ru": _latin(_RU_PREAMBULAR),
    "zh": re.compile(_ZH_MANNER + _ZH_OPENINGS),
    "ar": re.compile(_AR_PREAMBULAR + r"(?!\w)"),
}
"""Language → how a preambular paragraph opens."""
