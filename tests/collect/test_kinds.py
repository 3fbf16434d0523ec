# markup is read as markup
"""What each kind of source announces: valid, odd, broken and hostile ones."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from bot.collect import Page, SourceSpec
from bot.collect.kinds import Listing, parse
from bot.collect.kinds.dates import parse_date
from bot.collect.text.encoding import decode
from bot.errors import SourceBroken

TITLE = "Роскомнадзор ограничил звонки в мессенджерах «Телеграм» и других"
PLAIN = "Роскомнадзор ограничил звонки в двух мессенджерах"
RSS = f"""<?xml version="1.0" encoding="{{}}"?><rss version="2.0"><channel><title>Лента</title><ttl>45</ttl><item><title>{TITLE}</title>
<link>https://example.org/a</link><description><![CDATA[<p>Об этом &laquo;сообщила&raquo; <b>служба</b>.</p>]]></description>
<pubDate>Wed, 13 Aug 2025 16:20:00 +0300</pubDate></item></channel></rss>"""


def listing(body: bytes | str, kind: str = "rss", *, content_type: str = "text/xml", **more: str) -> Listing:
    """What a source with this answer announces."""
    data = body.encode() if isinstance(body, str) else body
    page = Page(
        url="https://example.org/feed", status=200, headers=CIMultiDictProxy(CIMultiDict({"Content-Type": content_type})), body=data
    )
    return parse(page, SourceSpec(id="one", name="Первый", url="https://example.org/feed", kind=kind, **more))


@pytest.mark.parametrize(
    "actual", ["utf-8", "cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-32", "utf-32-le", "utf-32-be", "iso8859-5", "cp866"]
)
@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "koi8-r", "iso-8859-1", "ISO-10646-UCS-4", "nonsense", None])
@pytest.mark.parametrize("header", ["text/xml", "text/xml; charset=windows-1251", "application/rss+xml; charset=utf-8"])
def test_a_feed_is_read_in_its_encoding_whatever_is_declared(actual: str, declared: str | None, header: str) -> None:
    """By its header, by its declaration, or against both."""
    text = RSS.format(declared) if declared else RSS.replace(' encoding="{}"', "")
    text = text.replace(TITLE, PLAIN)
    item = listing(text.encode(actual), content_type=header).items[0]
    assert item.title == PLAIN


def test_rss_gives_teaser_time_and_ttl() -> None:
    """Markup is gone from the teaser, the time is in UTC."""
    found = listing(RSS.format("utf-8"))
    assert found.items[0].teaser == "Об этом «сообщила» служба."
    assert found.items[0].published == dt.datetime(2025, 8, 13, 13, 20, tzinfo=dt.UTC)
    assert found.ttl == dt.timedelta(minutes=45)


def test_pieces_in_another_encoding_do_not_spoil_the_rest() -> None:
    """A UTF-8 page into which windows-1251 was pasted."""
    body = ("Роскомнадзор сообщил. " * 20).encode() + "Госдума".encode("cp1251") + ("Минцифры предложило. " * 20).encode()
    text, name = decode(body, "text/html; charset=windows-1251")
    assert name == "utf-8"
    assert "Роскомнадзор сообщил. Госдума" in text


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title type="html">{TITLE}</title><link rel="self" href="/self"/>
<link href="/a"/><id>tag:1</id><updated>2025-08-13T13:20:00Z</updated><content type="html">&lt;p&gt;Текст&lt;/p&gt;</content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>
<item rdf:about="https://example.org/a"><title>{TITLE}</title><link>https://example.org/a</link></item></rdf:RDF>"""
JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{{"id": "1", "url": "/a", "title": "{TITLE}",
"date_published": "2025-08-13T13:20:00Z", "content_html": "<p>Текст</p>"}}, 5, null, {{"id": 7}}]}}"""
QUIRKS = {
    "atom": ATOM,
    "rss 1.0": RDF,
    "json feed": JSON,
    "no xml declaration": RSS.split("?>", 1)[1],
    "blanks before the declaration": "\n\n  " + RSS.format("utf-8"),
    "cut off in the middle": RSS.format("utf-8").replace("</channel></rss>", "") + "<item><title>Вто",
    "bare ampersand": RSS.format("utf-8").replace("Лента", "Лента & другие").replace("example.org/a", "example.org/a?x=1&y=2"),
    "undefined entity": RSS.format("utf-8").replace("Лента", "Лента&nbsp;дня&hellip;"),
    "control characters": RSS.format("utf-8").replace("Лента", "Лен\x08та\x00"),
    "link in guid": RSS.format("utf-8").replace("<link>https://example.org/a</link>", "<guid>https://example.org/a</guid>"),
    "link with line breaks": RSS.format("utf-8").replace("https://example.org/a", "\n https://example.org/a \n"),
    "relative link": RSS.format("utf-8").replace("https://example.org/a<", "/a<"),
    "title in capital tags and markup": RSS.format("utf-8").replace(TITLE, f"&lt;b&gt;{TITLE}&lt;/b&gt;"),
    "undeclared namespace": RSS.format("utf-8").replace("</item>", "<yandex:full-text>Текст</yandex:full-text></item>"),
    "doctype": RSS.format("utf-8").replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'),
}


@pytest.mark.parametrize("name", QUIRKS)
def test_an_odd_feed_is_read_all_the_same(name: str) -> None:
    """Its first item has the title and the address."""
    item = listing(QUIRKS[name]).items[0]
    assert item.title == TITLE
    assert item.url.startswith("https://example.org/a")


NO_FEEDS = {
    "nothing": "",
    "blanks": " \n ",
    "a web page": "<html><head><title>404</title></head><body>нет</body></html>",
    "json of another kind": '{"error": 1}',
    "broken json": '{"items": [',
    "bytes": "\x00\x01\x02" * 500,
}


@pytest.mark.parametrize("name", NO_FEEDS)
def test_what_is_no_feed_is_a_broken_source(name: str) -> None:
    """With a reason."""
    with pytest.raises(SourceBroken):
        listing(NO_FEEDS[name])


LAUGHS = "<!DOCTYPE rss [" + '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12)) + "]>"
HOSTILE = {
    "entity bomb": f'<?xml version="1.0"?>{LAUGHS}<rss version="2.0"><channel><title>&a12;</title></channel></rss>',
    "external entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>T</title><item><title>&x;</title><link>http://e.org/</link></item></channel></rss>',
    "deep": "<rss><channel>" + "<item>" * 50_000,
    "wide": "<rss><channel>" + "<item><title>a</title></item>" * 20_000 + "</channel></rss>",
    "open tags": "<rss>" + "<a " * 100_000,
    "open comment": "<rss>" + "<!--" * 100_000,
    "quotes": '<rss><item a="' + "'\"" * 100_000,
    "ampersands": "<rss><channel><title>" + "&" * 200_000,
    "deep json": '{"items": ' + "[" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_ends_soon_and_gives_nothing_away(name: str) -> None:
    """Within two seconds; nothing of a file of ours stands in it."""
    began = time.monotonic()
    try:
        items = listing(HOSTILE[name]).items
    except SourceBroken:
        items = ()
    assert time.monotonic() - began < 2.0
    assert not any("root:" in item.title for item in items)


def test_a_listing_gives_the_links_that_its_selector_finds() -> None:
    """With the time that stands beside each; one address once."""
    page = """<div class="news"><a href="/n/1">Первая новость дня</a> <time datetime="2025-08-13T10:00:00+03:00"></time></div>
    <div class="news"><a href="/n/2">Вторая новость</a> 12 августа 2025, 09:30</div><div class="news"><a href="/n/2">Вторая новость</a></div>
    <div class="news"><a href="javascript:x()">Ловушка</a></div><a href="/about">О нас</a>"""
    found = listing(page, "page", content_type="text/html", selector=".news").items
    assert [item.url for item in found] == ["https://example.org/n/1", "https://example.org/n/2"]
    assert [item.published and item.published.hour for item in found] == [7, 6]
    with pytest.raises(SourceBroken, match="selector"):
        listing(page, "page", content_type="text/html", selector=".nothing")


def test_a_news_sitemap_gives_titles_and_times_newest_first() -> None:
    """An index of sitemaps is refused with advice."""
    urls = "".join(
        f"<url><loc>https://example.org/{day}</loc><news:news><news:publication_date>2025-08-{day}</news:publication_date>"
        f"<news:title>Новость {day}</news:title></news:news></url>"
        for day in (11, 13, 12)
    )
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    found = listing(f"<urlset {space}>{urls}</urlset>", "sitemap").items
    assert [item.title for item in found] == ["Новость 13", "Новость 12", "Новость 11"]
    with pytest.raises(SourceBroken, match="other sitemaps"):
        listing(f"<sitemapindex {space}></sitemapindex>", "sitemap")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-08-13T16:20:00+03:00", "2025-08-13T13:20"),
        ("2025-08-13T16:20:00", "2025-08-13T13:20"),
        ("Wed, 13 Aug 2025 16:20:00 +0300", "2025-08-13T13:20"),
        ("13 августа 2025, 16:20", "2025-08-13T13:20"),
        ("Опубликовано 13.08.2025 в 16:20", "2025-08-13T13:20"),
        ("1 мая 2025 г.", "2025-04-30T21:00"),
        ("45.13.2025", None),
        ("вчера", None),
        ("0001-01-01T00:00:00Z", None),
    ],
)
def test_dates_are_read_as_sites_write_them(text: str, expected: str | None) -> None:
    """A time without a zone is Moscow's."""
    moment = parse_date(text)
    assert (moment and f"{moment:%Y-%m-%dT%H:%M}") == expected
