"""Headers, limits, caching, health and what happens when the store is away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import MovableClock
from bot.errors import StoreUnavailable
from bot.settings import Settings
from bot.store import open_store
from bot.store.embedded import Embedded
from bot.store.polls import PollState
from bot.web import Check, lister, make_web, slots_probe, sources_probe, store_probe
from bot.web.guard import BURST
from tests.web import samples
from tests.web.conftest import Client, keep


async def test_every_answer_carries_the_security_headers(client: Client) -> None:
    """A strict policy without inline script, on pages, errors, redirects and files alike."""
    for path in ["/ru/", "/ru/nothing", "/static/site.css", "/api/v1/stories", "/healthz", "/", "/ru/archive"]:
        await check_headers(client, path)


async def check_headers(client: Client, path: str) -> None:
    async with client.get(path, allow_redirects=False) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "path", ["/ru/", "/ru/story/s1", "/ru/atom.xml", "/calendar.ics", "/api/v1/stories", "/static/site.css", "/sitemap.xml"]
)
async def test_what_the_client_has_is_not_sent_again(client: Client, path: str) -> None:
    """304 without a body for a matching tag, 200 for another."""
    async with client.get(path) as first:
        tag = first.headers["ETag"]
    for header in (tag, f'"other", W/{tag}', "*"):
        async with client.get(path, headers={"If-None-Match": header}) as again:
            assert (again.status, await again.read()) == (304, b"")
            assert again.headers["ETag"] == tag
    async with client.get(path, headers={"If-None-Match": '"other"'}) as changed:
        assert changed.status == 200


async def test_a_hurried_client_waits_and_others_do_not(client: Client) -> None:
    """Past the burst 429 with Retry-After, for that client alone; health is always answered."""
    statuses = []
    for _ in range(BURST + 40):
        async with client.get("/robots.txt", headers={"X-Forwarded-For": "203.0.113.7"}) as response:
            statuses.append(response.status)
    assert statuses[0] == 200
    assert 429 in statuses
    async with client.get("/robots.txt", headers={"X-Forwarded-For": "203.0.113.8"}) as response:
        assert response.status == 200
    async with client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"}) as response:
        assert response.status == 200


async def test_store_away_is_said_and_comes_back(tmp_path: Path, clock: MovableClock) -> None:
    """503 in words with Retry-After, in JSON for the API; the next request after the store is back is served."""
    server = Embedded(tmp_path / "store")
    settings = Settings(_env_file=None, redis_url=f"unix://{server.ensure()}")
    async with open_store(settings, clock) as store:
        await keep(store, samples.shelf()[0])
        async with TestClient(TestServer(make_web(store, settings, clock, fresh=dt.timedelta(0)))) as client:
            server.release()
            async with client.get("/ru/story/s1") as response:
                assert (response.status, response.headers["Retry-After"]) == (503, "30")
                assert "хранилище не отвечает" in await response.text()
            async with client.get("/api/v1/stories") as response:
                assert response.status == 503
                assert (await response.json())["error"]
            server.ensure()
            try:
                async with client.get("/ru/story/s1") as response:
                    assert response.status == 200
            finally:
                server.release()


async def test_ready_names_what_fails(client: Client, checks: list[Check]) -> None:
    """200 while every check holds, 503 with the failing one named; alive all the while."""
    async with client.get("/readyz") as response:
        assert response.status == 200
    checks.append(Check(name="slots", ok=False, detail="09:00 was missed"))
    async with client.get("/readyz") as response:
        assert response.status == 503
        assert {"name": "slots", "ok": False, "detail": "09:00 was missed"} in (await response.json())["checks"]
    async with client.get("/healthz") as response:
        assert response.status == 200


async def test_metrics_are_in_the_scrapers_format(client: Client) -> None:
    """Prometheus text with the process's own figures."""
    async with client.get("/metrics") as response:
        assert response.status == 200
        assert "# TYPE" in await response.text()


async def test_a_store_that_raises_is_not_ready() -> None:
    """A probe's failure is raised to whoever looks, which turns it into a check."""

    async def away() -> None:
        raise StoreUnavailable("gone")

    with pytest.raises(StoreUnavailable):
        await store_probe(away)()


async def test_most_sources_dark_is_not_ready(clock: MovableClock) -> None:
    """One dark source of three is the administrator's concern; two of three mean that the program reads nothing."""
    good = PollState(succeeded=samples.NOW)
    dark = PollState(failures=9, error="timed out", succeeded=samples.NOW - 2 * samples.DAY)
    known = {"a": good, "b": good, "c": dark}

    async def states() -> dict[str, PollState]:
        return known

    probe = sources_probe(states, clock)
    assert [check.ok for check in await probe()] == [True]
    known["b"] = dark
    (check,) = await probe()
    assert (check.ok, check.detail) == (False, "2 of 3 dark: b, c, last read 0 min ago")


async def test_a_missed_slot_is_not_ready(clock: MovableClock) -> None:
    """An edition a few minutes late is not news; one a quarter of an hour late is."""
    slot: dt.datetime | None = samples.NOW

    async def soonest() -> dt.datetime | None:
        return slot

    probe = slots_probe(soonest, clock)
    for minutes, ok in ((0, True), (9, True), (15, False)):
        clock.move_to(samples.NOW + dt.timedelta(minutes=minutes))
        assert [check.ok for check in await probe()] == [ok]
    slot = None
    assert [check.ok for check in await probe()] == [True]


async def test_sources_are_listed_with_their_health(client: Client) -> None:
    """Authorities first, each with its state; a source never read is listed too."""

    class Spec:
        id, name, url, official = "new", "Новый", "https://example.org", False

    async def states() -> dict[str, PollState]:
        return {}

    (state,) = await lister([Spec()], states)()
    assert (state.id, state.read, state.failures) == ("new", None, 0)
    async with client.get("/ru/sources") as response:
        text = await response.text()
    assert text.index("Роскомнадзор") < text.index("Интерфакс")
    assert "не отвечает, 3 попытки" in text
