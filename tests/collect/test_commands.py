"""`vestnik sources` and `vestnik evidence`, from the command line."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.cli import run
from bot.collect.text.article import make_article
from bot.model import Cluster, Facts, Source, Story
from bot.settings import read_settings
from bot.store import open_store

from .builders import feed, html_page


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sources file of the operator's own, with a comment in it."""
    path = tmp_path / "my.toml"
    path.write_text('# mine\n[[source]]\nid = "one"\nname = "Первый"\nurl = "https://example.org/rss"\n\n# last\n', "utf-8")
    monkeypatch.setenv("VESTNIK_SOURCES", str(path))
    return path


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """What `sources list --json` says, by id."""
    capsys.readouterr()
    assert run(["sources", "list", "--json"]) == 0
    return {entry["id"]: entry for entry in map(json.loads, capsys.readouterr().out.splitlines())}


def test_a_source_is_added_paused_and_resumed_and_comments_stay(own: Path, capsys) -> None:
    """The file stays one that people can read."""
    assert run(["sources", "add", "https://example.org/two.xml", "--name", "Второй", "--official"]) == 0
    assert run(["sources", "pause", "one", "--reason", 'say "no"']) == 0
    found = listed(capsys)
    assert (found["one"]["enabled"], found["one"]["reason"]) == (False, 'say "no"')
    assert found["vtoroj"]["official"] is True
    assert run(["sources", "resume", "one"]) == 0
    assert listed(capsys)["one"]["enabled"] is True
    assert "# mine" in own.read_text("utf-8")


def test_opml_is_imported_once(own: Path, tmp_path: Path, capsys) -> None:
    """The second time everything is known."""
    opml = tmp_path / "a.opml"
    opml.write_text(
        '<opml version="1.0"><body><outline text="Папка"><outline text="Третий" xmlUrl="https://example.org/3"/>'
        '<outline text="Плохой" xmlUrl="http://10.0.0.1/"/></outline></body></opml>',
        "utf-8",
    )
    assert run(["sources", "import", str(opml)]) == 0
    assert "1 added, 0 known already, 1 left out" in capsys.readouterr().out
    assert run(["sources", "import", str(opml)]) == 0
    assert "0 added, 1 known already" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["pause", "nobody"], ["try", "nobody"], ["check", "nobody"], ["add", "ftp://x", "--name", "X"]])
