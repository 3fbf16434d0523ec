# markup is read as markup
"""Layouts where the text itself is odd: numbered law, dialogues, tables, half a declaration, other articles in full around it."""

from __future__ import annotations

from collections.abc import Callable

from .material import COOKIE, LEGAL, Item, cards, ld, links, menu, page
from .press import Layout


def numbered_law(item: Item) -> Layout:
    """Points of a law in an ordered list, sub-points within; a requisites block above and a signature below."""
    points = [text for _, text in item.parts if len(text) > 30]
    body = "".join(f"<li><p>{text}</p></li>" if n % 3 else f"<li>{text}<ol><li>в статье {n + 1} слова «до 30 дней» исключить;</li></ol></li>" for n, text in enumerate(points))  # fmt: skip
    gold = "\n".join([item.lead, *(text if n % 3 else f"{text}\nв статье {n + 1} слова «до 30 дней» исключить;" for n, text in enumerate(points))])  # fmt: skip
    return page(item, f'<div class="top">{menu("a")}</div><div class="doc-view"><h1>{item.title}</h1><div class="doc-view__txt"><p>{item.lead}</p><ol>{body}</ol></div><div class="doc-view__tools"><a href="/p">Скачать PDF</a> <a href="/w">Скачать DOCX</a></div></div><div class="col">{links(item, "p", 6)}</div><div class="foot">{LEGAL}</div>'), gold  # fmt: skip


def typed_numbers(item: Item) -> Layout:
    """Numbers of the points typed by hand, one line each, in one preformatted-looking div."""
    rows = [f"{n}. {text}" for n, (_, text) in enumerate(item.parts, 1)]
    return page(item, f'<table width="100%"><tr><td class="l">{menu("div")}</td><td><h2>{item.title}</h2><div id="txt">{item.lead}<br/><br/>{"<br/>".join(rows)}</div><br><a href="javascript:print()">Распечатать</a></td></tr></table><p>{LEGAL}</p>'), "\n".join([item.lead, *rows])  # fmt: skip


