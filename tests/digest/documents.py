"""Any document at all, and readers of what the platforms are sent, as strict as the platforms."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from hypothesis import strategies as st

from bot.digest.render.document import Block, Button, Document, Kind, Span

ALLOWED = {"b", "i", "a", "blockquote"}
HOSTILE = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>",
    "tg://user?id=1",
    "https://user:pass@evil.example/",
    'https://evil.example/"onmouseover="x',
    "https://evil.example/a b",
    "https://evil.example/\u202egpj.exe",
    "https://",
    "http://[::1",
    "https://x.example:port/",
    "//evil.example",
    "https://ok.example/" + "a" * 3000,
)
GOOD = ("https://ok.example/новость?a=1&b=2", "http://ok.example:8080/x#y")

letters = st.text(
    alphabet=st.one_of(
        st.sampled_from("абвгд АБВ.!? <>&\"'*_[]()@#|`\\~{}-+=\n\t"),
        st.sampled_from("😀👨\u200d👩\u200d👧🇷🇺é\u0301\u0301\u202e\u200b\u2066\ufeff\u00adשלוםمرحبا漢字"),
        st.characters(),
    ),
    max_size=200,
)
texts = st.one_of(
    letters,
    st.sampled_from(("[id1|Павел]", "@all", "*all", "&#128512;", "</b><script>alert(1)</script>", "<a href='x'>", "1. пункт", "# нет")),
    st.builds(lambda text, times: text * times, letters, st.integers(1, 60)),
    st.builds(lambda char, times: char * times, st.sampled_from("я😀ш"), st.integers(1, 9000)),
)
spans = st.builds(Span, text=texts, bold=st.booleans(), italic=st.booleans(), url=st.one_of(st.just(""), st.sampled_from(HOSTILE + GOOD)))
blocks = st.builds(Block, kind=st.sampled_from(Kind), spans=st.lists(spans, max_size=5).map(tuple), gap=st.booleans())
labels = st.one_of(st.sampled_from(("1", "Подробнее", "Очень длинная подпись кнопки, которая не помещается никуда")), letters)
buttons = st.one_of(
    st.builds(
        Button,
        text=labels,
        action=st.sampled_from(("card:abc", "settings", "mute:" + "a" * 40)),
        short=st.sampled_from(("", "1", "\u200b")),
        spare=st.booleans(),
    ),
    st.builds(Button, text=labels, url=st.sampled_from(HOSTILE + GOOD)),
)
rows = st.lists(st.lists(buttons, max_size=9).map(tuple), max_size=8).map(tuple)
documents = st.builds(Document, blocks=st.lists(blocks, max_size=12).map(tuple), buttons=rows)


def bare(text: str) -> str:
    """What must not be lost: the text without white space and without what nobody sees."""
    return "".join(char for char in text if not char.isspace() and char != "\u2060")


class TelegramText(HTMLParser):
    """Reads Telegram's HTML and refuses what the Bot API refuses."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.entities, self.links = "", [], [], []
        self.feed(markup)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"tag {tag}"
        names = [name for name, _ in attrs]
        assert names == {"a": ["href"], "blockquote": ["expandable"]}.get(tag, []), f"attributes of {tag}: {names}"
        assert tag not in [name for name, _ in self.open], f"{tag} within {tag}"
        self.links += [value for name, value in attrs if name == "href"]
        self.open.append((tag, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        name, start = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        assert self.text[start:].strip(), f"<{tag}> of nothing"
        self.entities.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def vk_text(payload: dict[str, Any]) -> tuple[str, list[tuple[str, str, str]]]:
    """The message and its formatted runs (type, text, address), cut by UTF-16 offsets as VK cuts them."""
    raw = payload["message"].encode("utf-16-le")
    items = json.loads(payload["format_data"])["items"] if "format_data" in payload else []
    runs = []
    for item in items:
        assert item["offset"] >= 0
        assert item["length"] > 0
        assert (item["offset"] + item["length"]) * 2 <= len(raw)
        runs.append(
            (item["type"], raw[item["offset"] * 2 : (item["offset"] + item["length"]) * 2].decode("utf-16-le"), item.get("url", ""))
        )
    return payload["message"], runs
