"""The conversation about settings: the menu, one page a setting, and what each change means from now on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from bot.deliver.slots import WEEK
from bot.digest import labels
from bot.digest.render.document import Button, Document
from bot.errors import BadInput
from bot.model import Group
from handlers.dialogue import zones
from handlers.dialogue.choices import SETTINGS
from handlers.dialogue.parse import parse
from handlers.dialogue.request import ChatKind, Own, Reply
from handlers.dialogue.talk import Talk

MENU: Final = ("time", "days", "timezone", "profile", "messengers", "length", "language")
MORE: Final = ("muted", "importance", "alerts", "quiet", "reminders", "empty", "picture", "live")
SHOWN: Final = (
    ("time", "days", "timezone", "quiet"),
    ("profile", "messengers", "muted", "importance"),
    ("length", "language", "alerts", "reminders", "empty", "picture", "live"),
)
"""How the settings stand on the page: when, about what, how."""
_ABOVE: Final = {**dict.fromkeys(MENU, "settings"), "week": "settings:days"}
"""Where one goes back to from a setting's page; from the others, to the second page of the menu."""
WORDED: Final = ("time", "days", "week", "timezone", "muted", "quiet", "messengers", "profile")
"""Settings whose page asks for words too: what is written next is meant for them."""
MOST: Final = 10
"""Buttons of one inline keyboard on VK; five rows of them."""


# ── the words for what is set ────────────────────────────────────────────────────────────────────────────────────────


def days_of(talk: Talk) -> str:
    """«каждый день», «по понедельникам и средам»."""
    days = talk.preferences.schedule.days
    if days in ("daily", "weekdays", "weekends", "monthly"):
        return talk.say(f"settings-on-{days}")
    if len(left_out := [day for day in WEEK if day not in days.split(",")]) == 1:
        return talk.say("settings-on-except", day=talk.say(f"settings-except-{left_out[0]}"))
    return talk.say("settings-on-days", days=talk.words.list(talk.say(f"settings-on-{day}") for day in days.split(",")))


def value_of(talk: Talk, name: str) -> str:
    """What a setting is now, as it stands in the menu."""
    preferences, said = talk.preferences, talk.words
    match name:
        case "time":
            return said.list(preferences.schedule.times)
        case "days" | "week":
            return days_of(talk)
        case "timezone":
            return zones.city(preferences.schedule.timezone, said.language)
        case "profile":
            groups = [talk.say(f"group-{group.value}") for group in Group if group in preferences.filter.audiences]
            return ", ".join(groups) or talk.say("settings-everyone")
        case "messengers":
            return labels.messengers(preferences.filter.messengers, said) or talk.say("settings-any")
        case "muted":
            return ", ".join(preferences.filter.muted) or talk.say("settings-none")
        case "importance":
            return _low(talk.say("settings-importance", level=round(preferences.filter.importance * 10)))
        case "language":
            return talk.say("language-own")
        case "alerts" | "reminders" | "picture" | "live":
            return _low(talk.say("settings-on" if getattr(preferences, name) else "settings-off"))
        case "empty":
            return _low(talk.say("settings-on" if preferences.tell_when_empty else "settings-off"))
        case "quiet":
            return "–".join(preferences.quiet) if preferences.quiet else _low(talk.say("settings-off"))
        case _:
            return _low(talk.say(f"settings-length-{preferences.length}"))


def _low(text: str) -> str:
    """«Коротко» stands on a button, «Объём: коротко» in a line."""
    return text[:1].lower() + text[1:]


def schedule_line(talk: Talk) -> str:
    """«Выпуск приходит каждый день в 09:00 (Москва), ближайший — завтра.», where it comes if not here, or that nothing comes."""
    if not talk.subscribed:
        key = "settings-inactive" if talk.request.chat is ChatKind.PRIVATE else "settings-inactive-here"
        return talk.say(key, subscribe=talk.help_word("subscribe"))
    schedule = talk.preferences.schedule
    return talk.say(
        "schedule-line",
        where=talk.elsewhere.recipient.platform.value if talk.elsewhere else "here",
        days=days_of(talk),
        times=talk.words.list(schedule.times),
        city=zones.city(schedule.timezone, talk.words.language),
        when=talk.when_next(),
    )


