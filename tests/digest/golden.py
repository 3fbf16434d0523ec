"""Everything that people read, rendered; `python -m tests.digest.golden` writes it anew beside the tests, to be read before it is kept."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from bot.digest import alert, build, calendar, card, correction, irrelevant, reading_card, weekly, write
from bot.digest.calendar import agenda, entries
from bot.digest.render import html, ics, markdown, telegram, text, vk
from bot.digest.render import json as as_json
from bot.model import Development, Digest, Filter, Group, Length, Message, Period

from .samples import ARTICLE, DAY, NOW, morning, viber, workban

HERE = Path(__file__).parent / "golden"
NEXT = NOW + dt.timedelta(days=1)


def files() -> dict[str, str]:
    """Each golden file and what it must hold."""
    russian, english = edition("ru"), edition("en")
    week = build(morning(), period=Period(since=NOW - dt.timedelta(days=7), until=NOW))
    due = entries(morning(), since=NOW.date(), until=dt.date(2027, 1, 1))
    wrong = Development(kind="correction", before="штраф 15 млн ₽", after="штраф 1 млн ₽", at=NOW)
    return {
        "digest-ru.txt": text.render(write(russian, next_at=NEXT)),
        "digest-en.txt": text.render(write(english, next_at=NEXT)),
        "digest-full-ru.txt": text.render(write(russian, length=Length.FULL, next_at=NEXT)),
        "digest-headlines-ru.txt": text.render(write(russian, length=Length.HEADLINES)),
        "digest-ru.telegram.json": payloads(telegram.render(write(russian, next_at=NEXT))),
        "digest-ru.vk.json": payloads(vk.render(write(russian, next_at=NEXT))),
        "digest-ru.html": html.render(write(russian, next_at=NEXT)),
        "digest-ru.md": markdown.render(write(russian, next_at=NEXT)),
        "digest-ru.json": as_json.render_digest(russian),
        "digest-empty-ru.txt": text.render(write(build([], period=DAY, filter=Filter(audiences=(Group.BANKS,))), next_at=NEXT)),
        "weekly-ru.txt": text.render(weekly(week)),
        "card-ru.txt": text.render(card(workban(), related=(viber(),))),
        "card-en.txt": text.render(card(workban(), language="en")),
        "card-ru.telegram.json": payloads(telegram.render(card(workban()))),
        "card-ru.vk.json": payloads(vk.render(card(workban(), quotes=False))),
        "reading-ru.txt": text.render(reading_card(ARTICLE, story=workban())),
        "irrelevant-ru.txt": text.render(irrelevant(ARTICLE, action="retell:a1")),
        "alert-ru.txt": text.render(alert([viber()], news={"viber": viber().developments})),
        "correction-ru.txt": text.render(correction(viber(), [wrong])),
        "calendar-ru.txt": text.render(calendar(agenda(morning(), today=NOW.date(), days=730))),
        "calendar-en.txt": text.render(calendar(agenda(morning(), today=NOW.date(), days=730), language="en")),
        "calendar-ru.ics": ics.render(due, now=NOW).decode().replace("\r\n", "\n"),
    }


def edition(language: str) -> Digest:
    return build(morning(), period=DAY, told={"viber": 1}, language=language)


def payloads(message: Message) -> str:
    """What the platform is sent, with the JSON inside of JSON opened so that a person can read it."""
    opened = [
        {key: json.loads(str(value)) if key in ("keyboard", "format_data") else value for key, value in part.payload.items()}
        for part in message.parts
    ]
    return json.dumps(opened, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, content in files().items():
        (HERE / name).write_text(content, encoding="utf-8")
