"""Search: words in any form, slips of the finger, names as people say them, filters, and both orders."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from bot.model import Cluster, Facts, Group, Measure, Period, Stage, Story
from bot.store import Store, keys, schema
from bot.store.search import Order, Wanted
from bot.store.stories import Stories

NOW = dt.datetime(2026, 2, 10, 6, 0, tzinfo=dt.UTC)
HEADLINES = {
    "fine": "Viber оштрафован на миллион: штраф назначил суд",
    "block": "Роскомнадзор объявил о блокировке WhatsApp",
    "law": "Госдума обсуждает законопроект о мессенджерах",
}


def told(name: str, hours: int = 0, **changes: object) -> Cluster:
    """A story with one of the headlines."""
    moment = NOW + dt.timedelta(hours=hours)
    story = Story(id=name, thread=name, headline=HEADLINES.get(name, name), summary=(), facts=Facts(), first_seen=moment, updated=moment)
    return Cluster(story=dataclasses.replace(story, **changes), readings=())  # type: ignore[arg-type]  # fields of a story


async def fill(store: Store) -> None:
    """Three stories, an hour apart."""
    await store.stories.put(told("fine", facts=Facts(messengers=("Viber",), regulators=("Суд",), stage=Stage.ACTIVE)))
    await store.stories.put(told("block", 1, facts=Facts(messengers=("WhatsApp",), regulators=("Роскомнадзор",))))
    await store.stories.put(told("law", 2, facts=Facts(regulators=("Госдума",), stage=Stage.PLANNED, audiences=(Group.BANKS,))))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("штрафами", "fine"),
        ("ШТРАФОВ", "fine"),
        ("штарфами", "fine"),
        ("штрав", "fine"),
        ("блакировки", "block"),
        ("законапроект", "law"),
        ("месенжеры", "law"),
        ("Ватсап", "block"),
        ("вайбера", "fine"),
        ("РКН", "block"),
        ("inhfa", "fine"),
        ("ltgenfn", ""),
        ("суп", ""),
        ("кукареку", ""),
        ("блокировка мессенджеров", ""),
        ("fines", "fine"),
        ("blocked WhatsApp", "block"),
        ("bill on messengers for banks", "law"),
        ("State Duma", "law"),
        ("Roskomnadzor blocks", "block"),
        ("court fined", "fine"),
        ("Ofcom", ""),
        ("ltgenfn pfrjyjghjtrn", ""),
        ("j,ce;lftn pfrjyjghjtrn", "law"),
        ("цреыфзз", "block"),
        ("WhаtsApр", "block"),
        ("блокиро", "block"),
        ("мессен", "law"),
        ("законо проект", "law"),
        ("вай бер", "fine"),
        ("штраф-миллион", "fine"),
        ("«Viber» — штраф!", "fine"),
        ("what", "block"),
        ("wha", "block"),
        ("wh", ""),
    ],
)
async def test_words_are_found_as_people_write_them(anywhere: Store, words: str, found: str) -> None:
    """In any form, with a slip or two in a long word, in the wrong layout, by a spoken name; short words are not guessed at."""
    await fill(anywhere)
    matches = await anywhere.stories.find(Wanted(words=words), 10)
    assert matches.ids == ((found,) if found else ())


async def test_english_stories_are_found_in_russian(anywhere: Store) -> None:
    """The words of the subject, and what the facts say; a foreign regulator does not become a Russian one."""
    facts = Facts(regulators=("Ofcom",), measure=Measure.FINE, audiences=(Group.PLATFORMS,), stage=Stage.PLANNED)
    await anywhere.stories.put(told("ofcom", headline="The media regulator Ofcom threatens a messenger with a penalty", facts=facts))
    for words, count in {"штрафы": 1, "мессенджеры": 1, "регуляторы": 1, "Роскомнадзор": 0, "блокировка": 0}.items():
        assert len((await anywhere.stories.find(Wanted(words=words), 10)).ids) == count, words


async def test_a_guess_is_told(store: Store) -> None:
    """What was looked for in place of a misspelt word is said; a word that stands somewhere is never replaced."""
    await fill(store)
    assert (await store.stories.find(Wanted(words="штарфами Viber"), 10)).instead == {"штарфа": "штраф"}
    await store.stories.put(told("Штраф и штрав"))
    assert (await store.stories.find(Wanted(words="штрав"), 10)).instead == {}


async def test_stories_of_an_older_version_forgive_slips_too(anywhere: Store) -> None:
    """What was kept before words were filed by their letters is filed when the store is brought to the new shape."""
    await fill(anywhere)
    async for key in anywhere.client.scan_iter(match=keys.STORIES_SPELT.pattern):
        await anywhere.client.delete(key)
    await anywhere.client.set(keys.SCHEMA(), 1)
    reopened = Stories(anywhere.client, anywhere.clock, keys.EVER)
    assert (await reopened.find(Wanted(words="штарфами"), 10)).ids == ()
    assert await schema.migrate(anywhere.client) == 1
    assert (await reopened.find(Wanted(words="штарфами"), 10)).ids == ("fine",)
    assert int(await anywhere.client.get(keys.SCHEMA()) or 0) == schema.CURRENT


async def test_a_word_filed_by_another_process_is_guessed_at_once(store: Store) -> None:
    """Words that are held are looked up anew as soon as there is one more."""
    await fill(store)
    other = Stories(store.client, store.clock, keys.EVER)
    assert (await other.find(Wanted(words="кукарекание"), 10)).ids == ()
    await store.stories.put(told("Кукареканье"))
    assert (await other.find(Wanted(words="кукареквние"), 10)).ids == ("Кукареканье",)


async def test_filters_work_with_and_without_words(store: Store) -> None:
    """Stage, audience, messenger and period narrow; without words they choose among all, and retracted stories are never found."""
    await fill(store)

    async def ids(**wanted: object) -> tuple[str, ...]:
        return (await store.stories.find(Wanted(**wanted), 10)).ids  # type: ignore[arg-type]  # fields of what is wanted

    assert await ids() == ("law", "block", "fine")
    assert await ids(stage=Stage.ACTIVE) == ("fine",)
    assert await ids(audience=Group.BANKS) == ("law",)
    assert await ids(messenger="WhatsApp") == ("block",)
    assert await ids(words="штраф", messenger="WhatsApp") == ()
    hour = dt.timedelta(hours=1)
    assert await ids(period=Period(since=NOW + hour, until=NOW + 2 * hour)) == ("block",)
    await store.stories.put(told("law", 3, retracted=True))
    assert await ids() == ("block", "fine")
    assert await ids(words="законопроект") == ()


async def test_the_most_relevant_or_the_newest_first(store: Store) -> None:
    """The story whose headline has the word outweighs a newer one that only mentions it."""
    await store.stories.put(told("head", headline="Штраф для мессенджера"))
    await store.stories.put(told("text", 1, headline="О мессенджере", facts=Facts(documents=("о штрафе",))))
    assert (await store.stories.find(Wanted(words="штраф"), 10)).ids == ("text", "head")
    assert (await store.stories.find(Wanted(words="штраф", order=Order.BEST), 10)).ids == ("head", "text")


async def test_the_most_relevant_in_the_other_language(anywhere: Store) -> None:
    """A word counts in a headline of the other language as in one of its own, whichever language is asked in."""
    await anywhere.stories.put(told("ru", headline="Штраф за мессенджер"))
    await anywhere.stories.put(told("en", 1, headline="A fine for a messenger"))
    await anywhere.stories.put(told("text", 2, headline="О мессенджере", facts=Facts(documents=("о штрафе", "on a fine"))))
    for words in ("fines", "штрафы", "fined messengers", "штраф мессенджерам"):
        assert (await anywhere.stories.find(Wanted(words=words), 10)).ids == ("text", "en", "ru"), words
        assert (await anywhere.stories.find(Wanted(words=words, order=Order.BEST), 10)).ids == ("en", "ru", "text"), words


async def test_the_most_relevant_is_found_however_old(anywhere: Store) -> None:
    """A headline with the word is not lost behind newer stories that only mention it."""
    await anywhere.stories.put(told("head", headline="Штраф для мессенджера"))
    for number in range(30):
        await anywhere.stories.put(told(f"text{number:02}", 1 + number, headline="О мессенджере", facts=Facts(documents=("о штрафе",))))
    found = await anywhere.stories.find(Wanted(words="штраф мессенджер", order=Order.BEST), 5)
    assert found.ids == ("head", "text29", "text28", "text27", "text26")
    assert found.more


async def test_words_that_seldom_meet_are_found_behind_thousands(anywhere: Store) -> None:
    """Two frequent words in one old story: it is found, with and without a period, and what is not there is not said to be."""
    await anywhere.stories.put(told("both", headline="Паспорт и алкоголь"))
    for word in ("паспорт", "алкоголь"):
        names = {f"{word}{number}": (NOW + dt.timedelta(hours=1, seconds=number)).timestamp() for number in range(3500)}
        await anywhere.client.zadd(keys.STORIES_WORD(word), names)
    year = Period(since=NOW - dt.timedelta(days=1), until=NOW + dt.timedelta(days=364))
    for period in (None, year):
        found = await anywhere.stories.find(Wanted(words="паспорт алкоголь", period=period), 10)
        assert (found.ids, found.more) == (("both",), False)
    later = Period(since=NOW + dt.timedelta(minutes=1), until=year.until)
    assert (await anywhere.stories.find(Wanted(words="паспорт алкоголь", period=later), 10)).ids == ()


async def test_parts_of_a_compound_are_words(anywhere: Store) -> None:
    """«антифрод-закон» is found as it stands, apart, and by either part; so in English."""
    await anywhere.stories.put(told("law", headline="Приняли антифрод-закон"))
    await anywhere.stories.put(told("scan", headline="A message-scanning bill"))
    for words in ("антифрод-закон", "антифрод законы", "закону", "антифрод"):
        assert (await anywhere.stories.find(Wanted(words=words), 10)).ids == ("law",), words
    for words in ("message scanning", "message-scanning", "сканирование сообщений"):
        assert (await anywhere.stories.find(Wanted(words=words), 10)).ids == ("scan",), words


async def test_a_word_of_no_story_is_looked_for_in_the_other_language(store: Store) -> None:
    """A name that only a text has is found by how the other language writes it; a number may stick to what it counts."""
    await store.stories.put(told("durov", headline="О мессенджере", facts=Facts(documents=("Дуров о цензуре", "штраф 64 млн"))))
    for words in ("Durov", "censorship", "64млн", "штраф 64млн"):
        assert (await store.stories.find(Wanted(words=words), 10)).ids == ("durov",), words


async def test_of_words_as_near_the_commonest_is_meant(store: Store) -> None:
    """One slip away from two words, it is taken for the one that more stories have."""
    await store.stories.put(told("one", headline="Сервиз"))
    for number in range(3):
        await store.stories.put(told(f"many{number}", 1 + number, headline="Сервис"))
    assert (await store.stories.find(Wanted(words="сервич"), 10)).instead == {"сервич": "сервис"}


async def test_a_part_is_said_to_be_one(store: Store) -> None:
    """Whether there is more than was asked for."""
    await fill(store)
    assert (await store.stories.find(Wanted(), 2)).more
    assert not (await store.stories.find(Wanted(), 3)).more
