# markup is read as markup
"""Layouts of content management systems, of authorities, and of sites that nobody has touched for twenty years."""

from __future__ import annotations

from collections.abc import Callable

from .material import BANNED, COOKIE, LEGAL, MENU, Item, cards, ld, links, menu, page
from .press import Layout


def _comments(item: Item, row: str) -> str:
    return "".join(
        row.format(text=f"{blurb} А вы как думаете? Мне кажется, что это ненадолго.", n=n) for n, blurb in enumerate(item.blurbs)
    )


def bitrix(item: Item) -> Layout:
    """news.detail: raw text with line breaks in one div, fields of the element below, a way back to the list."""
    text = "<br>\n<br>\n".join(text for _, text in item.parts)
    return page(item, f"""<table id="header"><tr><td>{menu("span")}</td></tr></table><div id="content"><h1 id="pagetitle">{item.title}</h1><div class="news-detail"><img class="detail_picture" src="a.jpg"><span class="news-date-time">13.08.2025</span><h3>{item.title}</h3>
    {item.lead}<br /><br />{text}<div style="clear:both"></div><br />Количество показов:&nbsp;213<br />Автор:&nbsp;Иванова А.<br /><div class="news-detail-share"><noindex>Поделиться</noindex></div></div><p><a href="/news/">Возврат к списку</a></p></div>
    <div id="sidebar"><div class="news-list">{cards(item, "news-item")}</div></div><div id="footer">{LEGAL}</div>"""), item.text()  # fmt: skip


def wordpress_paper(item: Item) -> Layout:
    """A newspaper theme: advertisements, sharing, an author's box and related posts inside of the article."""
    ad = '<div class="td-a-rec td-a-rec-id-content_inline"><ins class="adsbygoogle"></ins><span>- Реклама -</span></div>'
    return page(item, f"""<div class="td-header-menu-wrap"><ul class="sf-menu">{menu()}</ul></div><div class="td-crumb-container"><span><a href="/">Главная</a></span> › <span>Общество</span> › {item.title}</div><article class="post type-post"><header class="td-post-title"><ul class="td-category"><li>Общество</li></ul>
    <h1 class="entry-title">{item.title}</h1><div class="td-module-meta-info">От Редакция - 13.08.2025 <span class="td-post-views">1043</span></div></header><div class="td-post-sharing-top">Facebook Twitter VK</div><div class="td-post-content"><p><strong>{item.lead}</strong></p>{item.body(None, [ad])}</div>
    <footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>ТЕГИ</span></li>{links(item, "li", 3)}</ul></div><div class="author-box-wrap"><div class="td-author-name">Редакция</div><div class="td-author-description">Мы пишем о жизни региона с 2009 года. Наши корреспонденты работают во всех районах и каждый день готовят новости, интервью и репортажи.</div></div>
    <div class="td-post-next-prev"><span>Предыдущая статья</span><a>{item.heads[0]}</a></div></footer></article><div class="td_block_related_posts"><h4>СТАТЬИ ПО ТЕМЕ<span>БОЛЬШЕ ОТ АВТОРА</span></h4>{cards(item, "td_module_related_posts")}</div>
    <div class="comments" id="comments"><h4>ОСТАВЬТЕ ОТВЕТ</h4><form>Отменить ответ</form></div><div class="td-ss-main-sidebar">{cards(item, "td_module_6")}</div><div class="td-footer">{LEGAL}</div>"""), item.text()  # fmt: skip