def nested_breaks(item: Item) -> Layout:
    """Line breaks in pairs in a div within divs, the first letter apart, links inside."""
    text = "<br><br>".join(f"<span class='w'>{text}</span>" for _, text in item.parts)
    return page(item, f'<div><div class="nv">{menu("span")}</div></div><div><div><div><h1>{item.title}</h1><div><div><div><b>{item.lead}</b><br><br>{text}</div></div></div></div></div><div><div>{cards(item, "x1")}</div></div></div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def cell_per_paragraph(item: Item) -> Layout:
    """A table row for each paragraph, a picture's cell between them."""
    rows = "".join(f'<tr><td colspan="2"><p>{text}</p></td></tr>' + ('<tr><td><img src="i.jpg"></td><td><small>Фото: пресс-служба</small></td></tr>' if n % 4 == 2 else "") for n, (_, text) in enumerate(item.parts))  # fmt: skip
    return page(item, f'<table><tr><td>{menu("b")}</td></tr></table><table class="news"><tr><td colspan="2"><h1>{item.title}</h1></td></tr><tr><td colspan="2"><p>{item.lead}</p></td></tr>{rows}</table><table class="more"><tr><td>{"</td></tr><tr><td>".join(f"<a href=/{n}>{head}</a>" for n, head in enumerate(item.heads))}</td></tr></table><div>{LEGAL}</div>'), item.text()  # fmt: skip


def all_quotations(item: Item) -> Layout:
    """A statement quoted whole: block quotations with the speaker after each."""
    rows = "".join(f"<blockquote><p>{text}</p><cite>Анна Иванова, представитель ведомства</cite></blockquote>" if n % 2 else f"<p>{text}</p>" for n, (_, text) in enumerate(item.parts))  # fmt: skip
    gold = "\n".join([item.lead, *(f"{text}\nАнна Иванова, представитель ведомства" if n % 2 else text for n, (_, text) in enumerate(item.parts))])  # fmt: skip
    return page(item, f"<header><ul>{menu()}</ul></header><main><h1>{item.title}</h1><section><p><strong>{item.lead}</strong></p>{rows}</section><section><h2>Другие новости</h2>{cards(item, 'o')}</section></main><footer>{LEGAL}</footer>"), gold  # fmt: skip


def inline_selling(item: Item) -> Layout:
    """Prose of advertisers between paragraphs, marked as the law wants."""
    ads = [
        '<div class="native"><p>Реклама. ООО «Ромашка». Кредит на любые цели за пять минут без справок и поручителей, erid: LjN8K1a2b3</p></div>',
        '<p class="promo-line"><a href="/go">Лучшие вклады августа: ставка до 20 процентов годовых</a></p>',
    ]
    return page(item, f'<nav>{menu("a")}</nav><article><h1>{item.title}</h1><p class="intro">{item.lead}</p>{item.body(None, ads)}</article><div class="feed">{cards(item, "f")}</div><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def read_also_prose(item: Item) -> Layout:
    """ "Read also" blocks with a headline and its first sentence, between paragraphs and of no telling name."""
    insets = [
        f'<div class="z9"><div class="z8">Читайте также</div><a href="/1"><b>{item.heads[0]}</b></a><div>{item.blurbs[0]}</div></div>',
        f'<p><strong>Читайте также: <a href="/2">{item.heads[1]}</a></strong></p>',
        f'<p>➡ <a href="/3">{item.heads[2]}</a></p>',
    ]
    return page(item, f'<div>{menu("a")}</div><div class="z1"><h1>{item.title}</h1><div class="z2"><p>{item.lead}</p>{item.body(None, insets)}</div></div><div class="z3">{cards(item, "z4")}</div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def gallery(item: Item) -> Layout:
    """Long captions in figures between the paragraphs."""
    shot = f'<figure><img src="a.jpg" alt="{item.heads[0]}"><figcaption>Участники заседания во время обсуждения законопроекта в первом чтении, архивное фото редакции<span>Фото: Иван Петров / Агентство</span></figcaption></figure>'
    return page(item, f'<header>{menu("a")}</header><main><h1>{item.title}</h1><div class="lead-in">{item.lead}</div>{shot}<div class="rich">{item.body(None, [shot])}</div><ul class="chips">{links(item, "li", 4)}</ul></main><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def talkative(item: Item) -> Layout:
    """Comments with more prose than the article, with no telling name."""
    said = "".join(f'<div class="c1"><div class="c2">Читатель {n}</div><div class="c3">{blurb} А вы как думаете? По-моему, ничего хорошего из этого не выйдет, поживём и увидим.</div><a href="#r">Ответить</a></div>' for n, blurb in enumerate(item.blurbs * 2))  # fmt: skip
    return page(item, f'<div>{menu("a")}</div><div class="m"><h1>{item.title}</h1><div class="t"><p>{item.lead}</p>{item.body()}</div><h3>Комментарии (20)</h3><div class="cc">{said}</div></div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def boxes_within(item: Item) -> Layout:
    """Subscription, a bot, a survey and a donation box in the body."""
    insets = [
        '<div class="box-a"><h4>Подпишитесь на рассылку</h4><p>Подпишитесь на нашу рассылку, чтобы не пропустить главное за неделю.</p><form><input><button>Подписаться</button></form></div>',
        '<p><em>Подписывайтесь на наш <a href="https://t.me/x">телеграм-канал</a>, чтобы быть в курсе событий.</em></p>',
        '<div class="box-b"><p>Поддержите нас: независимая журналистика невозможна без помощи читателей.</p></div>',
    ]
    return page(item, f'<header>{menu("a")}</header><article><h1>{item.title}</h1><p>{item.lead}</p>{item.body(None, insets)}</article><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def banner_first(item: Item) -> Layout:
    """A consent banner and a notice of an old browser before everything else, a short article."""
    few = item.parts[:3]
    body = "".join(f"<p>{text}</p>" for _, text in few)
    return page(item, f'<div class="warn"><p>{COOKIE}</p><button>Принять</button></div><div class="old"><p>Ваш браузер устарел и может отображать страницу неправильно. Обновите браузер.</p></div>{menu("a")}<div class="n"><h1>{item.title}</h1><p>{item.lead}</p>{body}</div><div>{cards(item, "k")}</div>{LEGAL}'), "\n".join([item.lead, *(text for _, text in few)])  # fmt: skip


def several_whole(item: Item) -> Layout:
    """Three more articles in full below, each an article element with a heading of its own."""
    more = "".join(f'<article><h1>{head}</h1><div class="b"><p>{one}</p><p>{two}</p><p>{item.blurbs[0]}</p></div></article>' for head, one, two in zip(item.heads[:3], item.blurbs[1:4], item.blurbs[4:7], strict=False))  # fmt: skip
    return page(item, f'<nav>{menu("a")}</nav><div class="stream"><article><h1>{item.title}</h1><div class="b"><p>{item.lead}</p>{item.body()}</div></article>{more}</div><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def bold_questions(item: Item) -> Layout:
    """An interview: a question in bold and the answer in one paragraph, a break between."""
    rows = "".join(f"<p><strong>Что изменится для людей, спросим ещё раз, {n}?</strong><br>{text}</p>" for n, (_, text) in enumerate(item.parts))  # fmt: skip
    gold = "\n".join([item.lead, *(f"Что изменится для людей, спросим ещё раз, {n}?\n{text}" for n, (_, text) in enumerate(item.parts))])  # fmt: skip
    return page(item, f'<div class="hd">{menu("a")}</div><div class="i"><h1>{item.title}</h1><p class="i-lead">{item.lead}</p>{rows}</div><div class="i-more">{cards(item, "q")}</div><div>{LEGAL}</div>'), gold  # fmt: skip


def live_blog(item: Item) -> Layout:
    """A report by the minute, each entry with a time, a heading and buttons."""
    rows = "".join(f'<section class="e"><time>1{n % 10}:05</time><h3>Коротко о главном, часть {n}</h3><p>{text}</p><div class="e-b"><button>Поделиться</button></div></section>' for n, (_, text) in enumerate(item.parts))  # fmt: skip
    gold = "\n".join([item.lead, *(f"Коротко о главном, часть {n}\n{text}" for n, (_, text) in enumerate(item.parts))])  # fmt: skip
    return page(item, f'<nav>{menu("a")}</nav><main><h1>{item.title}</h1><p>{item.lead}</p><div class="es">{rows}</div></main><aside>{cards(item, "s")}</aside><footer>{LEGAL}</footer>'), gold  # fmt: skip


def amp_bare(item: Item) -> Layout:
    """AMP: custom elements, an accordion menu, a list of other stories as amp-list."""
    return page(item, f'<amp-sidebar id="sb"><ul>{menu()}</ul></amp-sidebar><amp-ad width="300"></amp-ad><main><h1>{item.title}</h1><amp-img src="a.jpg"></amp-img><p>{item.lead}</p>{item.body(None, ["<amp-ad></amp-ad>", "<amp-embed></amp-embed>"])}<amp-social-share type="vk"></amp-social-share></main><amp-accordion><section><h4>Ещё по теме</h4><div>{links(item, "p", 5)}</div></section></amp-accordion><footer>{LEGAL}</footer>', head=ld(item)), item.text()  # fmt: skip


def frames_of_1999(item: Item) -> Layout:
    """Tables in tables, font and center, the text between two rules without a paragraph."""
    text = "<br>&nbsp;&nbsp;&nbsp;&nbsp;".join(text for _, text in item.parts)
    return page(item, f'<table border=0><tr><td>{menu("nobr")}</td></tr></table><table><tr><td width=150 valign=top><font size=1>{links(item, "div", 6)}</font></td><td valign=top><table><tr><td><center><font size=5><b>{item.title}</b></font></center><hr><font size=3>&nbsp;&nbsp;&nbsp;&nbsp;{item.lead}<br>&nbsp;&nbsp;&nbsp;&nbsp;{text}</font><hr></td></tr></table></td></tr></table><center><font size=1>{LEGAL}</font></center>'), item.text()  # fmt: skip


def span_soup(item: Item) -> Layout:
    """Each word group of a paragraph in a span of its own, colours and fonts included."""

    def soup(tag: str, text: str) -> str:
        words = text.split(" ")
        pieces = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
        return f"<p>{' '.join(f'<span style=color:#111><span>{piece}</span></span>' for piece in pieces)}</p>"

    return page(item, f'<div>{menu("a")}</div><div class="ql-editor"><h1><span>{item.title}</span></h1>{soup("p", item.lead)}{"".join(soup(tag, text) for tag, text in item.parts)}</div><div class="r">{cards(item, "r1")}</div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def declared_whole(item: Item) -> Layout:
    """JSON-LD carries the whole text; the markup has it too, among much else."""
    return page(item, f'<div>{menu("a")}</div><div>{cards(item, "a1", 8)}</div><div class="a2"><h1>{item.title}</h1><p>{item.lead}</p>{item.body()}</div><div>{cards(item, "a3", 8)}</div><div>{LEGAL}</div>', head=ld(item, articleBody=item.text())), item.text()  # fmt: skip


def declared_in_part(item: Item) -> Layout:
    """JSON-LD carries the first 400 characters and three points; the markup has the rest."""
    return page(item, f'<div>{menu("a")}</div><div class="a2"><h1>{item.title}</h1><p>{item.lead}</p>{item.body()}</div><div>{cards(item, "a3", 8)}</div><div>{LEGAL}</div>', head=ld(item, articleBody=item.text()[:400] + "...")), item.text()  # fmt: skip


def lead_apart(item: Item) -> Layout:
    """The lead stands in the page's header with the picture, the body in another section far below it."""
    return page(item, f'<nav>{menu("a")}</nav><section class="hero"><div class="hero__in"><span>13 августа 2025, 10:00</span><h1>{item.title}</h1><p class="hero__sub">{item.lead}</p><img src="a.jpg"></div></section><section class="bar"><a href="/vk">VK</a><a href="/tg">Telegram</a><span>1 024</span></section><section class="txt"><div class="txt__in">{item.body()}</div></section><section class="cards">{cards(item, "card")}</section><footer>{LEGAL}</footer>'), item.text()  # fmt: skip


def title_thrice(item: Item) -> Layout:
    """The title in crumbs, as a heading and as the first bold line; dates and authors as lines of the body."""
    return page(item, f'<div>{menu("a")}</div><div class="cr"><a href="/">Главная</a> / <a href="/n">Новости</a> / <span>{item.title}</span></div><div class="w"><h1>{item.title}</h1><div class="w1"><p>13 августа 2025 года, 10:00</p><p>Автор: Анна Иванова</p><p><b>{item.title}</b></p><p>{item.lead}</p>{item.body()}<p>Источник: пресс-служба ведомства</p></div></div><div>{links(item, "p")}</div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def legal_marks(item: Item) -> Layout:
    """Marks of the law before and after the text, and asterisks' notes as paragraphs of the body."""
    return page(item, f'<div>{menu("a")}</div><div class="v"><h1>{item.title}</h1><div class="v1"><p>НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЕН ИНОСТРАННЫМ АГЕНТОМ «ИЗДАНИЕ». 18+</p><p>{item.lead}</p>{item.body()}<p>* Организация признана в РФ иностранным агентом</p><p>** Деятельность организации запрещена на территории РФ</p></div></div><div>{cards(item, "v2")}</div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def dictionary(item: Item) -> Layout:
    """Terms and their meanings: the article is a definition list."""
    rows = "".join(f"<dt>Пункт {n}</dt><dd>{text}</dd>" for n, (_, text) in enumerate(item.parts))
    gold = "\n".join([item.lead, *(f"Пункт {n}\n{text}" for n, (_, text) in enumerate(item.parts))])
    return page(item, f'<nav>{menu("a")}</nav><main><h1>{item.title}</h1><p>{item.lead}</p><dl>{rows}</dl></main><div>{cards(item, "d")}</div><footer>{LEGAL}</footer>'), gold  # fmt: skip


def bulletin(item: Item) -> Layout:
    """An authority's page: properties in a table above the text, attached files below, a hotline at the side."""
    facts = "<table><tr><td>Дата публикации</td><td>13.08.2025</td></tr><tr><td>Подразделение</td><td>Пресс-служба</td></tr></table>"
    return page(item, f'<div class="gov-h">{menu("a")}</div><div class="gov-l"><p>Горячая линия работает круглосуточно, звонок по России бесплатный для всех граждан и организаций.</p></div><div class="gov-c"><h1>{item.title}</h1>{facts}<div class="gov-t"><p>{item.lead}</p>{item.body()}</div><div class="gov-f"><h3>Прикреплённые файлы</h3><a href="/1.pdf">Проект федерального закона (PDF, 300 КБ)</a></div></div><div>{LEGAL}</div>'), item.text()  # fmt: skip


def viewed(item: Item) -> Layout:
    """The text's box is called as counters of views are, the heading stands apart, a menu of whole sentences is longer than the text."""
    rows = "".join(f"<li>{head}: {blurb}</li>" for head, blurb in zip(item.heads, item.blurbs, strict=False))
    return page(item, f'<div class="top"><ul class="navi">{rows * 4}</ul></div><div class="wrap"><div class="hd"><h1>{item.title}</h1><span class="views">1 203</span></div><div class="article_view"><div class="txt"><p>{item.lead}</p>{item.body()}</div></div></div><div>{LEGAL}</div>'), item.text()  # fmt: skip


ODD: tuple[Callable[[Item], Layout], ...] = (
    numbered_law, typed_numbers, nested_breaks, cell_per_paragraph, all_quotations, inline_selling, read_also_prose, gallery, talkative, boxes_within, banner_first, several_whole,
    bold_questions, live_blog, amp_bare, frames_of_1999, span_soup, declared_whole, declared_in_part, lead_apart, title_thrice, legal_marks, dictionary, bulletin, viewed,
)  # fmt: skip
