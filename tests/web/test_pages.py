"""Every page in both languages: status, language, content, addresses; nothing of what strangers wrote acts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from lxml import html

from bot.clock import MovableClock
from bot.model import Group, Measure, Stage, Status, Step
from bot.settings import Settings
from bot.store import Store
from bot.web import make_web
from bot.web.app import SITE
from bot.web.figures import measured
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
    assert {link.get("hreflang") for link in page.xpath("//link[@rel='alternate'][@hreflang]")} == {"ru", "en", "x-default"}
    assert not page.xpath("//script")
    assert not page.xpath("//@style")
    assert not [name for name in page.xpath("//@*") if name.attrname.startswith("on")]


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_link_of_the_site_is_broken(client: Client, language: str) -> None:
    """Following every inner link from the front page, page after page, never ends in an error; what a link points at within a page is there.

    Of the archive, whose days go back for years, the year of the stories.
    """
    waiting, seen, base = [f"/{language}/"], set(), str(client.make_url("")).rstrip("/")
    while waiting:
        path = waiting.pop()
        if path in seen or ("/archive/" in path and "/archive/2026-" not in path):
            continue
        seen.add(path)
        # Each page by another reader: a crawler this quick would be asked to wait.
        async with client.get(path, headers={"X-Forwarded-For": f"198.51.{len(seen) // 100}.{len(seen) % 100}"}) as response:
            assert response.status in (200, 410), path
            body = await response.read()
            if response.content_type == "text/html":
                page = html.document_fromstring(body)
                links = page.xpath("//a/@href | //link/@href | //form/@action | //img/@src")
                links += [address.removeprefix(base) for address in page.xpath("//meta[@property='og:image']/@content")]
                assert {link[1:] for link in links if link.startswith("#")} <= set(page.xpath("//@id")), path
                waiting += [link.partition("#")[0] for link in links if link.startswith("/") and not link.startswith("//")]
    assert len(seen) > 200
    assert {"/calendar.ics", "/api/v1/openapi.json", "/llms.txt"} <= {path.partition("?")[0] for path in seen}


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


async def test_both_pictures_of_the_year_count_the_same_year(client: Client, filled: Store) -> None:
    """A story of half a year ago stands in both, one of two years ago in none; together the stages are as many as the page says."""
    for number, days in ((901, 200), (902, 800)):
        told = samples.NOW - dt.timedelta(days=days)
        await keep(
            filled,
            samples.story(
                number,
                "Skype заблокируют",
                measure=Measure.BLOCKING,
                status=Status.DRAFT,
                messengers=("Skype",),
                first_seen=told,
                updated=told,
            ),
        )
    page = await read(client, "/en/overview")
    said = page.xpath("string(//figure[@class='stages']//desc)")
    staged = sum(int(part.partition(": ")[2]) for part in said.split("; ") if part.strip())
    assert staged == int(re.findall(r"\d+", page.xpath("string(//p[@class='note'])"))[0])
    assert staged == await filled.stories.count() - 2, "all but the old one and the one that was retracted"
    assert page.xpath("//table//tr[th/a='Skype']/td[text()='1']")


async def test_a_story_is_marked_on_the_ladder_of_its_thread(client: Client, filled: Store) -> None:
    """A draft that became a law: its page says which step it is, that the law came later, and leads there; the law's page leads back."""
    draft = await filled.stories.get("s1")
    law = await filled.stories.get("s2")
    assert draft is not None
    assert law is not None
    await keep(filled, dataclasses.replace(draft, timeline=law.timeline, revision=draft.revision + 1))
    for name, marks, other in (
        ("s1", ["9 December 2025, this story", "passed, the sources do not tell of it", "19 February 2026, later", "ahead"], "s2"),
        ("s2", ["9 December 2025", "passed, the sources do not tell of it", "19 February 2026, this story", "ahead"], "s1"),
    ):
        page = await read(client, f"/en/story/{name}")
        said = page.xpath("string(//figure[@class='ladder']//desc)")
        assert [part.partition(": ")[2] for part in said.split("; ") if part.strip()] == marks
        assert page.xpath("//ol[@class='way']//a/@href") == [f"/en/story/{other}"]
        assert page.xpath("//ol[@class='way']/li[@aria-current]//b/text()") == ["this story"]
        assert len(page.xpath("//circle[contains(@class, 'later')]")) == (name == "s1")
    assert not (await read(client, "/en/story/s6")).xpath("//ol[@class='way'] | //circle[contains(@class, 'later')]")


