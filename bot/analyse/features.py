"""What the models look at: which cues and names stand where in an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.analyse.facts import abroad
from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import Mention
from bot.analyse.language.text import Page, Sentence
from bot.model import Measure

ACTIONS = [
    "block",
    "access",
    "full",
    "restrict",
    "calls",
    "slow",
    "fine",
    "fined",
    "forbid",
    "duty",
    "national",
    "register",
    "storage",
    "ident",
    "court",
    "preinstall",
    "scan",
    "antitrust",
    "dismiss",
    "decree",
    "draft",
    "threat",
    "chats",
    "list_white",
    "advert",
]
"""Cues of a measure: they count for more beside a messenger or an authority."""
AGAINST = ["outage", "numbers", "feature", "crime", "durov", "vpn", "other_reg", "market", "war", "promo", "poll", "howto"]
MEASURE_CUES = {
    Measure.BAN: ("forbid", "work"),
    Measure.RESTRICTION: ("restrict", "calls", "partial", "signup"),
    Measure.BLOCKING: ("block", "access", "full"),
    Measure.SLOWDOWN: ("slow",),
    Measure.FINE: ("fine", "fined"),
    Measure.OBLIGATION: ("duty", "chats", "scan"),
    Measure.REGISTRATION: ("register", "bloggers"),
    Measure.DATA_STORAGE: ("storage",),
    Measure.IDENTIFICATION: ("ident",),
    Measure.NATIONAL_MESSENGER: ("national", "preinstall", "bank_sms"),
    Measure.COURT_RULING: ("court", "decided"),
    Measure.EASING: ("dismiss",),
    Measure.STATEMENT: ("state", "danger"),
    Measure.OTHER: ("antitrust", "state"),
}
"""The cues that speak for each measure."""
_CHANNEL = re.compile(r"^(?:-| )?(?:канал|channel)")
_MEANS = re.compile(
    r"(?:через|с помощью|по|посредством|сообщ\w+ в|напис\w+ в|опубликова\w+ в|рассказа\w+ в|перепис\w+ в|в (?:своем|личном|официальном)|канал\w* в|чат\w* в|групп\w* в|via|through|wrote on|posted on|said on|(?:channel|group|chat) on)(?: (?:мессенджер\w*|приложени\w*|the|messenger))? $"
)
"""A messenger as the means by which something else is said or done."""


@dataclass(frozen=True, slots=True)
class View:
    """A page with its cues, messengers and authorities found, sentence by sentence."""

    page: Page
    cues: tuple[frozenset[str], ...]
    messengers: tuple[tuple[Mention, ...], ...]
    regulators: tuple[tuple[Mention, ...], ...]
    generic: tuple[frozenset[str], ...]
    implied: frozenset[str] = frozenset()
    """Authorities that the text means but never names."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.page.sentences

    def about(self, number: int) -> bool:
        """True if a sentence names a messenger or the kind."""
        return bool(self.messengers[number] or self.generic[number])


_DATELINE = re.compile(
    r"(?:[A-ZА-ЯЁ][\w-]+(?: [A-ZА-ЯЁ][\w-]+)?[,.:]?)?\s*(?:\d{1,2}\s+[а-яa-z]+|[A-Z][a-z]{2,8}\.? \d{1,2})?[.,]?\s*(?:[-–—/(]+\s*)?(?:(?:[A-ZА-ЯЁ][\w.]*|Новости)\s*){0,2}[/)]*\.?"
)


def undated(page: Page) -> Page:
    """The page without the place, day and agency that a news agency puts before its first sentence."""
    body = list(page.body)
    while len(body) > 1 and len(body[0].text) < 45 and len(body[0].text.split()) <= 6 and _DATELINE.fullmatch(body[0].text):
        body = body[1:]
    if len(body) == len(page.body):
        return page
    return replace(page, body=tuple(replace(sentence, number=number) for number, sentence in enumerate(body, 1)))


def view(page: Page) -> View:
    """Finds everything once."""
    page = undated(page)
    cues, messengers, regulators, generic = lexicon.cues(), lexicon.messengers(), lexicon.regulators(), lexicon.generic()
    texts = [sentence.folded for sentence in page.sentences]
    about = abroad.country(texts[:4])
    bodies = tuple(abroad.bodies(sentence.text, sentence.folded, regulators.find(sentence.folded), about) for sentence in page.sentences)
    named = _implied(texts, bodies) if about is None and (page.russian or abroad.at_home(texts)) else bodies
    return View(
        page=page,
        cues=tuple(cues.present(text) for text in texts),
        messengers=tuple(tuple(messengers.find(text)) for text in texts),
        regulators=named,
        generic=tuple(generic.present(text) for text in texts),
        implied=frozenset(mention.name for row in named for mention in row) - {mention.name for row in bodies for mention in row},
    )


_OTHER_REGULATORS = frozenset({"Банк России", "ФАС"})


def _implied(texts: Sequence[str], bodies: tuple[tuple[Mention, ...], ...]) -> tuple[tuple[Mention, ...], ...]:
    """With the authorities that the text means but never names; none where one of another country or another regulator is named."""
    named = {mention.name for row in bodies for mention in row}
    if any(lexicon.countries().get(name) != "ru" and name.isascii() for name in named):
        return bodies
    left_out = named | ({"Роскомнадзор"} if named & _OTHER_REGULATORS else set())
    return tuple(
        (*row, *(mention for mention in lexicon.implied().find(text) if mention.name not in left_out))
        for text, row in zip(texts, bodies, strict=True)
    )


