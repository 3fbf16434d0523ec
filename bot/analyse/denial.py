"""Measures that an authority says it will not take back: that is no easing."""

from __future__ import annotations

import re

from bot.analyse.features import View

_TAKE_BACK = r"(?:разблок\w+|сня(?:ть|ти\w+)|снима\w+|снимут|отмен\w+|возвра\w+|верн\w+|восстан\w+|послаблени\w+|смягч\w+)"
_UNDO = r"(?:lift\w*|unblock\w*|restor\w+|eas(?:e|ing)|revok\w+|revers\w+|end(?:ing)?|drop\w*)"
_KEPT = re.compile(
    rf"(?:не вид\w+|нет|не наш\w+|не усматрива\w+|отсутству\w+)(?: \w+){{0,2}} (?:основан\w+|причин\w*|повод\w*|смысла)(?: \S+){{0,4}} {_TAKE_BACK}"
    rf"|(?:основани|причин|повод)\w*(?: \w+){{0,2}} {_TAKE_BACK}(?: \S+){{0,6}} (?:нет|отсутству\w+|не (?:вид|наш|усматрива)\w+)"
    rf"|не (?:планиру\w+|намерен\w*|собира\w+|будут?|станут?|готов\w*)(?: \w+){{0,2}} {_TAKE_BACK}"
    rf"|опроверг\w*(?: \S+){{0,5}} (?:о |об )?{_TAKE_BACK}"
    rf"|{_TAKE_BACK}(?: \S+){{0,10}} (?:не будет|не планиру\w+|не обсужда\w+|не предполага\w+|не намерен\w*|не собира\w+|не будут|не станут|исключен\w*|оснований нет|причин нет|речи нет|не идет)"
    rf"|\bno (?:grounds|reasons?|plans?|intentions?|basis)(?: \w+){{0,2}} (?:to|for|of) {_UNDO}"
    rf"|(?:not|never|won't)(?: (?:be|plan\w*|going|intend\w*|ready|consider\w*))?(?: to)? {_UNDO}"
    rf"|(?:den(?:ied|ies)|rul(?:ed|es) out|dismiss(?:ed|es))(?: \S+){{0,6}} {_UNDO}"
)
_UNLESS = re.compile(r"не (?:исключ|возража)\w+|пока не|не раньше|не только|not only")


def kept(seen: View) -> bool:
    """True if the title, or the first sentence where the title does not tell, says that nothing is taken back: «не видит оснований для разблокировки»."""
    return any(_KEPT.search(row.folded) and not _UNLESS.search(row.folded) for row in seen.sentences[:2])
