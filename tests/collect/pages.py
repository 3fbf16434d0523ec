# markup is read as markup: a page is not wrapped at our margin
"""Pages in the manner of Russian news sites of several ages, with furniture around a known text."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """What a page is made of."""

    title: str
    paragraphs: tuple[str, ...]
    headlines: tuple[str, ...]
    """Of other news."""
    comments: tuple[str, ...]
    """Prose that readers left under the article."""


SHARE = '<div class="share-block"><a href="#">ВКонтакте</a> <a href="#">Одноклассники</a> <a href="#">Поделиться</a></div>'
COUNTER = '<div class="covid">Заразились<br>22,9 млн<br>+2 379 / сут.Умерли<br>399 тыс.<br>+26 / сут.Выздоровели<br>22,3 млн</div>'
MENU = (
    "<ul>"
    + "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Политика", "Экономика", "Общество", "Спорт", "Культура", "Авто"))
    + "</ul>"
)
FOOTER = (
    "<div>© 2001–2026 Сетевое издание. Все права защищены. При использовании материалов ссылка обязательна.<br>"
    "Свидетельство о регистрации СМИ Эл № ФС77-00000 выдано Федеральной службой по надзору в сфере связи.<br>Редакция не несёт ответственности "
    "за содержание рекламных объявлений. Адрес редакции: Москва, ул. Примерная, д. 1. Телефон: +7 (495) 000-00-00.</div>"
)
COOKIE = '<div class="cookie-note">Мы используем файлы cookie, чтобы сайт работал лучше. Оставаясь на сайте, вы соглашаетесь с этим. <button>Хорошо</button></div>'


def _links(headlines: Sequence[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/news/{number}">{line}</a></{tag}>' for number, line in enumerate(headlines))


def _p(sample: Sample) -> str:
    return "".join(f"<p>{line}</p>" for line in sample.paragraphs)


def portal(sample: Sample) -> str:
    """A tidy page of today: article, JSON-LD without a body, related block inside of it."""
    middle = len(sample.paragraphs) // 2
    body = "".join(f"<p>{line}</p>" for line in sample.paragraphs[:middle])
    body += f'<div class="article__related"><span>Читайте также</span><a href="/1">{sample.headlines[0]}</a></div>'
    body += "".join(f"<p>{line}</p>" for line in sample.paragraphs[middle:])
    return f"""<!doctype html><html lang="ru"><head><title>{sample.title} — Портал</title><meta property="og:type" content="article">
    <meta property="article:published_time" content="2025-08-13T10:00:00+03:00"></head><body>{COOKIE}<header><nav>{MENU}</nav></header>
    <main><article class="article"><h1>{sample.title}</h1><div class="article__meta"><time datetime="2025-08-13T10:00:00+03:00">13 августа, 10:00</time>
    <span>1 245 просмотров</span></div><figure><img src="a.jpg"><figcaption>Фото: Иван Иванов / Портал</figcaption></figure>
    <div class="article__text">{body}</div><div class="article__tags"><a href="/t/1">мессенджеры</a> <a href="/t/2">закон</a></div></article>
    <aside><h3>Главное за день</h3><ul>{_links(sample.headlines)}</ul></aside></main><footer>{FOOTER}</footer></body></html>"""


def tables(sample: Sample) -> str:
    """A page of 2005: nested tables, line breaks in place of paragraphs, no classes."""
    text = "<br><br>".join(sample.paragraphs)
    return f"""<html><head><title>{sample.title}</title></head><body><table width="100%"><tr><td width="160" valign="top">{MENU}
    <b>Погода</b><br>Москва +5<br><b>Курс</b><br>USD 80,11<br></td><td valign="top"><font size="4"><b>{sample.title}</b></font><br>
    <font color="gray">13.08.2011 14:05</font><br><br>{text}<br><br><a href="/print">Версия для печати</a> | <a href="/send">Отправить другу</a><br><br>
    <b>Другие новости</b><br>{"<br>".join(f'<a href="/n{n}">{line}</a>' for n, line in enumerate(sample.headlines))}</td>
    <td width="200">{"".join(f'<div><a href="#">{line}</a></div>' for line in sample.headlines[:4])}</td></tr></table>{FOOTER}</body></html>"""


def breaks(sample: Sample) -> str:
    """A page of 2011: one div of text with line breaks, a lead apart, comments below."""
    comments = "".join(
        f'<div class="item"><b>user{n}</b> 12:0{n}<div class="txt">{line}</div></div>' for n, line in enumerate(sample.comments)
    )
    return f"""<html><head><title>{sample.title} :: Новости города</title></head><body><div id="top">{MENU}</div><div id="content">
    <h1>{sample.title}</h1><div class="date">13 августа 2011, 14:05</div><div class="lead"><b>{sample.paragraphs[0]}</b></div>
    <div class="news-full">{"<br />&nbsp;<br />".join(sample.paragraphs[1:])}<br/><br/>Источник: Агентство</div>{SHARE}
    <div id="comments"><h3>Комментарии ({len(sample.comments)})</h3>{comments}</div></div>
    <div id="right"><h3>Популярное</h3>{_links(sample.headlines, "div")}</div><div id="bottom">{FOOTER}</div></body></html>"""


def nameless(sample: Sample) -> str:
    """No class says anything: divs in divs, a list of news with teasers beside the article."""
    teasers = "".join(
        f'<div><div><a href="/{n}">{line}</a></div><div>{line} Подробности уточняются.</div></div>'
        for n, line in enumerate(sample.headlines)
    )
    return f"""<html><head><title>{sample.title}</title></head><body><div><div>{MENU}</div><div><div><div>{teasers}</div></div>
    <div><h1>{sample.title}</h1><div>13.08.2024</div><div>{"".join(f"<div>{line}</div>" for line in sample.paragraphs)}</div><div>Просмотров: 1234</div></div></div>
    <div>{COUNTER}</div><div>{FOOTER}</div></div></body></html>"""


def blog(sample: Sample) -> str:
    """A WordPress theme with sharing, related posts and a comment form."""
    comments = "".join(
        f'<li class="comment"><article><div class="comment-content"><p>{line}</p></div></article></li>' for line in sample.comments
    )
    return f"""<!doctype html><html lang="ru-RU"><head><title>{sample.title} | Блог о связи</title></head><body class="single"><div id="page">
    <header class="site-header">{MENU}</header><div id="primary"><article id="post-1" class="post"><header class="entry-header"><h1 class="entry-title">{sample.title}</h1>
    <div class="entry-meta">Опубликовано: 13 августа 2024, автор: admin</div></header><div class="entry-content">{_p(sample)}
    <div class="sharedaddy"><h3>Поделиться:</h3><ul><li><a href="#">Telegram</a></li><li><a href="#">VK</a></li></ul></div>
    <div class="jp-relatedposts"><h3>Похожие записи</h3>{_links(sample.headlines[:3], "p")}</div></div>
    <footer class="entry-footer">Рубрика: <a href="#">Новости</a> Метки: <a href="#">закон</a></footer></article>
    <div id="comments"><h2>Комментарии</h2><ol>{comments}</ol><div id="respond"><h3>Добавить комментарий</h3><form><textarea></textarea></form>
    <p>Ваш адрес email не будет опубликован. Обязательные поля помечены *</p></div></div></div>
    <div id="secondary"><section class="widget"><h2>Свежие записи</h2><ul>{_links(sample.headlines)}</ul></section></div></div>{FOOTER}</body></html>"""


def seedlike(sample: Sample) -> str:
    """The seed's kind: hot news and a counter right under the text, in the same container."""
    return f"""<html><head><title>{sample.title} - Радиоточка</title></head><body><div class="wrap"><div class="head">{MENU}</div><div class="col">
    <h1>{sample.title}</h1>{_p(sample)}<p>Подписывайтесь на наш канал в Telegram</p><div><h3>Горячие новости</h3>{COUNTER}<ul>{_links(sample.headlines)}</ul></div>
    <div>Роспотребнадзор, ВОЗ, mos.ru</div></div></div>{FOOTER}</body></html>"""