def consequence(talk: Talk, name: str) -> str:
    """What will now happen, after a setting was changed."""
    preferences = talk.preferences
    empty = {
        "profile": not preferences.filter.audiences,
        "messengers": not preferences.filter.messengers,
        "muted": not preferences.filter.muted,
        "importance": preferences.filter.importance == 0,
        "alerts": not preferences.alerts,
        "empty": not preferences.tell_when_empty,
        "reminders": not preferences.reminders,
        "picture": not preferences.picture,
        "live": not preferences.live,
        "quiet": preferences.quiet is None,
    }
    if name in ("time", "days", "week", "timezone"):
        return ""  # the line about the schedule says it all
    if name == "length":
        return talk.say(f"now-length-{preferences.length}")
    if empty.get(name):
        return talk.say(f"now-{name}-off")
    if name == "quiet" and preferences.quiet is not None:
        return talk.say("now-quiet", since=preferences.quiet[0], until=preferences.quiet[1])
    if name == "importance":
        return talk.say("now-importance", level=round(preferences.filter.importance * 10))
    return talk.say(f"now-{name}", value=value_of(talk, name))


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def menu(talk: Talk, names: tuple[str, ...], *, lead: str = "") -> Document:
    """All settings as they are, with buttons for some of them: no keyboard of VK holds all."""
    private = talk.request.chat is ChatKind.PRIVATE
    paragraphs = [
        "\n".join(
            talk.say("settings-line", name=talk.say(f"settings-{name}-name"), value=value_of(talk, name))
            for name in group
            if name != "live" or not private
        )
        for group in SHOWN
    ]
    names = tuple(name for name in names if name != "live" or not private)
    buttons = [Button(text=talk.say(f"settings-{name}-name"), action=f"settings:{name}") for name in names]
    if names == MENU:
        turn = ("button-unsubscribe", "unsubscribe") if talk.subscribed else ("button-subscribe", "subscribe")
        buttons += [talk.button("button-more", "settings:more"), talk.button(*turn)]
    else:
        buttons.append(talk.button("button-back", "settings"))
    return talk.document(lead, talk.say("settings-title"), *paragraphs, schedule_line(talk), rows=rows_of(buttons, 2))


