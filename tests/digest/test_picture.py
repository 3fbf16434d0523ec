"""The week in one picture: its size, its words, that they stand within it, and that nothing strangers wrote harms it."""

from __future__ import annotations

import datetime as dt
import struct
import zlib

import pytest
from lxml import etree

from bot import digest
from bot.digest.lettering import faces
from bot.digest.picture import LEAST_HEIGHT, MARGIN, SHOWN, WIDTH, Card, draw, png
from bot.model import Facts, Measure, Period, Status
from tests.digest import samples

WEEK = Period(since=samples.NOW - dt.timedelta(days=7), until=samples.NOW)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '<script>alert(1)</script> & "quotes" <image href="http://evil.example/x"/>',
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "\u202eперевёрнуто\u202c и \u200bневидимо\x00\x1b[31m",
    "🔥🚨 Срочно 🇷🇺 Telegram 👨‍👩‍👧",
    "حظر تيليجرام في روسيا اليوم",
    "電報在俄羅斯被封鎖",
    "З̷̢̛а̷̡л̶̛г̸̢о" * 30,
    "Щ" * 900,
    "слово " * 300,
    "{{ 7 * 7 }} {% raw %} ${x}",
    "\ufffe\uffff\ud800 нелегально в XML",
    " ",
    "",
]


def week(count: int, language: str = "ru", **changes: object) -> Card:
    stories = [samples.story(f"s{at}", importance=0.9 - at / 100, **changes) for at in range(count)]
    card = draw(digest.build(stories, period=WEEK, language=language))
    assert card is not None
    return card


def texts(card: Card) -> list[etree._Element]:
    return list(etree.fromstring(card.svg.encode()).iter(f"{SVG}text"))