def insets(sample: Sample) -> str:
    """Insets between the paragraphs: read also, a picture with its caption, an advertisement, a legal mark."""
    inset = [
        f'<p><b>Читайте также:</b> <a href="/x">{sample.headlines[0]}</a></p>',
        '<div class="picture"><img src="a.jpg"><span class="picture__caption">Фото: Global Look Press</span></div>',
        '<div class="adv-inline">Реклама</div>',
        f'<blockquote class="see-also"><a href="/y">{sample.headlines[1]}</a></blockquote>',
    ]
    body = "".join(f"<p>{line}</p>{inset[number % len(inset)]}" for number, line in enumerate(sample.paragraphs))
    return f"""<html><head><title>{sample.title}</title></head><body><div class="layout"><div class="menu">{MENU}</div><div class="main"><div class="doc">
    <h1 class="doc__title">{sample.title}</h1><div class="doc__info">13 августа 2025 16:20 | Политика</div><div class="doc__body">{body}
    <p>* Компания Meta признана экстремистской организацией и запрещена в России</p></div></div>{SHARE}
    <div class="more"><h2>Материалы по теме</h2>{_links(sample.headlines[2:6], "div")}</div></div></div>{FOOTER}</body></html>"""


def endless(sample: Sample) -> str:
    """The next articles of the feed stand under the one that was asked for."""
    more = "".join(
        f'<div class="news-card"><h2><a href="/{n}">{line}</a></h2><p>{text}</p><a href="/{n}">Читать полностью</a></div>'
        for n, (line, text) in enumerate(zip(sample.headlines, sample.comments, strict=False))
    )
    return f"""<html><head><title>{sample.title}</title><meta property="og:title" content="{sample.title}"></head><body><div class="page">{MENU}
    <div class="news-item"><div class="news-item__header"><h1>{sample.title}</h1></div><div class="news-item__content js-mediator-article">
    <div class="block">{"</div><div class='block'>".join(f"<p>{line}</p>" for line in sample.paragraphs)}</div></div></div>
    <div class="feed"><h3>Последние новости</h3>{more}</div></div>{FOOTER}</body></html>"""


