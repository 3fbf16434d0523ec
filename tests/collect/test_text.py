# markup is read as markup
"""The text of pages, of pasted texts and of files: the article is there, the furniture is not."""

from __future__ import annotations

import io
import re
import time
import zlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from bot.collect import article_from_html, canonical, identity, load_sources, read_file, read_text
from bot.collect.opml import from_opml, to_opml, to_toml
from bot.collect.text import pdf
from bot.collect.text.encoding import decode
from bot.errors import BadInput, ConfigurationError, NotAnArticle

from .builders import html_page
from .pages import TEMPLATES, Sample, samples

ARTICLES = [
    (
        f"Ведомство номер {number} предложило новые правила для сервисов обмена сообщениями",
        (
            f"Ведомство номер {number} опубликовало проект правил для сервисов обмена сообщениями. "
            f"Документ обяжет сервис {number} хранить переписку в течение {number + 2} лет и передавать её по запросу суда. "
            "Представители отрасли считают, что расходы лягут на пользователей, а сроки подготовки слишком малы. "
            f"«Мы просим отложить вступление документа в силу хотя бы на {number + 3} месяца», — заявил глава ассоциации. "
            "Обсуждение проекта продлится две недели, затем его направят в правительство. "
            f"Ранее похожие правила действовали только для {number + 10} крупнейших операторов связи."
        ),
    )
    for number in range(12)
]
FURNITURE = (
    "Заразились",
    "млн",
    "Читайте также",
    "Главное за день",
    "Поделиться",
    "Комментарии",
    "cookie",
    "Похожие записи",
    "Фото:",
    "экстремистской",
    "ФС77",
)


def f1(found: str, gold: str) -> float:
    """Of words, as a bag."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    same = sum((one & other).values())
    return 2 * same / (sum(one.values()) + sum(other.values())) if same else 0.0


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_a_page_of_each_age_gives_its_article_and_no_furniture(template) -> None:
    """Paragraphs stay apart, word F1 is high, and nothing of the furniture is left."""
    for sample in samples(ARTICLES, 4):
        article = article_from_html(template(sample), "https://example.org/a")
        assert article.title == sample.title
        assert f1(article.text, "\n".join(sample.paragraphs)) > 0.9
        assert not [word for word in FURNITURE if word in article.text]
        assert len(article.text.split("\n")) >= len(sample.paragraphs) - 1


NO_ARTICLES = {
    "captcha": "<title>Проверка</title><h1>Подтвердите, что вы не робот</h1><p>Введите символы с картинки, чтобы продолжить.</p>",
    "cloudflare": "<title>Just a moment...</title><p>Checking your browser before accessing example.org.</p>",
    "not found": "<title>Страница не найдена</title><h1>Ошибка 404</h1><p>Запрашиваемая страница не существует или была удалена. Вернитесь на главную.</p>",
    "consent": "<title>Before you continue</title><p>Before you continue, we use cookies and data to deliver and maintain services and track outages.</p>",
    "paywall": f"<title>Закон принят</title><h1>Закон принят в третьем чтении</h1><div class='paywall'><p>{'Госдума приняла закон о сервисах. ' * 5}</p>"
    "<p>Материал доступен только по подписке. Оформите подписку, чтобы читать далее.</p></div>",
    "works": "<title>Технические работы</title><p>На сайте ведутся технические работы. Приносим извинения за временные неудобства, зайдите позже.</p>",
    "nothing": "",
    "a list of links": "<title>Новости</title>"
    + "".join(f'<li><a href="/{n}">Заголовок новости номер {n} о событиях дня</a></li>' for n in range(40)),
}


@pytest.mark.parametrize("name", NO_ARTICLES)
def test_a_page_that_is_no_article_is_not_taken_for_one(name: str) -> None:
    """Though its status is 200."""
    with pytest.raises(NotAnArticle):
        article_from_html(f"<html><body>{NO_ARTICLES[name]}</body></html>" if NO_ARTICLES[name] else "", "https://example.org/a")


def test_an_article_about_captchas_is_an_article() -> None:
    """What a text speaks of is not what the page is."""
    text = "Роскомнадзор предложил сервисам проверять, что пользователь не робот. " + ARTICLES[0][1] + " " + ARTICLES[1][1]
    assert article_from_html(html_page("Сервисы будут проверять пользователей", text), "https://example.org/a").text


def test_what_a_page_says_of_itself() -> None:
    """Canonical address, time, author, site, language."""
    head = """<link rel="canonical" href="https://example.org/news/1"><meta property="og:site_name" content="Портал">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "datePublished": "2025-08-13T16:20:00+03:00", "author": [{"name": "Анна Ли"}]}</script>"""
    page = html_page("Правила для сервисов", *ARTICLES[0][1].split(". ")).replace("<head>", f"<head>{head}")
    article = article_from_html(page, "https://m.example.org/news/1?utm_source=x")
    assert (article.url, article.outlet, article.author, article.language) == ("https://example.org/news/1", "Портал", "Анна Ли", "ru")
    assert article.published is not None
    assert article.published.hour == 13
    assert article.id == article_from_html(page, "https://example.org/news/1").id


def test_a_canonical_link_to_another_site_is_not_believed() -> None:
    """Or a page could take another's place."""
    page = html_page("Правила для сервисов", ARTICLES[0][1]).replace(
        "<head>", '<head><link rel="canonical" href="https://evil.example.com/x">'
    )
    assert article_from_html(page, "https://example.org/a").url == "https://example.org/a"


