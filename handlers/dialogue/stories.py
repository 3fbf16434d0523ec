"""Reading: digests on request, cards, following, hiding."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Final

from bot import digest
from bot.digest import labels, paging
from bot.digest.paging import PAGE
from bot.digest.render.document import Block, Button, Document, Kind, Span, bold
from bot.errors import BadInput
from bot.model import Digest, Filter, Group, Period, Platform, Story
from bot.store.follows import Follows
from bot.store.leaves import Leaf, Leaves, LongEdition
from handlers.dialogue import values
from handlers.dialogue.parse import plain
from handlers.dialogue.request import ChatKind, Reply
from handlers.dialogue.settings import schedule_line
from handlers.dialogue.talk import Rows, Talk

MOST: Final = 100
"""Stories a digest on request looks through the pages of."""
LOOKED: Final = dt.timedelta(days=90)
FURTHEST: Final = dt.timedelta(days=30)
"""How far back «since I last looked» reaches."""
_GROUPS: Final = 8
"""Groups on one page: with the ways on and back they fit ten buttons."""
_LONGEST: Final = 48
"""Bytes of a button's action. Who names six groups in words has the first page of them; the rest is in `Касается меня`."""
_WHILE: Final = re.compile(r"\b(?:за|for|in|over) (?:the )?(?:a |last |past |последни[ей] |последнюю )?((?:\d{1,3} ?)?[a-zа-я]+)\b")
_FEW: Final = 4
"""Digits that no number of a page has."""
_SINCE: Final = re.compile(r"s(\d{1,10})")
ID: Final = re.compile(r"[\w-]{1,40}", re.ASCII)


# ── digests ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a digest on request is to tell. `code` says the same in a button: `7d`, `new`, `s1770700000`, with groups `7d.banks-media`."""

    since: dt.datetime
    groups: tuple[Group, ...]
    code: str
    fresh: bool = False


async def show_digest(talk: Talk, argument: str = "", *, pressed: bool = False) -> AsyncIterator[Reply]:
    """A digest of a period: «7d», «за неделю», «новое», «по банкам за месяц». A button says `digest:<code>[:page]`."""
    asked, _, number = argument.partition(":") if pressed else (argument, "", "")
    wanted = await (_coded(talk, asked) if pressed else _worded(talk, asked))
    if wanted is None:
        if pressed:
            raise BadInput("no such digest", key="stale-button")
        yield talk.reply("digest-unclear", rows=[*periods(talk), [talk.button("button-since", "digest:new")]], days=1)
        return
    yield Reply(typing=True)
    filter_ = replace(talk.preferences.filter, audiences=wanted.groups) if wanted.groups else talk.preferences.filter
    built = await _build(talk, Period(since=wanted.since, until=talk.now), filter_)
    for person in await talk.sides() if talk.request.chat is ChatKind.PRIVATE else (talk.request.person,):
        await talk.desk.store.sessions.put(person, "looked", talk.now.isoformat(), lifetime=LOOKED)
    page = int(number) if number.isdigit() and len(number) < _FEW else 0
    document = await _page(talk, built, page, wanted.code) if built.entries else await _nothing(talk, built, wanted)
    if wanted.groups:
        document = _touching(talk, document, wanted.groups)
    yield Reply(document=document, edit=bool(number))


