"""Every page in both languages: status, language, content, addresses; nothing of what strangers wrote acts."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from aiohttp.test_utils import TestClient, TestServer
from lxml import html

from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store
from bot.web import make_web
from tests.web import samples
from tests.web.conftest import Client, keep

PAGES = [
    "/",
    "/archive/2026-03",
    "/archive/2026-03-11",
    "/archive/2026-w11",
    "/story/s1",
    "/thread/s1",
    "/calendar",
    "/search",
    "/search?q=telegram",
    "/messengers",
    "/messengers/telegram",
    "/audiences",
    "/audiences/banks",
    "/overview",
    "/how",
    "/sources",
]


async def read(client: Client, path: str, status: int = 200, **headers: str) -> html.HtmlElement:
    async with client.get(path, headers=headers) as response:
        body = await response.text()
        assert response.status == status, (path, response.status)
        assert response.content_type == "text/html"
    return html.document_fromstring(body)


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_page_is_whole(client: Client, language: str) -> None:
    """Each has its language, one main heading, a title, a canonical address, its twin in the other language, and no script."""
    for path in PAGES:
        await check_whole(client, language, path)


async def check_whole(client: Client, language: str, path: str) -> None:
    page = await read(client, f"/{language}{path}")
    assert page.get("lang") == language
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("string(//title)").strip()
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.startswith("http://127.0.0.1:")
    assert f"/{language}/" in canonical
    assert {link.get("hreflang") for link in page.xpath("//link[@rel='alternate'][@hreflang]")} == {"ru", "en"}
    assert not page.xpath("//script")
    assert not page.xpath("//@style")
    assert not [name for name in page.xpath("//@*") if name.attrname.startswith("on")]


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_link_of_the_site_is_broken(client: Client, language: str) -> None:
    """Following every inner link from the front page, page after page, never ends in an error."""
    waiting, seen = [f"/{language}/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 250:
            continue
        seen.add(path)
        # Each page by another reader: a crawler this quick would be asked to wait.
        async with client.get(path, headers={"X-Forwarded-For": f"203.0.113.{len(seen)}"}) as response:
            assert response.status in (200, 410), path
            body = await response.read()
            if response.content_type == "text/html":
                links = html.document_fromstring(body).xpath("//a/@href | //link/@href | //form/@action")
                waiting += [link.partition("#")[0] for link in links if link.startswith("/") and not link.startswith("//")]
    assert len(seen) > 60


async def test_the_front_door_speaks_the_browsers_language(client: Client) -> None:
    """Russian for those who prefer it or say nothing, English for the others who read it."""
    for wanted, given in [
        ("en-US,en;q=0.9,ru;q=0.8", "/en/"),
        ("de,ru;q=0.5,en;q=0.4", "/ru/"),
        ("", "/ru/"),
        ("en;q=nonsense, ru", "/en/"),
    ]:
        async with client.get("/", headers={"Accept-Language": wanted}, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (302, given), wanted


async def test_today_tells_the_day_in_sections(client: Client) -> None:
    """The stories of the last day stand under their rubrics; those of last week do not."""
    page = await read(client, "/ru/")
    text = page.text_content()
    assert "Предложено" in text
    assert "Telegram замедляют" in text
    assert "Viber" not in text
    assert "Сюжет, который сняли" not in text


async def test_a_quiet_day_shows_the_week(client: Client, clock: MovableClock) -> None:
    """Nobody meets an empty front page."""
    clock.move_to(samples.NOW + 3 * samples.DAY)
    page = await read(client, "/ru/")
    assert "За сутки важного не было" in page.text_content()
    assert "Telegram замедляют" in page.text_content()


async def test_a_story_shows_where_everything_comes_from(client: Client) -> None:
    """Summary with its sentences, facts with theirs, positions, disagreements, sources, revisions, the thread."""
    page = await read(client, "/ru/story/s1")
    text = " ".join(page.text_content().split())
    for part in (
        "Замены нет, сказал Ефимов.",
        "1 сентября 2026",
        "Против: Александр Ефимов, председатель совета АУРЭК",
        "госслужащие — TSS, ТАСС",
        "Источники (6)",
        "Закон о работе с клиентами в мессенджерах принят",
        "Роскомнадзор сообщил о мере.",
        "Meta",
    ):
        assert part in text, part
    assert page.xpath("//a[contains(@href, 'https://news100.example/')]/@rel")[0].split() == ["noopener", "noreferrer", "nofollow", "ugc"]
    assert page.xpath("//svg[@role='img']/desc")


async def test_a_thread_goes_from_proposal_to_force(client: Client) -> None:
    """Both stories of the measure stand in the order of telling, on one ladder."""
    page = await read(client, "/ru/thread/s1")
    assert [item.get("href") for item in page.xpath("//ol[@class='thread']//h2/a")] == ["/ru/story/s2", "/ru/story/s1"]
    assert "Госдума" in page.xpath("string(//svg//desc)")


async def test_what_is_only_said_has_no_ladder(client: Client) -> None:
    """A mere statement is no step on the way to a law: no ladder on its page, its thread or beside its headline."""
    for path in ("/ru/story/s5", "/ru/thread/s5"):
        page = await read(client, path)
        assert page.xpath("//figure[@class='ladder']") == page.xpath("//*[@class='steps']") == []
    assert (await read(client, "/ru/story/s1")).xpath("//figure[@class='ladder']")


async def test_what_is_in_force_is_not_said_to_come(client: Client, filled: Store) -> None:
    """A section of measures that all hold is headed «Действует», not «Вступает в силу»."""
    page = await read(client, "/ru/archive/2026-03-11")
    rubrics = {" ".join(one.itertext()).strip() for one in page.xpath("//h2[@class='rubric']")}
    assert "Действует" in rubrics
    assert "Вступает в силу" not in rubrics


async def test_a_retracted_story_is_gone_and_says_so(client: Client) -> None:
    """410, out of the search engines, without its headline."""
    page = await read(client, "/ru/story/s7", status=410)
    assert "Сюжет, который сняли" not in page.text_content()
    assert page.xpath("//meta[@name='robots'][@content='noindex']")


MISSING = [
    "/ru/story/none",
    "/ru/story/%00",
    "/ru/thread/none",
    "/ru/messengers/none",
    "/ru/audiences/none",
    "/ru/archive/2026-13",
    "/ru/archive/2026-02-30",
    "/ru/archive/2026-w99",
    "/ru/archive/1999-01-01",
    "/ru/archive/2030-01-01",
    "/de/",
    "/ru/../../etc/passwd",
]


async def test_what_is_not_there_is_a_page_that_says_so(client: Client) -> None:
    """404 in the site's own words."""
    for path in MISSING:
        page = await read(client, path, status=404)
        assert page.xpath("//h1"), path


