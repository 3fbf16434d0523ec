"""Tells articles from pages that only look like an answer: consent, captcha, paywall, error, listing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import html

from bot.collect.kinds.listing import plain
from bot.errors import NotAnArticle

_SIGNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "captcha",
        re.compile(
            r"(вы\s+не\s+робот|я\s+не\s+робот|подтвердите,?\s+что\s+(вы\s+)?(не\s+робот|человек)|докажите,?\s+что|введите\s+(символы|текст|код)\s+с\s+картинки|"
            r"запросы.{0,40}похожи\s+на\s+автоматические|checking\s+(your\s+browser|if\s+the\s+site)|verify\s+(that\s+)?you\s+are\s+(a\s+)?human|just\s+a\s+moment|"
            r"ddos[- ]guard|"
            r"attention\s+required!?\s*\|\s*cloudflare|проверка\s+(браузера|вашего\s+браузера|безопасности)|enable\s+javascript\s+and\s+cookies|captcha)",
            re.IGNORECASE,
        ),
    ),
    (
        "error",
        re.compile(
            r"(страниц[аы]\s+(не\s+найден|не\s+существует|удален|была\s+удалена)|(ошибка|error)\s*[:№#-]?\s*(40[0-9]|41[0-9]|50[0-9])|\b404\b.{0,40}(not\s+found|не\s+найден)|"
            r"page\s+not\s+found|запрашиваемая\s+(вами\s+)?страница|(материал|документ|статья|новость)\s+(не\s+найден|удал[её]н|снят)|сайт\s+(временно\s+)?недоступен|"
            r"технические\s+работы|ведутся\s+работы|service\s+(temporarily\s+)?unavailable|internal\s+server\s+error|bad\s+gateway|access\s+denied|доступ\s+(запрещ[её]н|ограничен|заблокирован)|"
            r"forbidden|сайт\s+заблокирован|домен\s+(продается|продаётся|не\s+делегирован|припаркован)|parked\s+domain|account\s+suspended|index\s+of\s+/)",
            re.IGNORECASE,
        ),
    ),
    (
        "consent",
        re.compile(
            r"(before\s+you\s+continue|прежде\s+чем\s+(продолжить|перейти)|мы\s+ценим\s+вашу\s+(конфиденциальность|приватность)|we\s+(value|care\s+about)\s+your\s+privacy|"
            r"вам\s+(уже\s+)?(исполнилось|есть)\s+18|подтвердите\s+(свой\s+)?возраст|accept\s+all\s+cookies\s+to\s+continue|согласие\s+на\s+(использование|обработку))",
            re.IGNORECASE,
        ),
    ),
    (
        "paywall",
        re.compile(
            r"((материал|статья|текст|полн(ая|ый)\s+(версия|текст)|доступ|чтение)\s.{0,60}(только\s+)?(по\s+подписке|для\s+подписчиков|подписчикам)|"
            r"(оформите|купите|приобретите)\s+подписку.{0,80}(чита|доступ|полн|продолж)|чтобы\s+(про)?читать\s+(далее|дальше|полн|продолж).{0,60}(подпи|войдите|зарегистр)|"
            r"subscribe\s+to\s+(continue|read|keep)|(this|to)\s+.{0,40}(is|content)\s.{0,20}(for\s+)?subscribers(\s+only)?|already\s+a\s+subscriber)",
            re.IGNORECASE,
        ),
    ),
)
_SHORTEST: Final = 120
"""Fewer characters of text are a notice rather than an article, unless the page calls itself one."""
_SHORTEST_OF_AN_ARTICLE: Final = 60
_NOTICE: Final = 900
"""A page that shows one of the signs is believed to be an article only above this length."""


def check_article(root: html.HtmlElement, lines: Sequence[str], title: str, *, says_article: bool) -> None:
    """Raises NotAnArticle with the reason if the page is something else."""
    length = sum(len(line) for line in lines)
    notice = f"{title} {_visible(root)}"
    if length < _NOTICE:
        own = " ".join(lines)
        for problem, pattern in _SIGNS:
            # A short article may well be *about* cookies or captchas: the sign must stand outside of its sentences, or be all there is.
            if pattern.search(title) or (pattern.search(own) and length < 300) or (length < _SHORTEST and pattern.search(notice)):
                raise NotAnArticle(f"the page is no article: {problem}", problem=problem)
    if _has_wall(root) and length < _NOTICE:
        raise NotAnArticle("the page is no article: paywall", problem="paywall")
    if length < (_SHORTEST_OF_AN_ARTICLE if says_article else _SHORTEST):
        raise NotAnArticle("there is no article text on the page", problem="empty")


def _visible(root: html.HtmlElement) -> str:
    return plain(
        " ".join(str(part) for part in root.xpath("//body//text()[not(parent::script or parent::style or parent::noscript)]")[:400]), 4000
    )


def _has_wall(root: html.HtmlElement) -> bool:
    walls = root.xpath("//*[contains(@class,'paywall') or contains(@id,'paywall') or contains(@class,'subscription-wall')]")
    data = " ".join("".join(script.text or "" for script in root.xpath("//script[@type='application/ld+json']")).split()).lower()
    return bool(walls) or bool(re.search(r'"isaccessibleforfree"\s*:\s*"?false', data))