SAVED = """{title}
{text}
Горячие новости
Заразились
22,9 млн
+2 379 / сут.Умерли
399 тыс.
- Актёр сообщил об окончании карьеры
- В области задержали мужчину
Роспотребнадзор, ВОЗ, mos.ru"""


def test_a_saved_page_loses_its_furniture() -> None:
    """The seed's kind: the first line is the title."""
    title, text = ARTICLES[0]
    article = read_text(SAVED.format(title=title, text=text))
    assert (article.title, article.text) == (title, text)


def test_files_are_read_by_what_they_hold() -> None:
    """Whatever their name says; in whatever encoding."""
    title, text = ARTICLES[0]
    assert read_file("a.txt", f"{title}\n{text}".encode("cp1251")).text == text
    assert read_file("a.html", html_page(title, text).encode()).title == title
    assert read_file("a.dat", f"<!doctype html>{html_page(title, text)}".encode("koi8-r", "replace")).title == title


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"{\\rtf1 a",
        b"PK\x03\x04" + b"\0" * 100,
        b"%PDF-1.7 broken",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\x00\x01" * 3000,
    ],
)
def test_a_file_that_is_no_text_is_bad_input(data: bytes) -> None:
    """One line, no traceback."""
    with pytest.raises((BadInput, NotAnArticle)):
        read_file("file.bin", data)


