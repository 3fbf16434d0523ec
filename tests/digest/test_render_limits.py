"""Any document renders within each platform's limits, loses no text and leads nowhere unsafe."""

from __future__ import annotations

import html.parser
import json

from hypothesis import HealthCheck, example, given, settings

from bot.digest import render
from bot.digest.render.document import Button, Document, Kind, Span, block, bold, link
from bot.digest.render.safe import address, cleaned

from .documents import HOSTILE, TelegramText, bare, documents, vk_text

FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LONG_STORY = Document(blocks=(block(Kind.STORY, bold("😀" * 5000)), block(Kind.TEXT, "Слово. " * 3000)))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@FEW
@given(documents)
@example(LONG_STORY)
def test_telegram_takes_any_document(document: Document) -> None:
    """Every part is within 4096 UTF-16 units and 100 entities, well-formed, and together they say all that was to be said."""
    parts = [part.payload for part in render.telegram.render(document).parts]
    read = [TelegramText(part["text"]) for part in parts]
    assert bare("".join(part.text for part in read)) == bare("".join(item.text for item in cleaned(document).blocks))
    for part, said in zip(parts, read, strict=True):
        assert said.text.strip()
        assert utf16(said.text) <= 4096
        assert len(said.entities) <= 100
        assert len(part["text"].encode()) < 1 << 15
        assert all(address(url) == url for url in said.links)
        assert part["parse_mode"] == "HTML"
        assert part["link_preview_options"] == {"is_disabled": True}
        json.dumps(part)
    assert not any("reply_markup" in part for part in parts[:-1])
    for row in (parts[-1].get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]) if parts else []:
        assert 1 <= len(row) <= 8
        for button in row:
            assert button["text"].strip()
            assert "url" in button or 1 <= len(button["callback_data"].encode()) <= 64


@FEW
@given(documents)
@example(LONG_STORY)
def test_vk_takes_any_document(document: Document) -> None:
    """Every part is within 4096 UTF-16 units, its offsets fall on whole characters, its keyboard is one that VK accepts."""
    parts = [part.payload for part in render.vk.render(document).parts]
    for part in parts:
        text, runs = vk_text(part)
        assert text.strip()
        assert utf16(text) <= 4096
        assert all(address(url) == url for kind, _, url in runs if kind == "url")
        assert all(kind in ("bold", "italic", "underline", "url") for kind, _, _ in runs)
        json.dumps(part)
    said = bare("".join(part["message"] for part in parts))
    assert said == bare("".join(item.text for item in cleaned(document).blocks))
    assert not any("keyboard" in part for part in parts[:-1])
    if parts and "keyboard" in parts[-1]:
        keyboard = json.loads(parts[-1]["keyboard"])
        assert keyboard["inline"] is True
        assert len(keyboard["buttons"]) <= 6
        assert sum(map(len, keyboard["buttons"])) <= 10
        for row in keyboard["buttons"]:
            assert 1 <= len(row) <= 5
            for button in row:
                assert 1 <= len(button["action"]["label"]) <= 40
                assert len(button["action"].get("payload", "")) <= 255