async def test_no_parliament_stands_on_the_way_of_what_a_city_orders(client: Client, filled: Store) -> None:
    """An order of Moscow is adopted, not signed, and the State Duma is not foretold; nor on the pages of its thread, where others do not say where."""
    law = await filled.stories.get("s2")
    assert law is not None
    order = dataclasses.replace(law, facts=dataclasses.replace(law.facts, territory="Moscow"), revision=law.revision + 1)
    await keep(filled, dataclasses.replace(order, timeline=order.timeline[1:]))
    labels = (await read(client, "/ru/story/s2")).xpath("//figure[@class='ladder']//text[contains(@class, 'label')]/text()")
    assert labels == ["проект", "принят", "действует"]
    for path in ("/ru/story/s1", "/ru/thread/s1"):
        assert "Госдума" not in (await read(client, path)).xpath("string(//figure[@class='ladder'])"), "one of the thread said where"
    assert "Госдума" in (await read(client, "/ru/story/s6")).xpath("string(//figure[@class='ladder'])")


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


async def test_how_well_it_reads_is_shown_as_it_was_measured(client: Client) -> None:
    """The figures on the page are those of docs/evaluation.md, beside how the sources are."""
    document = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    rows = {cells[0]: cells for line in document.splitlines() if len(cells := [cell.strip() for cell in line.strip("| ").split("|")]) == 6}
    page = await read(client, "/en/how")
    shown = {row.xpath("string(th)"): row.xpath("td/text()") for row in page.xpath("//table[@class='figures']/tbody/tr")}
    assert len(shown) == len(measured().figures) == 8
    for one in measured().figures:
        *_, known, _, _, unseen = rows[one.row]
        assert (one.known, one.unseen) == (float(known), float(unseen)), one.row
        name = client.app[SITE].voice("en").say(f"web-figure-{one.key}")  # type: ignore[union-attr]
        assert shown[name] == [f"{one.known * 100:.0f}", f"{one.unseen * 100:.0f}"]
    assert f"the {measured().known_articles} labelled articles" in document
    assert f"and of {measured().unseen_articles}" in document
    assert "2 sources are read, 1 of them of authorities. 1 does not answer." in " ".join(page.text_content().split())


async def test_a_quiet_day_leads_to_the_nearest_with_stories(client: Client) -> None:
    """An empty day or week of the archive is no dead end: it names the last one before and the first one after."""
    page = await read(client, "/ru/archive/2026-03-09")
    assert "Сюжетов нет" in page.text_content()
    near = page.xpath("//div[@class='column']/p[last()]/a/@href")
    assert len(near) == 2
    for path in near:
        assert (await read(client, path)).xpath("//article"), path
    (only,) = (await read(client, "/ru/archive/2024-w20")).xpath("//div[@class='column']/p[last()]/a/@href")
    assert (await read(client, only)).xpath("//article")


async def test_a_dense_day_is_told_page_by_page(client: Client, filled: Store) -> None:
    """All stories of a day and of a week can be reached, each once, the weightiest first; a page that is not there is missing."""
    for number in range(70):
        made = samples.story(500 + number, f"Сюжет {number}", measure=samples.Measure.FINE, status=samples.Status.RULING)
        moment = samples.NOW - 40 * samples.DAY + dt.timedelta(minutes=number)
        await keep(filled, dataclasses.replace(made, updated=moment, first_seen=moment, importance=number / 100))
    for start in ("/ru/archive/2026-01-30", "/ru/archive/2026-w05"):
        seen, numbers, path = [], [], start
        while path:
            page = await read(client, path)
            assert page.xpath("string(//link[@rel='canonical']/@href)").endswith(path)
            seen += page.xpath("//article//h3/a/@href")
            numbers += [int(text) for text in page.xpath("//article//span[@class='number']/text()")]
            (path,) = page.xpath("//p[@class='paging'][last()]/a[@rel='next' and contains(@href, 'page=')]/@href") or ("",)
        assert len(seen) == len(set(seen)) == 70
        assert numbers == list(range(1, 71))
        assert seen[:1] == ["/ru/story/s569"]
        assert seen[-1:] == ["/ru/story/s500"]
        for wrong in ("4", "0", "x", "1000"):
            await read(client, f"{start}?page={wrong}", status=404)


@pytest.mark.parametrize(("path", "language"), [("/ru/nothing", "ru"), ("/en/nothing", "en"), ("/nothing", "ru")])
async def test_what_is_missing_is_said_in_the_addresss_language(client: Client, path: str, language: str) -> None:
    """Whatever the browser likes best, where the address begins with a language."""
    wished = "en" if path.startswith("/ru") else "ru"
    assert (await read(client, path, 404, **{"Accept-Language": wished})).get("lang") == language


