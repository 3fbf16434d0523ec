"""From when a measure applies: which of an article's dates is that date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bot.analyse.dates import Date, dates
from bot.analyse.features import View

_APPLY = re.compile(
    r"вступ\w+ в силу|вступят|действ(?:ует|уют|овать)|заработа|начнет|начнут|введут|ввести|введен|вводит|запрет|запрещ|нельзя|перевед|переход|перейд|переезж|переед|обяза|обяжут|"
    r"блокир|заблок|ограничи|ограничен|отключ|замедл|хран|предустан|станет|станут|начина|должн|не смогут|не вправе|"
    r"take effect|took effect|takes effect|force|effective|will|must|ban|block|restrict|require|apply|start|compl|throttl|slow|disconnect|limit"
)
_EVENT = re.compile(
    r"сообщ|заяв|рассказал|написал|подписал|подписан|приня|одобр|внес|опубликов|состав|опрос|проведен|said|told|signed|passed|adopt|introduc|publish|announc|vote|filed|approved"
)
_OTHER = re.compile(
    r"закон\w* (?:№ ?\d+-фз )?$|постановлени\w+ (?:№ ?\d+ )?$|№ ?\S+ $|доклад|представить|жалоб|пользовател\w+ (?:замет|начал)|сбо[йия]|на момент|за (?:неделю|год)|аудитори|штраф\w* (?:в|на)|"
    r"внесли в реестр|downdetector|deadline|survey|poll"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date with the sentence it stands in."""

    date: Date
    number: int
    sentence: str
    features: dict[str, float]


def reference(seen: View, published: dt.date | None) -> int | None:
    """The year of an article that does not say when it was published: the latest one it names, if it names only near ones."""
    if published is not None:
        return None
    years = [int(year) for sentence in seen.sentences for year in re.findall(r"(?<!\d)(20[12]\d)(?!\d)", sentence.folded)]
    return max(years) if years else None


def candidates(seen: View, published: dt.date | None, measure: str, stage: str) -> list[Candidate]:
    """The dates whose year is known, with what speaks for and against each."""
    hint = reference(seen, published)
    planned = stage in ("planned", "adopted")
    found: list[Candidate] = []
    for sentence in seen.sentences[:14]:
        cues = seen.cues[sentence.number]
        ahead = planned or bool(cues & {"modal", "threat", "willforce", "rumour", "duty"})
        found += [
            Candidate(date, sentence.number, sentence.text, _features(seen, sentence.number, date, published, measure, stage))
            for date in dates(sentence.folded, published, future=ahead, year_hint=hint)
            if date.value
        ]
    counts = {candidate.date.value: sum(other.date.value == candidate.date.value for other in found) for candidate in found}
    for index, candidate in enumerate(found):
        if counts[candidate.date.value] > 1:
            candidate.features["repeated"] = 1.0
        if index == 0:
            candidate.features["first"] = 1.0
        if len(counts) == 1:
            candidate.features["only"] = 1.0
    return found


def _features(seen: View, number: int, date: Date, published: dt.date | None, measure: str, stage: str) -> dict[str, float]:
    folded = seen.sentences[number].folded
    cues = seen.cues[number]
    left, right = folded[max(0, date.start - 45) : date.start], folded[date.stop : date.stop + 60]
    clause_left = re.split(r"[,;:—(]", left)[-1]
    clause_right = re.split(r"[,;:—)]", right)[0]
    features = {
        f"before:{date.before or 'none'}": 1.0,
        "title": float(number == 0),
        "lead": float(number == 1),
        "near": float(2 <= number < 4),
        "far": float(number >= 4),
        "starts": float(date.start < 4),
        "day": float(len(date.value) == 10),
        "explicit": float(date.explicit),
        "relative": float(date.relative),
        "apply-left": float(bool(_APPLY.search(left))),
        "apply-right": float(bool(_APPLY.search(right))),
        "apply-clause": float(bool(_APPLY.search(clause_left) or _APPLY.search(clause_right))),
        "event-left": float(bool(_EVENT.search(clause_left))),
        "event-right": float(bool(_EVENT.search(clause_right))),
        "other": float(bool(_OTHER.search(left) or _OTHER.search(clause_right))),
        "about": float(seen.about(number)),
        "authority": float(bool(seen.regulators[number])),
        f"measure:{measure}&before:{date.before or 'none'}": 1.0,
        f"stage:{stage}&before:{date.before or 'none'}": 1.0,
        f"measure:{measure}": 1.0,
        f"from&apply:{bool(_APPLY.search(left + right))}&{date.before == 'from'}": 1.0,
    }
    for cue in (
        "earlier",
        "force",
        "willforce",
        "fine",
        "done",
        "outage",
        "crime",
        "poll",
        "numbers",
        "state",
        "rumour",
        "final",
        "sign",
        "decided",
        "confirm",
        "bloggers",
    ):
        features[f"cue:{cue}"] = float(cue in cues)
    if published is not None:
        day = dt.date.fromisoformat(date.value if len(date.value) == 10 else f"{date.value}-15")
        apart = (day - published).days
        kind = (
            "same"
            if abs(apart) <= 1 and len(date.value) == 10
            else "future"
            if apart > 1
            else "recent"
            if apart > -35
            else "old"
            if apart > -400
            else "ancient"
        )
        features[f"when:{kind}"] = 1.0
        features[f"when:{kind}&before:{date.before or 'none'}"] = 1.0
        features[f"when:{kind}&stage:{stage}"] = 1.0
    else:
        features["when:unknown"] = 1.0
    return {key: value for key, value in features.items() if value}