async def test_calendar_names_the_day_and_the_month_without_a_day(client: Client) -> None:
    """A day is a day; a month alone is not given one; what is in force stands below."""
    text = " ".join((await read(client, "/ru/calendar")).text_content().split())
    assert text.index("Июнь 2026") < text.index("в течение месяца") < text.index("1 сентября 2026")
    assert "Вступило в силу" in text


async def test_hostile_words_are_words(client: Client) -> None:
    """A headline, a name and an outlet written by a stranger are shown and never act, on every kind of page."""
    for number in range(len(samples.HOSTILE)):
        await check_hostile(client, number)


async def check_hostile(client: Client, number: int) -> None:
    for path in (
        "/ru/",
        f"/ru/story/s{20 + number}",
        "/ru/messengers",
        "/ru/archive/2026-03",
        "/ru/overview",
        f"/ru/thread/s{20 + number}",
    ):
        page = await read(client, path)
        assert not page.xpath("//script | //img | //iframe | //object")
        assert not [name for name in page.xpath("//@*") if name.attrname.startswith("on")], path
        links = [link for link in page.xpath("//a/@href") if not link.startswith(("/", "#", "https://", "http://"))]
        assert not links, path
    headline = samples.HOSTILE[number].replace("\u202e", "").replace("\u202c", "").replace("\x00", "")
    assert headline in (await read(client, f"/ru/story/s{20 + number}")).xpath("string(//h1)")


async def test_hostile_queries_are_words(client: Client) -> None:
    """What a person searches for comes back as text."""
    page = await read(client, "/ru/search?q=%3Cscript%3Ealert(1)%3C/script%3E%00")
    assert "<script>alert(1)</script>" in page.text_content()
    assert not page.xpath("//script")