async def test_every_messenger_and_audience_has_its_page(client: Client, filled: Store) -> None:
    """Also one that nobody writes of now: what there was of it is found however far back; one never named has a page that says so."""
    old = samples.story(900, "Скайп обязали хранить переписку", measure=samples.Measure.OBLIGATION, status=samples.Status.RULING)
    moment = samples.NOW - 2000 * samples.DAY
    facts = dataclasses.replace(old.facts, messengers=("Skype",), audiences=(Group.MILITARY,))
    await keep(filled, dataclasses.replace(old, facts=facts, updated=moment, first_seen=moment))
    for number in range(1010):
        late = samples.NOW + dt.timedelta(seconds=number)
        made = samples.story(2000 + number, f"Новый {number}", measure=samples.Measure.FINE, status=samples.Status.RULING)
        await keep(filled, dataclasses.replace(made, updated=late, first_seen=late))
    assert "Skype" in (await read(client, "/ru/messengers")).text_content()
    for path in ("/ru/messengers/skype", "/en/audiences/military"):
        assert (await read(client, path)).xpath("//article//h2/a/text()") == ["Скайп обязали хранить переписку"], path
    assert "Сюжетов нет" in (await read(client, "/ru/messengers/threema")).text_content()
    for link in (await read(client, "/en/messengers")).xpath("//main//a/@href"):
        await read(client, link, **{"X-Forwarded-For": "198.51.100.7"})


async def test_a_rung_that_was_passed_unsaid_is_not_ahead(client: Client, filled: Store) -> None:
    """The picture's words say which steps lie behind though no source told of them, and which are still to come."""
    story = await filled.stories.get("s1")
    assert story is not None
    step = Step(stage=Stage.ADOPTED, status=Status.ADOPTED, date=dt.date(2026, 3, 3), story_id="s1")
    await keep(filled, dataclasses.replace(story, timeline=(step,), revision=story.revision + 1))
    said = (await read(client, "/en/story/s1")).xpath("string(//figure[@class='ladder']//desc)")
    assert [part.partition(": ")[2] for part in said.split("; ") if part.strip()] == [
        "passed, the sources do not tell of it",
        "passed, the sources do not tell of it",
        "3 March 2026",
        "ahead",
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_page_is_sent_twice(client: Client, language: str) -> None:
    """Every kind of page has a validator of its content and is answered 304 without a body to whoever has it."""
    tags = set()
    for number, path in enumerate(PAGES):
        mine = {"X-Forwarded-For": f"198.51.100.{number}"}
        async with client.get(f"/{language}{path}", headers=mine) as first:
            tag = first.headers["ETag"]
            assert "max-age" in first.headers["Cache-Control"], path
        async with client.get(f"/{language}{path}", headers={**mine, "If-None-Match": tag}) as again:
            assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag), path
        tags.add(tag)
    assert len(tags) == len(PAGES)


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
    assert page.xpath(f"//img[@src='{path}/card.png']/@alt")


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_page_has_a_picture_to_share(client: Client, language: str) -> None:
    """A story its own, a week its own, the others the name: PNG, 1200 pixels wide, with validators."""
    for path, image in [("/story/s1", "/story/s1/card.png"), ("/calendar", "/card.png"), ("/", "/card.png"), ("/thread/s1", "/card.png")]:
        page = await read(client, f"/{language}{path}")
        (address,) = page.xpath("//meta[@property='og:image']/@content")
        assert address == str(client.make_url(f"/{language}{image}"))
        assert page.xpath("//meta[@property='og:image:alt']/@content")[0]
        async with client.get(f"/{language}{image}") as response:
            body, tag = await response.read(), response.headers["ETag"]
            assert (response.status, response.content_type, int.from_bytes(body[16:20], "big")) == (200, "image/png", 1200)
        async with client.get(f"/{language}{image}", headers={"If-None-Match": tag}) as response:
            assert response.status == 304
    for story in ("s7", "none"):
        async with client.get(f"/{language}/story/{story}/card.png") as response:
            assert response.status == 404


@pytest.mark.parametrize("week", ["2026-w99", "2024-w20", "2030-w01"])
async def test_there_is_no_picture_of_a_week_without_stories(client: Client, week: str) -> None:
    """Neither of one that never was, nor of a quiet one, nor of one to come."""
    for kind in ("svg", "png"):
        async with client.get(f"/ru/archive/{week}/card.{kind}") as response:
            assert response.status == 404