def test_a_wrong_name_or_address_is_one_line_and_exit_2(own: Path, capsys, arguments: list[str]) -> None:
    """On stderr."""
    assert run(["sources", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_packaged_list_is_not_edited(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to do instead."""
    monkeypatch.delenv("VESTNIK_SOURCES", raising=False)
    assert run(["sources", "pause", "tass"]) == 2
    assert "VESTNIK_SOURCES" in capsys.readouterr().err


PAGES = {
    "/a": html_page(
        "Минцифры хочет запретить банкам WhatsApp",
        "Минцифры подготовило законопроект, который запретит сотрудникам банков и маркетплейсов писать клиентам в WhatsApp и Telegram.",
        "Запрет предлагают ввести с 1 сентября 2026 года. Сейчас документ согласуют госорганы.",
    ),
    "/b": html_page("Сборная выиграла матч", *(f"Футболисты сборной забили гол номер {n} на стадионе в Казани." for n in range(6))),
    "/c": "<html><title>Проверка</title><body><h1>Подтвердите, что вы не робот</h1><p>Введите символы с картинки.</p></body></html>",
    "/robots.txt": "User-agent: *\nDisallow: /d",
}
TEASER = "Роскомнадзор ограничил звонки в WhatsApp и Telegram для борьбы с мошенниками, сообщила пресс-служба ведомства."


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site whose feed lists a relevant page, an irrelevant one, a captcha, a forbidden one and one more; VESTNIK_SOURCES names it."""
    titles = [("/a", "Минцифры хочет запретить банкам WhatsApp"), ("/b", "Сборная выиграла матч"), ("/c", "РКН ограничил звонки")]
    listing = feed([*titles, ("/d", "РКН ограничил звонки в Telegram"), ("/e", "Ещё одна новость")], teaser=TEASER)
    old = feed([("/old", "Давняя новость")], teaser=TEASER, published=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = {"/rss": listing, "/old.xml": old, "/empty.xml": feed([])}.get(self.path) or PAGES.get(self.path, "").encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/xml" if b"<rss" in found else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    path = tmp_path / "web.toml"
    entries = {"good": "/rss", "old": "/old.xml", "empty": "/empty.xml", "gone": "/nothing.xml", "wrong": "/a"}
    path.write_text(
        "".join(
            f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{base}{at}"\nallow_private = true\n\n' for name, at in entries.items()
        ),
        "utf-8",
    )
    monkeypatch.setenv("VESTNIK_SOURCES", str(path))
    yield base
    server.shutdown()
    thread.join()
    server.server_close()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The JSON on stdout."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_dry_run_shows_what_would_be_taken_and_why_the_rest_would_not(web: str, capsys) -> None:
    """A page, one off the subject, a captcha and a forbidden page whose teasers serve, and one beyond the limit."""
    assert run(["sources", "try", "good", "--pages", "4", "--json"]) == 0
    rows = lines(capsys)
    assert [row["taken"] for row in rows] == ["page", "no", "teaser", "teaser", "not tried"]
    assert "not about" in str(rows[1]["reason"])
    assert "captcha" in str(rows[2]["reason"])
    assert "robots.txt" in str(rows[3]["reason"])
    assert int(str(rows[0]["length"])) > 150
    assert run(["sources", "try", "old", "--json"]) == 0
    assert "30 days" in str(lines(capsys)[0]["reason"])
    assert run(["sources", "try", "good", "--pages", "1"]) == 0
    assert "Минцифры хочет запретить банкам WhatsApp" in capsys.readouterr().out


def test_a_dry_run_of_a_private_address_is_refused(web: str, capsys) -> None:
    """Only an entry of the operator's file may allow it."""
    assert run(["sources", "try", f"{web}/rss"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_check_tells_what_each_source_gives_and_what_to_do(web: str, capsys) -> None:
    """Exit 0 when all work, 1 when one does not."""
    assert run(["sources", "check", "good", "--json"]) == 0
    (row,) = lines(capsys)
    assert (row["status"], row["items"], row["encoding"]) == ("ok", 5, "utf-8")
    assert run(["sources", "check", "--json"]) == 1
    found = {row["id"]: row for row in lines(capsys)}
    assert {name: row["status"] for name, row in found.items()} == {
        "good": "ok",
        "old": "ok",
        "empty": "empty",
        "gone": "gone",
        "wrong": "no feed",
    }
    assert "abandoned" in str(found["old"]["advice"])
    assert all(row["advice"] for name, row in found.items() if name != "good")
    assert run(["sources", "check", "good"]) == 0
    assert "what to do" in capsys.readouterr().out


def test_a_source_that_was_added_can_be_tried_at_once(own: Path, web: str, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is made if there is none."""
    path = own.with_name("fresh.toml")
    monkeypatch.setenv("VESTNIK_SOURCES", str(path))
    assert run(["sources", "add", "https://example.org/rss", "--name", "Новый", "--id", "new", "--interval", "5m"]) == 0
    path.write_text(path.read_text("utf-8").replace("https://example.org", web) + "allow_private = true\n", "utf-8")
    capsys.readouterr()
    assert run(["sources", "try", "new", "--pages", "0", "--json"]) == 0
    assert len(lines(capsys)) == 5


def test_the_evidence_of_a_story_is_a_zip_whose_hashes_hold(valkey: str, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both texts of a revised article, with the address and time of each; an article that is gone is named."""
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)
    monkeypatch.chdir(tmp_path)
    now = dt.datetime(2026, 2, 10, 6, tzinfo=dt.UTC)
    url = "https://example.org/a"
    texts = ["Первый текст.", "Второй текст."]

    async def fill() -> None:
        async with open_store(read_settings()) as store:
            await store.client.flushall()
            for number, text in enumerate(texts):
                when = now + dt.timedelta(hours=number)
                await store.articles.put(make_article(url=url, title="Заголовок", lines=[text], outlet="Первый", fetched=when))
            found = await store.articles.find(url)
            assert found is not None
            sources = tuple(Source(article_id=one, outlet="Первый", url=url, title="Заголовок") for one in (found, "gone"))
            story = Story(
                id="s1", thread="s1", headline="Заголовок", summary=(), facts=Facts(), sources=sources, first_seen=now, updated=now
            )
            await store.stories.put(Cluster(story=story, readings=()), previous=None)

    async def clear() -> None:
        async with open_store(read_settings()) as store:
            await store.client.flushall()

    asyncio.run(fill())
    assert run(["evidence", "s1"]) == 0
    assert "2 texts; 1 were removed by the retention" in capsys.readouterr().out
    with zipfile.ZipFile(io.BytesIO((tmp_path / "s1.zip").read_bytes())) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for entry, text in zip(manifest["texts"], texts, strict=True):
            assert hashlib.sha256(archive.read(entry["file"])).hexdigest() == entry["sha256"]
            assert hashlib.sha256(text.encode()).hexdigest() == entry["text_hash"]
            assert text in archive.read(entry["file"]).decode()
    assert [(entry["url"], entry["fetched"][:13]) for entry in manifest["texts"]] == [(url, "2026-02-10T06"), (url, "2026-02-10T07")]
    assert manifest["missing"] == ["gone"]
    assert run(["evidence", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    asyncio.run(clear())
