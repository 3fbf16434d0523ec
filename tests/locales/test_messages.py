"""Both locales say everything, alike, and in words that every platform takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pymorphy3
import pytest
from fluent.syntax import ast as ftl

from bot.digest import render
from bot.digest.render.document import Document, Kind, block
from bot.locales import LANGUAGES, words
from bot.model import Group, Measure, Section, Stage, Stance, Status

from . import scan

COUNTS = (0, 1, 2, 3, 5, 11, 12, 14, 21, 22, 25, 101, 111, 1000)
PLURALS = {"ru": {"one", "few", "other"}, "en": {"one", "other"}}
MORPH = pymorphy3.MorphAnalyzer()
ALWAYS_MANY = {"count-stories-more", "calendar-days"}
"""Only ever said of numbers that need the form of many: 200, 30, 90."""
CATEGORIES = {"zero", "one", "two", "few", "many", "other"}
KINDS = ("stage", "effective_date", "penalty", "source", "official", "disagreement", "revision", "correction")
FIELDS = (
    "regulators", "messengers", "measure", "audiences", "status", "stage", "effective_date", "documents", "penalties", "territory",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_whole(language: str) -> None:
    """Every line is understood, and no message stands twice."""
    entries = scan.entries(language)
    assert not [entry.content for entry in entries if isinstance(entry, ftl.Junk)]
    names = [entry.id.name for entry in entries if isinstance(entry, ftl.Message)]
    assert sorted(set(names)) == sorted(names)


def test_both_languages_say_the_same_things() -> None:
    """The same messages with the same parameters stand in both files."""
    russian, english = scan.messages("ru"), scan.messages("en")
    assert set(russian) == set(english)
    assert {key: found.params for key, found in russian.items()} == {key: found.params for key, found in english.items()}


def test_no_message_is_missing() -> None:
    """Whatever the code or a template asks for by name is there."""
    assert sorted(scan.asked() - set(scan.messages("ru"))) == []


def test_no_message_is_unused() -> None:
    """Whatever is there is asked for somewhere."""
    texts, patterns = scan.mentioned()
    codes = {f"kind-{kind}" for kind in KINDS} | {f"field-{name}" for name in FIELDS} | {f"stance-{stance}" for stance in Stance}
    unused = [key for key in scan.messages("ru") if key not in texts | codes and not any(p.fullmatch(key) for p in patterns)]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("measure", list(Measure)),
        ("stage", list(Stage)),
        ("rung", list(Stage)),
        ("status", list(Status)),
        ("group", list(Group)),
        ("group-of", list(Group)),
        ("stance", list(Stance)),
        ("section", list(Section)),
        ("kind", KINDS),
        ("field", FIELDS),
    ],
)
def test_every_code_has_a_word(language: str, family: str, codes: list[str]) -> None:
    """No code of the vocabulary is ever shown to a person."""
    say = words(language)
    assert not [code for code in codes if not say.has(f"{family}-{code}")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_those_of_the_language(language: str) -> None:
    """A choice by number has every form that the language has, and none that it lacks."""
    for key, found in scan.messages(language).items():
        for name, variants in found.choices:
            forms = variants & CATEGORIES
            if len(forms) > 1 or "one" in forms:
                assert forms - {"many"} == PLURALS[language], f"{key} by {name}: {variants}"


def _counted() -> Iterator[tuple[str, str, str]]:
    """Key, category (or nothing) and text of everything that is said in Russian about a number."""
    for entry in scan.entries("ru"):
        if not isinstance(entry, ftl.Message) or entry.value is None:
            continue
        variants = [variant for node in scan.walk(entry) if isinstance(node, ftl.SelectExpression) for variant in node.variants]
        for variant in variants:
            name = variant.key.name if isinstance(variant.key, ftl.Identifier) else str(variant.key.value)
            yield entry.id.name, name, scan.flat(variant.value)
        yield entry.id.name, "", scan.flat(entry.value)


@pytest.mark.parametrize(("key", "category", "text"), [one for one in _counted() if re.search(r"\{count\} [а-яё]", one[2])])
def test_nouns_agree_with_their_numbers(key: str, category: str, text: str) -> None:
    """«1 сюжет», «2 сюжета», «5 сюжетов»: after a number no noun stands in a form of its own choice."""
    if key in ALWAYS_MANY:
        category = "other"
    words_ = re.findall(r"[а-яё]+", text.partition("{count} ")[2])[:2]
    nouns = [[form for form in MORPH.parse(word) if form.tag.POS == "NOUN"] for word in words_]
    forms = next((found for found in nouns if found), [])
    assert forms, f"{key}: no noun in {words_}"
    fitting = {"one": {("sing", "nomn"), ("sing", "accs")}, "few": {("sing", "gent")}, "other": {("plur", "gent")}}
    assert category in fitting, f"{key} has no forms for numbers: {text}"
    assert {(form.tag.number, form.tag.case) for form in forms} & fitting[category], f"{key}[{category}]: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: str) -> None:
    """With its parameters every message gives a text that each platform takes as it stands."""
    say = words(language)
    for key, found in scan.messages(language).items():
        chosen = {name for name, _ in found.choices}
        for count in COUNTS if chosen else (1,):
            params = {name: count if name in chosen or name in ("count", "days") else "слово" for name in found.params}
            text = say.say(key, **params)
            assert text.strip(), key
            assert not set(text) & set("<>\u2068\u2069"), f"{key}: {text}"
            document = Document(blocks=(block(Kind.TEXT, text),))
            assert render.telegram.render(document).parts, key
            assert render.vk.render(document).parts, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_typeset(language: str) -> None:
    """Typographic quotes and dashes, no exclamation marks, no doubled spaces."""
    quotes = '"“”' if language == "ru" else '"«»'
    for entry in scan.entries(language):
        if isinstance(entry, ftl.Message) and entry.value:
            text = "".join(part.value if isinstance(part, ftl.TextElement) else "x" for part in entry.value.elements)
            assert not set(text) & set(quotes), f"{entry.id.name}: quotes: {text}"
            assert "!" not in text, f"{entry.id.name}: {text}"
            assert not re.search(r" - |\.\.\.|\S  +\S|'", text), f"{entry.id.name}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_short(language: str) -> None:
    """A button's label fits VK's forty characters with room for a mark."""
    say = words(language)
    for key, found in scan.messages(language).items():
        if key.startswith("button-"):
            assert len(say.say(key, **dict.fromkeys(found.params, "20"))) <= 36, key