def decode(image: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the colours of a PNG of eight bits with transparency; every row is read."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, size = 8, b"", (0, 0)
    while at < len(image):
        length, kind = struct.unpack(">I4s", image[at : at + 8])
        body = image[at + 8 : at + 8 + length]
        assert struct.unpack(">I", image[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
            assert body[8:10] == b"\x08\x06"
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    raw, row = zlib.decompress(data), size[0] * 4 + 1
    assert len(raw) == row * size[1]
    return *size, {raw[y * row : y * row + 1] for y in range(size[1])}


@pytest.mark.parametrize("count", [1, 3, 5, 12])
def test_the_png_decodes_at_the_size_of_the_svg(count: int) -> None:
    """It is 1200 wide, as high as the SVG says, at least as high as a preview wants, and small enough for a messenger."""
    card = week(count, facts=Facts(status=Status.DRAFT, effective_date="2026-09-01"))
    image = png(card)
    assert decode(image)[:2] == (WIDTH, card.height)
    assert LEAST_HEIGHT <= card.height <= 1500
    assert len(image) < 500_000


def test_the_card_names_the_week_its_stories_their_stages_and_dates() -> None:
    """Dates, the count of all, five titles in the order of weight, stage and date, and how many are left."""
    facts = Facts(status=Status.DRAFT, effective_date="2026-09-01")
    card = week(12, facts=facts)
    said = ["".join(text.itertext()) for text in texts(card)]
    assert said[:4] == ["Вестник", "3–10 декабря 2024", "12 сюжетов", "МЕССЕНДЖЕРЫ: ЧТО ИЗМЕНИЛОСЬ ЗА НЕДЕЛЮ"]
    assert [line for line in said if line.startswith("Заголовок")] == [f"Заголовок сюжета s{at}" for at in range(SHOWN)]
    assert said.count("Проект") == said.count("С 1 сентября 2026") == SHOWN
    assert "И ещё 7 сюжетов, менее важных." in said


def test_english_readers_get_it_in_english() -> None:
    """Everything but the headlines, which stay in the language of their sources."""
    card = week(2, "en", facts=Facts(status=Status.DRAFT, effective_date="2026-09-01"))
    said = ["".join(text.itertext()) for text in texts(card)]
    assert {"Vestnik", "2 stories", "MESSENGERS: WHAT CHANGED THIS WEEK", "Draft", "From 1 September 2026"} <= set(said)
    assert etree.fromstring(card.svg.encode()).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_the_alternative_says_the_same_in_words() -> None:
    """The picture's title, the count, every story with its facts; it is the SVG's own title too."""
    card = week(2, facts=Facts(status=Status.DRAFT, effective_date="2026-09-01"))
    assert card.alt == (
        "Мессенджеры: что изменилось за неделю, 3–10 декабря 2024: 2 сюжета. "
        "1. Заголовок сюжета s0 (проект, с 1 сентября 2026). 2. Заголовок сюжета s1 (проект, с 1 сентября 2026)."
    )
    assert etree.fromstring(card.svg.encode()).findtext(f"{SVG}title") == card.alt


def test_an_empty_week_has_no_picture() -> None:
    """There is nothing to draw."""
    assert draw(digest.build([], period=WEEK)) is None


def test_the_mark_that_the_law_asks_for_stands_under_it() -> None:
    """Once, and only where it is needed."""
    named = week(2, headline="WhatsApp заблокируют с 1 марта")
    assert sum("экстремистской" in "".join(text.itertext()) for text in texts(named)) == 1
    assert "экстремистской" not in week(2).svg


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_harmless(title: str) -> None:
    """The SVG stays one of ours: no other elements, no addresses, nothing beyond its borders; and it is drawn."""
    card = week(5, headline=title, facts=Facts(measure=Measure.BLOCKING, messengers=("Telegram",)))
    root = etree.fromstring(card.svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "g", "text"}
    assert not [name for element in root.iter() for name in element.keys() if "href" in name or name.startswith("on")]  # noqa: SIM118
    known = {face.family: face for face in faces()[:2]} | {"bold": faces()[2]}
    for text in root.iter(f"{SVG}text"):
        parents = [text, *text.iterancestors()]
        family = next(one.get("font-family") for one in parents if one.get("font-family")).partition(",")[0]
        face = known["bold"] if family == "PT Sans" and text.get("font-weight") == "700" else known[family]
        line = "".join(text.itertext())
        assert all(ord(char) in face.advances for char in line), line
        width = face.width(line, float(text.get("font-size")), spacing=float(text.get("letter-spacing", "0")))
        x = float(text.get("x"))
        assert x - width >= MARGIN if text.getparent().get("text-anchor") == "end" else x + width <= WIDTH - MARGIN + 1, line
    assert decode(png(card))[:2] == (WIDTH, card.height)


def test_a_title_without_letters_that_can_be_drawn_is_told_by_its_facts() -> None:
    """Rather than a line of empty boxes."""
    facts = Facts(measure=Measure.BLOCKING, messengers=("Telegram",))
    for title in ("電報在俄羅斯被封鎖", "حظر تيليجرام", "🔥", ""):
        assert ">Telegram: блокировка<" in week(1, headline=title, facts=facts).svg


def test_long_titles_wrap_and_are_cut_at_a_word() -> None:
    """Between words, never in one, and with an ellipsis; a short word does not end a line."""
    serif = faces()[0]
    title = "Сотрудникам маркетплейсов, банков и операторов запретят писать клиентам в иностранных мессенджерах"
    assert serif.wrap(title, 41, 1000, 2) == ("Сотрудникам маркетплейсов, банков", "и операторов запретят писать клиентам…")
    assert " ".join(serif.wrap(title, 41, 1000, 9)) == title
    assert serif.wrap("", 41, 1000, 2) == ()


def test_the_hosts_fonts_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes whatever the machine has installed: the faces come with the program."""
    card = week(2)
    before = png(card)
    monkeypatch.setenv("FONTCONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("HOME", "/nonexistent")
    assert png(card) == before
    # letters are drawn, not left out: a card without its words is another picture
    bare = Card(svg=card.svg.replace("Заголовок", ""), height=card.height, alt="", caption="")
    assert png(bare) != before
