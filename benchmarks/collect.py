"""What 1,000 sources at 10-minute intervals cost: CPU of one collector over the real store and 1,000 feeds on loopback.

Usage: python benchmarks/collect.py [--sources 1000] [--rounds 2]
       python -m benchmarks.collect --pages 6      the text of pages, ours beside others' readers, on the layouts of the tests

Each round polls every source once, as ten minutes do. The feeds and pages are served by another process, whose CPU is not counted.
A tenth of the feeds change from round to round and bring one new article; the rest answer 304 or with the same bytes.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import multiprocessing as mp
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web

from bot.clock import SystemClock
from bot.collect import Collector, Fetcher, SourceSpec
from bot.collect.politeness import Politeness
from bot.model import Article
from bot.settings import Settings
from bot.store import open_store

PERIOD = dt.timedelta(minutes=10).total_seconds()
TEXT = "".join(f"<p>Роскомнадзор сообщил о новых правилах для сервисов, это абзац номер {n} большой статьи.</p>" for n in range(12))


def serve(pipe: Connection, changing: int) -> None:
    """1,000 feeds of 30 items; every `changing`-th has something new in each round."""

    async def main() -> None:
        asked: dict[str, int] = {}

        async def feed(request: web.Request) -> web.Response:
            number = int(request.match_info["number"])
            asked[request.path] = asked.get(request.path, -1) + 1
            fresh = asked[request.path] if number % changing == 0 else 0
            etag = f'"{fresh}"'
            if number % 2 and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304)
            items = "".join(
                f"<item><title>Новость {number} {n}</title><link>/page/{number}/{n}</link>"
                f"<description>{'Тизер новости. ' * 8}</description></item>"
                for n in range(fresh, fresh + 30)
            )
            body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Лента</title>{items}</channel></rss>'
            return web.Response(text=body, content_type="text/xml", headers={"ETag": etag} if number % 2 else {})

        async def page(request: web.Request) -> web.Response:
            title = f"Новость {request.path}"
            body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{TEXT}<p>{request.path}</p></div></body></html>"
            return web.Response(text=body, content_type="text/html")

        app = web.Application()
        app.router.add_get("/feed/{number}", feed)
        app.router.add_get("/page/{path:.*}", page)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.to_thread(pipe.recv)

    asyncio.run(main())


async def measure(port: int, sources: int, rounds: int, folder: Path) -> None:
    """Prints CPU seconds a round and what part of one core that is over ten minutes."""
    clock = SystemClock()
    specs = [
        SourceSpec(id=f"s{n}", name=f"S{n}", url=f"http://127.0.0.1:{port}/feed/{n}", allow_private=True, max_items=30)
        for n in range(sources)
    ]
    taken: list[str] = []

    async def take(article: Article) -> None:
        taken.append(article.id)

    settings = Settings(_env_file=None, data_dir=folder)
    async with open_store(settings, clock) as store, Fetcher(settings) as fetcher:
        politeness = Politeness(fetcher, clock, at_once=32, delay=0.0)
        # The first round reads nothing but the feeds: a backlog of 30 pages each is not what ten minutes bring.
        first = Collector(
            store.polls, store.articles, fetcher, specs, clock, take, visits=store.visits, politeness=politeness, worth=lambda _: False
        )
        await first.once()
        collector = Collector(store.polls, store.articles, fetcher, specs, clock, take, visits=store.visits, politeness=politeness)
        for number in range(1, rounds + 1):
            taken.clear()
            before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
            report = await collector.once()
            after, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - began
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"round {number}: {report.polled} sources, {len(report.failed)} failed, {report.unchanged} unchanged, "
                f"{len(taken)} new pages, "
                f"{cpu:.1f} s of CPU, {wall:.1f} s: {100 * cpu / PERIOD:.1f} % of one core at 10-minute intervals, "
                f"{after.ru_maxrss / 1024:.0f} MB at most"
            )


def compare(count: int) -> None:
    """Prints word F1 of each reader on `count` articles in every layout: plain, without class names, without heading and title too."""
    import justext
    import trafilatura
    from lxml import html

    from tests.collect.layouts import LAYOUTS, items
    from tests.collect.test_layouts import headless, nameless, read, score

    stop = justext.get_stoplist("Russian")
    readers: dict[str, Callable[[str], str]] = {
        "ours": read,
        "trafilatura": lambda page: trafilatura.extract(page) or "",
        "trafilatura, favor_precision": lambda page: trafilatura.extract(page, favor_precision=True) or "",
        "jusText": lambda page: "\n".join(part.text for part in justext.justext(page.encode(), stop) if not part.is_boilerplate),
        "all text": lambda page: " ".join(html.fromstring(page).xpath("//body//text()[not(parent::script or parent::style)]")),
    }
    changes: dict[str, Callable[[str], str]] = {
        "as it is": str,
        "no names": nameless,
        "no names, heading, title": lambda page: nameless(headless(page)),
    }
    made = items(count, seed=5)
    print(f"{len(LAYOUTS)} layouts, {count} articles each; word F1, and the seconds of CPU a page")
    for label, reader in readers.items():
        began = time.process_time()
        row = [[score(reader(change(page)), gold) for layout in LAYOUTS for page, gold in map(layout, made)] for change in changes.values()]
        cost = (time.process_time() - began) / len(row) / len(row[0])
        print(
            f"{label:30}"
            + "".join(f"{name}: {sum(part) / len(part):.3f}  " for name, part in zip(changes, row, strict=True))
            + f"{cost:.3f} s"
        )


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--changing", type=int, default=10, help="every Nth feed has something new in each round")
    parser.add_argument("--pages", type=int, default=0, help="compare readers of pages on this many articles, and do nothing else")
    options = parser.parse_args()
    if options.pages:
        compare(min(options.pages, 100))
        return
    ours, theirs = mp.Pipe()
    server = mp.get_context("spawn").Process(target=serve, args=(theirs, options.changing), daemon=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(ours.recv(), min(options.sources, 5000), min(options.rounds, 20), Path(folder)))
    finally:
        ours.send("stop")
        server.join(5)


if __name__ == "__main__":
    main()