def wordpress_blocks(item: Item) -> Layout:
    """Blocks with a table of contents before and the author's life after the text."""
    return page(item, f"""<header class="wp-block-template-part"><nav class="wp-block-navigation">{menu()}</nav></header><main class="wp-block-group"><h1 class="wp-block-post-title">{item.title}</h1><div class="wp-block-post-date">13.08.2025</div><div class="entry-content wp-block-post-content"><div id="ez-toc-container" class="ez-toc"><p class="ez-toc-title">Содержание</p><ul><li><a href="#1">Что произошло</a></li><li><a href="#2">Кого это касается</a></li></ul></div>
    <p>{item.lead}</p>{item.body()}<div class="wp-block-buttons"><a>Подписаться на рассылку</a></div></div><div class="entry-author"><p>Об авторе: журналист, пишет о технологиях и праве больше десяти лет, любит собак и долгие прогулки.</p></div></main><section class="widget_recent_entries"><h2>Свежие записи</h2><ul>{links(item)}</ul></section><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def tilda(item: Item) -> Layout:
    """Records without semantics: each paragraph in a record of its own, a form and contacts as other records."""
    records = item.body(lambda tag, text: f'<div id="rec{abs(hash(text)) % 10**8}" class="r t-rec"><div class="t106"><div class="t-container t-align_center"><div class="t-col"><div class="t106__text t-text t-text_md" field="text">{text}</div></div></div></div></div>')  # fmt: skip
    return page(item, f"""<div id="allrecords" class="t-records"><div class="r t-rec"><div class="t228"><ul class="t228__list">{menu()}</ul></div></div><div class="r t-rec"><div class="t182"><h1 class="t-title t182__title">{item.title}</h1></div></div><div class="r t-rec"><div class="t004"><div class="t-text t-text_md" field="text">{item.lead}</div></div></div>{records}
    <div class="r t-rec"><div class="t-form"><div class="t-input-title">Оставьте заявку, и мы свяжемся с вами в течение рабочего дня</div><button>Отправить</button><div>Нажимая на кнопку, вы даете согласие на обработку персональных данных и соглашаетесь c политикой конфиденциальности</div></div></div>
    <div class="r t-rec"><div class="t404">{cards(item, "t404__col", 3)}</div></div><div class="r t-rec"><div class="t420">{LEGAL}</div></div></div>"""), item.text()  # fmt: skip


def dle(item: Item) -> Layout:
    """DataLife Engine: a rating, an appeal to guests in prose, related news, comments."""
    guest = '<div class="berrors">Уважаемый посетитель, Вы зашли на сайт как незарегистрированный пользователь. Мы рекомендуем Вам зарегистрироваться либо войти на сайт под своим именем.</div><div class="berrors">Информация. Посетители, находящиеся в группе Гости, не могут оставлять комментарии к данной публикации.</div>'
    text = "<br /><br />".join(text for _, text in item.parts)
    return page(item, f"""<div class="head"><ul>{menu()}</ul></div><div class="speedbar">Портал » Общество » {item.title}</div><div id="dle-content"><div class="base fullstory"><h1>{item.title}</h1><div class="binfo">Автор: admin от 13-08-2025, 10:00, посмотрело: 1 203</div><div class="maincont"><div id="news-id-5123">{item.lead}<br /><br />{text}</div></div>
    <div class="ratebox">Рейтинг: 3.5 (голосов: 12)</div>{guest}<div class="related"><b>Другие новости по теме:</b><ul class="relatednews">{links(item)}</ul></div></div><div id="dle-comments-list">{_comments(item, '<div class="bcomment"><b>user{n}</b><div id="comm-id-{n}">{text}</div></div>')}</div></div><div class="side">{cards(item, "block")}</div>{LEGAL}"""), item.text()  # fmt: skip


def joomla(item: Item) -> Layout:
    """Details in a list before the text, a pager and comments after it."""
    return page(item, f"""<div class="moduletable_menu"><ul class="nav menu">{menu()}</ul></div><div class="item-page" itemscope><div class="page-header"><h2 itemprop="headline">{item.title}</h2></div><dl class="article-info muted"><dt class="article-info-term">Подробности</dt><dd class="category-name">Категория: Новости</dd><dd class="published">Опубликовано: 13 августа 2025</dd><dd class="hits">Просмотров: 403</dd></dl>
    <div itemprop="articleBody"><p>{item.lead}</p>{item.body()}</div><ul class="pager pagenav"><li><a rel="prev">Назад</a></li><li><a rel="next">Вперед</a></li></ul><div id="jc">{_comments(item, '<div class="comment-box"><a>{n}</a><div class="comment-body">{text}</div></div>')}</div></div><div class="moduletable"><h3>Последние новости</h3><ul class="latestnews">{links(item)}</ul></div>{LEGAL}"""), item.text()  # fmt: skip


def drupal(item: Item) -> Layout:
    """Fields in wrappers, a counter of reads and tags as fields of the same node."""
    return page(item, f"""<div class="region region-header"><ul class="menu">{menu()}</ul></div><div class="region region-content"><h1 class="page-title"><span class="field field--name-title">{item.title}</span></h1><article class="node node--type-article"><div class="node__meta"><span>Опубликовано 13.08.2025 - 10:00 пользователем editor</span></div><div class="node__content"><div class="field field--name-field-lead">{item.lead}</div>
    <div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{item.body()}</div><div class="field field--name-field-tags"><div class="field__label">Теги</div>{links(item, "div", 3)}</div><ul class="links inline"><li class="statistics-counter">1024 просмотра</li><li>Войдите или зарегистрируйтесь, чтобы отправлять комментарии</li></ul></div></article></div><div class="region region-sidebar-second">{cards(item, "views-row")}</div><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def ucoz(item: Item) -> Layout:
    """Tables around the message; its details stand in the last row."""
    body = item.body(lambda tag, text: f"<div>{text}</div><br>")
    return page(item, f"""<table><tr><td class="leftcol"><div class="boxTable"><h2>Меню сайта</h2><ul class="uMenuRoot">{menu()}</ul></div><div class="boxTable"><h2>Наш опрос</h2><div>Оцените мой сайт</div><div>Отлично Хорошо Неплохо</div></div></td><td class="centercol"><div class="breadcrumbs">Главная » 2011 » Август » 13 » {item.title}</div><table class="eBlock"><tr><td><div class="eTitle">{item.title}</div>
    <div class="eMessage">{item.lead}<br><br>{body}</div></td></tr><tr><td class="eDetails2">Просмотров: 531 | Добавил: editor | Рейтинг: 0.0/0</td></tr></table><div>Всего комментариев: 0</div><div>Добавлять комментарии могут только зарегистрированные пользователи. [ Регистрация | Вход ]</div></td><td>{links(item, "div")}</td></tr></table>{LEGAL}"""), item.text()  # fmt: skip


def government(item: Item) -> Layout:
    """A ministry's page: print and share links, a date of change, a question about the page, contacts of the press office."""
    return page(item, f"""<div class="gw-header"><a href="#c">Перейти к основному содержанию</a><ul>{menu()}</ul><div>Версия для слабовидящих</div></div><main class="content"><div class="breadcrumbs"><a>Главная</a> / <a>Пресс-центр</a> / <a>Новости</a></div><h1>{item.title}</h1><div class="news-date">13 августа 2025</div><div class="text-content"><p>{item.lead}</p>{item.body()}</div>
    <div class="service-links"><a>Версия для печати</a><a>Отправить ссылку</a></div><div class="contacts">Контакты для СМИ: press@example.gov.ru, +7 (495) 000-00-00</div><div class="page-info">Дата создания: 13.08.2025. Дата последнего изменения: 13.08.2025</div><div class="useful">Страница была полезной? Да Нет</div></main><aside>{links(item)}</aside><footer>Официальный интернет-ресурс Министерства. Все материалы сайта доступны по лицензии Creative Commons Attribution 4.0 International, если не указано иное. {LEGAL}</footer>"""), item.text()  # fmt: skip


def president(item: Item) -> Layout:
    """Long paragraphs in entry-content, then topics, persons and where it is published."""
    return page(item, f"""<div class="header"><ul>{menu()}</ul></div><div class="read__content" role="main"><div class="read__top"><h1 class="entry-title p-name">{item.title}</h1><div class="read__lead entry-summary">{item.lead}</div><div class="read__meta"><time>13 августа 2025 года, 10:00</time> <span>Москва, Кремль</span></div></div>
    <div class="entry-content e-content read__internal_content">{item.body()}</div><div class="read__tags"><h3>Темы</h3>{links(item, "a", 2)}</div><div class="read__bottommeta">Опубликован в разделах: Новости, Поручения. Дата публикации: 13 августа 2025 года, 10:00. Ссылка на материал: example.ru/d/1. Текстовая версия</div></div><footer>{LEGAL}</footer>"""), item.text()  # fmt: skip


def hub(item: Item) -> Layout:
    """A collective blog: hubs, a reading time, votes, a card of the company, comments in prose."""
    return page(item, f"""<div class="tm-header">{menu("a")}</div><div class="tm-article-presenter__body"><article class="tm-article-presenter__content"><div class="tm-article-snippet"><span class="tm-user-info">editor</span> <span>13 авг 2025 в 10:00</span><h1 class="tm-title"><span>{item.title}</span></h1><span class="tm-article-reading-time">3 мин</span><span>12K</span><div class="tm-publication-hubs">{links(item, "span", 2)}</div></div>
    <div class="article-formatted-body article-formatted-body_version-2"><div xmlns="http://www.w3.org/1999/xhtml"><p>{item.lead}</p>{item.body()}</div></div><div class="tm-article-presenter__meta"><strong>Теги:</strong>{links(item, "li", 2)}<strong>Хабы:</strong></div></article><div class="tm-votes-meter">+12</div><div class="tm-block">Редакторский дайджест. Присылаем лучшие статьи раз в месяц</div></div>
    <div class="tm-article-comments"><h2>Комментарии 12</h2>{_comments(item, '<section class="tm-comment"><div class="tm-comment__body-content"><p>{text}</p></div></section>')}</div><div class="tm-block_publications"><h2>Публикации</h2>{cards(item, "tm-article-card")}</div>"""), item.text()  # fmt: skip


def islands(item: Item) -> Layout:
    """Blocks as figures and divs, comments and a feed drawn by a program below."""
    return page(item, f"""<div id="app"><div class="bar">{menu("a")}</div><div class="content content--full"><div class="content-header"><a class="author__name">Портал новостей</a><div class="content-header__topic">Соцсети</div><time>13 авг 2025</time></div><h1 class="content-title">{item.title}</h1><div class="content__blocks"><div class="block-wrapper block-wrapper--entry"><div class="block-text"><p>{item.lead}</p></div></div>
    {item.body(lambda tag, text: f'<div class="block-wrapper block-wrapper--entry"><div class="block-text"><p>{text}</p></div></div>')}<div class="block-wrapper"><div class="block-link">{item.heads[0]} example.org</div></div></div><div class="content-footer">27 12 Поделиться</div></div><div class="comments-list">{_comments(item, '<div class="comment"><div class="comment__text"><p>{text}</p></div>Ответить</div>')}</div><div class="rotator">{cards(item, "rotator-card")}</div></div>"""), item.text()  # fmt: skip


def justified(item: Item) -> Layout:
    """2003: font tags and justified paragraphs in a cell; the outlet's address and a counter at the foot of the same cell."""
    body = "".join(f'<p align="justify"><font face="Arial" size="2">{text}</font></p>' for _, text in item.parts)
    return page(item, f"""<center><table width="760"><tr><td colspan="3"><img src="logo.gif"></td></tr><tr><td width="140" bgcolor="#eeeeee">{"<br>".join(f'<a href="/{n}.htm"><font size="1">{name}</font></a>' for n, name in enumerate(MENU))}</td><td><font size="1">13.08.2003</font><br><font color="#990000" size="4"><b>{item.title}</b></font>
    <p align="justify"><b>{item.lead}</b></p>{body}<p align="right"><i>Анна ИВАНОВА</i></p><hr><font size="1">Наш адрес: г. Пример, ул. Ленина, 1. Тел. 3-45-67. <a href="mailto:red@example.ru">Написать в редакцию</a></font></td><td width="160">{"<hr>".join(f'<a href="/o{n}.htm"><font size="1">{head}</font></a>' for n, head in enumerate(item.heads))}</td></tr></table></center>"""), item.text()  # fmt: skip


def single_breaks(item: Item) -> Layout:
    """One break a paragraph, no container of its own: headings, text and links are siblings in one cell."""
    return page(item, f"""<div class="top">{menu("a")}</div><div class="main"><div class="h1">{item.title}</div><small>13 августа 2012 г.</small><br>{item.lead}<br>{"<br>".join(text for _, text in item.parts)}<br><br><a href="/archive">Архив новостей</a><br><b>Ещё новости:</b><br>{"<br>".join(f'<a href="/n{n}">{head}</a>' for n, head in enumerate(item.heads))}</div><div class="foot">{LEGAL}</div>"""), item.text()  # fmt: skip


def teasers_beside(item: Item) -> Layout:
    """No class says anything, and the column beside the article has as much prose as the article."""
    side = "".join(f"<div><a href='/{n}'>{head}</a><p>{blurb} {other}</p></div>" for n, (head, blurb, other) in enumerate(zip(item.heads, item.blurbs, item.blurbs[1:], strict=False)))  # fmt: skip
    return page(item, f"<div><div>{menu('a')}</div><div><div>{side}</div><div><h1>{item.title}</h1><p>{item.lead}</p>{item.body()}</div></div><div>{LEGAL}</div></div>"), item.text()  # fmt: skip


def interview(item: Item) -> Layout:
    """Questions in bold, answers with a dash, some of two words."""
    rows = "".join(f"<p><b>— Почему это важно для всех нас, вопрос {n}?</b></p><p>— {text}</p><p>— Да.</p>" for n, (_, text) in enumerate(item.parts))  # fmt: skip
    gold = "\n".join([item.lead, *(f"— Почему это важно для всех нас, вопрос {n}?\n— {text}\n— Да." for n, (_, text) in enumerate(item.parts))])  # fmt: skip
    return page(item, f'<nav>{menu()}</nav><div class="news-single"><h1>{item.title}</h1><div class="news-single__lead">{item.lead}</div><div class="news-single__text">{rows}</div><div class="news-single__foot">Беседовала Анна Иванова</div></div><div class="others"><h3>Другие материалы рубрики</h3>{cards(item, "o")}</div>{LEGAL}'), gold  # fmt: skip


def explainer(item: Item) -> Layout:
    """Subheadings and lists of short entries without full stops, a table of fines."""
    rows = [("граждане", "5 тысяч рублей"), ("должностные лица", "50 тысяч рублей"), ("организации", "700 тысяч рублей")]
    points = ["сотрудники банков", "операторы связи и владельцы площадок", "государственные служащие", "маркетплейсы и службы доставки"]
    table = "<table><tr><th>Кто</th><th>Штраф</th></tr>" + "".join(f"<tr><td>{who}</td><td>{sum_}</td></tr>" for who, sum_ in rows) + "</table>"  # fmt: skip
    extra = f"<h2>Кого коснётся запрет</h2><ul>{''.join(f'<li>{point}</li>' for point in points)}</ul><h2>Какие будут штрафы</h2>{table}"
    gold = "\n".join([item.text(), "Кого коснётся запрет", *points, "Какие будут штрафы", "Кто Штраф", *(" ".join(row) for row in rows), item.blurbs[0]])  # fmt: skip
    return page(item, f'<header>{menu("a")}</header><article><h1>{item.title}</h1><div class="article__content"><p>{item.lead}</p>{item.body()}{extra}<p>{item.blurbs[0]}</p></div></article><div class="article-more">{cards(item, "m")}</div><footer>{LEGAL}</footer>'), gold  # fmt: skip


def flash(item: Item) -> Layout:
    """Two sentences of news in a page that is full of other things."""
    text = f"{item.lead} {item.parts[0][1]}"
    return page(item, f'<div>{menu("a")}</div><div class="hot">{cards(item, "hot__item", 8)}</div><div class="newsline"><div class="newsline__item"><h1>{item.title}</h1><span>10:00</span><div class="newsline__text">{text}</div><a href="/c">Обсудить в форуме</a></div></div><div class="promo">{cards(item, "promo__item", 8)}</div><div>{COOKIE}</div>{LEGAL}'), text  # fmt: skip


def live(item: Item) -> Layout:
    """An online report: entries with a time each, all of them the article."""
    rows = "".join(f'<div class="live-item"><div class="live-item__time">1{n % 10}:2{n % 6}</div><div class="live-item__text"><p>{text}</p></div></div>' for n, (_, text) in enumerate(item.parts))  # fmt: skip
    return page(item, f'<nav>{menu()}</nav><div class="live"><h1>{item.title}</h1><p class="live__lead">{item.lead}</p><div class="live__items">{rows}</div><div class="live__share">Поделиться</div></div><div class="sidebar">{cards(item, "s")}</div><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def embeds(item: Item) -> Layout:
    """Posts of a channel as frames, sharing between paragraphs, a subscription form, marks of the law in the text."""
    insets = ['<iframe src="https://t.me/x/1?embed=1"></iframe>', '<div class="subscribe-form"><p>Получайте главные новости на почту раз в день. Без спама и рекламы.</p><input><button>Подписаться</button></div>', '<div class="share"><span>Поделиться</span><a>VK</a></div>']  # fmt: skip
    lead = item.lead.rstrip(".")
    return page(item, f'<header>{menu("a")}</header><main><h1>{item.title}</h1><div class="post-body"><p>{lead} (владелец WhatsApp — компания Meta, признана в России экстремистской и запрещена).</p>{item.body(None, insets)}<p>{BANNED}</p></div></main><div class="related">{cards(item, "r")}</div><footer>{COOKIE}{LEGAL}</footer>', head=ld(item)), item.text()  # fmt: skip


def spans(item: Item) -> Layout:
    """Copied from a word processor: a span in each paragraph, empty paragraphs between, a quotation in a block."""
    rows = "".join(f'<p class="MsoNormal"><span style="font-size:14pt">{text}</span></p><p>&nbsp;</p>' if n % 4 != 2 else f"<blockquote><p>{text}</p></blockquote>" for n, (_, text) in enumerate(item.parts))  # fmt: skip
    return page(item, f'<div class="header">{menu("a")}</div><section class="content-section"><div class="container"><h1 class="section-title">{item.title}</h1><div class="row"><div class="col-md-8"><div class="news_date">13.08.2025</div><p>{item.lead}</p>{rows}<a class="back">Все новости</a></div><div class="col-md-4">{cards(item, "news_item")}</div></div></div></section><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def menu_heavy(item: Item) -> Layout:
    """A hundred links of menus and regions before a short article, prose about the outlet after it."""
    regions = "".join(f"<li><a href='/r{n}'>{name} и область, район номер {n}</a></li>" for n in range(12) for name in MENU)
    return page(item, f'<div class="wrapper"><ul>{regions}</ul><div class="center"><div class="title">{item.title}</div><div class="info">Дата: 13.08.2025 Просмотры: 33</div><div class="full">{item.lead} {item.body(lambda tag, text: f"<div>{text}</div>")}</div></div><div class="about">О нас. Наше издание выходит с 1931 года и рассказывает о жизни района. У нас работают опытные журналисты, и каждую неделю выходит печатный номер тиражом пять тысяч экземпляров.</div>{LEGAL}</div>'), item.text()  # fmt: skip


def headings_only(item: Item) -> Layout:
    """Each sentence is a heading or a bold line: a builder's whim."""
    rows = "".join(f"<h3>{text}</h3>" if n % 3 == 0 else f"<div><strong>{text}</strong></div>" for n, (_, text) in enumerate(item.parts))
    return page(item, f'<header>{menu("a")}</header><div class="page-content"><h1>{item.title}</h1><h4>{item.lead}</h4>{rows}</div><div class="news-block">{links(item, "h4")}</div><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


ENGINES: tuple[Callable[[Item], Layout], ...] = (
    bitrix, wordpress_paper, wordpress_blocks, tilda, dle, joomla, drupal, ucoz, government, president, hub, islands, justified, single_breaks,
    teasers_beside, interview, explainer, flash, live, embeds, spans, menu_heavy, headings_only,
)  # fmt: skip
