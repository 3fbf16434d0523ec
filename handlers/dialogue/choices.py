"""Every setting: how it is read from words and from a button, and the choices it offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.digest import labels
from bot.digest.render.document import Button
from bot.errors import BadInput
from bot.model import Group, Length, Preferences
from handlers.dialogue import values, zones
from handlers.dialogue.parse import plain
from handlers.dialogue.talk import Talk

TIMES: Final = ("07:00", "08:00", "09:00", "12:00", "15:00", "18:00", "20:00", "22:00")
QUIET: Final = (("22:00", "07:00"), ("23:00", "08:00"), ("00:00", "09:00"))
IMPORTANCE: Final = (0.0, 0.3, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: what a person's words or a button's value make of the preferences, and its choices."""

    read: Callable[[Preferences, str], Preferences | None]
    """New preferences from words, None if they were not understood."""
    pressed: Callable[[Preferences, str], Preferences | None]
    """New preferences from a button's value, None if no such button was ever shown."""
    choices: Callable[[Talk], list[Button]]
    columns: int = 3


def _scheduled(preferences: Preferences, **changes: object) -> Preferences:
    return replace(preferences, schedule=replace(preferences.schedule, **changes))  # type: ignore[arg-type]  # names are checked by the tests of each setting


def _filtered(preferences: Preferences, **changes: object) -> Preferences:
    return replace(preferences, filter=replace(preferences.filter, **changes))  # type: ignore[arg-type]  # as above


def _mark(text: str, chosen: bool) -> str:
    return f"✓ {text}" if chosen else text


# ── schedule ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_time(preferences: Preferences, text: str) -> Preferences | None:
    times = values.read_times(text)
    return _scheduled(preferences, times=times) if times else None


def _press_time(preferences: Preferences, value: str) -> Preferences | None:
    time, _, state = value.partition(":")
    time = f"{time[:2]}:{time[2:]}"
    if time not in TIMES and time not in preferences.schedule.times:
        return None
    times = {*preferences.schedule.times, time} if state == "1" else {*preferences.schedule.times} - {time}
    if not times or len(times) > values.MOST_TIMES:
        raise BadInput("a schedule has one to six times", key="settings-time-bounds", most=values.MOST_TIMES)
    return _scheduled(preferences, times=tuple(sorted(times)))


def _time_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.schedule.times
    shown = sorted({*now, *TIMES})[:9] if len({*now, *TIMES}) <= 9 else sorted({*now, *TIMES[: 9 - len(now)]})[:9]
    return [Button(text=_mark(time, time in now), action=f"set:time:{time.replace(':', '')}:{int(time not in now)}") for time in shown]


def _read_days(preferences: Preferences, text: str) -> Preferences | None:
    days = values.read_days(text)
    return _scheduled(preferences, days=days) if days else None


def _press_days(preferences: Preferences, value: str) -> Preferences | None:
    return _scheduled(preferences, days=value) if value in ("daily", "weekdays", "weekends", "monthly", "mon", "fri") else None


def _days_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.schedule.days
    shown = ("daily", "weekdays", "weekends", "mon", "fri", "monthly")
    offered = [Button(text=_mark(talk.say(f"settings-days-{days}"), days == now), action=f"set:days:{days}") for days in shown]
    return [*offered, talk.button("settings-days-week", "settings:week")]


def _press_week(preferences: Preferences, value: str) -> Preferences | None:
    day, _, state = value.partition(":")
    if day not in values.DAYS:
        return None
    now = {*values.days_of(preferences.schedule.days)}
    chosen = now | {day} if state == "1" else now - {day}
    if not chosen:
        raise BadInput("a schedule has at least one day", key="settings-week-bounds")
    return _scheduled(preferences, days=values.days_value(one for one in values.DAYS if one in chosen))


def _week_buttons(talk: Talk) -> list[Button]:
    now = values.days_of(talk.preferences.schedule.days)
    labels = {day: _mark(talk.say(f"settings-week-{day}"), day in now) for day in values.DAYS}
    return [Button(text=label, action=f"set:week:{day}:{int(day not in now)}") for day, label in labels.items()]


def _read_zone(preferences: Preferences, text: str) -> Preferences | None:
    zone = zones.find_zone(text)
    return _scheduled(preferences, timezone=zone) if zone else None


