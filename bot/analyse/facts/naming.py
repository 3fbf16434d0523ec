"""What tells which of the authorities and messengers named in an article act, or are touched, in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analyse.facts.bystanders import CHAMBERS
from bot.analyse.features import ACTIONS, View, body, channel
from bot.analyse.language.lexicon import Mention

_SOURCE = re.compile(
    r"(?:сообщ|пиш|передал|написал|опубликова|рассказал|по данным|утвержда|reports?|said|в (?:своем|личном|официальном))\w*(?: [\w«»-]+){0,5} $"
)
_SPEAKS = re.compile(
    r"(?:сообщ|заяв|подтверд|объяв|пояснил|уточнил|объяснил|предлож|намерен|хочет|готовит|планир|разработал|потребов|ограничи|заблокир|оштраф|назначил|внес|принял|"
    r"подписал|обяза|поруч|предупред|признал|опубликова|утвержд|счита|обвин|ввел|начал|приступ|запрет|рассм|решил|добавил|включил|said|says|has |is |will |plans|"
    r"announc|confirm|order|propos|fin|block|restrict|ban|issue|approv|pass|adopt|warn|demand|open|charge|accus)"
)
_ACTED = re.compile(
    r"(?<!\w)(?:(?:вн[её]с|предлож|подтверд|объяв|утверд|подписал|подписан|принят|принял|одобр|разработ|подготов|ввел|введен|начал|начат|усил|ограничил|заблокир|снял|отмен|"
    r"потребов|постанов|распоряд|назнач|вынес|направ|отправ|оштраф|признал|добав|включ|запрет|запрещ|сообщ|заяв)\w*) (?:(?!и |а |но )[\w-]+ )?$"
)
"""What was done, said right before who did it: «внесённый правительством», «подтвердил Роскомнадзор»."""


_ASKED = re.compile(
    r"(?:обратил\w*|попросил\w*|просьб\w*|письм\w*|жалоб\w*|запрос\w*|петици\w*|просят|asked|appeal\w*|letter|petition\w*) (?:\S+ ){0,4}$"
)
_SUED = re.compile(r"\bиск\w{0,3}\b|оспор|\bsue[sd]?\b|lawsuit|complaint|протокол\w* роскомнадзор|filed by")
_PASSES = re.compile(
    r"\b(?:прин(?:ял|ят)|одобр|поддержал|отклонил|утверд|рассмотре|завершил|проголосова|верн(?:ул|ет)|(?:перв|втор|треть)\w+ чтени|pass|approv|adopt|back|reject|vot)"
)
_RECEIVES = re.compile(
    r"\b(?:вн(?:ес|ос)|поступил|зарегистрир|появил|направл|представл|поправк|законопроект|инициатив|introduc|submit|tabled|bill\b)"
)
_MEMBER = re.compile(
    r"(?:депутат|зампред|зам\w* председател|член|спикер|председател|глав|вице-спикер|lawmaker|deputy|member|mp)\w* (?:\S+ ){0,4}$"
)
"""Somebody of a body speaks, not the body."""


def speaks(folded: str, mention: Mention) -> bool:
    """True if what stands around a mention makes it the one who acts or says."""
    after, before = folded[mention.stop : mention.stop + 45], folded[max(0, mention.start - 30) : mention.start]
    return bool(_SPEAKS.search(after)) or bool(
        re.search(r"(?:сообщил\w*|заявил\w*|в|решени\w*|проект\w*|пресс-служб\w*|according to|by|from|подтвердил\w*) (?:в )?$", before)
    )


def _common(seen: View, name: str, hits: Iterable[tuple[int, Mention]]) -> dict[str, float]:
    hits = list(hits)
    first = hits[0][0]
    return {
        "title": float(any(number == 0 for number, _ in hits)),
        "lead": float(any(number == 1 for number, _ in hits)),
        "near": float(any(2 <= number < 4 for number, _ in hits)),
        "only-far": float(first >= 4),
        "only-one": float(len(hits) == 1),
        "many": float(len(hits) >= 3),
        "first": min(first, 6) / 6.0,
        "only-earlier": float(all("earlier" in seen.cues[number] for number, _ in hits)),
        "last-sentence": float(first == len(seen.sentences) - 1 and first > 1),
    }


def regulator(seen: View, name: str, measure: str, stage: str) -> dict[str, float]:
    """Features of one authority as one of those that act in this article."""
    hits = [(number, mention) for number, found in enumerate(seen.regulators) for mention in found if mention.name == name]
    features = _common(seen, name, hits)
    others = {mention.name for found in seen.regulators for mention in found} - {name}
    upper = {mention.name for found in seen.regulators[:2] for mention in found} - {name}
    features |= {
        "speaks": float(any(speaks(seen.sentences[number].folded, mention) for number, mention in hits)),
        "speaks-top": float(any(number < 2 and speaks(seen.sentences[number].folded, mention) for number, mention in hits)),
        "acted": float(any(_ACTED.search(seen.sentences[number].folded[: mention.start]) for number, mention in hits)),
        "alone": float(not others),
        "implied": float(name in seen.implied),
        "implied-top": float(name in seen.implied and hits[0][0] < 2),
        "others-above": float(bool(upper) and not features["title"] and not features["lead"]),
        "about": float(any(seen.about(number) for number, _ in hits)),
        "acts": float(any(seen.cues[number] & set(ACTIONS) for number, _ in hits)),
        "charges": float(any("протокол" in seen.sentences[number].folded for number, _ in hits)),
        "asked": float(
            all(_ASKED.search(seen.sentences[number].folded[max(0, mention.start - 60) : mention.start]) for number, mention in hits)
        ),
        "sued": float(any(_SUED.search(seen.sentences[number].folded) for number, _ in hits)),
        "bill": float(name in CHAMBERS and any("introduce" in seen.cues[number] or "draft" in seen.cues[number] for number, _ in hits)),
        f"bill&stage:{stage}": float(
            name in CHAMBERS and any("законопроект" in row.folded or "bill" in row.folded for row in seen.sentences[:4])
        ),
        "passes": float(name in CHAMBERS and any(_passes(seen, number, mention, _PASSES) for number, mention in hits)),
        "receives": float(name in CHAMBERS and any(_passes(seen, number, mention, _RECEIVES) for number, mention in hits)),
        "receives-of-other": float(
            name in CHAMBERS and bool(upper) and any(_passes(seen, number, mention, _RECEIVES) for number, mention in hits)
        ),
        "member": float(
            all(_MEMBER.search(seen.sentences[number].folded[max(0, mention.start - 60) : mention.start]) for number, mention in hits)
        ),
        "first-in-sentence": float(any(mention.start < 12 for _, mention in hits)),
        f"body:{body(name)}": 1.0,
        f"body:{body(name)}&title": features["title"],
        f"body:{body(name)}&lead": features["lead"],
        f"body:{body(name)}&measure:{measure}": 1.0,
        f"body:{body(name)}&stage:{stage}": 1.0,
        f"measure:{measure}": 1.0,
    }
    for cue in ("earlier", "fine", "done", "propose", "draft", "state", "decided", "pending", "poll", "crime", "sign", "final"):
        features[f"cue:{cue}"] = float(any(cue in seen.cues[number] for number, _ in hits))
    return {key: value for key, value in features.items() if value}


def _passes(seen: View, number: int, mention: Mention, verbs: re.Pattern[str]) -> bool:
    """True if one of some verbs stands near the mention of a chamber, in a sentence that tells of now."""
    folded = seen.sentences[number].folded
    return "earlier" not in seen.cues[number] and bool(verbs.search(folded[max(0, mention.start - 60) : mention.stop + 60]))


_INSTEAD = re.compile(
    r"взамен|альтернатив|рекоменд|совету|советов|(?:перейти|переход\w*|перевод\w*) (?:в|на)\b|переезд|переве[сд]|заменит|"
    r"instead|recommend|alternative|switch|advis|urged? |move to|migrat"
)
_SPARED = re.compile(
    r"кроме|исключ|не попал|не затрон|не касает|не коснул|не вой?[дш]|в отличие|exempt|except|not (?:affected|covered|include)|unaffected|unlike"
)
_JOINED = re.compile(r"[\s,«»\"']*(?:и|или|and|or|а также|as well as)?[\s«»\"']*")


def _company(seen: View, name: str) -> set[str]:
    """Beside whom a messenger is named: as what people should use instead, as one that is spared, in a list with others."""
    top = {mention.name for found in seen.messengers[:2] for mention in found}
    told: set[str] = set()
    for number, found in enumerate(seen.messengers):
        folded = seen.sentences[number].folded
        for place, mention in enumerate(found):
            if mention.name != name:
                continue
            before, after = folded[max(0, mention.start - 70) : mention.start], folded[mention.stop : mention.stop + 50]
            if _INSTEAD.search(before):
                told |= {"instead", f"instead:{'MAX' if name == 'MAX' else 'other'}"}
            if _SPARED.search(before) or _SPARED.search(after):
                told.add("spared")
            for other in found[max(0, place - 1) : place + 2]:
                first, second = sorted((mention, other), key=lambda one: one.start)
                if other.name != name and _JOINED.fullmatch(folded[first.stop : second.start]):
                    told |= {"mate"} | ({"mate-top"} if number < 2 else set()) | ({"mate-of-top"} if other.name in top else set())
    return told


def messenger(seen: View, name: str, measure: str) -> dict[str, float]:
    """Features of one messenger as one of those that the measure touches."""
    hits = [(number, mention) for number, found in enumerate(seen.messengers) for mention in found if mention.name == name]
    features = _common(seen, name, hits)
    texts = seen.sentences
    titled = {mention.name for mention in seen.messengers[0]}
    leading = {mention.name for found in seen.messengers[:2] for mention in found}
    features |= {
        "alone": float(len({mention.name for found in seen.messengers for mention in found}) == 1),
        "others-titled": float(bool(titled - {name}) and name not in titled),
        "others-above": float(bool(leading - {name}) and name not in leading),
        "channels-only": float(all(channel(texts[number].folded, mention) for number, mention in hits)),
        "source-only": float(
            all(_SOURCE.search(texts[number].folded[max(0, mention.start - 60) : mention.start]) for number, mention in hits)
        ),
        "acts": float(any(seen.cues[number] & set(ACTIONS) for number, _ in hits)),
        "authority": float(any(bool(seen.regulators[number]) for number, _ in hits)),
        "listed": float(any(len(seen.messengers[number]) >= 2 for number, _ in hits)),
        "listed-titled": float(
            any(len(seen.messengers[number]) >= 2 and titled & {mention.name for mention in seen.messengers[number]} for number, _ in hits)
        ),
        "foreign": float(any("foreign" in seen.generic[number] for number, _ in hits)),
        "after-like": float(
            all(
                re.search(
                    r"(?:после|чем|например|как|like|after|unlike|вместо|instead of) (?:\w+ и )?$", texts[number].folded[: mention.start]
                )
                for number, mention in hits
            )
        ),
        f"measure:{measure}": 1.0,
        f"is:{name if name in ('MAX', 'Telegram', 'WhatsApp') else 'other'}": 1.0,
        f"is:{name if name in ('MAX', 'Telegram', 'WhatsApp') else 'other'}&measure:{measure}": 1.0,
    }
    features |= dict.fromkeys(_company(seen, name), 1.0)
    if name == "MAX":
        features[f"max&measure:{measure}&{'top' if features['title'] or features['lead'] else 'rest'}"] = 1.0
    for cue in ("earlier", "outage", "numbers", "crime", "market", "fine"):
        features[f"cue:{cue}-all"] = float(all(cue in seen.cues[number] for number, _ in hits))
    return {key: value for key, value in features.items() if value}
