"""Sentences of an article that are written for a machine, not for people: found and left out before a machine reads it."""

from __future__ import annotations

import re
import unicodedata

from bot.analyse.language.text import sentences_of

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all|any|the|your|previous|prior|above|everything|earlier)|system prompt|\bsystem\s*:|<\|?[a-z_]+\|?>|\[/?inst\]|\bas an ai\b|you are (?:now )?(?:an?|the) (?:ai|assistant|model)|(?:in|for|into) (?:the|your) (?:summary|answer|response|output)|"
    r"(?:write|say|output|reply|respond|answer|print|state) (?:only|exactly|that|with|the following|nothing)|(?:do not|don't|never) (?:mention|summari[sz]e|include|report)|(?:must|please|be sure to|make sure to) (?:mention|include|state|say|write|summari[sz]e)|"
    r"language model|\b(?:ai|llm|chatgpt|gpt|claude|assistant|summari[sz]er)\b\s*[:,]|(?:note|message|instructions?|attention|notice) (?:to|for) (?:the |all |any )?(?:ai|llm|models?|assistants?|bots?|summari[sz]ers?|readers? that)|new (?:instructions?|task|rules?)\s*:|jailbreak|developer mode|prompt injection|pretend (?:that|to)|act as (?:an?|if)|"
    r"(?:про)?игнорируй|забудь|не обращай внимания на (?:правила|инструкц)|(?<!\w)(?:напиши|ответь|выведи|перескажи|скажи|сообщи|укажи|добавь|упомяни|подчеркни)(?:те)?(?!\w)|не (?:упоминай|пиши|пересказывай|сообщай)|(?:предыдущ|прежн|системн)\w* (?:инструкц|указани|правил|подсказ|задани)\w*|нов(?:ые|ая|ое) (?:инструкци|указани|правила|задани)\w*\s*:|"
    r"(?:инструкци\w*|указани\w*|сообщение|внимание|примечание|команда)[^.!?\n]{0,20}(?:для|к|ко) (?:ии|нейросет|модел|бот|ассистент|робот|алгоритм|пересказч)\w*|(?<!\w)(?:ии|ai|чат-бот|робот|бот|нейросеть|ассистент|модель|пересказчик|алгоритм)\s*[:,](?= )|языков\w+ модел|нейросет\w+,|ассистент,|"
    r"в (?:пересказе|сво[её]м ответе|ответе|резюме|своей сводке|сводке) (?:\w+ )?(?:нужно|надо|укаж|напиш|добав|скаж|следует|обязательно)|в (?:пересказе|сво[её]м ответе)|при пересказе|(?:обязательно|непременно) (?:укаж|напиш|добав|упомян|сообщ)",
    re.IGNORECASE,
)
"""How an article speaks that is not written for people."""


def plain(text: str) -> str:
    """The text as it is seen: letters in one form, without signs that show nothing and hide an order from a look."""
    shown = unicodedata.normalize("NFKC", text)
    return "".join(char for char in shown if char in "\n\t" or unicodedata.category(char) not in ("Cf", "Cc", "Co", "Cs"))


def without_orders(text: str) -> str:
    """The text as it is seen, without the sentences that give orders to a machine: what stands in them is no source."""
    text = plain(text)
    if not _ORDER.search(text):
        return text
    lines = (" ".join(part.text for part in sentences_of(line) if not _ORDER.search(part.text)) for line in text.splitlines())
    return "\n".join(lines)


def orders(text: str) -> bool:
    """True if a text gives orders to a machine."""
    return bool(_ORDER.search(text))
