"""Whether each clause of a text is told by one place of its sources: the same deed, done as far, by the same, of the same, with the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import WORD, lemma, lemmas
from bot.analyse.verify.actors import Name, listed, titled
from bot.analyse.verify.bearing import counted, dated, owners, same
from bot.analyse.verify.claims import Clause, claims, sentences
from bot.analyse.verify.deeds import DONE, MAY, NOUN, NOW, WILL, Deed, like

_LEVELS = {
    DONE: {DONE, NOW, NOUN},
    NOW: {DONE, NOW, NOUN},
    WILL: {WILL, NOW, NOUN},
    MAY: {MAY, WILL, NOUN},
    NOUN: {DONE, NOW, NOUN, WILL, MAY},
}
"""How far a deed may be in the sources that a text tells of as being so far."""
_ANY = "+any"
"""Whoever was named before: the regulator, the company."""
_FEW = 4
"""Words below which a clause may be taken from anywhere."""
_TELLING = 5
"""Words with which a text tells something though nothing is done in it."""
_NEARLY, _EVEN = 0.75, 0.1
"""The share of its words that one sentence holds from which a clause is taken from it; how much fewer another may hold that serves as well."""
_MEASURES = frozenset({"block", "restrict", "ban", "slow", "suspend"})
_LIGHT = frozenset({"tell", "confirm", "impose", "adopt", "force"})
"""What somebody may do beside the deed that he is told to do."""
_UPON = frozenset({"ban", "oblige", "order", "allow", "touch", "fine", "threat"})
"""What is done to people."""
_OF_BEFORE = frozenset({"он", "она", "они", "его", "сервис", "мессенджер", "приложение", "it", "they", "app", "messeng", "servic"})
"""Words for a messenger that was named before."""
_PREFIXES = ("не", "без", "бес", "un", "dis", "in", "im", "il", "ir", "non", "non-")
"""What turns a word round."""
_WHY = ("deed", "messenger", "denial", "stage", "actor", "name", "number", "date", "hedge")
"""What fails first, from the coarsest on; the reason is that of the place that fails last."""


def unsupported(text: str, sources: Sequence[str]) -> str:
    """Why a text says what no place of its sources says, with its clause and the nearest sentence of theirs; empty if each clause is told."""
    told = [claims(source) for source in sources]
    words = frozenset(word for page in told for clause in page for word in clause.words)
    said = claims(text)
    if not any(clause.deeds for clause in said) and len(WORD.findall(text)) < _TELLING:
        return "nothing is told in it"
    for sentence, parts in sentences(said):
        near = _nearest(sentence, told)
        if why := _twisted(sentence, near):
            return _reason(why, sentence.text, sentence, near[0].sentence)
        if aside := _misspoken(sentence, told):
            return _reason("actor", sentence.text, sentence, aside)
        for word in sentence.own - words:
            if any(word == f"{prefix}{other}" or other == f"{prefix}{word}" for prefix in _PREFIXES for other in words):
                return _reason("denial", word, sentence, "")
        for clause in parts:
            if reason := _unsupported(clause, told):
                return reason
    return ""


def _unsupported(clause: Clause, told: Sequence[Sequence[Clause]]) -> str:
    near = _nearest(clause, told)
    if why := _twisted(clause, near):
        return _reason(why, clause.text, clause, near[0].sentence)
    checked = _checked(clause)
    firm = any(deed.kind != "tell" for deed in checked)
    for deed in checked:
        step, where = max(
            (
                _fails(clause, deed, checked, page, at, other, loose=firm and deed.kind == "tell")
                for page, at, other in _sifted(deed, told, near)
            ),
            key=lambda found: found[0],
            default=(0, ""),
        )
        if step < len(_WHY):
            return _reason(_WHY[step], deed.word, clause, where)
    for name, after in pairwise(clause.names):
        if titled(fold(clause.sentence), name, after) and not any(_called(name, after, page) for page in told):
            return _reason("actor", after.name, clause, "")
    bare = not checked and (clause.figures or clause.days or clause.names)
    if bare and not any(_together(clause, page, at) for page in told for at in range(len(page))):
        return _reason("number" if clause.figures else "date" if clause.days else "name", clause.text, clause, "")
    return ""


def _nearest(clause: Clause, told: Sequence[Sequence[Clause]]) -> list[Clause]:
    """The clauses of the sentences that hold nearly all words of a clause of the text, the best first: it can be taken from none but them."""
    if len(clause.own) < _FEW:
        return []
    found = [(len(clause.own & one.words) / len(clause.own), one) for page in told for one in page]
    best = max((share for share, _ in found), default=0.0)
    return [one for share, one in found if share >= max(_NEARLY, best - _EVEN)] if best >= _NEARLY else []


def _twisted(clause: Clause, near: Sequence[Clause]) -> str:
    """What a clause turns round, though it has nearly all its words of one sentence: a denial that is left out or put in, a name in the place of another."""
    if not near:
        return ""
    words = frozenset(word for one in near for word in one.words)
    if all(_lost(clause, one) for one in near):
        return "denial"
    if (clause.denied & words & clause.words) - frozenset(word for one in near for word in one.denied):
        return "denial"
    if clause.own & frozenset(word for one in near for word in one.hoped) - clause.hoped and all(one.hoped for one in near):
        return "stage"
    for figure in clause.figures:
        same = [other for one in near for other in one.figures if figure.same(other)]
        if same and not any(figure.told_by(other) for other in same):
            return "hedge"
    for kind, why in (("m", "messenger"), ("r", "actor")):
        held = frozenset(name for one in near for name in one.of(kind))
        if any(_OF_BEFORE & one.words for one in near):
            held |= frozenset(name for one in near for name in one.meant(kind))
        if held - clause.of(kind) and clause.of(kind) - held:
            return why
    return ""


def _misspoken(clause: Clause, told: Sequence[Sequence[Clause]]) -> str:
    """The sentence in which another says what a clause lets somebody say; empty if none does."""
    said = frozenset(name for deed in clause.deeds if deed.kind == "tell" for name in deed.agents if not name.startswith("+"))
    of_names = (clause.sentence[name.start : name.stop] for name in clause.names if name.kind in "rp")
    content = clause.own - frozenset(lemmas(fold(" ".join([*of_names, *(deed.word for deed in clause.deeds if deed.kind == "tell")]))))
    if not said or len(content) < 3:
        return ""
    found = [(len(content & one.words) / len(content), one) for page in told for one in page]
    best = max(share for share, _ in found)
    near = [one for share, one in found if share == best]
    others = frozenset(
        name for one in near for deed in one.deeds if deed.kind == "tell" for name in deed.agents if not name.startswith("+")
    )
    held = frozenset(word for one in near for word in one.words) | frozenset(name.name for one in near for name in one.names)
    return near[0].sentence if best >= 0.5 and others and not others & said and not held & said else ""


def _lost(clause: Clause, near: Clause) -> bool:
    """True if a word that a sentence denies stands in the clause without the denial."""
    return bool((near.denied & clause.own) - clause.denied)


def _sifted(deed: Deed, told: Sequence[Sequence[Clause]], near: Sequence[Clause]) -> list[tuple[Sequence[Clause], int, Deed]]:
    """Where the sources tell of a deed; where a sentence holds nearly all words of the clause and tells of it, that sentence alone."""
    found = [(page, at, other) for page in told for at, other in _candidates(deed, page)]
    only = {one.sentence for one in near}
    return [one for one in found if one[0][one[1]].sentence in only] or found


def _checked(clause: Clause) -> list[Deed]:
    """The deeds of a clause that must be told: not what is taken back in it, nor a verb of no kind that another governs."""
    firm = [deed for deed in clause.deeds if deed.kind != "tell"]
    eased = any(deed.kind == "ease" for deed in firm)
    refused = any(deed.kind in ("reject", "uphold") for deed in firm)
    return [
        deed
        for deed in clause.deeds
        if not (deed.named and refused and deed.kind in ("sue", "request"))
        and not (deed.named and eased and deed.kind != "ease")
        and not (deed.kind.startswith("=") and deed.level == MAY and len(firm) > 1)
    ]


def _called(who: Name, name: Name, page: Sequence[Clause]) -> bool:
    """True if somebody of that name is called so in a sentence."""
    return any(
        name.name in clause.words and any(other.sentence == clause.sentence and who.name in other.of("w") for other in page)
        for clause in page
    )


def _reason(why: str, what: str, clause: Clause, near: str) -> str:
    told = f" | sources: {near[:120]}" if near else ""
    return f"{why} as no source tells it: {what[:40]} | text: {clause.text[:120]}{told}"


def _candidates(deed: Deed, page: Sequence[Clause]) -> Iterator[tuple[int, Deed]]:
    """Where the sources tell of a deed of that kind; what a clause does counts before what it names."""
    kinds = like(deed.kind)
    for at, clause in enumerate(page):
        for other in clause.deeds:
            alike = other.kind in kinds or (deed.kind.startswith("=") and other.kind.startswith("=") and _akin(deed.kind, other.kind))
            weaker = other.named and not deed.named and any(one.kind == other.kind and not one.named for one in clause.deeds)
            if alike and not weaker:
                yield at, other


def _akin(one: str, other: str) -> bool:
    """True if two verbs share their root, as far as six letters tell."""
    return len(one) > 6 and one[:6] == other[:6]


def _fails(
    clause: Clause, deed: Deed, checked: Sequence[Deed], page: Sequence[Clause], at: int, other: Deed, *, loose: bool
) -> tuple[int, str]:
    """The first thing in which a deed of the sources is not that of the text, as its place in `_WHY`; the number of them if it is."""
    there = page[at]
    around = [one for one in page if abs(one.number - there.number) <= 1 or one.number == 0 or (there.number == 0 and one.number == 2)]
    rules = [one for one in page if abs(one.number - there.number) <= 3 and one.days and any(act.kind == "force" for act in one.deeds)]
    steps: tuple[Callable[[], bool], ...] = (
        lambda: _messengers(clause, there, around, loose=loose or deed.kind == "tell"),
        lambda: deed.no == other.no and not _lifted(other, there) and _to_do(deed, clause, other, there),
        lambda: _as_far(clause, deed, other, there, page),
        lambda: _actors(deed, other, there, around, page),
        lambda: all(_named(name, around) for name in clause.names if name.kind in "rp"),
        lambda: (
            loose or all(counted(one, clause, there, around, deed) for one in clause.figures if deed in owners(one, clause, checked)[:1])
        ),
        lambda: loose or all(dated(one, there, [*around, *rules], deed) for one in clause.days if deed in owners(one, clause, checked)[:1]),
        lambda: deed.kind == "tell" or _hedged(clause, deed, other, there),
    )
    for step, holds in enumerate(steps, 1):
        if not holds():
            return step, there.sentence
    return len(_WHY), ""


def _to_do(deed: Deed, clause: Clause, other: Deed, there: Clause) -> bool:
    """True unless the sources vote for, promise or propose to do another thing than the text."""
    said, told = _governed(deed, clause), _governed(other, there)
    return said is None or told is None or told.kind in like(said.kind) or said.kind[0] == "=" or told.kind[0] == "="


def _governed(deed: Deed, clause: Clause) -> Deed | None:
    """The infinitive that comes next after a deed, if it is one."""
    after = next((other for other in clause.deeds if other.start > deed.start), None)
    return after if after is not None and not after.named and (after.level == MAY or after.kind in ("adopt", "reject")) else None


def _as_far(clause: Clause, deed: Deed, other: Deed, there: Clause, page: Sequence[Clause]) -> bool:
    """True if a deed of the sources is as far as the text says; how far mere telling or a noun is does not matter."""
    if deed.kind in ("tell", "event") or deed.named:
        return True
    if other.level in _LEVELS[deed.level] and not _hoped(deed, other, there, page):
        return True
    return deed.level in (NOW, WILL) and other.level != MAY and _same_day(clause, there)


def _hoped(deed: Deed, other: Deed, there: Clause, page: Sequence[Clause]) -> bool:
    """True if what a noun names is, where the page tells of it by verbs, still to come: «ограничение» is then none that is in force."""
    if not other.named or deed.level not in (DONE, NOW):
        return False
    kinds = like(deed.kind)
    told = [one.level for clause in page for one in clause.deeds if one.kind in kinds and not one.named and _alike(clause, there)]
    return bool(told) and not {DONE, NOW} & set(told)


def _same_day(clause: Clause, there: Clause) -> bool:
    """True if both tell from which day a rule holds: «запрещено с 1 сентября» is «запретят с 1 сентября»."""
    return any(day.before == other.before == "from" and day.value[5:] == other.value[5:] for day in clause.days for other in there.days)


def _messengers(clause: Clause, there: Clause, around: Sequence[Clause], *, loose: bool) -> bool:
    own = clause.of("m")
    if loose:
        return own <= frozenset().union(*(one.of("m") for one in around))
    meant = there.messengers()
    if own:
        return own <= meant | _same_sentence(there, around) if not there.of("m") else own <= there.of("m") | _listed(there, around)
    inherited = clause.messengers()
    return not inherited or not there.of("m") or bool(inherited & there.of("m"))


def _same_sentence(there: Clause, around: Sequence[Clause]) -> frozenset[str]:
    return frozenset().union(*(one.of("m") for one in around if one.number == there.number or one.number == 0))


def _listed(there: Clause, around: Sequence[Clause]) -> frozenset[str]:
    """The messengers of the clauses of the same sentence in which nothing is done."""
    return frozenset().union(*(one.of("m") for one in around if one.number == there.number and not one.deeds))


def _actors(deed: Deed, other: Deed, there: Clause, around: Sequence[Clause], page: Sequence[Clause]) -> bool:
    """True if nobody changes places, and who does it does it in the sources."""
    if (deed.agents & other.patients) - other.agents - {_ANY} or (deed.patients & other.agents) - other.patients - {_ANY}:
        return False
    if not _affected(deed, other, around):
        return False
    known = other.agents - {_ANY}
    places = deed.agents & frozenset(name for clause in page for name in clause.of("a"))  # "Nepal" is its authority
    said = deed.agents - {_ANY} - places
    if deed.kind == "tell":
        named = frozenset(name.name for one in around if one.number == there.number for name in one.names)
        return not said or bool(said & known) or (not known and bool(said & named))
    if not known:
        kinds = like(deed.kind)
        elsewhere = [one.agents - {_ANY} for clause in page for one in clause.deeds if one.kind in kinds and _alike(clause, there)]
        known = next((agents for agents in elsewhere if agents and said <= agents), next((agents for agents in elsewhere if agents), known))
    if places and known and not places & known and all(name.islower() and not name.startswith("+") for name in known):
        return False
    if known:
        return _among(said, known) if said else _ANY not in deed.agents or any(not name.startswith("+") for name in known)
    busy = frozenset().union(
        *(one.agents for clause in around if clause is not there for one in clause.deeds if one.kind not in _LIGHT | {other.kind})
    )
    own = frozenset().union(*(one.agents for one in there.deeds))
    if other.level == MAY:  # whom another tells to do it
        own |= frozenset().union(*(one.patients for one in there.deeds if one.start < other.start and one.kind in _UPON))
    if not {name for name in said if name.islower()} <= own:
        return False
    return said <= own or not said & busy


def _among(said: frozenset[str], known: frozenset[str]) -> bool:
    """True if all who act in a text act in the sources; «Антон Горелкин» is Горелкин where one of the names is known."""
    persons = {name for name in said if name.islower() and not name.startswith("+")}
    return said <= known or (bool(persons & known) and said - persons <= known)


def _affected(deed: Deed, other: Deed, around: Sequence[Clause]) -> bool:
    """True if the people to whom a deed is done are those of the sources, or stand near where it tells of nobody."""
    said = frozenset(name for name in deed.patients if name.startswith("+")) - {_ANY}
    known = frozenset(name for name in other.patients | other.agents if name.startswith("+")) - {_ANY}
    return deed.kind not in _UPON or said <= (known or _around(around))


def _alike(one: Clause, other: Clause) -> bool:
    """True if two clauses may tell of the same messenger."""
    return not (one.messengers() and other.messengers()) or bool(one.messengers() & other.messengers())


def _around(around: Sequence[Clause]) -> frozenset[str]:
    return frozenset(name.name for one in around for name in one.names)


def _named(name: Name, around: Sequence[Clause]) -> bool:
    return name.name in _around(around) or any(name.name in one.words for one in around)


def _lifted(deed: Deed, clause: Clause) -> bool:
    """True if what is named is taken back in its clause: «отменил блокировку» blocks nothing."""
    return deed.named and deed.kind != "ease" and any(other.kind == "ease" for other in clause.deeds)


def _hedged(clause: Clause, deed: Deed, other: Deed, there: Clause) -> bool:
    """True if what makes a deed of the sources smaller, earlier or only thought so is not lost."""
    if there.earlier and not clause.earlier and not any(same(day, one) for day in clause.days for one in there.days):
        return False
    if there.partial and not clause.partial and deed.kind in _MEASURES:
        return False
    if deed.kind in _MEASURES and (_whole(clause.own) and not _whole(there.words)):
        return False
    return clause.told or other.start < there.opinion or deed.level in (NOUN, MAY)


def _whole(words: frozenset[str]) -> bool:
    return bool(words & {lemma(word) for word in listed("whole")})


def _together(clause: Clause, page: Sequence[Clause], at: int) -> bool:
    """True if the names and figures of a clause in which nothing is done stand together somewhere."""
    there = page[at]
    around = [one for one in page if 0 <= one.number - there.number <= 1 or one.number == 0]
    here = [one for one in around if one.number == there.number]
    return (
        all(name.name in _around(around) for name in clause.names)
        and all(any(figure.told_by(other) for one in here for other in one.figures) for figure in clause.figures)
        and all(any(same(day, other) for one in here for other in one.days) for day in clause.days)
    )