def _press_zone(preferences: Preferences, value: str) -> Preferences | None:
    return _scheduled(preferences, timezone=zones.OFFERED[int(value)]) if value.isdigit() and int(value) < len(zones.OFFERED) else None


def _zone_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.schedule.timezone
    return [
        Button(text=_mark(zones.city(zone, talk.words.language), zone == now), action=f"set:timezone:{number}")
        for number, zone in enumerate(zones.OFFERED)
    ]


# ── what to read ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_everything(text: str) -> bool:
    return values.read_switch(text) is False


def _read_profile(preferences: Preferences, text: str) -> Preferences | None:
    groups = values.read_groups(text)
    return _filtered(preferences, audiences=groups) if groups or _is_everything(text) else None


def _press_profile(preferences: Preferences, value: str) -> Preferences | None:
    code, _, state = value.partition(":")
    if code == "all":
        return _filtered(preferences, audiences=())
    if code not in [group.value for group in Group]:
        return None
    chosen = {*preferences.filter.audiences, Group(code)} if state == "1" else {*preferences.filter.audiences} - {Group(code)}
    return _filtered(preferences, audiences=tuple(group for group in Group if group in chosen))


def _profile_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.filter.audiences
    return [
        Button(text=_mark(talk.say(f"group-{group.value}"), group in now), action=f"set:profile:{group.value}:{int(group not in now)}")
        for group in Group
    ]


def _read_messengers(preferences: Preferences, text: str) -> Preferences | None:
    names = values.read_messengers(text)
    return _filtered(preferences, messengers=names) if names or _is_everything(text) else None


def _press_messengers(preferences: Preferences, value: str) -> Preferences | None:
    index, _, state = value.partition(":")
    if index == "all":
        return _filtered(preferences, messengers=())
    if not index.isdigit() or int(index) >= len(values.MESSENGERS):
        return None
    name = values.MESSENGERS[int(index)]
    chosen = {*preferences.filter.messengers, name} if state == "1" else {*preferences.filter.messengers} - {name}
    return _filtered(preferences, messengers=tuple(name for name in values.MESSENGERS if name in chosen))


def _messenger_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.filter.messengers
    return [
        Button(text=_mark(labels.messenger(name, talk.words), name in now), action=f"set:messengers:{number}:{int(name not in now)}")
        for number, name in enumerate(values.MESSENGERS)
    ]


def _read_muted(preferences: Preferences, text: str) -> Preferences | None:
    if _is_everything(text):
        return _filtered(preferences, muted=())
    muted = preferences.filter.muted
    if shown := values.read_shown_again(text):
        gone = {*map(plain, shown)}
        return _filtered(preferences, muted=tuple(word for word in muted if plain(word) not in gone))
    written = values.read_words(text)
    words = (*muted, *(word for word in written if plain(word) not in {*map(plain, muted)}))
    if len(words) > values.MOST_MUTED:
        raise BadInput("too many muted words", key="settings-muted-bounds", most=values.MOST_MUTED)
    return _filtered(preferences, muted=words) if written else None


def _press_muted(preferences: Preferences, value: str) -> Preferences | None:
    if value == "all":
        return _filtered(preferences, muted=())
    # By the word's own sum, not by its place: a button of an old message must not take away another word.
    return _filtered(preferences, muted=tuple(word for word in preferences.filter.muted if _sum(word) != value))


def _sum(word: str) -> str:
    return f"{sum((number + 1) * ord(char) for number, char in enumerate(word)) % 0xFFFFFF:06x}"


def _muted_buttons(talk: Talk) -> list[Button]:
    muted = talk.preferences.filter.muted
    every = [talk.button("settings-muted-clear", "set:muted:all")] if muted else []
    return [*every, *(Button(text=f"✕ {word}"[:40], action=f"set:muted:{_sum(word)}") for word in muted)]


def _read_importance(preferences: Preferences, text: str) -> Preferences | None:
    least = values.read_importance(text)
    return None if least is None else _filtered(preferences, importance=least)


def _press_importance(preferences: Preferences, value: str) -> Preferences | None:
    return _filtered(preferences, importance=int(value) / 10) if value in ("0", "3", "6") else None


def _importance_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.filter.importance
    levels = [(level, round(level * 10)) for level in IMPORTANCE]
    return [
        Button(text=_mark(talk.say("settings-importance", level=tenths), level == now), action=f"set:importance:{tenths}")
        for level, tenths in levels
    ]


