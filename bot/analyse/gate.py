"""The first look: lets the news that names no messenger, or no measure, pass at almost no cost."""

from __future__ import annotations

import functools
import re

from bot.analyse.language.lexicon import fold

_MESSENGER = (
    "мессендж|messeng|messag|zello|olvid|tchap|simplex|sim-bind|telegram|телег|whats ?app|ватс|вотс|вацап|\\bmax\\b|«макс»|макс\\b|viber|вайбер|signal|discord|дискорд|snapchat|снапчат|facetime|фейстайм|skype|скайп|threema|wechat|imessage|сферум|zoom|"
    "подписчик|блогер|blogger|subscribers|\\bimo\\b|icq|тамтам|google meet|arattai|zalo|kakao|chat control|chat app|\\bори\\b|распространени\\w* информации|bitchat|aitu|айту|переписк|jiochat|totok|botim|zangi|\\bтг\\b|соцсет|domain|chats?\\b|чат[ыао]\\w*\\b|rubika|encrypt|шифрован"
)
_MEASURE = (
    "блокир|\\bblock|запре|закро|закры|\\bbar(?:s|red)\\b|предупре|\\bwarn|разреш|\\ballow|\\bpermit|разблок|нельзя|\\bban|prohibit|огранич|restrict|замедл|throttl|slow|штраф|\\bfine|penalt|обяз|должн|require|mandat|must|order|закон|\\blaw|\\bbill|\\bact\\b|проект|draft|реестр|перечен|регист|regist|regulat|регулятор|"
    "роскомнадзор|roskomnadzor|\\bркн\\b|минцифр|госдум|duma|\\bсуд|court|judge|фсб|\\bfsb|правительств|government|минист|minist|комисс|commission|вла?ст[иь]|authorit|ведомств|watchdog|идентиф|identif|хранен|retention|национальн|national|перевод|перейд|переход|"
    "домен|\\bdns|\\bvpn|недоступ|unavailab|перестал|не работает|не открыва|реклам|advert|налог|\\btax|убра[лн]|удали|remov|"
    "перевед|переезж|предустан|pre-?install|отключ|shut|scan|кремл|песков|kremlin|путин|putin|евросоюз|\\beu\\b|депутат|lawmaker|parliament|постановлен|decree|указ|probe|antitrust|мвд|прокур|чиновник|угроз|threat|опасн|госуслуг|антифрод|список|списк"
)


@functools.cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_MESSENGER, re.IGNORECASE), re.compile(_MEASURE, re.IGNORECASE)


def worth_reading(title: str, text: str) -> bool:
    """False if an article certainly is not about the regulation of messengers."""
    beginning = f"{title}\n{text[:6000]}"
    if "://" in beginning or "t.me/" in beginning:
        beginning = fold(beginning)
    messenger, measure = _forms()
    return bool(messenger.search(beginning)) and bool(measure.search(beginning))
