"""From what a person wrote to what they ask: commands, words of both languages, links and pasted texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Command → the phrases that mean it. A phrase that ends with `…` may be followed by an argument.
_PHRASES: Final = {
    "start": "начать; старт; привет; здравствуйте; добрый день; кто ты; ты кто; что это; как подписаться; start; hello; hi; who are you",
    "subscribe": "подписаться; подписка; подпиши; подпиши меня; подпишите меня; subscribe",
    "unsubscribe": "отписаться; отписка; отпиши меня; отпишись; отпишите меня; не присылай; хватит; стоп; unsubscribe; stop",
    "digest": "дайджест…; выпуск…; новости…; сводка…; что нового…; digest…; news…; what's new…",
    "digests": "другой выпуск; другой дайджест; another digest; other digest",
    "summary": "кратко…; перескажи…; пересказать…; пересказ…; summary…; summarise…; summarize…",
    "settings": "настройки…; настроить; настройка; как отписаться; settings…",
    "search": "поиск…; найди…; найти…; искать…; search…; find…",
    "calendar": "календарь…; что вступает в силу; когда вступает в силу; calendar…",
    "help": "помощь; справка; что ты умеешь; что ты можешь; как пользоваться; команды; help; commands; what can you do",
    "privacy": "приватность; конфиденциальность; политика конфиденциальности; privacy",
    "forget": "удалить мои данные; удали мои данные; забудь меня; forget; forget me; delete my data",
    "export": "выгрузить мои данные; мои данные; экспорт; export; export my data; my data",
    "time": "время…; присылай в…; time…",
    "days": "дни…; по дням…; days…",
    "timezone": "часовой пояс…; пояс…; город…; timezone…; time zone…; city…",
    "profile": "касается меня…; профиль…; аудитория…; profile…; touches me…",
    "messengers": "мессенджеры…; messengers…",
    "muted": "скрытые слова…; скрыть слова…; скрывать…; muted words…; mute…",
    "importance": "важность…; importance…",
    "language": "язык…; language…",
    "alerts": "срочные…; срочные сообщения…; alerts…",
    "quiet": "тихие часы…; тишина…; quiet hours…; quiet…",
    "length": "объём…; размер…; length…",
    "reminders": "напоминания…; напоминания о сроках…; reminders…",
    "picture": "картинка…; картинка недели…; неделя на картинке…; picture…; weekly picture…",
    "live": "обновлять посты…; обновление постов…; update posts…",
    "empty": "пустые выпуски…; empty issues…",
    "following": "слежу; за чем слежу; мои сюжеты; following",
    "link": "связать…; связать аккаунты…; link…",
    "unlink": "отвязать; unlink",
    "wrong": "неверно; ошибка; wrong; this is wrong",
    "cancel": "отмена; отменить; не надо; cancel",
    "thanks": "спасибо; большое спасибо; спасибо большое; благодарю; ок; окей; 👍; thanks; thank you; ok; okay",
    "russian": "русский; по-русски; говори по-русски; russian",
    "english": "english; in english; speak english; английский",
    "stats": "статистика; stats",
    "sources": "источники; sources",
    "feedback": "отзывы; feedback",
    "announce": "объявление…; announce…",
    "retract": "отозвать…; retract…",
    "correct": "исправить…; correct…",
    "pause": "приостановить…; pause…",
    "resume": "возобновить…; resume…",
    "errors": "ошибки; сбои; errors",
}

_ALIASES: Final = {
    "summarise": "summary",
    "summarize": "summary",
    "stop": "unsubscribe",
    "delete": "forget",
    "news": "digest",
    "lang": "language",
}
COMMANDS: Final = frozenset(_PHRASES)

_LINK: Final = re.compile(r"\b[a-z][a-z0-9+.-]{1,9}://[^\s<>«»\"]+", re.IGNORECASE)
# A bare address: a name with a known-looking end and a path, or `www.`; «т.е» and «5.5» are none.
_BARE: Final = re.compile(r"(?<![\w@.])(?:www\.)?(?:[a-zа-я0-9-]+\.)+(?:[a-z]{2,24}|рф)(?::\d+)?(?:/[^\s<>«»\"]*)?(?![\w@])", re.IGNORECASE)
_TRAILING: Final = ".,;:!?)]}»\"'…"
_SPACE: Final = re.compile(r"\s+")
_SLASH: Final = re.compile(r"/([A-Za-z_]{1,32})(?:@([A-Za-z0-9_]{3,64}))?(?:\s+(.*))?", re.DOTALL)

PASTED: Final = 160
"""From how many characters on a message is a text to be retold rather than words to be understood."""
LONG: Final = frozenset({"summary", "announce", "correct"})
"""What may be followed by a text of any length, whose lines are kept."""
LONGEST: Final = 50_000
"""Characters of a message that are looked at; no platform sends more in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command and what follows it. An empty name: nothing was understood."""

    name: str
    argument: str = ""
    links: tuple[str, ...] = ()
    for_other: bool = False
    """A command addressed to another bot of the group."""


def plain(text: str) -> str:
    """The text as it is compared: lower case, `е` for `ё`, without edge punctuation and double spaces."""
    text = _SPACE.sub(" ", text.casefold().replace("ё", "е").replace("’", "'")).strip()
    return text.strip(' .,;:!?«»"()[]—–-…')


def find_links(text: str) -> tuple[str, ...]:
    """The addresses in a text, in order, without repeats; a bare `site.ru/page` gets a scheme."""
    found = dict.fromkeys(match.group().rstrip(_TRAILING) for match in _LINK.finditer(text))
    if not found and len(text) <= 500:
        found = {f"https://{match.group().rstrip(_TRAILING)}": None for match in _BARE.finditer(text) if _is_bare(match.group())}
    return tuple(found)


def _is_bare(text: str) -> bool:
    host, slash, _ = text.partition("/")
    return bool(slash) or host.lower().startswith("www.") or (host.count(".") >= 1 and host.rsplit(".", 1)[1].lower() in _ENDS)


_ENDS: Final = {"ru", "рф", "su", "com", "org", "net", "info", "news", "eu", "by", "kz", "ua", "uk", "me", "io", "tv"}


def _table() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    whole: dict[str, str] = {}
    heads: list[tuple[str, str]] = []
    for name, phrases in _PHRASES.items():
        for written in phrases.split(";"):
            phrase = plain(written)
            whole[phrase] = name
            if written.strip().endswith("…"):
                heads.append((phrase, name))
    return whole, tuple(sorted(heads, key=lambda head: -len(head[0])))


_WHOLE, _HEADS = _table()


def parse(text: str, *, bot_name: str = "", pasted: bool = False) -> Asked:
    """Reads one message. `bot_name` is ours on Telegram, without @; `pasted` says that it was forwarded: then it is material."""
    text = text[:LONGEST].strip()
    if slash := _SLASH.fullmatch(text):
        name = slash.group(1).lower()
        argument = (slash.group(3) or "").strip()
        if slash.group(2) and bot_name and slash.group(2).lower() != bot_name.lower():
            return Asked(name="", for_other=True)
        name = _ALIASES.get(name, name)
        if name == "start" and argument:
            return Asked(name="start", argument=argument)
        return Asked(name=name if name in COMMANDS else "", argument=argument, links=find_links(argument))
    text = text.lstrip("/")  # «/дайджест» is no command for Telegram, and still plain to read
    words = plain(text)
    if not pasted and (name := _WHOLE.get(words, "")):
        return Asked(name=name)
    if not pasted and (asked := _with_argument(text, words)):
        return asked
    links = find_links(text)
    if links and (len(text) - sum(map(len, links)) < PASTED or len(text) < PASTED):
        return Asked(name="summary", links=links, argument=text)
    if len(words) >= PASTED or (pasted and len(words) >= 20):
        return Asked(name="summary", argument=text)
    return Asked(name="", argument=text)


def _with_argument(text: str, words: str) -> Asked | None:
    """A phrase and what follows it; the argument keeps its own letters."""
    for phrase, name in _HEADS:
        if not words.startswith(phrase) or not _ends_word(words, len(phrase)):
            continue
        count = phrase.count(" ") + 1
        argument = text.split(None, count)[count:]
        rest = (argument[0] if argument else "").strip()
        if name not in LONG:
            rest = _SPACE.sub(" ", rest)
        if name not in LONG and len(text) >= PASTED:
            return None  # «Новости о том, как…» is a text, not a request
        return Asked(name=name, argument=rest, links=find_links(rest))
    return None


def _ends_word(words: str, at: int) -> bool:
    return at == len(words) or not (words[at].isalnum() or words[at] in "-_")