class Page(html.parser.HTMLParser):
    """Reads a page as a browser would and keeps its text, its tags and its addresses."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.attributes = "", set(), []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@FEW
@given(documents)
def test_html_runs_nothing(document: Document) -> None:
    """The fragment holds our own tags only, safe addresses only, and the whole text."""
    page = Page(render.html.render(document))
    assert page.tags <= {"article", "h1", "h2", "h3", "p", "blockquote", "footer", "strong", "em", "a", "br"}
    assert {name for name, _ in page.attributes} <= {"class", "dir", "href", "rel"}
    assert all(address(value or "") for name, value in page.attributes if name == "href")
    assert bare(page.text) == bare("".join(item.text for item in cleaned(document).blocks))


@FEW
@given(documents)
def test_text_and_json_take_any_document(document: Document) -> None:
    """Plain text holds every visible character in order; JSON reads back as the same blocks."""
    said, wanted = bare(render.text.render(document)), bare("".join(item.text for item in cleaned(document).blocks))
    letters = iter(said.casefold())
    assert all(char in letters for char in wanted.casefold())
    back = json.loads(render.json.render(document))
    assert ["".join(span["text"] for span in item["spans"]) for item in back["blocks"]] == [item.text for item in cleaned(document).blocks]
    render.markdown.render(document)


def test_a_hostile_link_becomes_plain_text() -> None:
    """Addresses that run, deceive or break out stay words, on every platform."""
    document = Document(blocks=(block(Kind.SOURCES, *(link(f"слово{n} ", url) for n, url in enumerate(HOSTILE))),))
    assert not TelegramText(render.telegram.render(document).parts[0].payload["text"]).links
    assert "format_data" not in render.vk.render(document).parts[0].payload
    for text in (render.html.render(document), render.markdown.render(document), render.text.render(document)):
        assert "evil" not in text
        assert "javascript" not in text.lower()


def test_a_title_cannot_mention_people_in_vk() -> None:
    """VK's own markup in a headline is broken invisibly, so that nobody is called and no offset moves."""
    document = Document(blocks=(block(Kind.STORY, Span(text="[id1|Павел] и @all, *durov, &#128512;", bold=True)),))
    text, runs = vk_text(render.vk.render(document).parts[0].payload)
    assert runs == [("bold", text, "")]
    for markup in ("[id1", "@all", "*durov", "&#128512;"):
        assert markup not in text
    assert bare(text) == bare("[id1|Павел] и @all, *durov, &#128512;")


def test_stories_are_not_torn_apart() -> None:
    """A digest of several parts is split between stories; a heading stays with the story under it."""
    stories = [
        item
        for n in range(12)
        for item in (
            block(Kind.SECTION, bold(f"Раздел {n}")),
            block(Kind.STORY, bold(f"{n}. Заголовок"), gap=False),
            block(Kind.TEXT, "Текст сюжета. " * 50, gap=False),
            block(Kind.SOURCES, link("Интерфакс", "https://interfax.example/"), gap=False),
        )
    ]
    document = Document(blocks=tuple(stories), buttons=((Button(text="1", action="card:1"),),))
    for parts in (
        [TelegramText(p.payload["text"]).text for p in render.telegram.render(document).parts],
        [p.payload["message"] for p in render.vk.render(document).parts],
    ):
        assert len(parts) > 1
        for text in parts:
            assert text.startswith("Раздел")
            assert text.endswith("Интерфакс")


def test_a_long_story_is_split_after_a_sentence() -> None:
    """A story longer than a message breaks after a full stop, not within a word."""
    document = Document(blocks=(block(Kind.STORY, bold("Заголовок")), block(Kind.TEXT, "Длинное предложение о мессенджерах. " * 300)))
    parts = [TelegramText(part.payload["text"]).text for part in render.telegram.render(document).parts]
    assert len(parts) > 2
    assert all(part.rstrip().endswith(".") for part in parts)


def test_a_letter_of_several_code_points_is_not_cut() -> None:
    """A family emoji, made of seven code points, is whole in one part or in the next."""
    family = "👨\u200d👩\u200d👧\u200d👦"
    document = Document(blocks=(block(Kind.TEXT, family * 600),))
    parts = [TelegramText(part.payload["text"]).text for part in render.telegram.render(document).parts]
    assert len(parts) > 1
    assert all(part.replace(family, "") == "" for part in parts)


def test_markdown_takes_nothing_for_markup() -> None:
    """Marks, numbers and brackets of a text are escaped."""
    document = Document(blocks=(block(Kind.TEXT, "1. *не* <b>список</b> [x](javascript:1)\n- и не пункт\n# и не заголовок"),))
    assert render.markdown.render(document) == (
        "1\\. \\*не\\* \\<b\\>список\\</b\\> \\[x\\](javascript:1)\\\n\\- и не пункт\\\n\\# и не заголовок\n"
    )


def test_nothing_visible_gives_no_part() -> None:
    """A platform refuses an empty message, so none is made."""
    document = Document(blocks=(block(Kind.TEXT, "\u200b \u202e"),), buttons=((Button(text="x", action="y"),),))
    assert render.telegram.render(document).parts == render.vk.render(document).parts == ()
    assert render.text.render(document) == render.html.render(document) == render.markdown.render(document) == ""
