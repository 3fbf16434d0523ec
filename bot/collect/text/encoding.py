"""Decides in which encoding bytes are: by mark, by proof, by declaration, by what reads as a language."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]+)", re.IGNORECASE)
_IN_XML: Final = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9_.:+-]+)", re.IGNORECASE)
_IN_META: Final = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]+)", re.IGNORECASE)
_CYRILLIC: Final = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_COMMON: Final = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")
_FREQUENT: Final = frozenset("оеаинтсрвлкмдпу")
_NO_TEXT: Final = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "undefined", "mbcs", "oem"})
_UNICODE: Final = ("utf", "idna", "punycode", "unicode", "raw")
_SAMPLE: Final = 20_000
_ALIASES: Final = {
    "win-1251": "cp1251",
    "windows1251": "cp1251",
    "cp-1251": "cp1251",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
    "latin1": "cp1252",
    "iso-8859-1": "cp1252",
}


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a page or feed and the name of the encoding it was read in. Never fails: broken bytes become U+FFFD.

    A byte order mark decides; then bytes that are valid UTF-8 are UTF-8, whatever is declared, since other encodings of
    other alphabets practically never are; then, of what the header and the text declare and the Cyrillic encodings, the one
    whose result looks most like text.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace"), wide
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _declared(body, content_type)
    if _nearly_utf8(body):
        return body.decode("utf-8", "vestnik-mixed"), "utf-8"
    name = _best(body, declared)
    return body.decode(name, "replace"), name


def _declared(body: bytes, content_type: str) -> tuple[str, ...]:
    """Encodings named by the header and by the text, known ones, in this order."""
    head = body[:4096]
    names = [found[1] for found in [_IN_HEADER.search(content_type)] if found]
    names += [found[1].decode("ascii") for pattern in (_IN_XML, _IN_META) if (found := pattern.search(head))]
    known: list[str] = []
    for name in names:
        try:
            codec = codecs.lookup(_ALIASES.get(name.lower(), name))
        except LookupError:
            continue
        if codec.name not in known and codec.name not in _NO_TEXT and not codec.name.startswith(_UNICODE):
            known.append(codec.name)
    return tuple(known)


def _wide(body: bytes) -> str:
    """UTF-32 or UTF-16 without a mark: two of four bytes are 0x00, or every second byte of markup and of Russian is 0x00 or 0x04."""
    sample = body[: _SAMPLE - _SAMPLE % 4] if len(body) >= _SAMPLE else body[: len(body) - len(body) % 2]
    if len(sample) < 8 or b"\x00" not in sample[:200]:
        return ""
    quarter = len(sample) // 4
    for name, highest, high in (("utf-32-le", sample[3::4], sample[2::4]), ("utf-32-be", sample[0::4], sample[1::4])):
        if highest.count(0) > 0.9 * quarter and high.count(0) > 0.9 * quarter:
            return name
    half = len(sample) // 2
    for name, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if high.count(0) + high.count(4) > 0.9 * half and low.count(0) < 0.1 * half:
            return name
    return ""


def _nearly_utf8(body: bytes) -> bool:
    """True if at most one in twenty of the sequences beyond ASCII is broken: pieces in another encoding were pasted in."""
    sample = body[:200_000].decode("utf-8", "replace")
    broken = sample.count("\ufffd")
    beyond = sum(1 for char in sample if char > "\x7f")
    return beyond > 20 * broken or (broken <= 2 and beyond > 3 * broken)


def _best(body: bytes, declared: tuple[str, ...]) -> str:
    sample = _beyond_ascii(body)
    scores: dict[str, float] = {}
    for rank, name in enumerate((*declared, *_CYRILLIC)):
        if name in scores:
            continue
        bonus = 0.15 if rank < len(declared) else 0.0
        text = sample.decode(name, "replace")
        scores[name] = (_cjk(text) if _is_multibyte(name) else _likeness(text)) + bonus
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0.3 and not declared:
        guess = from_bytes(sample).best()
        if guess is not None:
            return str(guess.encoding)
    return best


def _beyond_ascii(body: bytes) -> bytes:
    """The lines that decide: those with bytes beyond ASCII."""
    lines = [line for line in body[:400_000].splitlines() if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE] or body[:_SAMPLE]


def _is_multibyte(name: str) -> bool:
    return name.startswith(("gb", "big5", "euc", "shift", "cp932", "cp936", "cp949", "cp950", "iso2022", "johab", "hz"))


def _cjk(text: str) -> float:
    beyond = [char for char in text if char > "\x7f"]
    return sum(1.0 if "\u3040" <= char <= "\ud7a3" else -2.0 for char in beyond) / len(beyond) if beyond else 0.0


def _likeness(text: str) -> float:
    """How much the letters beyond ASCII look like words; about 1 for Russian, below 0 for a wrong alphabet."""
    total, count = 0.0, 0
    before = " "
    for char in text:
        if char > "\x7f":
            count += 1
            total += _weight(char, before)
        before = char
    return total / count if count else 0.0


def _weight(char: str, before: str) -> float:
    latin_before = before.isascii() and before.isalpha()
    if "\u0400" <= char <= "\u04ff":
        if latin_before:
            return -1.0
        if char in _COMMON:
            return 1.2 if char in _FREQUENT else 0.7
        if char.isupper():
            return -0.8 if before.islower() else 0.2
        return 0.0
    if char.isalpha():
        return 0.6 if latin_before else -0.2
    return 0.2 if char in "«»—–…„“”№\u00a0’" else -1.0


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: what is no UTF-8 is read as windows-1251."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1251", "replace"), error.end


codecs.register_error("vestnik-mixed", _mixed)
