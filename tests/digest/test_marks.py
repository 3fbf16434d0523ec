"""Legal marks, and what makes text and addresses safe."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given

from bot.digest import marks
from bot.digest.render.document import Document, Kind, block
from bot.digest.render.safe import address, clean
from bot.errors import ConfigurationError

from .documents import GOOD, HOSTILE, letters


@pytest.mark.parametrize("text", ["WhatsApp", "«Instagram»", "компании Meta.", "FACEBOOK"])
def test_a_word_of_the_register_is_marked(text: str) -> None:
    """A whole word in quotes, at the end or in capitals is a mention."""
    assert marks.marked(Document(blocks=(block(Kind.TEXT, text),)), "ru").blocks[-1].kind is Kind.NOTE


@pytest.mark.parametrize("text", ["metadata", "meta-анализ", "Metaverse", "WhatsAppening"])
def test_a_part_of_a_word_is_not(text: str) -> None:
    """A longer word that contains it is no mention."""
    document = Document(blocks=(block(Kind.TEXT, text),))
    assert marks.marked(document, "ru") is document


def test_a_mark_is_not_added_twice() -> None:
    """Marking a marked document changes nothing."""
    once = marks.marked(Document(blocks=(block(Kind.TEXT, "WhatsApp"),)), "en")
    assert marks.marked(once, "en") == once
    assert once.blocks[-1].text.startswith("* Meta, the owner of WhatsApp")


def test_an_operators_file_is_read(tmp_path: Path) -> None:
    """The operator may keep a list of their own; a broken one is one clear error."""
    own = tmp_path / "marks.toml"
    own.write_text('[[mark]]\nwords = ["Пример"]\nru = "* Пример внесён в реестр."\n', encoding="utf-8")
    assert [item.text for item in marks.notes([block(Kind.TEXT, "Пример.")], "en", marks.load(own))] == ["* Пример внесён в реестр."]
    own.write_text("[[mark]]\nru = 'x'\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="marks"):
        marks.load(Path(tmp_path / "." / "marks.toml").resolve().parent / "nothing.toml")
    marks.load.cache_clear()
    with pytest.raises(ConfigurationError, match="words"):
        marks.load(own)


@given(letters)
def test_cleaning_keeps_every_visible_character(text: str) -> None:
    """Only controls, format characters, halves of pairs, private characters and towers of marks go."""
    kept = [char for char in clean(text, lines=True) if not char.isspace()]
    wanted = [c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Mn", "Me")]
    assert [c for c in kept if unicodedata.category(c) not in ("Cf", "Mn", "Me")] == wanted
    assert clean(clean(text)) == clean(text)


def test_towers_of_marks_are_cut() -> None:
    """A letter keeps four marks at most."""
    assert clean("z" + "\u0301" * 50) == "z" + "\u0301" * 4


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused(url: str) -> None:
    """Other schemes, credentials, control characters, broken hosts and endless addresses lead nowhere."""
    assert address(url) == ""


@pytest.mark.parametrize("url", GOOD)
def test_a_usual_address_is_kept(url: str) -> None:
    """An ordinary address stays letter for letter."""
    assert address(url) == url
