"""Search in the conversation: by words, narrowed by buttons and by words, the newest or the most relevant first."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from bot.digest.paging import PAGE
from bot.digest.render.document import Button, Document
from bot.errors import BadInput
from bot.model import Group, Stage
from bot.store.search import Matches, Order
from handlers.dialogue import values
from handlers.dialogue.query import DAYS, Query, read_query
from handlers.dialogue.request import ChatKind, Reply
from handlers.dialogue.settings import rows_of
from handlers.dialogue.stories import listing, periods
from handlers.dialogue.talk import Talk

FOUND: Final = 200
"""Stories that one may leaf through."""
REMEMBERED: Final = 8
"""Searches of one chat whose buttons still work."""
LIFETIME: Final = dt.timedelta(days=1)
FILTERS: Final = ("stage", "audience", "messenger", "days")
_LOOSENED: Final = 8
"""Words up to which a search that found nothing is tried with one less."""
_OFFERED: Final = 3
_SHOWN: Final = 24
"""Characters of a word that stand on a button."""
_MESSENGERS: Final = {name.lower(): name for name in values.MESSENGERS}
_CHOICES: Final = 6
"""Values of a filter on one page: with the ways on and back they fit ten buttons."""


# ── what a person does ───────────────────────────────────────────────────────────────────────────────────────────────


async def search(talk: Talk, argument: str, *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Stories with these words; a button turns a page: `search:<code>[:<page>]`."""
    if pressed and argument:
        code, _, number = argument.partition(":")
        yield await _found(talk, code, await _remembered(talk, code), int(number) if number.isdigit() and len(number) < 4 else 0)
        return
    query = read_query(argument)
    if not query.words and not query.filtered:
        await talk.expect("search")
        yield talk.reply("search-ask")
        return
    await talk.settle()
    yield replace(await _found(talk, secrets.token_hex(3), query, 0), edit=False)


async def offer(talk: Talk) -> AsyncIterator[Reply]:
    """What cannot be understood gets a way on; if there are stories with its very words, or of a messenger in it, the way to them.

    In a group, that alone, unless we were called by name.
    """
    text = talk.request.text
    tries = [] if text.startswith("/") else [read_query(text), *(Query(words=name) for name in values.read_messengers(text)[:1])]
    for query in tries:
        matches = await talk.desk.store.stories.find(query.wanted(talk.now), FOUND) if query.words else None
        if matches is None or not matches.ids or matches.instead:
            continue
        code = secrets.token_hex(3)
        await _remember(talk, code, query)
        found = talk.say("not-understood-found", words=query.words, stories=_counted(talk, matches))
        rows = [[talk.button("button-show-found", f"search:{code}")], *talk.home]
        yield Reply(document=talk.document(f"{talk.say('not-understood')} {found}", rows=rows))
        return
    if talk.request.chat is ChatKind.PRIVATE or talk.request.named or text.startswith("/"):
        yield talk.reply("not-understood", rows=talk.home)


