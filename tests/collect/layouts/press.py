# markup is read as markup
"""Layouts of agencies and newspapers."""

from __future__ import annotations

from collections.abc import Callable

from .material import AGENT, BANNED, COOKIE, LEGAL, Item, cards, ld, links, menu, page

Layout = tuple[str, str]
"""The page and the text that a reader would call its article."""


def state_agency(item: Item) -> Layout:
    """Blocks of typed divs; the heading is a div; the next articles of the feed follow in full; a chat at the end."""
    card = f'<div class="article__block" data-type="article"><div class="article__article"><a href="/1" class="article__article-link">{item.heads[0]}</a><span>Вчера, 10:15</span></div></div>'
    banner = '<div class="article__block" data-type="banner"><div class="banner">Реклама</div></div>'
    media = '<div class="article__block" data-type="media"><div class="media__description">Мужчина с телефоном. Архивное фото</div><div class="media__copyright">© РИА / Иван Иванов</div></div>'
    body = item.body(lambda tag, text: f'<div class="article__block" data-type="text"><div class="article__text">{text}</div></div>' if tag != "h2" else f'<div class="article__block" data-type="h2"><h3 class="article__h2">{text}</h3></div>', [card, banner, media])  # fmt: skip
    other = f'<div class="endless__item"><div class="article"><div class="article__title">{item.heads[2]}</div><div class="article__body">' + "".join(f'<div class="article__block" data-type="text"><div class="article__text">{text}</div></div>' for text in item.blurbs) + "</div></div></div>"  # fmt: skip
    return page(item, f"""<div class="header"><ul class="header__menu">{menu()}</ul></div><div class="page"><div class="layout-article"><div class="endless__item">
    <div class="article m-article" data-article-type="article"><div class="article__header"><div class="article__info"><div class="article__info-date"><a href="/20250813/">10:00 13.08.2025</a> <span class="article__info-date-modified">(обновлено: 11:02 13.08.2025)</span></div>
    <div class="article__info-statistic"><span class="statistic__item">1823</span></div></div><div class="article__title">{item.title}</div><h1 class="article__second-title">{item.lead}</h1></div>
    <div class="article__body js-mediator-article">{body}</div><div class="article__tags"><a class="article__tags-item" href="/t1">Россия</a><a class="article__tags-item" href="/t2">Технологии</a></div>
    <div class="article__userbar"><div class="share"><a>Отправить</a></div><span>Чтобы участвовать в дискуссии, авторизуйтесь или зарегистрируйтесь</span></div></div></div>{other}</div>
    <div class="layout-rightside"><div class="the-hot">{links(item, "div")}</div></div></div><footer>{LEGAL}</footer>""", head=ld(item)), item.text()  # fmt: skip


def hidden_copy(item: Item) -> Layout:
    """The text stands a second time in hidden microdata, run together."""
    hidden = f'<div class="schema_org" style="display:none" itemscope itemtype="http://schema.org/NewsArticle"><div itemprop="articleBody">{item.text()}</div><div itemprop="publisher">Агентство, 4.7, 96, internet-group@example.org, 7 495 645-66-01</div></div>'
    return page(item, f'{hidden}<nav>{menu("span")}</nav><div class="content"><h1>{item.title}</h1><div class="news__announce">{item.lead}</div><div class="news__text">{item.body()}</div></div><div class="tape">{cards(item, "tape__item")}</div>{LEGAL}'), item.text()  # fmt: skip


def old_agency(item: Item) -> Layout:
    """The heading stands within the article element; related links and a picture float in it."""
    inset = f'<aside class="textML"><a href="/x"><img src="1.jpg"><span>{item.heads[0]}</span></a></aside>'
    return page(item, f"""<div class="wrap"><div class="topMenu">{menu("a")}</div><main><div class="leftside"><article itemprop="articleBody"><h1 itemprop="headline">{item.title}</h1>
    <figure class="inner"><img src="a.jpg"><figcaption>Фото: Пётр Петров/ТАСС</figcaption></figure><p>Москва. 13 августа. INTERFAX.RU - {item.lead}</p>{item.body(None, [inset])}</article>
    <div class="textMTags"><a href="/1">Минцифры</a><a href="/2">мессенджеры</a></div><div class="linkQ"><div class="titleline">Новости по теме</div>{links(item, "div", 4)}</div></div>
    <div class="rightside"><div class="timeline">{cards(item, "timeline__text")}</div></div></main><footer>{LEGAL}</footer></div>"""), "Москва. 13 августа. INTERFAX.RU - " + item.text()  # fmt: skip


