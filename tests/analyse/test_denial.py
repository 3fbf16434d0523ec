"""Denials: what there is not is no measure, an undone fine is none; a denial in the background touches nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst, features
from bot.analyse.facts import denial, fining
from bot.analyse.language import text
from bot.model import Article, Measure, Stage, Status

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Роскомнадзор оштрафовал WhatsApp? В ведомстве опровергли",
            "В сети появилась информация о штрафе. В Роскомнадзоре ее опровергли.",
        ),
        (
            "Роскомнадзор оштрафовал WhatsApp? Что известно",
            "В сети появилась информация о штрафе WhatsApp. В Роскомнадзоре ее опровергли: никаких штрафов мессенджеру не назначалось.",
        ),
        (
            "Роскомнадзор опроверг блокировку Viber",
            "Информация о блокировке Viber с 15 декабря не соответствует действительности, сообщили в Роскомнадзоре.",
        ),
        ("Роскомнадзор опроверг сообщения о блокировке Telegram", "Мессенджер работает."),
        ("В Минцифры опровергли слухи о запрете звонков в WhatsApp", "Звонки доступны."),
        ("Viber продолжит работать", "Слухи о запрете Viber не соответствуют действительности, заявили в Роскомнадзоре."),
        (
            "Законопроект о запрете WhatsApp оказался фейком",
            "В Госдуме сообщили, что такой документ не вносился. В нём говорилось о штрафах до 500 тыс. рублей.",
        ),
        (
            "Законопроект о штрафах за Telegram для учителей оказался фейком",
            "В Минпросвещения назвали фейком документ, согласно которому учителей с 1 сентября будут штрафовать.",
        ),
        ("Приказ об обязательном переходе на MAX — фейк", "Минобрнауки назвало документ подделкой."),
        ("Минцифры назвало фейком сообщения об отключении Telegram", "Ведомство просит не верить."),
        ("Сообщения о блокировке Discord назвали недостоверными", "В Роскомнадзоре заявили, что не ограничивали сервис."),
        ("Правда ли, что WhatsApp запретят с 1 сентября", "Роскомнадзор назвал эту информацию ложной. Мессенджер работает."),
        ("Мессенджеры в школе никто не запрещал, уверяют в министерстве", "Таких распоряжений ведомство не издавало."),
        ("Kremlin denies plans to ban Telegram", "Kremlin spokesman Dmitry Peskov denied the plans."),
        ("India denies reports of WhatsApp ban", "The government denied reports that it would block WhatsApp."),
        ("PTA denies throttling WhatsApp", "The regulator said it did not slow down the app."),
        ("WhatsApp ban is a hoax, ministry says", "The ministry said a circular banning WhatsApp was fake."),
        ("Fake order banning Telegram circulates online", "The ministry said the order is fake. It has not banned the app."),
        ("Government dismisses rumours of Signal block", "No decision was made."),
        ("Reports that Russia will block Viber are not true, Roskomnadzor says", "The regulator said so."),
        ("Is Telegram banned in Kenya?", "Reports of a ban are false, the Communications Authority said on Monday."),
        ("Fact check: No, Nepal has not banned WhatsApp", "A viral post claims a ban. The ministry denied it."),
        ("Слухи о блокировке Telegram опровергли в Госдуме", "Депутат заявил, что решения нет."),
        ("Песков опроверг планы заблокировать Telegram", "В Кремле сказали, что таких планов нет."),
        ("Роскомнадзор: информация о замедлении WhatsApp — вброс", "Ведомство не вводило ограничений."),
        ("Минцифры Казахстана опровергло запрет WhatsApp и Telegram", "Министерство назвало недостоверной информацию о запрете."),
        ("В РКН назвали слухами информацию о блокировке Telegram", "Ведомство просит доверять официальным источникам."),
        ("Минцифры: сообщения о блокировке СМС-кодов для Telegram не соответствуют действительности", "Коды приходят."),
        ("В Кремле опровергли подготовку указа о запрете WhatsApp", "Песков сказал, что такого документа нет."),
        ("Хинштейн назвал неправдой информацию о полной блокировке Telegram", "Депутат сказал это журналистам."),
        ("Фейк: с 1 ноября за WhatsApp начнут штрафовать", "В МВД заявили, что сообщение не соответствует действительности."),
        ("Власти Казахстана опровергли блокировку Telegram", "Мессенджер работает."),
        ("Сообщение о штрафах за звонки в WhatsApp — фейк, заявили в МВД", "Сообщение рассылали в чатах."),
        ("Роскомнадзор не блокировал Signal, сообщили в ведомстве", "Сбой связан с самим сервисом."),
        ("РКН заявил, что не замедлял WhatsApp", "Жалобы связаны со сбоем."),
        (
            "Школам не запрещали WhatsApp: министерство ответило на слухи",
            "Министерство образования области опровергло сообщения о запрете.",
        ),
        ("Govt rubbishes reports of WhatsApp ban", "The IT ministry called them baseless."),
        ("PIB Fact Check: message claiming government will ban WhatsApp is fake", "The message is fake."),
        ("Minister brushes aside rumours of Telegram shutdown", "Rumours of a shutdown are unfounded, he said."),
        ("Centre calls reports of Signal ban fake", "No order was issued."),
        ("Kenya has not banned Telegram, regulator says", "The Communications Authority denied it ordered a block."),
        ("Regulator disputes claims it throttled WhatsApp", "The authority said it did not restrict the app."),
        ("Viral letter on WhatsApp fines is bogus, police say", "The letter is fake."),
        ("Роскомнадзор оштрафовал Telegram на 100 млн? Это фейк", "В ведомстве сообщили, что протоколов не составляли."),
        ("Учителям не запретят WhatsApp", "Минпросвещения назвало недостоверными сообщения о запрете мессенджера для учителей."),
    ],
)
def test_denied(article: Make, title: str, told: str) -> None:
    """Reports that are false, fake papers, plans that there are not, in the title or where the title leaves it open."""
    assert denial.denied(features.view(text.page(article(title, told))))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Роскомнадзор замедлил Telegram", "Роскомнадзор замедлил Telegram. Ранее ведомство опровергало такие планы."),
        ("Роскомнадзор заблокировал Viber", "Ведомство закрыло доступ к Viber, хотя неделю назад опровергало слухи о блокировке."),
        ("Telegram опроверг обвинения в отказе блокировать каналы", "Компания заявила, что удаляет запрещённый контент."),
        (
            "WhatsApp denies it ignores Russian law after call limits",
            "WhatsApp denied claims by Roskomnadzor. The regulator restricted calls.",
        ),
        ("Viber оштрафовали за фейки о военной операции", "Суд назначил Viber штраф за неудаление недостоверной информации."),
        ("Роскомнадзор не подтвердил и не опроверг блокировку Telegram", "Ведомству нечего добавить."),
        ("Роскомнадзор опроверг слухи о разблокировке Discord", "Доступ к сервису останется закрыт."),
        ("Роскомнадзор опроверг полную блокировку WhatsApp, но подтвердил замедление", "Ведомство замедляет мессенджер."),
        ("Telegram denies leaks after Ukraine bans it on state devices", "Ukraine banned the app."),
        ("Дуров опроверг сообщения о передаче ключей после блокировки", "Telegram заблокирован."),
        ("Суд оштрафовал Telegram за слухи о мобилизации", "Сервис не удалил недостоверные сообщения."),
        ("Court denies WhatsApp request to lift ban", "A judge denied the request; the ban stays."),
        ("Court denied Telegram appeal against block", "The judge rejected the appeal."),
        ("Russia bans fake news on Telegram channels", "Roskomnadzor blocked channels with fake news. The posts were false."),
        ("Песков опроверг связь блокировки Telegram с выборами", "Решение принял Роскомнадзор."),
        ("Роскомнадзор заблокировал канал, который назвал фейком сообщения о взрыве", "Канал заблокирован в Telegram."),
        ("WhatsApp не удалил фейки, суд назначил штраф", "Штраф составил 4 млн рублей."),
        ("Malaysia to license messaging apps", "The minister denied the rule would limit speech."),
        ("Госдума приняла закон о штрафах за фейки в мессенджерах", "Закон вступит в силу 1 марта."),
        ("В Telegram опровергли сообщения о блокировке каналов", "В компании заявили, что каналы доступны."),
        ("Users denied access to WhatsApp as Russia blocks app", "Roskomnadzor blocked the app."),
        (
            "Роскомнадзор ограничил звонки в Telegram",
            "Роскомнадзор подтвердил ограничение звонков. Никаких иных ограничений не вводится, заявили в ведомстве.",
        ),
        ("Iran denies lifting ban on WhatsApp", "The council denied it would lift the ban."),
        ("Telegram may be blocked in April, sources say", "Roskomnadzor declined to comment; the Kremlin has not denied the reports."),
        ("Путин подписал закон о едином реестре", "Закон запрещает фейковые аккаунты в мессенджерах."),
        ("Суд оштрафовал Telegram: сервис не удалил фейки о выборах", "Сообщения признаны недостоверными."),
        ("Роскомнадзор потребовал удалить из Telegram сообщения, которые назвал ложными", "Ведомство грозит блокировкой."),
        ("Путин подписал закон о запрете WhatsApp чиновникам", "Ранее в Кремле опровергали сообщения о запрете."),
        ("Роскомнадзор подтвердил блокировку Signal", "Ведомство неделю называло сообщения о блокировке слухами."),
        ("WhatsApp заявил, что обвинения Роскомнадзора не соответствуют действительности", "Компания ответила на замедление."),
        ("Durov denies Telegram refused to block channels", "Telegram was fined by a Moscow court."),
        ("Russia blocks Signal; app denies breaking law", "Roskomnadzor blocked Signal."),
        ("Pakistan slows WhatsApp, officials deny it", "Users cannot send photos; the regulator restricted the app, rights groups say."),
        ("Суд запретил распространять в Telegram информацию, не соответствующую действительности", "Канал обязали удалить посты."),
        ("Telegram заблокируют? Роскомнадзор не исключил", "Ведомство не стало опровергать слухи."),
        ("Meta says fine over WhatsApp is baseless", "Meta will appeal the 225 million euro fine."),
        ("Court rules WhatsApp ban baseless, lifts it", "A judge said the ban was unfounded and lifted it."),
        ("Госдума ввела штрафы за фейковые аккаунты в MAX", "Закон принят в третьем чтении."),
        ("Роскомнадзор замедлил Telegram", "Сообщения о полной блокировке в ведомстве не подтвердили, но замедление признали."),
        ("Минцифры опровергло слухи о снятии ограничений с WhatsApp", "Звонки останутся под запретом."),
        ("Суд отказал WhatsApp в отмене штрафа", "Доводы компании не соответствуют действительности, решил суд."),
        ("РКН ограничил звонки в Telegram, но не блокировал мессенджер", "Ведомство ограничило звонки."),
        ("Роскомнадзор пока не блокировал WhatsApp, но готовится", "Ведомство предупредило о блокировке."),
        ("Telegram оштрафовали за то, что сервис не блокировал каналы", "Суд назначил 4 млн рублей."),
        ("Parliament passes messaging bill disputed by Signal", "Parliament passed the bill. It will require scanning."),
    ],
)
def test_not_denied(article: Make, title: str, told: str) -> None:
    """Denied earlier, by a company, in part, by a court; an easing, a cause, an accusation; measures against fakes."""
    assert not denial.denied(features.view(text.page(article(title, told))))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("ВС отменил штраф", "Верховный суд РФ отменил штраф в 4 млн рублей, назначенный Telegram, и прекратил производство по делу."),
        ("Суд отменил штраф Telegram на 4 млн рублей", "Мосгорсуд отменил решение."),
        ("Штраф WhatsApp в 3 млн рублей отменён", "Апелляция встала на сторону сервиса."),
        ("Кассация признала незаконным штраф Viber", "Суд прекратил дело."),
        ("Мосгорсуд отменил постановление о штрафе Discord", "Дело прекращено."),
        ("Court overturns WhatsApp fine", "An appeals court overturned the 225 million euro fine."),
        ("EU court annuls fine against Meta over WhatsApp", "Judges annulled the penalty."),
        ("Telegram wins appeal against 5 million fine", "The tribunal quashed the penalty."),
        ("Fine on Signal quashed by tribunal", "The fine was set aside on Monday."),
        ("Суд аннулировал штрафы WhatsApp", "Московский суд отменил штрафы WhatsApp на 18 млн рублей."),
    ],
)
def test_annulled(article: Make, title: str, told: str) -> None:
    """A court undid a fine as a whole."""
    assert fining.annulled(features.view(text.page(article(title, told))))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Суд отказался отменить штраф Telegram", "Жалоба отклонена."),
        ("Telegram попросил отменить штраф", "Сервис обжаловал решение."),
        ("Суд снизил штраф WhatsApp", "Суд изменил решение и снизил штраф с 18 до 15 млн."),
        ("Суд отменил запрет Telegram, но сохранил штраф", "Судья отменил блокировку и оставил штраф."),
        ("Brazil judge lifts ban on Telegram", "A judge lifted a suspension of Telegram but upheld a daily fine of 1 million reais."),
        ("Court refuses to overturn WhatsApp fine", "The court rejected the appeal against the fine."),
        ("Суд отменил решение о снижении штрафа Telegram", "Штраф снова 7 млн рублей."),
        ("Суд отменил штраф Viber и назначил новый", "Новый штраф — 2 млн рублей."),
        ("Суд оштрафовал Telegram на 7 млн рублей", "Ранее суд отменил штраф в 4 млн рублей."),
        ("Госдума отменила обязанность хранить переписку", "Штраф за это сохранится."),
        ("Meta drops appeal against WhatsApp fine", "Meta dropped its appeal against the fine."),
        ("Суд частично отменил штраф WhatsApp", "Сумма — 2 млн рублей."),
    ],
)
def test_not_annulled(article: Make, title: str, told: str) -> None:
    """Refused, asked for, in part, replaced, of another thing, or earlier."""
    assert not fining.annulled(features.view(text.page(article(title, told))))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Роскомнадзор оштрафовал WhatsApp? В ведомстве опровергли",
            "В Роскомнадзоре опровергли сообщения о штрафе WhatsApp на 4 млн рублей с 1 сентября 2026 года.",
        ),
        (
            "Законопроект о запрете WhatsApp оказался фейком",
            "В Госдуме назвали фейком законопроект, по которому за WhatsApp с 1 сентября 2026 года будут штрафовать на 500 тыс. рублей.",
        ),
        (
            "Kremlin denies plans to ban Telegram",
            "The Kremlin denied reports that Russia would block Telegram from January 1, 2027 and fine users 5,000 rubles.",
        ),
    ],
)
def test_what_is_denied_is_no_measure(analyst: Analyst, article: Make, title: str, told: str) -> None:
    """A statement with neither a penalty nor a day."""
    facts = analyst.read(article(title, told)).facts
    assert (facts.measure, facts.stage, facts.status) == (Measure.STATEMENT, Stage.STATEMENT, Status.STATEMENT)
    assert (facts.penalties, facts.effective_date) == ((), None)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Верховный суд отменил штраф Telegram",
            "Верховный суд отменил штраф в 4 млн рублей, назначенный Telegram за неудаление контента.",
        ),
        (
            "Court overturns WhatsApp fine",
            "A Moscow court overturned the 4 million rubles fine imposed on WhatsApp for refusing to store data.",
        ),
    ],
)
def test_an_undone_fine_reads_cancelled(analyst: Analyst, article: Make, title: str, told: str) -> None:
    """What a court annulled is no penalty any more."""
    facts = analyst.read(article(title, told)).facts
    assert (facts.measure, facts.stage, facts.status) == (Measure.FINE, Stage.CANCELLED, Status.CANCELLED)
    assert (facts.penalties, facts.effective_date) == ((), None)


def test_a_reminder_proves_no_stage(analyst: Analyst, article: Make) -> None:
    """The sentence cited for the stage tells the news, not what was before it."""
    reading = analyst.read(
        article(
            "Viber попал под санкции Роскомнадзора",
            "Роскомнадзор ограничил доступ к Viber из-за нарушения закона. Напомним, в июне суд оштрафовал Viber, ведомство ограничило звонки и внесло сервис в реестр.",
        )
    )
    assert reading.facts.penalties == ()
    assert [item.sentence for item in reading.evidence if item.field == "stage"] == [
        "Роскомнадзор ограничил доступ к Viber из-за нарушения закона."
    ]


@pytest.mark.parametrize(
    ("title", "told", "open_"),
    [
        ("Роскомнадзор не исключил ограничений для Viber", "Ведомство ведет переговоры.", True),
        ("Роскомнадзор: вопрос о звонках в Viber не решен", "Мера возможна.", True),
        ("Решение о блокировке пока не принято", "Об этом заявили в Кремле.", True),
        ("Regulator does not rule out a Telegram ban", "No step has been taken.", True),
        ("Роскомнадзор ограничил Viber", "Решение принято 10 февраля.", False),
        ("Госдума приняла закон", "Документ подпишет президент.", False),
    ],
)
def test_undecided(article: Make, title: str, told: str, *, open_: bool) -> None:
    """What is not ruled out, or not decided on, is not applied."""
    assert denial.undecided(features.view(text.page(article(title, told)))) is open_


@pytest.mark.parametrize(
    ("title", "begged"),
    [
        ("Операторы просят отсрочить блокировку кодов", True),
        ("Banks asked the ministry to delay the ban", True),
        ("Роскомнадзор больше не требует ограничивать Telegram", False),
        ("Минцифры согласилось на просьбу и отложило запрет", False),
        ("Роскомнадзор снял ограничения", False),
    ],
)
def test_what_is_asked_for_is_not_granted(article: Make, title: str, *, begged: bool) -> None:
    """A request to put off or lift a measure is no easing yet."""
    assert denial.asked(features.view(text.page(article(title, "Подробностей нет.")))) is begged


@pytest.mark.parametrize(
    ("title", "halted"),
    [
        ("Суд приостановил запрет мессенджера", True),
        ("Суд приостановил действие распоряжения о блокировке Telegram", True),
        ("Kenya court suspends directive to block Telegram", True),
        ("Суд заблокировал мессенджер", False),
        ("Court orders a ban on Telegram", False),
        ("Мессенджер приостановил работу из-за запрета", False),
    ],
)
def test_a_court_that_suspends_a_measure_does_not_take_it(article: Make, title: str, *, halted: bool) -> None:
    """The order that is suspended is not what the court does."""
    assert fining.halted(features.view(text.page(article(title, "Подробностей нет.")))) is halted
