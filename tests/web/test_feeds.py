"""The feeds by the grammars of their formats and by a parser of another maker, for all stories and for every filter."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email.utils
from pathlib import Path
from urllib.parse import quote

import feedparser
import orjson
import pytest
from lxml import etree

from bot.store import Store
from tests.web import samples
from tests.web.conftest import Client, keep
from tests.web.test_machine import get

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
FILTERS = [
    "",
    "?audience=banks,telecom&messenger=Telegram&importance=0.5",
    "?stage=planned,adopted",
    "?q=" + quote("<b>штраф</b> & \u202eзапрет"),
    "?without=" + quote("штраф,замедление"),
    "?messenger=" + quote('"><script>, никакой'),
]
RSS = {
    "channel": {"title", "link", "description", "language", "lastBuildDate", "ttl", ATOM + "link", "item"},
    "item": {"title", "link", "guid", "pubDate", "category", "description"},
}
"""The elements of RSS 2.0 that ours are among."""
JSON_FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "language": str, "items": list,
}  # fmt: skip
JSON_ITEM = {
    "id": str, "url": str, "title": str, "content_text": str, "date_published": str, "date_modified": str, "tags": list, "language": str,
}  # fmt: skip
"""The members of JSON Feed 1.1 that ours are among, with their types; all of ours are always there."""


@pytest.fixture(params=FILTERS)
def narrowed(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_atom_holds_to_its_grammar(client: Client, narrowed: str, language: str) -> None:
    """RFC 4287's own grammar accepts it; its id is its address, and no two entries share one."""
    body = await get(client, f"/{language}/atom.xml{narrowed}")
    tree = etree.fromstring(body)
    assert GRAMMAR.validate(tree), GRAMMAR.error_log
    (own,) = tree.xpath("a:link[@rel='self']/@href", namespaces={"a": ATOM.strip("{}")})
    assert own == tree.findtext(f"{ATOM}id")
    assert await get(client, own.replace(str(client.make_url("")).rstrip("/"), "")) == body
    names = [node.text for node in tree.iter(f"{ATOM}id")]
    assert len(names) == len(set(names))


def test_the_grammar_refuses_what_the_format_forbids() -> None:
    """A feed without an id, a date without a zone, an address that is none and a foreign element are each refused."""
    whole = "<id>http://a/</id><title>t</title><updated>2026-03-01T00:00:00Z</updated><link href='http://a/'/>"
    frame = "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>"
    assert GRAMMAR.validate(etree.fromstring(frame.format(whole)))
    for old, new in (("<id>http://a/</id>", ""), ("00Z", "00"), ("<id>http://a/", "<id>/a"), ("<title>", "<b/><title>"), ("href=", "ref=")):
        assert old in whole
        assert not GRAMMAR.validate(etree.fromstring(frame.format(whole.replace(old, new)))), old


async def test_rss_holds_to_its_rules(client: Client, narrowed: str) -> None:
    """Version, required and known elements, dates of RFC 822 with a zone, an absolute link, a guid of one's own."""
    tree = etree.fromstring(await get(client, f"/en/rss.xml{narrowed}"))
    assert (tree.tag, tree.get("version"), [one.tag for one in tree]) == ("rss", "2.0", ["channel"])
    channel = tree[0]
    assert {one.tag for one in channel} <= RSS["channel"]
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    guids = [one.text for one in channel.iter("guid")]
    assert len(guids) == len(set(guids)) == len(channel.findall("item"))
    for item in channel.iter("item"):
        assert {one.tag for one in item} <= RSS["item"]
        assert item.findtext("title")
        assert item.findtext("description")
        assert str(item.findtext("link")).startswith("http://127.0.0.1")
    for one in (*channel.iter("pubDate"), *channel.iter("lastBuildDate")):
        assert email.utils.parsedate_to_datetime(str(one.text)).tzinfo is not None