def business_daily(item: Item) -> Layout:
    """An overview, insets that sell a subscription, authors and tags inside of the body."""
    inset = [
        f'<div class="article__inline-item"><a class="article__inline-item__link" href="/1"><span class="article__inline-item__title">{item.heads[0]}</span><span class="article__inline-item__category">Технологии и медиа</span></a></div>',
        '<div class="pro-anons"><div class="pro-anons__header">Что узнать на Pro</div><a href="/p">Как руководителю пережить год без отпуска и не потерять команду</a></div>',
        '<div class="g-banner__wrap">Реклама, ООО «Ромашка», erid: 2VtzqxAbCdE</div>',
    ]
    return page(item, f"""<div class="topline"><div class="topline__menu">{menu("span")}</div></div><div class="l-col-main"><div class="article__content"><div class="article__header"><a class="article__header__category" href="/t">Технологии и медиа</a>
    <span class="article__header__date">13 авг 2025, 10:00</span><div class="article__header__counter">12 453</div><span class="article__header__share">Поделиться</span><h1 class="article__header__title-in">{item.title}</h1></div>
    <div class="article__text article__text_free" itemprop="articleBody"><div class="article__text__overview"><span>{item.lead}</span></div><div class="article__main-image"><div class="article__main-image__author">Фото: Иван Иванов / РБК</div></div>
    {item.body(None, inset)}<div class="article__social-container">Следите за новостями в Telegram</div><div class="article__authors"><div class="article__authors__title">Авторы</div><span class="article__authors__author__name">Анна Иванова</span></div>
    <div class="article__tags"><div class="article__tags__title">Теги</div><a href="/1">мессенджеры</a></div></div></div><div class="news-feed">{links(item, "div")}</div></div>{LEGAL}"""), item.text()  # fmt: skip


