"""What is kept of a person: told in full, removed in full, on both platforms."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from acting import Stage, fill, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store
from bot.store.inbox import Inbox
from bot.store.journal import FEEDBACK, Journal
from tests.store.contents import everything

HERE, THERE = 987650123, 123056789
WORDS = "Сиреневый дирижабль"


async def answered(store: Store) -> None:
    """Waits until nothing that people wrote waits to be crossed out."""
    async with asyncio.timeout(5):
        for platform in Platform:
            while await Inbox(store.client, platform).waiting():  # noqa: ASYNC110 - the store tells nobody when it changes
                await asyncio.sleep(0.02)


async def lived(stage: Stage, number: int) -> Any:
    """Somebody who has used everything that leaves a trace."""
    person = stage.person(number)
    for said, answer in (
        ("/subscribe", "Готово"),
        ("часовой пояс Омск", "(Омск)"),
        (f"скрытые слова {WORDS}", "сиреневый дирижабль"),
        ("/digest", "что изменилось за сутки"),
        (f"/search {WORDS}", "ничего не нашлось"),
        (f"кратко {WORDS} летит над городом. " * 4, "не о регулировании"),
        ("/link", "связать "),
        ("/link", "связать "),
        ("/forget", "Удалить подписку"),
    ):
        person.say(said)
        await person.expect(answer)
    person.press("1", message=next(one for one in person.messages if "что изменилось за сутки" in one.text))
    await person.expect("Источники")
    person.press("Следить")
    await person.expect("Слежу: «")
    person.press("Неверно")
    asked = await person.expect("Что здесь неверно")
    person.press("пересказ", message=asked)
    await person.expect("Спасибо")
    person.say("связать abcdefgh")
    await person.expect("Этот код не подходит")
    person.say("время")
    await person.expect("Отметьте часы")
    return person


async def exported(person: Any) -> dict[str, Any]:
    """The copy that the person gets."""
    person.say("/export")
    await person.expect("Вот всё, что я о вас храню")
    file = next(one.file for one in reversed(person.messages) if one.file is not None)
    found: dict[str, Any] = json.loads(file.content)
    return found


async def test_the_copy_holds_all_that_is_kept_and_forgetting_leaves_nothing(stage: Stage) -> None:
    """Whatever is remembered of her stands in the copy by its name; after «удалить» her number stands nowhere."""
    await fill(stage.newsroom, stage.clock)
    person = await lived(stage, HERE)
    copy = await exported(person)
    me = Recipient(platform=stage.platform, id=HERE)
    names = {name.decode() async for name in stage.store.client.sscan_iter(f"vestnik:{{p:{me}}}:names")}
    assert names == {key.rpartition(":")[2] if ":count:" not in key else "#" + key.rpartition(":")[2] for key in await keys_of(stage, me)}
    assert {name.lstrip("#") for name in names} <= copy["remembered"].keys()
    assert {"looked", "sought", "retell", "forgetting", "following", "code", "minute", "day", "feedback", "reported", "codes"} <= copy[
        "remembered"
    ].keys()
    assert copy["subscriber"]["preferences"]["filter"]["muted"] == [WORDS.lower()]
    assert copy["subscriber"]["recipient"] == str(me)
    assert copy["linked"] is None
    (report,) = copy["called_wrong"]
    assert report["field"] == "summary"
    assert report["evidence"]
    person.say("/forget")
    await person.expect("Удалить подписку")
    person.press("Да, удалить всё")
    await person.expect("Удалил всё")
    await answered(stage.store)
    kept = await everything(stage.store.client)
    assert str(HERE).encode() not in kept
    assert not await Journal(stage.store.client, stage.clock).latest(FEEDBACK), "what she called wrong may quote her own text"


async def test_what_others_called_wrong_stays(stage: Stage) -> None:
    """Who is forgotten takes their own reports along, those of texts they pasted too, and nobody else's."""
    await fill(stage.newsroom, stage.clock)
    await lived(stage, HERE)
    other = stage.person(THERE)
    other.say(f"кратко Роскомнадзор заблокировал WhatsApp. {WORDS} летит над городом. " * 3)
    await other.expect("WhatsApp")
    other.press("Неверно")
    other.press("пересказ", message=await other.expect("Что здесь неверно"))
    await other.expect("Спасибо")
    journal = Journal(stage.store.client, stage.clock)
    mine, theirs = reversed(await journal.latest(FEEDBACK))
    assert mine.fields["story"]
    assert "story" not in theirs.fields
    other.say("/forget")
    await other.expect("Удалить подписку")
    other.press("Да, удалить всё")
    await other.expect("Удалил всё")
    assert await journal.latest(FEEDBACK) == (mine,)


async def keys_of(stage: Stage, me: Recipient) -> list[str]:
    """The keys of what is remembered of somebody, the list of names itself left out."""
    found = [key.decode() async for key in stage.store.client.scan_iter(match=f"vestnik:{{p:{me}}}:*")]
    return [key for key in found if not key.endswith(":names")]


async def test_a_person_on_two_platforms_is_told_and_forgotten_on_both(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """The copy asked for on one side holds the other; forgetting on one removes the other, and says so before and after."""
    async with (
        staged("telegram", store, clock, settings, analyst) as telegram,
        staged("vk", store, clock, settings, analyst) as vk,
    ):
        await fill(telegram.newsroom, clock)
        anna, anna_there = await lived(telegram, HERE), await lived(vk, THERE)
        anna.say("/link")
        code = (await anna.expect("связать ")).text.partition("связать ")[2].split()[0]
        anna_there.say(f"связать {code}")
        await anna_there.expect("чаты связаны")
        copy = await exported(anna_there)
        assert copy["subscriber"]["recipient"] == f"vk:{THERE}"
        assert copy["linked"]["chat"] == f"telegram:{HERE}"
        assert copy["linked"]["subscriber"]["recipient"] == f"telegram:{HERE}"
        assert copy["linked"]["remembered"]["following"] == copy["remembered"]["following"] != []
        anna_there.say("удалить мои данные")
        await anna_there.expect("Вы связаны с Telegram: там удалю тоже.")
        anna_there.press("Да, удалить всё")
        await anna_there.expect("В Telegram — тоже.")
        await answered(store)
        kept = await everything(store.client)
        assert str(HERE).encode() not in kept
        assert str(THERE).encode() not in kept


async def test_a_new_code_takes_the_old_one_back(stage: Stage) -> None:
    """Only the last one that a person was given is good: the one before does not lie about until it runs out."""
    person = stage.person(HERE)
    codes: list[str] = []
    for _ in range(2):
        person.say("/link")
        codes.append((await person.expect("связать ")).text.partition("связать ")[2].split()[0])
    assert [await stage.store.sessions.held("link", code) for code in codes] == [None, f"{stage.platform}:{HERE}"]