async def refine(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """The filters, or the values of one: `refine:<code>[:<filter>[:<page>]]`."""
    code, _, rest = argument.partition(":")
    name, _, number = rest.partition(":")
    query = await _remembered(talk, code)
    if not name:
        yield Reply(document=_filters(talk, code, query), edit=True)
        return
    if name not in FILTERS:
        raise BadInput("no such filter", key="stale-button")
    yield Reply(document=_values(talk, code, query, name, int(number) if number.isdigit() and len(number) < 4 else 0), edit=True)


async def narrow(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """A filter set or taken away: `narrow:<code>:<filter>:<value>`."""
    code, _, rest = argument.partition(":")
    name, _, value = rest.partition(":")
    query = (await _remembered(talk, code)).narrowed(name, value)
    if query is None:
        raise BadInput("no such value of a filter", key="stale-button")
    yield replace(await _found(talk, code, query, 0), toast=talk.say("done"))


# ── what is remembered ───────────────────────────────────────────────────────────────────────────────────────────────


async def _all(talk: Talk) -> dict[str, str]:
    kept = await talk.desk.store.sessions.get(talk.recipient, "sought")
    found = json.loads(kept) if kept and kept.startswith("{") else {}
    return found if isinstance(found, dict) else {}


async def _remembered(talk: Talk, code: str) -> Query:
    """The search under a code. Raises BadInput if it is forgotten."""
    kept = (await _all(talk)).get(code)
    if kept is None:
        raise BadInput("a search of long ago", key="stale-button")
    return Query.load(kept)


async def _remember(talk: Talk, code: str, query: Query) -> None:
    kept = {name: value for name, value in (await _all(talk)).items() if name != code} | {code: query.dump()}
    latest = dict(list(kept.items())[-REMEMBERED:])
    await talk.desk.store.sessions.put(talk.recipient, "sought", json.dumps(latest, ensure_ascii=False), lifetime=LIFETIME)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _found(talk: Talk, code: str, query: Query, page: int) -> Reply:
    """One page of what is found."""
    kept = talk.desk.store.stories
    matches = await kept.find(query.wanted(talk.now), FOUND)
    await _remember(talk, code, query)
    if not matches.ids:
        return Reply(document=await _nothing(talk, code, query), edit=True)
    pages = -(-len(matches.ids) // PAGE)
    page = min(page, pages - 1)
    shown = await kept.load(matches.ids[page * PAGE : (page + 1) * PAGE])
    turn = [Button(text=f"‹ {page}/{pages}", action=f"search:{code}:{page - 1}")] if page else []
    if page < pages - 1:
        turn.append(Button(text=f"{page + 2}/{pages} ›", action=f"search:{code}:{page + 1}"))
    other = Order.BEST if query.order == Order.NEWEST else Order.NEWEST
    change = [talk.button("search-refine", f"refine:{code}")]
    if len(matches.ids) > 1 and query.words:
        change.append(talk.button(f"search-order-{other}", f"narrow:{code}:order:{other}"))
    document = listing(talk, _title(talk, query, matches), list(shown), turn, first=page * PAGE + 1)
    return Reply(document=replace(document, buttons=(*document.buttons, tuple(change))), edit=True)


def _title(talk: Talk, query: Query, matches: Matches) -> str:
    """What was looked for, how much was found, and what was looked for in place of misspelt words."""
    lines = [talk.say("search-title", words=query.words or talk.say("search-all"), stories=_counted(talk, matches))]
    if matches.instead:
        lines.append(
            talk.say(
                "search-instead",
                words=talk.words.list(f"«{word}»" if talk.words.language == "ru" else f"“{word}”" for word in _spelt(matches)),
            )
        )
    if query.filtered or query.order != Order.NEWEST:
        order, narrowed = talk.say(f"search-order-{query.order}"), _set(talk, query)
        lines.append(" · ".join([*narrowed, order[:1].lower() + order[1:] if narrowed else order]))
    return "\n".join(lines)


def _counted(talk: Talk, matches: Matches) -> str:
    return talk.say("count-stories-more" if matches.more else "count-stories", count=len(matches.ids))


def _spelt(matches: Matches) -> list[str]:
    """What was looked for in place of other words, messengers as they are written."""
    return [_MESSENGERS.get(word, word) for word in matches.instead.values()]


def _set(talk: Talk, query: Query) -> list[str]:
    """The filters that are set, in words."""
    return [_value(talk, name, query) for name in FILTERS if getattr(query, name)]


def _value(talk: Talk, name: str, query: Query) -> str:
    """What one filter is, in words."""
    if not getattr(query, name):
        return talk.say(f"search-any-{name}")
    match name:
        case "stage":
            return talk.say(f"stage-{query.stage}")
        case "audience":
            return talk.say(f"group-{query.audience}")
        case "messenger":
            return query.messenger
    return _period(talk, query.days)


def _period(talk: Talk, days: int) -> str:
    named = {1: "period-day", 7: "period-week", 30: "period-month", 365: "search-year"}
    return talk.say(named[days]) if days in named else talk.say("period-days", count=days)


async def _nothing(talk: Talk, code: str, query: Query) -> Document:
    """Nothing found: the ways on, one word less among them where that finds something."""
    shorter = await _shorter(talk, code, query)
    if query.filtered:
        what = " · ".join(filter(None, (query.words, *_set(talk, query))))
        rows = [*shorter, [talk.button("search-refine", f"refine:{code}"), talk.button("search-clear", f"narrow:{code}:all:")]]
        return talk.document(talk.say("search-nothing-filtered"), what, rows=rows)
    return talk.document(talk.say("search-nothing", words=query.words or talk.say("search-all")), rows=[*shorter, *periods(talk)])


async def _shorter(talk: Talk, code: str, query: Query) -> list[list[Button]]:
    """A button a word without which something is found, those first that find the most."""
    words = query.words.split()
    if not 1 < len(words) <= _LOOSENED:
        return []
    kept = talk.desk.store.stories
    found = [await kept.find(query.without(place).wanted(talk.now), FOUND) for place in range(len(words))]
    useful = sorted((place for place in range(len(words)) if found[place].ids), key=lambda place: -len(found[place].ids))
    return [[talk.button("search-without", f"narrow:{code}:without:{place}", word=words[place][:_SHOWN])] for place in useful[:_OFFERED]]


def _filters(talk: Talk, code: str, query: Query) -> Document:
    """All filters as they are, with a button each."""
    lines = [talk.say("settings-line", name=talk.say(f"search-{name}"), value=_value(talk, name, query)) for name in FILTERS]
    buttons = [talk.button(f"search-{name}", f"refine:{code}:{name}") for name in FILTERS]
    last = [talk.button("button-back", f"search:{code}")]
    if query.filtered:
        last.insert(0, talk.button("search-clear", f"narrow:{code}:all:"))
    return talk.document(
        talk.say("search-refine-title", words=query.words or talk.say("search-all")), "\n".join(lines), rows=[*rows_of(buttons, 2), last]
    )


def _values(talk: Talk, code: str, query: Query, name: str, number: int) -> Document:
    """The values of one filter; long lists have pages."""
    offered = {
        "stage": [(stage.value, talk.say(f"stage-{stage}")) for stage in Stage],
        "audience": [(group.value, talk.say(f"group-{group.value}")) for group in Group],
        "messenger": [(str(at), title) for at, title in enumerate(values.MESSENGERS)],
        "days": [(str(days), _period(talk, days)) for days in DAYS],
    }[name]
    pages = -(-len(offered) // _CHOICES)
    number %= pages
    now = _value(talk, name, query)
    shown = offered[number * _CHOICES : (number + 1) * _CHOICES]
    buttons = [Button(text=f"✓ {text}" if text == now else text, action=f"narrow:{code}:{name}:{value}") for value, text in shown]
    last = [talk.button("button-back", f"refine:{code}")]
    if pages > 1:
        last.append(talk.button("button-page", f"refine:{code}:{name}:{(number + 1) % pages}"))
    every = [talk.button(f"search-any-{name}", f"narrow:{code}:{name}:")] if getattr(query, name) else []
    line = talk.say("settings-line", name=talk.say(f"search-{name}"), value=now)
    return talk.document(line, talk.say("search-hint"), rows=[*rows_of(buttons, 2), every, last])
