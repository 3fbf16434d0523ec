"""One person on two platforms: a code joins them, settings are shared, digests come to one place and move when it closes."""

from __future__ import annotations

from typing import Any

from acting import fill, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store
from bot.store.follows import Follows
from handlers.dialogue.linking import TRIES

HERE = Recipient(platform=Platform.TELEGRAM, id=7)
THERE = Recipient(platform=Platform.VK, id=70)
IVAN = Recipient(platform=Platform.VK, id=71)


async def test_two_platforms_become_one_reader(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """The code works once; a change on one side holds on both; only one side is subscribed; a block hands the digests over."""
    async with (
        staged("telegram", store, clock, settings, analyst) as telegram,
        staged("vk", store, clock, settings, analyst) as vk,
    ):
        anna, anna_there, stranger = telegram.person(7), vk.person(70), vk.person(71)
        anna.say("/subscribe")
        await anna.expect("Готово")
        anna.say("часовой пояс Омск")
        await anna.expect("(Омск)")
        anna.say("/link")
        code = (await anna.expect("связать ")).text.partition("связать ")[2].split()[0]
        anna_there.say(f"Связать {code}")
        await anna_there.expect("чаты связаны")
        stranger.say(f"Связать {code}")
        await stranger.expect("Этот код не подходит")
        anna_there.say("время 8:00")
        await anna_there.expect("Время: 08:00")
        both = [await store.subscribers.get(one) for one in (HERE, THERE)]
        assert [one.preferences.schedule.times for one in both if one] == [("08:00",), ("08:00",)]
        assert [one.preferences.schedule.timezone for one in both if one] == ["Asia/Omsk", "Asia/Omsk"]
        assert [one.active for one in both if one] == [True, False]
        anna_there.say("связать")
        await anna_there.expect("Связано с Telegram")
        anna_there.press("Присылать сюда")
        await anna_there.expect("Выпуски приходят сюда")
        assert [one.active for one in [await store.subscribers.get(HERE), await store.subscribers.get(THERE)] if one] == [False, True]
        anna_there.deny()
        assert await telegram.eventually(lambda one: bool(one and one.active), HERE)
        anna.say("/forget")
        await anna.expect("Вы связаны с VK: там удалю тоже.")
        anna.press("Да, удалить всё")
        await anna.expect("В VK — тоже.")
        assert [await store.subscribers.get(one) for one in (HERE, THERE)] == [None, None]
        anna_there.say("отвязать")
        await anna_there.expect("ни с чем не связан")


async def test_what_is_followed_is_shared(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """What either side followed before, both do once they are linked; what is followed and left afterwards on one, too."""
    async with (
        staged("telegram", store, clock, settings, analyst) as telegram,
        staged("vk", store, clock, settings, analyst) as vk,
    ):
        await fill(telegram.newsroom, clock)
        anna, anna_there = telegram.person(7), vk.person(70)
        anna.say("/subscribe")
        await anna.expect("Готово")

        async def follow(person: Any, number: str) -> None:
            person.say("дайджест неделя")
            digest = await person.expect("1. ")
            person.press(number, message=digest)
            await person.expect("Источники")
            person.press("Следить")
            await person.expect("Слежу: «")

        await follow(anna, "1")
        await follow(anna_there, "2")
        anna.say("/link")
        code = (await anna.expect("связать ")).text.partition("связать ")[2].split()[0]
        anna_there.say(f"связать {code}")
        await anna_there.expect("чаты связаны")
        follows = Follows(store.client, store.sessions)
        assert [len(await follows.of(one)) for one in (HERE, THERE)] == [2, 2]
        anna.say("/digest")
        await anna.expect("что изменилось за сутки")
        anna_there.say("дайджест новое")
        await anna_there.expect("С прошлого раза ничего важного не появилось.")
        await follow(anna_there, "3")
        assert set(await follows.of(HERE)) == set(await follows.of(THERE))
        anna.press("Не следить")
        await anna.expect("Больше не слежу")
        assert [len(await follows.of(one)) for one in (HERE, THERE)] == [2, 2]
        anna.say("отвязать")
        await anna.expect("Связи больше нет")
        assert [len(await follows.of(one)) for one in (HERE, THERE)] == [2, 2]


async def test_a_code_is_for_the_other_platform_and_for_once(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Written where it was given it says where it belongs and stays good; used, run out or guessed it does not fit; guessing is stopped."""
    async with (
        staged("telegram", store, clock, settings, analyst) as telegram,
        staged("vk", store, clock, settings, analyst) as vk,
    ):
        anna, anna_there, guesser = telegram.person(7), vk.person(70), vk.person(71)
        code = await code_of(anna)
        anna.say(f"связать {code}")
        await anna.expect("Этот код нужно написать мне в VK: здесь вы его получили.")
        anna_there.say(f"связать {code}")
        await anna_there.expect("настройки общие, а выпуски пока не приходят: вы не подписаны.")
        anna_there.press("Подписаться")
        await anna_there.expect("Готово. Выпуск приходит каждый день")
        other = await code_of(telegram.person(8))
        await store.sessions.redeem("link", other)  # as if a quarter of an hour had passed
        for said in (code, other, *("нет" + "а" * number for number in range(TRIES - 2))):
            guesser.say(f"связать {said}")
            await guesser.expect("Этот код не подходит")
        guesser.say("связать ещё-один")
        await guesser.expect("Слишком много неверных кодов.")


async def test_digests_stay_where_they_came_and_either_side_knows_where(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Who reads in VK and links it by a code from Telegram goes on reading in VK; in Telegram that is said, and the subscription can be ended."""
    async with (
        staged("telegram", store, clock, settings, analyst) as telegram,
        staged("vk", store, clock, settings, analyst) as vk,
    ):
        anna, anna_there = telegram.person(7), vk.person(70)
        anna_there.say("подписаться")
        await anna_there.expect("Готово")
        anna_there.say(f"связать {await code_of(anna)}")
        message = await anna_there.expect("настройки общие, выпуски по-прежнему приходят сюда.")
        assert "каждый день в 09:00 (Москва), ближайший — завтра" in message.text
        assert [one.active for one in [await store.subscribers.get(HERE), await store.subscribers.get(THERE)] if one] == [False, True]
        anna.say("часовой пояс Омск")
        await anna.expect("Выпуск приходит в VK каждый день в 09:00 (Омск)")
        anna.say("/start")
        await anna.expect("Выпуск приходит в VK")
        anna.say("/settings")
        assert "Отписаться" in (await anna.expect("Настройки")).buttons
        anna.say("/subscribe")
        await anna.expect("Готово. Выпуск приходит каждый день")
        assert [one.active for one in [await store.subscribers.get(HERE), await store.subscribers.get(THERE)] if one] == [True, False]
        anna_there.say("отписаться")
        await anna_there.expect("Больше не пришлю")
        assert [one.active for one in [await store.subscribers.get(HERE), await store.subscribers.get(THERE)] if one] == [False, False]
        anna.say("/settings")
        await anna.expect("вы не подписаны")


async def test_a_new_link_ends_the_old_one(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Whoever links a third chat is one person with that one alone; the second keeps its settings and is on its own."""
    async with (
        staged("telegram", store, clock, settings, analyst) as telegram,
        staged("vk", store, clock, settings, analyst) as vk,
    ):
        anna, anna_there, ivan = telegram.person(7), vk.person(70), vk.person(71)
        code = await code_of(anna)
        anna_there.say(f"связать {code}")
        await anna_there.expect("чаты связаны")
        code = await code_of(ivan)
        anna.say(f"связать {code}")
        await anna.expect("чаты связаны")
        anna.say("время 8:00")
        await anna.expect("Время: 08:00")
        times = [one.preferences.schedule.times for one in [await store.subscribers.get(at) for at in (HERE, THERE, IVAN)] if one]
        assert times == [("08:00",), ("09:00",), ("08:00",)]
        anna_there.say("связать")
        await anna_there.expect("Напишите мне в Telegram")


async def code_of(person: Any) -> str:
    """The code that a person is given."""
    person.say("связать")
    return str((await person.expect("связать ")).text.partition("связать ")[2].split()[0])
