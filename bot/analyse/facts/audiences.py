"""Whom a measure touches: what each group of people is judged by."""

from __future__ import annotations

import re

from bot.analyse.features import View
from bot.analyse.language import lexicon
from bot.analyse.linear import Features, Linear, Models
from bot.model import Group

CUES = {
    Group.COMMERCE: "commerce",
    Group.BANKS: "banks",
    Group.TELECOM: "telecom",
    Group.STATE: "state_body",
    Group.MEDIA: "media",
    Group.ADVERTISING: "advertising",
    Group.EDUCATION: "education",
    Group.HOUSING: "housing",
    Group.MILITARY: "military",
    Group.PLATFORMS: "platforms",
    Group.DEVICES: "devices",
    Group.BUSINESS: "business",
    Group.USERS: "users",
}
"""The cue whose words name a group."""


def audience(seen: View, document: Features, measure: str, stage: str, group: str) -> dict[str, float]:
    """What an audience is judged by: where its words stand, in which company, and what the measure is."""
    cue = CUES[Group(group)]
    if group == Group.PLATFORMS:
        return {**document, f"measure:{measure}": 1.0, f"stage:{stage}": 1.0, f"measure:{measure}&stage:{stage}": 1.0}
    if group in BROAD:
        own = _own(document, cue)
        shared = {key: document[key] for key in _SHARED if key in document}
        pairs = {f"measure:{measure}&{'has' if f'a:{cue}' in document else 'no'}": 1.0}
        return {**own, **shared, **pairs, f"measure:{measure}": 1.0, f"stage:{stage}": 1.0, f"measure:{measure}&stage:{stage}": 1.0}
    numbers = [number for number in range(min(len(seen.sentences), 12)) if cue in seen.cues[number] and not _elsewhere(seen, number)]
    features: dict[str, float] = {f"group:{group}": 1.0}
    if not numbers:
        return {**features, f"group:{group}&none": 1.0, "none": 1.0, f"group:{group}&measure:{measure}&none": 1.0}
    others = {name for key, name in CUES.items() if key not in BROAD and key != group}
    for key in _own(document, cue):
        features[f"own:{key[0]}"] = features[f"group:{group}&{key[0]}"] = features[f"measure:{measure}&{key[0]}"] = 1.0
    features[f"group:{group}&measure:{measure}"] = features[f"measure:{measure}"] = features[f"stage:{stage}"] = 1.0
    features["count"] = min(len(numbers), 4) / 4
    features["about"] = float(any(seen.about(number) for number in numbers))
    features["acts"] = float(any(seen.cues[number] & _TOUCHING for number in numbers))
    features["acts-about"] = float(any(seen.cues[number] & _TOUCHING and seen.about(number) for number in numbers))
    features["listed"] = float(any(len(seen.cues[number] & others) >= 2 for number in numbers))
    features["earlier"] = float(all("earlier" in seen.cues[number] for number in numbers))
    features["late"] = float(numbers[0] >= 3)
    features["crowd"] = float(sum(bool(f"a:{name}" in document) for name in others) >= 3)
    return {key: value for key, value in {**features, **_grammar(seen, cue)}.items() if value}


def _elsewhere(seen: View, number: int) -> bool:
    """True if a sentence turns to another subject: «Кроме того, вырастут пенсии военных»."""
    folded = seen.sentences[number].folded
    return (
        number > 1
        and _BESIDES.match(folded) is not None
        and not seen.about(number)
        and not seen.cues[number] & (_TOUCHING - {"willforce"})
        and not _TOUCHED.search(folded)
    )


def _own(document: Features, cue: str) -> dict[str, float]:
    """The features of a document that tell where the words of a group stand."""
    ending = f":{cue}"
    return {key: value for key, value in document.items() if key.endswith(ending)}