def page(talk: Talk, name: str, number: int = 0, *, lead: str = "") -> Document:
    """One setting with its choices; long lists have pages."""
    setting = SETTINGS[name]
    buttons = setting.choices(talk)
    last = [talk.button("button-back", _ABOVE.get(name, "settings:more"))]
    size = shown_at_once(talk, name, len(buttons))
    if len(buttons) > size:
        pages = -(-len(buttons) // size)
        number %= pages
        buttons = buttons[number * size : (number + 1) * size]
        last.append(talk.button("button-page", f"settings:{name}:{(number + 1) % pages}"))
    where = [[_place_button(talk)]] if _asks_place(talk, name) else []
    if not talk.subscribed and len(buttons) + len(where) + len(last) < MOST:
        last.append(talk.button("button-subscribe", "subscribe"))
    rows = [*rows_of(buttons, setting.columns), *where, last]
    return talk.document(
        lead,
        talk.say("settings-line", name=talk.say(f"settings-{name}-name"), value=value_of(talk, name)),
        talk.say(f"settings-{name}-hint"),
        rows=rows,
    )


def shown_at_once(talk: Talk, name: str, count: int) -> int:
    """How many of a setting's choices stand on a page, beside the ways on."""
    columns = SETTINGS[name].columns
    room = MOST - 1 - _asks_place(talk, name)
    size = min(room, columns * 4)
    return size if count <= size else min(room - 1, columns * 4) // columns * columns


def _asks_place(talk: Talk, name: str) -> bool:
    """Whether a page has a button that tells us where the person is: a group is nowhere."""
    return name == "timezone" and talk.request.chat is ChatKind.PRIVATE


def _place_button(talk: Talk) -> Button:
    return Button(text=talk.say("settings-place"), action="place", place=True)


def rows_of(buttons: list[Button], columns: int) -> list[list[Button]]:
    """Buttons in rows."""
    return [buttons[at : at + columns] for at in range(0, len(buttons), columns)]


# ── what a person does ───────────────────────────────────────────────────────────────────────────────────────────────


async def show(talk: Talk, argument: str = "", *, pressed: bool = False) -> AsyncIterator[Reply]:
    """The menu, or the page of one setting: `settings[:more|:name[:page]]`."""
    name, _, number = argument.partition(":")
    if not pressed and name not in SETTINGS:
        name = parse(argument).name  # «настройки время»
    if name in SETTINGS:
        if name in WORDED:
            await talk.expect(name)
        yield Reply(document=page(talk, name, int(number) if number.isdigit() else 0), edit=pressed)
        return
    await talk.settle()
    yield Reply(document=menu(talk, MORE if name == "more" else MENU), edit=pressed)


async def by_words(talk: Talk, name: str, argument: str) -> AsyncIterator[Reply]:
    """«Время 8:30», «часовой пояс Омск»; without an argument, the setting's page."""
    if not argument:
        async for reply in show(talk, name):
            yield reply
        return
    preferences = SETTINGS[name].read(talk.preferences, argument)
    if preferences is None:
        await talk.expect(name)
        yield Reply(document=page(talk, name, lead=talk.say("settings-unclear")))
        return
    await talk.prefer(preferences)
    if name in WORDED:
        await talk.expect(name)
    yield Reply(document=changed(talk, name))


def changed(talk: Talk, name: str, number: int = 0) -> Document:
    """What a change means, over the page it was made on."""
    return page(talk, name, number, lead="\n".join(filter(None, (talk.say("done"), consequence(talk, name), schedule_line(talk)))))


async def pressed(talk: Talk, name: str, value: str) -> AsyncIterator[Reply]:
    """A button of a setting's page: `set:<name>:<value>`. A forged or an old one changes nothing it could not change."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise BadInput(f"no setting {name!r}", key="stale-button")
    preferences = setting.pressed(talk.preferences, value)
    if preferences is None:
        raise BadInput(f"no choice {value!r} of {name}", key="stale-button")
    if name == "timezone" and await talk.expected() == "place":
        await talk.settle()
    before = [button.action for button in setting.choices(talk)]
    if preferences != talk.preferences or not talk.known:
        await talk.prefer(preferences)
    chosen = f"set:{name}:{value.partition(':')[0]}:"  # whatever it turns the choice to
    place = next((at for at, action in enumerate(before) if f"{action}:".startswith(chosen)), 0)
    size = shown_at_once(talk, name, len(before))
    yield Reply(document=changed(talk, name, place // size), edit=True, toast=talk.say("done"))


async def ask_place(talk: Talk) -> AsyncIterator[Reply]:
    """Asks where the person is by the platform's own button, which shows what will be sent before it is."""
    if talk.request.chat is not ChatKind.PRIVATE:
        raise BadInput("a group is nowhere", key="stale-button")
    await talk.expect("place")
    rows = [[_place_button(talk)], [talk.button("button-cancel", "cancel")]]
    yield Reply(document=talk.document(talk.say("settings-place-ask"), rows=rows), own=Own.SHOWN)


async def named_place(talk: Talk, text: str) -> AsyncIterator[Reply]:
    """A city was written where the place was asked for."""
    await talk.settle()
    async for reply in by_words(talk, "timezone", text):
        yield reply


async def placed(talk: Talk, latitude: float, longitude: float) -> AsyncIterator[Reply]:
    """A shared location sets the timezone; the place itself is not kept."""
    zone = zones.zone_at(latitude, longitude)
    if not zone:
        raise BadInput("no timezone there", key="settings-no-zone")
    await talk.settle()
    schedule = replace(talk.preferences.schedule, timezone=zone)
    await talk.prefer(replace(talk.preferences, schedule=schedule))
    yield Reply(document=changed(talk, "timezone"))


async def speak(talk: Talk, language: str) -> AsyncIterator[Reply]:
    """«English», «Русский»: the language at one word."""
    await talk.prefer(replace(talk.preferences, language=language))
    yield Reply(document=changed(talk, "language"))
