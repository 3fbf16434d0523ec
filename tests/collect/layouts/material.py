"""What the pages of the test bed are made of: a text that is known word for word, and the furniture that stands around it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import bot.analyse

Wrap = Callable[[str, str], str]

MENU: Final = (
    "Политика",
    "Экономика",
    "Общество",
    "Происшествия",
    "Технологии",
    "Спорт",
    "Культура",
    "Недвижимость",
    "Авто",
    "Спецпроекты",
)
LEGAL: Final = (
    "© 1998–2026 Сетевое издание «Портал». Зарегистрировано Федеральной службой по надзору в сфере связи, информационных технологий и массовых "
    "коммуникаций. Свидетельство Эл № ФС77-00000 от 1 января 2020 года. Учредитель: ООО «Издатель». Главный редактор: Иванова И. И. Все права "
    "защищены. При полном или частичном использовании материалов гиперссылка на сайт обязательна. Редакция не несёт ответственности за "
    "достоверность информации, содержащейся в рекламных объявлениях. На сайте применяются рекомендательные технологии."
)
COOKIE: Final = (
    "Мы используем файлы cookie для улучшения работы сайта и анализа трафика. Продолжая пользоваться сайтом, вы соглашаетесь с политикой "
    "обработки персональных данных."
)
AGENT: Final = (
    "НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЕН, РАСПРОСТРАНЕН И (ИЛИ) НАПРАВЛЕН ИНОСТРАННЫМ АГЕНТОМ «ИЗДАНИЕ» ЛИБО КАСАЕТСЯ ДЕЯТЕЛЬНОСТИ "
    "ИНОСТРАННОГО АГЕНТА «ИЗДАНИЕ». 18+"
)
BANNED: Final = "* Деятельность компании Meta (Facebook и Instagram) признана экстремистской и запрещена на территории России."


@dataclass(frozen=True)
class Item:
    """One article: its text as (tag, text) parts, and what else the page may show."""

    title: str
    lead: str
    parts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    blurbs: tuple[str, ...]
    """Prose of other news, one for each of `heads`."""
    chance: random.Random

    def text(self, *, lead: bool = True) -> str:
        """What a reader would call the text of the article."""
        return "\n".join([self.lead] * lead + [text for _, text in self.parts])

    def body(self, wrap: Wrap | None = None, insets: Sequence[str] = (), *, linked: bool = True) -> str:
        """The parts as markup, with insets between them; list entries stand in a list."""
        rows: list[str] = []
        for number, (tag, text) in enumerate(self.parts):
            shown = _decorated(text, self.chance) if linked and tag == "p" else text
            rows.append(wrap(tag, shown) if wrap else f"<{tag}>{shown}</{tag}>")
            if insets and number and number % 3 == 0:
                rows.append(insets[(number // 3 - 1) % len(insets)])
        return re.sub(r"((?:<li>.*?</li>)+)", r"<ul>\1</ul>", "".join(rows))


def _decorated(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    if len(words) > 8 and chance.random() < 0.4:
        at = chance.randrange(len(words) - 4)
        words[at : at + 3] = [f'<a href="/x{at}">{" ".join(words[at : at + 3])}</a>']
    if len(words) > 6 and chance.random() < 0.2:
        words[0] = f"<b>{words[0]}</b>"
    return " ".join(words)


def items(count: int, seed: int = 1) -> list[Item]:
    """Articles of 2 to 14 paragraphs, some with subheadings, lists and quotations, from our own retellings of news."""
    folder = Path(bot.analyse.__file__).parent / "training"
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines() if line.strip()]
    pool = [(row["title"], [part for part in re.split(r"(?<=[.!?»])\s+(?=[А-ЯЁ«A-Z])", row["text"]) if len(part) > 20]) for row in rows]
    pool = [pair for pair in pool if len(pair[1]) >= 2]
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        chosen = chance.sample(pool, 12)
        wanted = chance.choice([2, 4, 6, 9, 14])
        sentences = [sentence for _, text in chosen[:7] for sentence in text]
        parts: list[tuple[str, str]] = []
        spare = sentences[1:]
        while spare and len(parts) < wanted:
            size = chance.choice([1, 1, 2, 3])
            text, spare = " ".join(spare[:size]), spare[size:]
            kind = chance.random()
            if parts and kind < 0.1 and wanted > 4:
                parts.append(("h2", " ".join(chosen[len(parts) % 7][0].split()[:5])))
            elif parts and kind < 0.18 and wanted > 4:
                parts += [("li", text), ("li", f"{spare[0].rstrip('.')};" if spare else text), ("li", "штраф до 500 тысяч рублей")]
                spare = spare[1:]
                continue
            elif kind < 0.26:
                text = f"«{text.rstrip('.')}», — сказал он."
            parts.append(("p", text))
        made.append(
            Item(
                title=chosen[0][0],
                lead=sentences[0],
                parts=tuple(parts),
                heads=tuple(pair[0] for pair in chosen[7:]) + tuple(pair[0] for pair in chance.sample(pool, 5)),
                blurbs=tuple(pair[1][0] for pair in chosen[7:]) + tuple(pair[1][0] for pair in chance.sample(pool, 5)),
                chance=random.Random(chance.random()),
            )
        )
    return made


def menu(tag: str = "li") -> str:
    """The rubrics of a site."""
    return "".join(f'<{tag}><a href="/{n}">{name}</a></{tag}>' for n, name in enumerate(MENU))


def links(item: Item, tag: str = "li", count: int = 8) -> str:
    """Headlines of other news."""
    return "".join(f'<{tag}><a href="/news/{n}">{head}</a></{tag}>' for n, head in enumerate(item.heads[:count]))


def cards(item: Item, name: str, count: int = 5) -> str:
    """Other news with a time, a headline and its first sentence."""
    return "".join(
        f'<div class="{name}"><span>1{n}:2{n}</span><a href="/n{n}"><h3>{head}</h3></a><p>{blurb}</p></div>'
        for n, (head, blurb) in enumerate(zip(item.heads[:count], item.blurbs, strict=False))
    )


def page(item: Item, body: str, *, head: str = "", site: str = "Портал") -> str:
    """A whole document."""
    return f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{item.title} — {site}</title>{head}</head><body>{body}</body></html>'


def ld(item: Item, **more: str) -> str:
    """JSON-LD of an article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": item.title, "datePublished": "2025-08-13T10:00:00+03:00"}
    return f'<script type="application/ld+json">{json.dumps(data | more, ensure_ascii=False)}</script>'