def trade_daily(item: Item) -> Layout:
    """The author stands in a paragraph of the text's own class; a list of the day's picture follows."""
    return page(item, f"""<header class="main_header"><nav><ul>{menu()}</ul></nav></header><article class="doc"><header class="doc_header"><p class="doc_header__publish_time">13.08.2025, 10:00</p><h1 class="doc_header__name">{item.title}</h1>
    <h2 class="doc_header__subheader">{item.lead}</h2></header><div class="doc_media"><p class="doc_media__text photo_full_caption">Выйти из полноэкранного режима. Фото: Анна Иванова, Коммерсантъ</p></div><div class="article_text_wrapper">{item.body(lambda tag, text: f'<p class="doc__text">{text}</p>' if tag == "p" else f"<{tag} class='doc__thought'>{text}</{tag}>" if tag == "h2" else f"<{tag}>{text}</{tag}>")}
    <p class="doc__text document_authors">Анна Иванова</p></div><div class="doc_footer"><a href="/s">Подписаться на новости в Telegram</a></div></article><section class="picture_of_the_day"><h4>Картина дня</h4>{cards(item, "uho")}</section><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def boxes(item: Item) -> Layout:
    """A list of typed boxes, with subscription calls as boxes of the same rank."""
    call = '<div class="article-boxes-list__item"><div class="box-inset-link"><div class="box-inset-link__title">Хотите скрыть рекламу? Оформите подписку и читайте, не отвлекаясь</div></div></div>'
    return page(item, f"""<div id="app"><div class="app-header">{menu("a")}</div><div class="article"><div class="article-headline"><a class="tag" href="/r">Технологии / ИТ-бизнес</a><h1 class="article-headline__title">{item.title}</h1><em class="article-headline__subtitle">{item.lead}</em>
    <div class="article-authors__info">Анна Иванова</div></div><div class="article-boxes-list article__boxes">{item.body(lambda tag, text: f'<div class="article-boxes-list__item"><p class="box-paragraph__text">{text}</p></div>', [call])}</div><div class="article-telegram-inset">Новости еще быстрее — в нашем канале. Подписывайтесь в Telegram</div>
    <div class="article-tags">{links(item, "span", 3)}</div></div><div class="recommended"><h2>Самое популярное</h2>{cards(item, "popular-card")}</div></div><script>window.__NUXT__={{"text":"{item.blurbs[0]}"}}</script>"""), item.text()  # fmt: skip


def topic_body(item: Item) -> Layout:
    """A second title for aggregators, an inline box with another topic, feedback at the end."""
    box = f'<a class="box-inline-topic" href="/n"><h3 class="box-inline-topic__titles">{item.heads[0]}</h3><div class="box-inline-topic__rightcol">{item.blurbs[0]}</div></a>'
    return page(item, f"""<div class="menu">{menu("a")}</div><div class="topic-page__container"><div class="topic-header"><a class="topic-header__time" href="/d">10:00, 13 августа 2025</a></div><h1 class="topic-body__titles"><span class="topic-body__title">{item.title}</span></h1>
    <div class="topic-body__title-yandex">{item.lead}</div><figure class="picture"><div class="topic-body__title-image-description">Фото: Иван Иванов / Коммерсантъ</div></figure><div class="topic-body__content">{item.body(lambda tag, text: f'<p class="topic-body__content-text">{text}</p>', [box])}</div>
    <div class="feedback"><a href="#">Что думаешь? Оцени!</a></div><ul class="loader__related">{links(item)}</ul></div><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def incuts(item: Item) -> Layout:
    """Incuts with teasers of other articles between the paragraphs."""
    incut = f'<div class="b_article-incut"><div class="b_article-incut-title">Что думаете?</div><a href="/1">{item.heads[1]}</a><p>{item.blurbs[1]}</p></div>'
    return page(item, f"""<div class="b_header">{menu("a")}</div><div class="w_col_840"><article class="b_article"><div class="b_article-header"><h1 class="headline">{item.title}</h1><div class="subheader"><h2 class="subheader">{item.heads[3][:40]}</h2></div><time>13 августа 2025, 10:00</time></div>
    <div class="b_article-text" itemprop="articleBody"><p>{item.lead}</p>{item.body(None, [incut])}<div class="b_read-more"><a href="/rm">{item.heads[2]}</a></div><p>Подписывайтесь на «Газету» в Дзен и Telegram.</p></div></article></div>
    <div class="b_rightcol">{cards(item, "b_ear")}</div>{LEGAL}"""), item.text()  # fmt: skip


def css_modules(item: Item) -> Layout:
    """Class names that a builder hashed; the lead is apart; a call to read us elsewhere."""
    return page(item, f"""<div id="__next"><div class="Header_root__a1"><ul>{menu()}</ul></div><div class="PageContent_wrap__x9"><div class="PageArticle_main__b2"><div class="PageArticleContent_date__k1">13.08.2025 10:00</div><h1 class="PageArticleContent_title__9">{item.title}</h1>
    <div class="PageArticleContent_lead__l6">{item.lead}</div><div class="PageArticleContent_image__z"><span class="ImageSign_s">Пресс-служба Роскомнадзора</span></div><div class="PageContentCommonStyling_text__C">{item.body()}</div><div class="ShareLine_r">Поделиться</div></div>
    <div class="PageArticle_aside__c3">{cards(item, "ItemOfListStandard_wrapper__Cj")}</div></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"x":"{item.blurbs[0]}"}}}}</script>""", head=ld(item)), item.text()  # fmt: skip


def data_only(item: Item) -> Layout:
    """A program draws the page: the text stands in JSON-LD alone, the markup has the menu and a call for scripts."""
    return page(item, f'<div id="root"><div class="skeleton">{menu("a")}</div><h1>{item.title}</h1></div><noscript>Для работы сайта включите JavaScript в настройках браузера.</noscript>{LEGAL}', head=ld(item, articleBody=item.text())), item.text()  # fmt: skip


def declared_body(item: Item) -> Layout:
    """JSON-LD repeats the body; in the markup it is among cards of prose."""
    return page(item, f'<div class="a1">{menu("a")}</div><div class="b7">{cards(item, "c1", 8)}</div><div class="b8"><h1>{item.title}</h1><div class="d1">{item.lead}</div>{item.body(lambda tag, text: f"<div class=d2>{text}</div>")}</div><div class="b9">{LEGAL}</div>', head=ld(item, articleBody=item.text())), item.text()  # fmt: skip


def portal_inset(item: Item) -> Layout:
    """ "More on the topic" within the body, a caption, a legal mark at the end."""
    more = f'<div class="more_style_one"><div class="more_style_one__title">Подробнее по теме</div><a href="/1"><div class="label">{item.heads[0]}</div><p>{item.blurbs[0]}</p></a></div>'
    return page(item, f"""<div class="menu">{menu("a")}</div><div role="article"><div class="title-block"><h1 itemprop="headline"><span>{item.title}</span></h1></div><div class="big_photo__img"><div class="big_photo__author">Фото: ИЗВЕСТИЯ/Иван Иванов</div></div><div class="text-article__inside"><div itemprop="articleBody"><div><p>{item.lead}</p>{item.body(None, [more])}<p>{BANNED}</p></div></div></div></div>
    <div class="hash_tags">{links(item, "span", 3)}</div><div class="block-list">{cards(item, "short-last-news")}</div>{LEGAL}"""), item.text()  # fmt: skip


def tabloid(item: Item) -> Layout:
    """Signed in the text, with the issue of the paper and a call for the messenger."""
    return page(item, f"""<ul class="header__menu">{menu()}</ul><main class="article"><div class="article__meta"><time>13.08.2025 в 10:00</time><span class="meta__text">просмотров: 4512</span></div><h1 class="article__title">{item.title}</h1><p class="article__subtitle">{item.lead}</p>
    <div class="article__authors"><a href="/a">Анна Иванова</a></div><div class="article__picture"><p class="article__picture-description">ФОТО: АННА ИВАНОВА</p></div><div class="article__body">{item.body()}</div><p class="article__issue">Опубликован в газете "Портал" №0 от 13 августа 2025</p><p class="article__newspaper-headline">Заголовок в газете: Слова без связи</p>
    <div class="article__tags">Теги: {links(item, "span", 2)}</div><div class="article__social">Что еще почитать</div>{cards(item, "news-tiles__item")}</main><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def exiled(item: Item) -> Layout:
    """A notice of a foreign agent on top, a call for donations in the middle and at the end."""
    call = '<div class="support-banner"><h3>Поддержите нас</h3><p>Мы рассказываем о том, что происходит, благодаря тысячам людей, которые присылают нам небольшие суммы. Если вам важно то, что мы делаем, подпишитесь на ежемесячное пожертвование.</p></div>'
    return page(item, f"""<div class="agent">{AGENT}</div><header>{menu("a")}</header><div class="GeneralMaterial-module_materialBody"><h1 class="SimpleTitle">{item.title}</h1><div class="MetaItem">10:00, 13 августа 2025</div><div class="MetaItem">Источник: Портал</div>
    <div class="GeneralMaterial-article"><p class="SimpleBlock-p">{AGENT}</p><p class="SimpleBlock-lead">{item.lead}</p>{item.body(lambda tag, text: f'<{tag} class="SimpleBlock-module">{text}</{tag}>', [call])}</div></div>{call}<footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def city_portal(item: Item) -> Layout:
    """Text in nested blocks with hashed names; comments and the most read below."""
    more = f'<div class="uiArticleBlockReadMore_a"><div>Читайте также</div><a href="/1"><span>{item.heads[0]}</span></a></div>'
    comments = "".join(f'<div class="comment_{n}"><div>Гость</div><div>13 августа, 12:0{n}</div><div><p>{text}</p></div><span>Ответить</span></div>' for n, text in enumerate(item.blurbs))  # fmt: skip
    return page(item, f"""<div class="header_h">{menu("a")}</div><div class="articleContent_f"><div class="themes_q"><a>Интернет</a><a>Общество</a></div><h1 class="title_B">{item.title}</h1><p class="subtitle_o">{item.lead}</p><div class="stat_s"><span>13 августа 2025, 10:00</span><span>12 комментариев</span></div>
    <figure><figcaption><p>Блокировки затронут всех</p><p>Источник: <span>Иван Иванов / 29.RU</span></p></figcaption></figure><div class="articleBody_g">{item.body(lambda tag, text: f'<div class="uiArticleBlockText_G"><div><{"h2" if tag == "h2" else "p"}>{text}</{"h2" if tag == "h2" else "p"}></div></div>', [more])}</div></div>
    <div class="comments_c"><div>КОММЕНТАРИИ</div>{comments}</div><div class="top_t">{cards(item, "card_v")}</div>{LEGAL}"""), item.text()  # fmt: skip


def amp(item: Item) -> Layout:
    """The AMP twin: custom elements, a sidebar with the menu."""
    return page(item, f"""<amp-sidebar id="s"><ul>{menu()}</ul></amp-sidebar><header class="amp-header">Портал</header><main><article><h1>{item.title}</h1><time datetime="2025-08-13T10:00:00+03:00">13.08.2025, 10:00</time><amp-img></amp-img><div class="lead"><p>{item.lead}</p></div>
    <amp-ad></amp-ad>{item.body()}<amp-social-share></amp-social-share><amp-list><div>Комментарии отсутствуют</div></amp-list></article><section class="amp-related"><h4>По теме</h4>{links(item, "p")}</section></main><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def endless_feed(item: Item) -> Layout:
    """Three whole articles in a row, each with its own heading; the first is the one asked for."""
    more = "".join(f'<article class="article"><h1>{item.heads[k]}</h1><div class="article-text">' + "".join(f"<p>{text}</p>" for text in item.blurbs[k:] + item.blurbs[:k]) + "</div></article>" for k in (1, 2))  # fmt: skip
    return page(item, f'<header>{menu("a")}</header><article class="article"><h1>{item.title}</h1><div class="article-text"><p>{item.lead}</p>{item.body()}</div><div class="tags">{links(item, "span", 2)}</div></article>{more}<footer>{COOKIE} {LEGAL}</footer>'), item.text()  # fmt: skip


PRESS: tuple[Callable[[Item], Layout], ...] = (
    state_agency, hidden_copy, old_agency, business_daily, trade_daily, boxes, topic_body, incuts, css_modules, data_only, declared_body,
    portal_inset, tabloid, exiled, city_portal, amp, endless_feed,
)  # fmt: skip