def place(number: int) -> str:
    """Where a sentence stands: title, lead, near, far."""
    return "t" if number == 0 else "l" if number == 1 else "n" if number < 4 else "f"


def document(seen: View) -> dict[str, float]:  # noqa: C901 - one feature after another  # noqa: C901
    """Features of the whole article."""
    features: dict[str, float] = {}

    def on(name: str, value: float = 1.0) -> None:
        features[name] = max(value, features.get(name, 0.0))

    for number in range(min(len(seen.sentences), 12)):
        where = place(number)
        about, authority = seen.about(number), bool(seen.regulators[number])
        for cue in seen.cues[number]:
            on(f"{where}:{cue}", 1.0 if where != "f" else 0.5)
            on(f"a:{cue}", 1.0 if number < 4 else 0.5)
            if cue in ACTIONS and about:
                on(f"m+{cue}", 1.0)
                if number < 2:
                    on(f"m+{cue}@{where}", 1.0)
                if authority:
                    on(f"mr+{cue}", 1.0)
                    on(f"mr+any@{'top' if number < 2 else 'rest'}", 1.0)
            elif cue in ACTIONS and authority:
                on(f"r+{cue}", 1.0)
        for kind in seen.generic[number]:
            on(f"{where}:generic-{kind}")
            on(f"a:generic-{kind}")
        if seen.messengers[number]:
            on(f"{where}:messenger")
            on("a:messenger")
            if any(mention.name == "MAX" for mention in seen.messengers[number]):
                on(f"{where}:max")
        if any(not channel(seen.sentences[number].folded, mention) for mention in seen.messengers[number]):
            on(f"{where}:messenger-itself")
        if authority:
            on(f"{where}:authority")
            on("a:authority")
            for mention in seen.regulators[number]:
                on(f"{where}:body-{body(mention.name)}", 1.0 if where != "f" else 0.5)
    about_sentences = sum(seen.about(number) for number in range(1, len(seen.sentences)))
    on("share:about", about_sentences / max(1, len(seen.sentences) - 1))
    on("share:against", sum(bool(seen.cues[number] & set(AGAINST)) for number in range(len(seen.sentences))) / len(seen.sentences))
    on("russian" if seen.page.russian else "english")
    return features


def core(seen: View) -> str:
    """The first sentence of the text, folded, in which an authority does something to a messenger; empty if there is none."""
    for number in range(1, min(len(seen.sentences), 12)):
        if seen.about(number) and seen.regulators[number] and seen.cues[number] & set(ACTIONS) and "earlier" not in seen.cues[number]:
            return seen.sentences[number].folded
    return ""


def relevance(seen: View, document: dict[str, float], hints: tuple[str, ...]) -> dict[str, float]:
    """What relevance is judged by: the document, and whether title and first sentence name a measure beside a messenger."""
    features = dict(document)
    against = set(AGAINST)
    for number, (where, hint) in enumerate(zip("tl", hints, strict=False)):
        if number >= len(seen.sentences) or not hint:
            continue
        kind = "statement" if hint == "statement" else "measure"
        about = seen.about(number)
        features[f"hint:{where}:{kind}&{'about' if about else 'else'}"] = 1.0
        if about and seen.regulators[number]:
            features[f"hint:{where}:{kind}&authority"] = 1.0
        if about and kind == "measure" and not seen.cues[number] & against:
            features[f"hint:{where}:plain"] = 1.0
    told = [(row.folded, mention) for row in seen.sentences for mention in seen.messengers[row.number]]
    means = [
        channel(folded, mention) or bool(_MEANS.search(folded[max(0, mention.start - 40) : mention.start])) for folded, mention in told
    ]
    if means and all(means) and not any(seen.generic[row.number] for row in seen.sentences[:3]):
        features["means-only"] = 1.0
    if not any(seen.about(number) for number in range(min(3, len(seen.sentences)))):
        features["late"] = 1.0
    if len(seen.messengers[0]) and all(channel(seen.sentences[0].folded, mention) for mention in seen.messengers[0]):
        features["title:channels-only"] = 1.0
    return features


def body(name: str) -> str:
    """The kind of an authority: those of Russia by name, the others by country at large."""
    return name if lexicon.countries().get(name) == "ru" else "foreign"


def channel(folded: str, mention: Mention) -> bool:
    """True if the mention is a channel in a messenger rather than the messenger."""
    return bool(_CHANNEL.match(folded[mention.stop : mention.stop + 10]))


_NUMBER = re.compile(r"(?<![\w.,])\d[\d  ]*(?:[.,]\d+)?(?:\s?%)?(?![\w])")


def numbers(folded: str) -> list[str]:
    """Numbers that can tell one event from another: no years, no single digits."""
    found = [re.sub(r"[\s ]", "", match[0]).replace(",", ".") for match in _NUMBER.finditer(folded)]
    return [number for number in found if len(number) > 1 and not re.fullmatch(r"20[12]\d", number)]