def agency(sample: Sample) -> str:
    """A dateline in the first paragraph, the text in spans, a list of regions around it."""
    first, *rest = sample.paragraphs
    text = f"<p><span>МОСКВА, 13 авг — Агентство.</span> {first}</p>" + "".join(f"<p><span>{line}</span></p>" for line in rest)
    return f"""<html><head><title>{sample.title}</title></head><body><div class="header">{MENU}</div><div class="inner"><div class="left">
    <div class="text-title">{sample.title}</div><div itemprop="articleBody">{text}</div></div><div class="lenta">{_links(sample.headlines, "div")}</div></div>{FOOTER}</body></html>"""


TEMPLATES: tuple[Callable[[Sample], str], ...] = (portal, tables, breaks, nameless, blog, seedlike, insets, endless, agency)


def samples(articles: Sequence[tuple[str, str]], count: int, seed: int = 1) -> list[Sample]:
    """Samples made of (title, text) pairs: each text cut into paragraphs of one to three sentences."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        title, text = articles[number % len(articles)]
        sentences = [
            part if part.endswith((".", "!", "?", "»", "…")) else part + "." for part in text.replace("\n", " ").split(". ") if part
        ]
        paragraphs = []
        while sentences:
            size = chance.randint(1, 3)
            paragraphs.append(" ".join(sentences[:size]))
            sentences = sentences[size:]
        others = chance.sample([pair for pair in articles if pair[0] != title], min(10, len(articles) - 1))
        comments = tuple(other[1].split(". ")[0] + "." for other in others[:5])
        made.append(Sample(title, tuple(paragraphs), tuple(other[0] for other in others), comments))
    return made