# ── how to be told ───────────────────────────────────────────────────────────────────────────────────────────────────


def _read_language(preferences: Preferences, text: str) -> Preferences | None:
    language = values.read_language(text)
    return replace(preferences, language=language) if language else None


def _press_language(preferences: Preferences, value: str) -> Preferences | None:
    return replace(preferences, language=value) if value in ("ru", "en") else None


def _language_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.language
    return [Button(text=_mark(name, code == now), action=f"set:language:{code}") for code, name in (("ru", "Русский"), ("en", "English"))]


def _read_length(preferences: Preferences, text: str) -> Preferences | None:
    length = values.read_length(text)
    return replace(preferences, length=length) if length else None


def _press_length(preferences: Preferences, value: str) -> Preferences | None:
    return replace(preferences, length=Length(value)) if value in [length.value for length in Length] else None


def _length_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.length
    return [Button(text=_mark(talk.say(f"settings-length-{length}"), length is now), action=f"set:length:{length}") for length in Length]


def _switch(name: str) -> Setting:
    """A setting that is on or off: `alerts`, `tell_when_empty`, `reminders`, `picture`, `live`."""
    field = {"empty": "tell_when_empty"}.get(name, name)

    def turn(preferences: Preferences, state: bool | None) -> Preferences | None:
        return None if state is None else replace(preferences, **{field: state})  # type: ignore[arg-type]  # all these fields are bool

    def buttons(talk: Talk) -> list[Button]:
        now = bool(getattr(talk.preferences, field))
        return [
            Button(text=_mark(talk.say("settings-on"), now), action=f"set:{name}:1"),
            Button(text=_mark(talk.say("settings-off"), not now), action=f"set:{name}:0"),
        ]

    return Setting(
        read=lambda preferences, text: turn(preferences, values.read_switch(text)),
        pressed=lambda preferences, value: turn(preferences, {"1": True, "0": False}.get(value)),
        choices=buttons,
        columns=2,
    )


def _read_quiet(preferences: Preferences, text: str) -> Preferences | None:
    if values.read_switch(text) is False:
        return replace(preferences, quiet=None)
    hours = values.read_range(text)
    return replace(preferences, quiet=hours) if hours else None


def _press_quiet(preferences: Preferences, value: str) -> Preferences | None:
    if value == "off":
        return replace(preferences, quiet=None)
    return replace(preferences, quiet=QUIET[int(value)]) if value.isdigit() and int(value) < len(QUIET) else None


def _quiet_buttons(talk: Talk) -> list[Button]:
    now = talk.preferences.quiet
    hours = [Button(text=_mark("–".join(pair), pair == now), action=f"set:quiet:{number}") for number, pair in enumerate(QUIET)]
    return [*hours, Button(text=_mark(talk.say("settings-off"), now is None), action="set:quiet:off")]


SETTINGS: Final = {
    "time": Setting(read=_read_time, pressed=_press_time, choices=_time_buttons),
    "days": Setting(read=_read_days, pressed=_press_days, choices=_days_buttons, columns=2),
    "week": Setting(read=_read_days, pressed=_press_week, choices=_week_buttons, columns=4),
    "timezone": Setting(read=_read_zone, pressed=_press_zone, choices=_zone_buttons),
    "profile": Setting(read=_read_profile, pressed=_press_profile, choices=_profile_buttons, columns=2),
    "messengers": Setting(read=_read_messengers, pressed=_press_messengers, choices=_messenger_buttons, columns=2),
    "muted": Setting(read=_read_muted, pressed=_press_muted, choices=_muted_buttons, columns=2),
    "importance": Setting(read=_read_importance, pressed=_press_importance, choices=_importance_buttons, columns=1),
    "language": Setting(read=_read_language, pressed=_press_language, choices=_language_buttons, columns=2),
    "alerts": _switch("alerts"),
    "empty": _switch("empty"),
    "reminders": _switch("reminders"),
    "picture": _switch("picture"),
    "live": _switch("live"),
    "quiet": Setting(read=_read_quiet, pressed=_press_quiet, choices=_quiet_buttons, columns=2),
    "length": Setting(read=_read_length, pressed=_press_length, choices=_length_buttons),
}