def _grammar(seen: View, cue: str) -> dict[str, float]:
    """In which part the words of a group stand in their sentences: as the one who must, as the one who speaks, as a source."""
    features: dict[str, float] = {}
    parts: list[tuple[bool, bool, bool]] = []
    form = lexicon.cues()[cue]
    for sentence in seen.sentences[:12]:
        if cue not in seen.cues[sentence.number]:
            continue
        for match in form.finditer(sentence.folded):
            left, right = sentence.folded[max(0, match.start() - 60) : match.start()], sentence.folded[match.end() : match.end() + 60]
            near = bool(_TOUCHED.search(left) or _TOUCHED.search(right))
            dative = bool(_DATIVE.match(sentence.folded, match.start()))
            parts.append((near, bool(_SPEAKS.match(right)), bool(_SOURCE.search(left))))
            for name, here in (
                ("touched", near),
                ("touched-top", near and sentence.number < 2),
                ("dative", dative),
                ("dative-touched", dative and near),
                ("for", bool(_FOR.search(left))),
                ("staff-of", bool(_STAFF.search(left))),
                ("object", bool(_OBJECT.search(left))),
                ("in-list", bool(re.search(r"(?:,|\bи|\band) $", left) and re.match(r"\w*(?:,| и | and )", right))),
            ):
                if here:
                    features[f"part:{name}"] = 1.0
    features["part:speaks"] = float(any(speaks for _, speaks, _ in parts))
    features["part:only-speaks"] = float(all(speaks for _, speaks, _ in parts))
    features["part:only-source"] = float(all(source for _, _, source in parts))
    features["part:never-touched"] = float(not any(near for near, _, _ in parts))
    features["part:background"] = float(all(speaks or source or not near for near, speaks, source in parts))
    return features


_BESIDES = re.compile(
    r"\W*(?:кроме того|кроме этого|помимо (?:этого|того)|также|еще|вдобавок|одновременно|тем временем|между тем|а с \d|in addition|separately|also\b|besides|meanwhile|elsewhere|in other news)\b"
)
_TOUCHED = re.compile(
    r"обяза|обяж|запре[тщ]|должн|нельзя|не вправе|не смо[гж]|касает|коснет|затрон|затраг|распростран|попад|попал|перечн|список|поруч|предписа|потреб|штраф|разреш|перевед|перевод|перейд|переход|подключ|предустан|внедр|огранич|"
    r"require|must|cannot|may not|barr|prohibit|\bban|oblig|order|instruct|tells|told|fine|applies|affect|cover|includ|restrict|forc"
)
_SPEAKS = re.compile(
    r"^\w* (?:\S+ ){0,2}?(?:сообщ|заяв|сказа|счита|говор|отме[тч]|подтверд|заверил|просил|предлож|объяв|отказал|планир|готов|said|says|told|warn|asked|claim|confirm)"
)
_SOURCE = re.compile(
    r"(?:источник\w* (?:\S+ )?(?:на |в |у )?|представител\w+ |по словам |по данным |собеседник\w* (?:\S+ )?|эксперт\w* |опрошенн\w+ |считают в |сообщили в |с участием |клиент\w* |услуг\w* |бот\w* |карт\w* |счет\w* |от имени |"
    r"sources? in |according to |аналитик\w* )$"
)
_DATIVE = re.compile(r"[\w-]+(?:ам|ям)\b")
_FOR = re.compile(r"(?:\bдля|\bкому|\bу|\bсреди|\bна) (?:\S{1,12} )?$")
_STAFF = re.compile(r"(?:сотрудник|работник|персонал|служащ|staff|employees|workers)\w* (?:\S+ ){0,3}$")
_OBJECT = re.compile(r"(?:tell|told|order|instruct|requir|oblig|ask|bar|ban|forbid|direct|for|fin)\w* (?:\w+ ){0,2}$")

BROAD = frozenset({Group.USERS, Group.PLATFORMS})
"""Touched by the kind of measure as much as by what the text says."""
_TOUCHING = frozenset(
    {
        "forbid",
        "duty",
        "work",
        "restrict",
        "block",
        "register",
        "storage",
        "ident",
        "chats",
        "preinstall",
        "national",
        "advert",
        "fine",
        "willforce",
    }
)


def judged(models: Models, group: str) -> Linear:
    """The model of an audience: its own for the broad ones, one for all others."""
    return models[f"audience-{group}"] if group in BROAD else models["audience"]


_SHARED = tuple(
    f"{where}:{cue}"
    for where in ("a", "t", "l")
    for cue in [
        "fine",
        "fined",
        "work",
        "chats",
        "bloggers",
        "military",
        "ident",
        "storage",
        "scan",
        "preinstall",
        "danger",
        "advert",
        "business",
        "platforms",
        "users",
        "register",
        "bank_sms",
        "children",
        "forbid",
        "outage",
        "calls",
        "antitrust",
    ]
)