async def test_json_feed_holds_to_its_format(client: Client, narrowed: str) -> None:
    """Version 1.1: the members it knows, of their types, addresses that are absolute, dates of RFC 3339, ids of their own."""
    feed = orjson.loads(await get(client, f"/en/feed.json{narrowed}"))
    assert {name: type(value) for name, value in feed.items()} == JSON_FEED
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert await get(client, feed["feed_url"].replace(str(client.make_url("")).rstrip("/"), "")) == orjson.dumps(feed)
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    for item in feed["items"]:
        assert {name: type(value) for name, value in item.items()} == JSON_ITEM
        assert item["content_text"]
        assert item["url"].startswith("http://127.0.0.1")
        assert all(type(tag) is str for tag in item["tags"])
        for name in ("date_published", "date_modified"):
            assert dt.datetime.fromisoformat(item[name]).tzinfo is not None


@pytest.mark.parametrize("path", ["/ru/atom.xml", "/en/rss.xml"])
async def test_feeds_are_well_formed_whatever_the_headlines(client: Client, path: str) -> None:
    """An XML parser without mercy and feedparser read every story, hostile ones included."""
    body = await get(client, path)
    etree.fromstring(body, etree.XMLParser(resolve_entities=False))
    feed = feedparser.parse(body)
    assert not feed.bozo
    assert len(feed.entries) == len([story for story in samples.shelf() if not story.retracted])
    assert feed.entries[0].link.startswith("http://127.0.0.1")
    assert all(entry.published_parsed for entry in feed.entries)


async def test_feeds_can_be_narrowed(client: Client) -> None:
    """An audience, a messenger and an importance each leave out what they should; nonsense is refused."""
    assert len(feedparser.parse(await get(client, "/ru/atom.xml?audience=banks")).entries) == 2
    assert [e.title for e in feedparser.parse(await get(client, "/ru/rss.xml?messenger=viber")).entries] == [
        "Viber: суд назначил штраф 1 млн ₽"
    ]
    items = orjson.loads(await get(client, "/ru/feed.json?importance=0.85"))["items"]
    assert [item["id"].rpartition("/")[2] for item in items] == ["s1"]
    await get(client, "/ru/atom.xml?audience=nobody", 400)
    await get(client, "/ru/atom.xml?importance=nan", 400)


async def titles(client: Client, query: str) -> list[str]:
    """The headlines of a feed, sorted; the three formats agree."""
    atom, rss = [feedparser.parse(await get(client, f"/ru/{name}?{query}")).entries for name in ("atom.xml", "rss.xml")]
    listed = [item["title"] for item in orjson.loads(await get(client, f"/ru/feed.json?{query}"))["items"]]
    assert len(atom) == len(rss) == len(listed)
    return sorted(listed)


async def test_feeds_follow_a_stage_words_and_what_is_unwanted(client: Client, filled: Store) -> None:
    """A stage, a search in any form of its words, and words that are not to be read each leave what they should."""
    shelf = [story for story in samples.shelf() if not story.retracted]
    ruling = [story.headline for story in shelf if story.id == "s4"]
    assert await titles(client, "q=" + quote("штрафы суда")) == ruling
    left = await titles(client, "without=" + quote("штрафа"))
    assert len(left) == len(shelf) - 1
    assert ruling[0] not in left
    planned = await titles(client, "stage=planned")
    expected = [story.headline for story in shelf if story.facts.status and story.facts.status.stage == "planned"]
    assert len(planned) == len(expected) > 0
    assert set(planned) & set(expected)
    await get(client, "/ru/atom.xml?stage=nowhere", 400)
    await get(client, "/ru/atom.xml?q=" + "x" * 201, 400)
    await get(client, "/ru/atom.xml?without=" + "x" * 61, 400)


async def test_a_rare_filter_reaches_far_back(client: Client, filled: Store) -> None:
    """A messenger that hundreds of later stories do not name still has its feed."""
    for number in range(400):
        moment = samples.NOW + dt.timedelta(seconds=number)
        story = samples.story(1000 + number, f"Новый {number}", measure=samples.Measure.FINE, status=samples.Status.RULING)
        await keep(filled, dataclasses.replace(story, updated=moment, first_seen=moment))
    assert await titles(client, "messenger=viber") == ["Viber: суд назначил штраф 1 млн ₽"]
