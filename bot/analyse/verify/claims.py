"""What a text claims, clause by clause: the deeds with the names, the numbers and the dates beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, pairwise

from bot.analyse.facts.dates import Date, dates
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import SENTENCE, WORD, lemma, lemmas, sentences_of
from bot.analyse.verify.acting import GOVERNS
from bot.analyse.verify.actors import Name, listed, named, titled
from bot.analyse.verify.deeds import Deed, Mark, deed, form_of, marks
from bot.analyse.verify.figures import Figure, figures

_CUT = re.compile(
    r"(?P<hard>[;:]|,? (?:а|но|однако|хотя|что|чтобы|если|когда|пока|поскольку|потому что|так как|(?:\w{1,3} )?котор\w+|где|после чего|but|while|which|who|that|because|although|if|unless|after|before|whereas)(?= ))"
    r"|(?P<told>(?:(?<=said)|(?<=says))(?= (?:the|a|an|there|no) ))|(?P<each>,(?= [^,;.—]{2,40} — (?:на|до|от|в|по|не|\d|[$€£])))|(?P<soft>,? (?:и|или|and|or)(?= )|,| — | – |[()])"
)
_DENIES = re.compile(r"(?<!\w)(?:не|not|\w+n't|never)(?: (?:a|an|the|be|been|yet|so|это|пока))? ([^\W_]{3,})")
_HOPES = re.compile(r"(?<!\w)(?:может|могут|могла?|могло|могли|may|might|could)(?: (?:be|быть|also|даже|скоро|soon))* ([^\W_]{3,})")
_EARLIER = re.compile(
    r"(?<!\w)(?:ранее|раньше|до этого|прежде|незадолго|годом ранее|прежн\w+|предыдущ\w+|earlier|previous\w*|before that|prior|last year|years? ago|in the past|formerly)(?!\w)|(?<!\w)в прошлом (?:году|месяце)"
)
_PARTIAL = re.compile(
    r"(?<!\w)(?:частичн\w+|временн\w+|некотор\w+|част(?:ь|и|ям)|отдельн\w+|звонк\w+|регистрац\w+|выборочн\w+|partial\w*|partly|temporar\w+|some|calls?|calling|registrations?)(?!\w)"
)
_OPINION = re.compile(
    r"(?<!\w)(?:счита\w+|полага\w+|предполага\w+|по мнению|увер(?:ен|ена|ены|яет|яют)|опаса\w+|обвин\w+|подозрев\w+|believ\w+|fear\w*|suspect\w*|alleg\w+|claim\w*|accus\w+|critics|think\w*|in the opinion)(?!\w)"
)
_THINKS = re.compile(r", (?:как )?(?:счита[ею]т|полага[ею]т|предполага[ею]т|увер(?:ен|ена|ены)|по мнению|believes?|thinks?|fears?)(?!\w)")
"""After what somebody thinks: «…, считает юрист»."""
_SAID = ("tell", "accuse", "promise", "comment", "probe", "deny", "confirm", "threat", "oppose", "support")


_MOST = 60
"""Sentences of a text that are looked at."""


@dataclass(slots=True)
class Clause:
    """A part of a sentence with one claim or few."""

    text: str
    sentence: str
    number: int
    deeds: tuple[Deed, ...]
    names: tuple[Name, ...]
    figures: tuple[Figure, ...]
    days: tuple[Date, ...]
    earlier: bool
    partial: bool
    opinion: int
    """Where its sentence begins to tell what somebody thinks; its length if it does not."""
    told: bool
    """Somebody is told to say it."""
    words: frozenset[str]
    """The lemmas of its whole sentence."""
    own: frozenset[str]
    """The lemmas of its own words that mean something."""
    denied: frozenset[str]
    """The lemmas that stand right after a denial in its sentence."""
    hoped: frozenset[str]
    """Those right after «может»."""
    before: tuple[Clause, ...] = field(default=(), repr=False)
    """The clauses before it in its text."""

    def of(self, kind: str) -> frozenset[str]:
        """The names of a kind that stand in it."""
        return frozenset(name.name for name in self.names if name.kind == kind)

    def meant(self, kind: str) -> frozenset[str]:
        """The names of a kind that were named last before it."""
        return next((found for clause in reversed(self.before) if (found := clause.of(kind))), frozenset())

    def messengers(self) -> frozenset[str]:
        """The messengers that it tells of: its own, else those named last before it."""
        return self.of("m") or self.meant("m")


def claims(text: str) -> list[Clause]:
    """The clauses of a text, line by line, sentence by sentence; each knows those before it."""
    found: list[Clause] = []
    parts = (part.text[:SENTENCE] for line in text.splitlines() for part in sentences_of(line))
    for number, part in enumerate(islice(parts, _MOST)):
        found.extend(_clauses(part, number, tuple(found)))
    return found


def sentences(found: Sequence[Clause]) -> Iterator[tuple[Clause, list[Clause]]]:
    """The sentences of a text, each as one clause and with its clauses."""
    for _, group in groupby(found, key=lambda clause: clause.number):
        parts = list(group)
        yield (
            replace(
                parts[0],
                text=parts[0].sentence,
                deeds=tuple(deed for part in parts for deed in part.deeds),
                names=tuple(name for part in parts for name in part.names),
                figures=tuple(figure for part in parts for figure in part.figures),
                days=tuple(day for part in parts for day in part.days),
                own=frozenset().union(*(part.own for part in parts)),
            ),
            parts,
        )


def _clauses(text: str, number: int, before: tuple[Clause, ...]) -> Iterator[Clause]:
    folded = fold(text)
    known = named(text, folded)
    aside = {name.start for name, after in pairwise(known) if titled(folded, name, after)}
    days = [*dates(folded, None, year_hint=2000), *_weekdays(folded)]
    counted = figures(folded, [(day.start, day.stop) for day in days])
    marked = marks(folded, known)
    known = [name for name in known if not any(start < name.start < stop for start, stop, *_ in marked)]  # «подал в суд»
    words = frozenset(lemma(word) for word in WORD.findall(folded))
    denied = frozenset(lemma(match[1]) for match in _DENIES.finditer(folded))
    hoped = frozenset(lemma(match[1]) for match in _HOPES.finditer(folded))
    thought = _OPINION.search(folded)
    opinion = 0 if _THINKS.search(folded) else thought.start() if thought else len(folded)
    told = any(kind in _SAID for _, _, kind, _ in marked) or opinion < len(folded)
    done: list[Clause] = []
    for start, stop in _cuts(folded, marked):
        inside = tuple(mark for mark in marked if start <= mark[0] < stop)
        names = tuple(name for name in known if start <= name.start < stop)
        acting = [name for name in names if name.start not in aside]
        own = tuple(deed(folded, start, stop, mark, acting) for mark in inside)
        if not own and done:  # «а Google — на 5 млн»
            own = tuple(replace(deed, patients=frozenset(name.name for name in names)) for deed in done[-1].deeds if not deed.named)[:1]
        clause = Clause(
            text=text[start:stop].strip(" ,;:—–"),
            sentence=text,
            number=number,
            deeds=own,
            names=names,
            figures=tuple(figure for figure in counted if start <= figure.start < stop),
            days=tuple(day for day in days if start <= day.start < stop),
            earlier=bool(_EARLIER.search(folded[start:stop])),
            partial=bool(_PARTIAL.search(folded[start:stop])),
            opinion=opinion,
            told=told,
            words=words,
            own=frozenset(lemmas(folded[start:stop])),
            denied=denied,
            hoped=hoped,
            before=(*before, *done),
        )
        done.append(clause)
        yield clause


def _weekdays(folded: str) -> list[Date]:
    """The days that are told without a date, each as a date of its own."""
    return [
        Date(match.start(), match.end(), f"0000-{lemma(match[0])}", "on", explicit=False)
        for match in WORD.finditer(folded)
        if {match[0], lemma(match[0])} & listed("when")
    ]


def _cuts(folded: str, marked: Sequence[Mark]) -> list[tuple[int, int]]:
    """Where the clauses of a sentence stand: cut at a conjunction, or at a comma or «и» that a verb of its own follows."""
    edges = list(_CUT.finditer(folded))
    forms = [(start, form_of(word, folded[:start])) for start, _, _, word in marked]
    bounds = [0]
    for edge in edges:
        at, hard = edge.start(), edge.lastgroup in ("hard", "each", "told")
        held = any(bounds[-1] <= start < at and (hard or form != "noun") for start, form in forms)
        after = next(((start, form) for start, form in forms if start >= edge.end() and form != "noun"), None)
        words = folded[edge.end() : after[0]] if after else ""
        acts = (
            after is not None
            and (after[1] != "to" or GOVERNS.search(words))
            and len(words.split()) <= (1 if edge[0].strip() in ("и", "или", "and", "or") else 5)
            and not _CUT.search(words)
        )
        if (edge.lastgroup == "each" or (held and (hard or acts)) or edge[0] == ":") and len(folded[bounds[-1] : at].strip()) > 2:
            bounds.append(at)
    return list(zip(bounds, [*bounds[1:], len(folded)], strict=True))