async def test_a_forged_host_names_no_address(client: Client) -> None:
    """The Host header cannot write markup into a page, and the public address wins over it."""
    async with client.get("/ru/", headers={"Host": 'evil"><script>'}) as response:
        assert response.status == 400


async def test_the_public_address_is_the_canonical_one(filled: Store, clock: MovableClock) -> None:
    """Behind a reverse proxy the pages name the address that people know, and ask for TLS."""
    application = make_web(filled, Settings(_env_file=None, public_url="https://vestnik.example/"), clock)
    async with TestClient(TestServer(application)) as client:
        page = await read(client, "/ru/story/s1")
        assert page.xpath("//link[@rel='canonical']/@href") == ["https://vestnik.example/ru/story/s1"]
        async with client.get("/ru/") as response:
            assert response.headers["Strict-Transport-Security"]


async def test_a_page_changes_with_its_story(client: Client, filled: Store) -> None:
    """A page that was kept does not outlive what it shows."""
    before = (await read(client, "/ru/story/s1")).xpath("string(//h1)")
    story = await filled.stories.get("s1")
    assert story is not None
    await keep(filled, dataclasses.replace(story, headline="Новый заголовок", revision=1))
    after = (await read(client, "/ru/story/s1")).xpath("string(//h1)")
    assert before != after == "Новый заголовок"


async def test_readers_share_one_reading(filled: Store, clock: MovableClock) -> None:
    """While a page is fresh it is answered without a look into the store; then it is read anew."""
    application = make_web(filled, Settings(_env_file=None), clock, fresh=dt.timedelta(minutes=1))
    async with TestClient(TestServer(application)) as client:
        path = "/ru/story/s1"
        before = (await read(client, path)).xpath("string(//h1)")
        story = await filled.stories.get("s1")
        assert story is not None
        await keep(filled, dataclasses.replace(story, headline="Новый заголовок", revision=1))
        assert (await read(client, path)).xpath("string(//h1)") == before
        clock.move_to(samples.NOW + 2 * samples.HOUR)
        assert (await read(client, path)).xpath("string(//h1)") == "Новый заголовок"


async def test_a_merged_story_leads_to_the_whole(client: Client, filled: Store) -> None:
    """The address of a story that was merged into another goes on working."""
    whole = await filled.stories.cluster("s3")
    assert whole is not None
    await filled.stories.merge(whole, "s4")
    async with client.get("/en/story/s4", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (301, "/en/story/s3")


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_a_week_is_shown_in_one_picture(client: Client, language: str) -> None:
    """As SVG and as PNG with validators; the week's page shares the PNG, and a day's page has none."""
    path = f"/{language}/archive/2026-w11"
    async with client.get(f"{path}/card.svg") as response:
        assert (response.status, response.content_type) == (200, "image/svg+xml")
        assert "Сотрудникам маркетплейсов" in await response.text()
        tag = response.headers["ETag"]
    async with client.get(f"{path}/card.svg", headers={"If-None-Match": tag}) as response:
        assert response.status == 304
    async with client.get(f"{path}/card.png") as response:
        body, tag = await response.read(), response.headers["ETag"]
        assert (response.status, response.content_type, body[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(body[16:20], "big") == 1200
    async with client.get(f"{path}/card.png", headers={"If-None-Match": tag}) as response:
        assert response.status == 304
    page = await read(client, path)
    (image,) = page.xpath("//meta[@property='og:image']/@content")
    assert image.endswith(f"{path}/card.png")
    assert image.startswith("http://")
    assert page.xpath(f"//a[@href='{path}/card.png']")
    assert not (await read(client, f"/{language}/archive/2026-03-11")).xpath("//meta[@property='og:image']")


@pytest.mark.parametrize("week", ["2026-w99", "2024-w20", "2030-w01"])
async def test_there_is_no_picture_of_a_week_without_stories(client: Client, week: str) -> None:
    """Neither of one that never was, nor of a quiet one, nor of one to come."""
    for kind in ("svg", "png"):
        async with client.get(f"/ru/archive/{week}/card.{kind}") as response:
            assert response.status == 404