def test_a_pdf_made_to_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten kilobytes that unfold to sixty pages of a megabyte each would keep a thread for minutes; its process is ended."""
    work = zlib.compress(b"1 0 0 1 0 0 cm " * 70_000)
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 60/Kids[" + b"4 0 R " * 60 + b"]>>"]
    parts += [b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(work), work)]
    parts += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>"]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    monkeypatch.setattr(pdf, "PATIENCE", 1.0)
    with pytest.raises(BadInput) as caught:
        read_file("bomb.pdf", data + b"trailer<</Root 1 0 R>>")
    assert caught.value.key == "error-pdf-broken"


def test_a_pdf_of_pictures_is_told_from_a_broken_one() -> None:
    """A scan opens and holds no text: what helps is another thing than with a broken file."""
    target = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(600, 800)
    writer.write(target)
    for data, key in ((target.getvalue(), "error-pdf-pictures"), (b"%PDF-1.7 broken", "error-pdf-broken")):
        with pytest.raises(BadInput) as caught:
            read_file("scan.pdf", data)
        assert caught.value.key == key


def test_a_pdf_gives_its_text() -> None:
    """A page of a report."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    stream = DecodedStreamObject()
    lines = [
        "Regulator limits messenger calls",
        "The regulator said on Monday that it would limit calls in two messengers.",
        "The measure takes effect on 1 March 2026.",
    ]
    stream.set_data(b"BT /F1 12 Tf 50 700 Td 14 TL " + b" ".join(f"({line}) Tj T*".encode() for line in lines) + b" ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    target = io.BytesIO()
    writer.write(target)
    article = read_file("report.pdf", target.getvalue())
    assert "limit calls in two messengers" in article.text
    assert article.language == "en"


TWINS = [
    "https://example.org/news/1",
    "http://example.org/news/1/",
    "https://www.example.org/news/1",
    "https://m.example.org/news/1",
    "https://amp.example.org/news/1",
    "https://example.org/amp/news/1",
    "https://example.org/news/1/amp/",
    "https://example.org/news/1?utm_source=x&utm_medium=rss",
    "https://example.org/news/1?yclid=1",
    "https://EXAMPLE.org/news/1#comments",
    "https://example.org:443/news/1",
    "https://example.org/news/1?from=rss",
    "https://example.org/news/1?amp",
    "https://example-org.cdn.ampproject.org/c/s/example.org/news/1",
    "https://example.org//news/1",
    "https://example.org/news/1/index.html",
]


def test_twins_of_an_address_are_one() -> None:
    """Tracking, AMP, mobile, scheme, slash and fragment make no other page."""
    assert {identity(url) for url in TWINS} == {"example.org/news/1"}


@pytest.mark.parametrize(
    "url", ["https://example.org/page.php?id=1", "https://example.org/news/2", "https://example.com/news/1", "https://example.org/?p=3"]
)
def test_other_pages_stay_apart(url: str) -> None:
    """A parameter that says which page it is stays."""
    assert canonical(url) == url


@given(st.text(max_size=80))
def test_cleaning_an_address_twice_changes_nothing_more(path: str) -> None:
    """Whatever stands in its path."""
    try:
        once = canonical(f"https://example.org/{path}")
    except BadInput:
        return
    assert canonical(once) == once
    assert identity(once) == identity(canonical(once))


@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=utf-8", "text/xml; charset=windows-1251", "x; charset=base64"]))
def test_any_bytes_become_text(data: bytes, header: str) -> None:
    """Never an error."""
    assert isinstance(decode(data, header)[0], str)


def test_the_packaged_sources_are_many_and_unchecked() -> None:
    """Every doubtful one is off and says why."""
    found = load_sources()
    assert len(found) >= 45
    assert not any(spec.checked for spec in found)
    assert all(spec.reason for spec in found if not spec.enabled)
    assert sum(spec.enabled for spec in found) >= 40
    assert all("memory" not in spec.reason for spec in found if spec.enabled)
    assert {spec.language for spec in found} >= {"ru", "en"}


def test_sources_survive_opml_and_toml(tmp_path) -> None:
    """Out and in again."""
    found = load_sources()
    again, refused = from_opml(to_opml(found).encode())
    assert refused == ()
    assert again == found
    path = tmp_path / "sources.toml"
    path.write_text(to_toml(found), "utf-8")
    assert load_sources(path) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[source]]\nid = "a"\nname = "A"', "'a'"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "ftp://x"', "http"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "https://x.org/"\nkind = "gopher"', "kind"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "https://x.org/"\nkind = "page"', "selector"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "https://x.org/"\ninterval = "soon"', "interval"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "http://10.0.0.1/"', "public"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "https://x.org/"\ntypo = 1', "typo"),
        ('[[source]]\nid = "a"\nname = "A"\nurl = "https://x.org/"\n' * 2, "two sources"),
        ("source = 5", "[[source]]"),
        ("[[source", "TOML"),
    ],
)
def test_a_wrong_sources_file_is_one_clear_line(tmp_path, text: str, says: str) -> None:
    """It names the file and the entry."""
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_sources(path)
    assert says in str(caught.value)
    assert "my.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sample_is_what_it_says() -> None:
    """The templates are measured against texts that they really hold."""
    for sample in samples(ARTICLES, 3):
        assert isinstance(sample, Sample)
        assert all(line in template(sample) for template in TEMPLATES for line in sample.paragraphs[1:])


_P = "<p>Роскомнадзор сообщил о новых правилах для сервисов, и это длинное предложение.</p>"
HOSTILE_PAGES = {
    "deep": "<div>" * 50_000 + _P * 3,
    "deep tables": "<table><tr><td>" * 3000 + _P * 3,
    "deep and called furniture": "<div class='share'>" * 240 + _P * 2000,
    "many short paragraphs": "<p>а</p>" * 100_000,
    "many paragraphs": _P * 20_000,
    "many links": '<li><a href="/x">Заголовок другой новости дня</a></li>' * 30_000,
    "many line breaks": "строка текста, которая не длинна<br>" * 60_000,
    "one endless line": f"<p>{'слово ' * 400_000}</p>",
    "an endless class": f"<div class='{'share-' * 200_000}'>{_P * 10}",
    "many headings": "<h1>заголовок один два три</h1>" * 40_000 + _P,
    "many cells": "<table>" + "<tr>" + "<td>12</td>" * 100_000,
    "many bodies": '<script type=\'application/ld+json\'>{"@type":"NewsArticle","articleBody":"' + "<div>" * 5000 + '"}</script>' + _P,
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_a_hostile_page_ends_soon(name: str) -> None:
    """Its thread cannot be stopped from outside: whatever a page holds, reading it ends within two seconds of CPU, its text is bounded."""
    began = time.process_time()
    try:
        length = len(
            article_from_html(f"<html><head><title>Правила</title></head><body>{HOSTILE_PAGES[name]}", "https://example.org/a").text
        )
    except NotAnArticle:
        length = 0
    assert time.process_time() - began < 2.0
    assert length <= 300_000