async def choose(talk: Talk, argument: str = "", *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Another digest: by period, since the last look, or for whom: `digests[:whom[:page]]`."""
    name, _, number = argument.partition(":")
    if name != "whom":
        rows = [*periods(talk), [talk.button("button-since", "digest:new"), talk.button("button-whom", "digests:whom")]]
        yield Reply(document=talk.document(talk.say("digests-ask"), rows=rows), edit=pressed and bool(argument))
        return
    groups = list(Group)
    pages = -(-len(groups) // _GROUPS)
    at = (int(number) if number.isdigit() and len(number) < _FEW else 0) % pages
    shown = groups[at * _GROUPS : (at + 1) * _GROUPS]
    buttons = [talk.button(f"group-{group.value}", f"digest:7d.{group.value}") for group in shown]
    rows = [buttons[row : row + 2] for row in range(0, len(buttons), 2)]
    turn = [talk.button("button-back", "digests:"), talk.button("button-page", f"digests:whom:{(at + 1) % pages}")]
    yield Reply(document=talk.document(talk.say("digests-whom"), rows=[*rows, turn]), edit=True)


async def _worded(talk: Talk, text: str) -> Wanted | None:
    """«», «7d», «новое», «по банкам за месяц»."""
    if values.wants_new(text):
        return await _unseen(talk)
    span = values.read_period(text) if text else dt.timedelta(days=1)
    groups: tuple[Group, ...] = ()
    if span is None:
        groups, span = read_asked(text)
        if not groups or span is None:
            return None
    return _of_days(talk, span.days, groups)


async def _coded(talk: Talk, code: str) -> Wanted | None:
    """What a button says; a forged one may say anything."""
    name, dot, listed = code.partition(".")
    known = {group.value: group for group in Group}
    if dot and not all(value in known for value in listed.split("-")):
        return None
    groups = tuple(known[value] for value in listed.split("-")) if dot else ()
    if name in ("", "new"):
        return await _unseen(talk) if name else _of_days(talk, 1, groups)
    if match := _SINCE.fullmatch(name):
        since = min(max(dt.datetime.fromtimestamp(int(match.group(1)), dt.UTC), talk.now - FURTHEST), talk.now)
        return Wanted(since, groups, code, fresh=True)
    span = values.read_period(name)
    return _of_days(talk, span.days, groups) if span is not None else None


def _of_days(talk: Talk, days: int, groups: tuple[Group, ...]) -> Wanted:
    named = "-".join(group.value for group in groups)
    return Wanted(talk.now - dt.timedelta(days=days), groups, f"{days}d.{named}" if named else f"{days}d")


async def _unseen(talk: Talk) -> Wanted:
    """Since the last look, a day at first."""
    since = await _looked(talk) or talk.now - dt.timedelta(days=1)
    return Wanted(since, (), f"s{int(since.timestamp())}", fresh=True)


def _touching(talk: Talk, document: Document, groups: tuple[Group, ...]) -> Document:
    """Says under the title for whom the digest is."""
    line = talk.say("digests-touching", groups=", ".join(talk.say(f"group-{group.value}") for group in groups))
    first, *rest = document.blocks
    return replace(document, blocks=(first, Block(kind=Kind.TEXT, spans=(Span(text=line),), gap=False), *rest))


def read_asked(text: str) -> tuple[tuple[Group, ...], dt.timedelta | None]:
    """«по банкам за неделю», «за 3 дня для школ»: the groups, and the period or a week; no period if one was named that is none."""
    words, span, named = plain(text), None, False
    for match in reversed([*_WHILE.finditer(words)]):
        found = values.read_period(match.group(1))
        if found is not None:
            words, span = f"{words[: match.start()]} {words[match.end() :]}", found
        named = named or match.group().strip().startswith("за")
    return values.read_groups(words), span or (None if named else dt.timedelta(days=7))


async def _looked(talk: Talk) -> dt.datetime | None:
    kept = await talk.desk.store.sessions.get(talk.request.person, "looked")
    if not kept:
        return None
    return max(dt.datetime.fromisoformat(kept), talk.now - FURTHEST)


async def _build(talk: Talk, period: Period, filter_: Filter) -> Digest:
    """The digest as it is chosen; its stories are whole only if that takes their texts."""
    kept = talk.desk.store.stories
    stories = await (kept.between(period) if filter_.muted else kept.sketches(period))
    return await asyncio.to_thread(
        digest.build,
        stories,
        period=period,
        filter=filter_,
        language=talk.words.language,
        timezone=talk.preferences.schedule.timezone,
        limit=MOST,
    )


async def _page(talk: Talk, built: Digest, page: int, code: str) -> Document:
    """One page of a digest, with the way to the others. Only what it shows is read whole."""
    page = min(max(page, 0), paging.count(built) - 1)
    shown = {entry.story.id for entry in built.entries[page * PAGE : (page + 1) * PAGE]}
    whole = {story.id: story for story in await talk.desk.store.stories.load(sorted(shown))}
    entries = (replace(entry, story=whole.get(entry.story.id, entry.story)) for entry in built.entries)
    built = replace(built, entries=tuple(entry for entry in entries if entry.story.id in whole or entry.story.id not in shown))
    fits = len(f"digest:{code}:{paging.count(built)}") <= _LONGEST
    document = digest.page(
        built,
        page,
        (lambda number: f"digest:{code}:{number}") if fits else None,
        length=talk.preferences.length,
        next_at=talk.next_issue if talk.subscriber.active else None,
    )
    *rows, last = document.buttons
    return replace(document, buttons=(*rows, (*last, talk.button("button-other-digest", "digests"))))


async def leaf(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """Another page of an edition: `leaf:<code>:<number>`. In a chat of many the edition stays as it is for the others."""
    code, _, number = argument.partition(":")
    edition = await Leaves(talk.desk.store.client).read(code) if ID.fullmatch(code) else None
    if edition is None or not number.isdigit() or int(number[:_FEW]) >= len(edition.leaves):
        raise BadInput("pages of long ago", key="stale-button")
    document = await _put_right(talk, edition, edition.leaves[int(number[:_FEW])])
    yield Reply(document=document, edit=talk.request.chat is ChatKind.PRIVATE)


async def _put_right(talk: Talk, edition: LongEdition, leaf: Leaf) -> Document:
    """A page with what was corrected or withdrawn since it was made."""
    document = leaf.document
    if edition.made is None:
        return document
    period = Period(since=edition.made, until=talk.now + dt.timedelta(microseconds=1))
    kept = {story.id: story for story in await talk.desk.store.stories.load([name for name, _ in leaf.told])}
    for place, (name, revision) in enumerate(leaf.told):
        if (story := kept.get(name)) is not None and story.revision > revision:
            document = digest.amended(document, place, story, revision, period, language=edition.language, length=edition.length)
    return document


async def _nothing(talk: Talk, built: Digest, wanted: Wanted) -> Document:
    """Nothing in the period: says so, with the next longer period that holds something."""
    document = digest.write(built)
    if wanted.fresh:
        document = talk.document(talk.say("digest-nothing-new"), rows=periods(talk))
    length = built.period.until - built.period.since
    for days, key, code in ((7, "period-week", "button-show-week"), (30, "period-month", "button-show-month")):
        if length >= dt.timedelta(days=days):
            continue
        wider = await _build(talk, replace(built.period, since=built.period.until - dt.timedelta(days=days)), built.filter)
        if count := len(wider.entries) + wider.omitted:
            period = talk.say(key)
            line = talk.say("digest-wider", period=period[:1].upper() + period[1:], stories=talk.say("count-stories", count=count))
            first, *rest = document.blocks
            joined = Block(kind=first.kind, spans=talk.document(f"{first.text} {line}").blocks[0].spans)
            return Document(
                blocks=(joined, *rest),
                buttons=(
                    (talk.button(code, f"digest:{_of_days(talk, days, wanted.groups).code}"),),
                    (talk.button("button-settings", "settings"), talk.button("button-other-digest", "digests")),
                ),
            )
    if wanted.fresh:
        return document
    everyone = [talk.button("button-everyone", f"digest:{length.days}d")] if wanted.groups else []
    last = (talk.button("button-settings", "settings"), talk.button("button-other-digest", "digests"))
    return replace(document, buttons=tuple(row for row in (tuple(everyone), last) if row))


def periods(talk: Talk) -> Rows:
    """A digest of a day, a week or a month, a button each."""
    return [[talk.button("button-day", "digest:1d"), talk.button("button-week", "digest:7d"), talk.button("button-month", "digest:30d")]]


# ── one story ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def find_story(talk: Talk, story_id: str) -> Story:
    """The story of a button. Raises BadInput if there is none any more."""
    story = await talk.desk.store.stories.get(story_id) if ID.fullmatch(story_id) else None
    if story is None:
        raise BadInput("no such story", key="story-gone")
    return story


async def show_card(talk: Talk, story_id: str) -> AsyncIterator[Reply]:
    """Everything about a story."""
    story = await find_story(talk, story_id)
    thread = await talk.desk.store.stories.of_thread(story.thread) if story.thread else ()
    document = digest.card(
        story,
        language=talk.words.language,
        timezone=talk.preferences.schedule.timezone,
        related=[one for one in thread if one.id != story.id and not one.retracted][:5],
        quotes=talk.recipient.platform is Platform.TELEGRAM,  # folded there; a wall elsewhere
        followed=story.id in await _follows(talk).of(talk.recipient),
    )
    if talk.is_admin and talk.request.chat is ChatKind.PRIVATE:
        *rows, last = document.buttons
        document = replace(document, buttons=(*rows, (*last, talk.button("admin-button-correct", f"amend:{story.id}"))))
    yield Reply(document=document)


async def show_facts(talk: Talk, story_id: str) -> AsyncIterator[Reply]:
    """Every fact with the sentence it was taken from."""
    yield Reply(document=digest.evidence(await find_story(talk, story_id), language=talk.words.language))


def _follows(talk: Talk) -> Follows:
    return Follows(talk.desk.store.client, talk.desk.store.sessions)


async def follow(talk: Talk, story_id: str) -> AsyncIterator[Reply]:
    """Developments of this story are told at once."""
    story = await find_story(talk, story_id)
    for side in await talk.sides():
        await _follows(talk).follow(side, story.id)
    rows = [[talk.button("button-unfollow", f"unfollow:{story.id}"), talk.button("button-following", "following")]]
    yield Reply(document=talk.document(talk.say("followed", headline=story.headline), rows=rows), toast=talk.say("done"))


async def unfollow(talk: Talk, story_id: str) -> AsyncIterator[Reply]:
    """The story is told in digests only."""
    if ID.fullmatch(story_id):
        for side in await talk.sides():
            await _follows(talk).unfollow(side, story_id)
    rows = [[talk.button("button-following", "following"), talk.button("button-digest", "digest:1d")]]
    yield Reply(document=talk.document(talk.say("unfollowed"), rows=rows), toast=talk.say("done"))


async def following(talk: Talk, number: str = "") -> AsyncIterator[Reply]:
    """What is followed, newest first, page by page: `following[:<page>]`."""
    stories = [
        story for story_id in reversed(await _follows(talk).of(talk.recipient)) if (story := await talk.desk.store.stories.get(story_id))
    ]
    if not stories:
        yield talk.reply("following-nothing", rows=[[talk.button("button-digest", "digest:7d")]])
        return
    pages = -(-len(stories) // PAGE)
    page = min(int(number) if number.isdigit() and len(number) < _FEW else 0, pages - 1)
    turn = [Button(text=f"‹ {page}/{pages}", action=f"following:{page - 1}")] if page else []
    if page < pages - 1:
        turn.append(Button(text=f"{page + 2}/{pages} ›", action=f"following:{page + 1}"))
    shown = stories[page * PAGE : (page + 1) * PAGE]
    yield Reply(document=listing(talk, talk.say("following-title"), shown, turn, first=page * PAGE + 1), edit=bool(number))


async def mute(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """Asks what to hide of a story, then hides it: `mute:<id>[:<number>]`."""
    story_id, _, number = argument.partition(":")
    story = await find_story(talk, story_id)
    options = [*story.facts.messengers, *story.facts.regulators][:6]
    if number:
        if not number.isdigit() or int(number) >= len(options):
            raise BadInput("no such choice", key="stale-button")
        word = options[int(number)]
        muted = tuple(dict.fromkeys((*talk.preferences.filter.muted, word)))[-values.MOST_MUTED :]
        await talk.prefer(replace(talk.preferences, filter=replace(talk.preferences.filter, muted=muted)))
        rows = [[talk.button("settings-muted-name", "settings:muted")]]
        yield Reply(document=talk.document(talk.say("muted", word=word), schedule_line(talk), rows=rows), edit=True, toast=talk.say("done"))
        return
    if not options:
        await talk.expect("muted")
        yield talk.reply("mute-word")
        return
    names = [labels.regulator(labels.messenger(name, talk.words), talk.words) for name in options]
    buttons = [Button(text=talk.say("mute-about", name=name), action=f"mute:{story.id}:{at}") for at, name in enumerate(names)]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    yield talk.reply("mute-ask", rows=[*rows, [talk.button("button-keep", "cancel")]])


def listing(talk: Talk, title: str, stories: list[Story], turn: list[Button] | None = None, *, first: int = 1) -> Document:
    """Stories as a numbered list, each with its number as a button to its card."""
    first_line, *more = talk.document(title).blocks
    blocks = [Block(kind=Kind.TITLE, spans=first_line.spans), *more]
    for number, story in enumerate(stories, start=first):
        blocks.append(Block(kind=Kind.STORY, spans=(bold(f"{number}. {story.headline}"),)))
        stage = talk.say(f"status-{story.facts.status}") if story.facts.status else ""
        day = talk.words.date(story.updated.date(), today=talk.now.date())
        outlets = talk.words.outlets(list(dict.fromkeys(source.outlet for source in story.sources)))
        line = talk.say("card-retracted") if story.retracted else " · ".join(filter(None, (day, stage, outlets)))
        blocks.append(Block(kind=Kind.FACTS, spans=talk.document(line).blocks[0].spans, gap=False))
    numbers = tuple(Button(text=str(number), action=f"card:{story.id}") for number, story in enumerate(stories, start=first))
    return Document(blocks=tuple(blocks), buttons=tuple(row for row in (numbers, tuple(turn or ())) if row))
