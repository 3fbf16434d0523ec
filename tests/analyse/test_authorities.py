"""Authorities by all the names that outlets give them, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import features
from bot.analyse.facts import bystanders
from bot.analyse.language import text
from bot.analyse.language.index import Index
from bot.model import Article

Make = Callable[..., Article]


def _names(article: Article) -> set[str]:
    seen = features.view(text.page(article))
    return {mention.name for row in seen.regulators for mention in row}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Пресс-секретарь главы государства объяснил блокировку мессенджера.", {"Кремль"}),
        ("Песков прокомментировал замедление Telegram.", {"Кремль"}),
        ("Глава государства подписал закон о мессенджере.", {"Президент РФ"}),
        ("Министр цифрового развития рассказал о белом списке.", {"Минцифры"}),
        ("Шадаев пообещал оставить Telegram.", {"Минцифры"}),
        ("Охотный Ряд одобрил запрет сразу в двух чтениях.", {"Госдума"}),
        ("Депутаты предложили запретить иностранные номера.", {"Госдума"}),
        ("Сенаторы отклонили поправки о мессенджерах.", {"Совет Федерации"}),
        ("Верхняя палата поддержала закон о мессенджере.", {"Совет Федерации"}),
        ("Правительственный пакет против мошенников ограничит мессенджеры.", {"Правительство РФ"}),
        ("Кабмин назначил национальный мессенджер.", {"Правительство РФ"}),
        ("Антимонопольное ведомство запретило рекламу в Telegram.", {"ФАС"}),
        ("ЦБ запретил банкам писать клиентам в мессенджерах.", {"Банк России"}),
        ("ГРЧЦ замедлил звонки в мессенджерах.", {"Роскомнадзор"}),
        ("Служба по надзору в сфере связи внесла Signal в реестр.", {"Роскомнадзор"}),
        ("Судья назначил мессенджеру штраф.", {"Суд"}),
        ("Roskomnadzor throttled Telegram in Russia.", {"Роскомнадзор"}),
        ("Russia's communications watchdog blocked Signal.", {"Роскомнадзор"}),
        ("Russia's digital development ministry drafted the bill on messengers.", {"Минцифры"}),
        ("Russia's anti-monopoly service outlawed adverts on Telegram.", {"ФАС"}),
        ("Власти ограничили звонки в мессенджерах.", set()),
        ("В ведомстве не ответили на вопрос о мессенджере.", set()),
        ("Telegram плохо грузится, жители рады новому мессенджеру.", set()),
        ("Думаем, что Telegram останется.", set()),
    ],
)
def test_russian(article: Make, sentence: str, names: set[str]) -> None:
    """By office, head, nickname; nobody where nobody is named."""
    assert _names(article("", sentence)) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Региональное правительство Мурманской области перевело чаты в MAX.", {"Правительство Мурманской области"}),
        ("Чиновники Мурманской области переезжают в MAX, поручило региональное правительство.", {"Правительство Мурманской области"}),
        ("Министр цифрового развития Дагестана объяснил блокировку Telegram.", {"Минцифры Дагестана"}),
        ("Минцифры Татарстана рекомендовало MAX.", {"Минцифры Татарстана"}),
        ("Татарстанский кабмин закрыл чаты в WhatsApp.", {"Кабинет министров Татарстана"}),
        ("Губернатор Белгородской области открыл канал в MAX.", {"Правительство Белгородской области"}),
        ("Комитет по здравоохранению Петербурга запретил WhatsApp.", {"Комитет по здравоохранению Санкт-Петербурга"}),
        ("Правительство Москвы перевело школы в MAX.", {"Правительство Москвы"}),
        ("Столичные власти перевели школы в MAX.", {"Правительство Москвы"}),
        ("Глава Чечни закрыл чаты в WhatsApp.", {"Правительство Чечни"}),
        ("Прокуратура Петербурга потребовала закрыть канал.", {"Прокуратура Санкт-Петербурга"}),
        ("Чаты столицы переведут в MAX, сообщили городские власти.", {"Правительство Москвы"}),
        ("Крымские власти отказались от WhatsApp.", {"Правительство Крыма"}),
        ("Республиканское правительство перевело чаты в MAX.", set()),
        ("Московская городская дума обсудила мессенджеры.", {"Московская городская дума"}),
        ("Правительство обязало жителей Мурманской области открыть чаты в MAX.", {"Правительство РФ"}),
        ("Госдума приняла закон о чатах для Мурманской области.", {"Госдума"}),
    ],
)
def test_regional(article: Make, sentence: str, names: set[str]) -> None:
    """A body of a part of Russia is not the federal one."""
    assert _names(article("", sentence)) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("В Раду внесли проект о регулировании Telegram.", {"Verkhovna Rada"}),
        ("Сейм Литвы обсудил запрет Telegram.", {"Seimas"}),
        ("Бундестаг отложил закон о шифровании мессенджеров.", {"Bundestag"}),
        ("Правительство Вьетнама закрыло Telegram.", {"Government of Vietnam"}),
        ("Анкарский суд закрыл Discord.", {"Ankara court"}),
        ("Совет по конкуренции Турции начал проверку WhatsApp.", {"Competition Board (Turkey)"}),
        ("Министр юстиции Турции объяснил блокировку Discord.", {"Ministry of Justice (Turkey)"}),
        ("Телекоммуникационное ведомство Индии привязало WhatsApp к сим-карте.", {"Department of Telecommunications (India)"}),
        ("Верховный совет по киберпространству Ирана открыл WhatsApp.", {"Supreme Council of Cyberspace (Iran)"}),
        ("Управление по киберпространству КНР убрало WhatsApp из магазина.", {"Cyberspace Administration of China"}),
        ("Министерство связи и информатизации Беларуси советует MAX.", {"Ministry of Communications and Informatization (Belarus)"}),
        ("Министерство труда Кыргызстана просит вернуть imo.", {"Ministry of Labor (Kyrgyzstan)"}),
        ("Национальный банк Украины советует уйти из Telegram.", {"National Bank of Ukraine"}),
        ("Центр противодействия дезинформации разъяснил запрет Telegram.", {"Center for Countering Disinformation (Ukraine)"}),
        ("Федеральный совет Швейцарии меняет правила для Threema.", {"Federal Council (Switzerland)"}),
        ("Ireland's data protection commission fined WhatsApp.", {"Data Protection Commission (Ireland)"}),
        ("India's company law appeals tribunal suspended the WhatsApp ban.", {"National Company Law Appellate Tribunal (India)"}),
        ("Nigeria's FCCPC fined WhatsApp.", {"Federal Competition and Consumer Protection Commission (Nigeria)"}),
        ("Iraq's Ministry of Communications blocked Telegram.", {"Ministry of Communications (Iraq)"}),
        ("Malaysia's communications regulator sued Telegram.", {"Malaysian Communications and Multimedia Commission"}),
        ("Danish presidency of the EU dropped the vote on message scanning.", {"Евросоюз"}),
        ("The EU's Court of Justice ruled on WhatsApp.", {"Court of Justice of the European Union"}),
        ("The US House of Representatives banned WhatsApp.", {"US House of Representatives"}),
        ("Norwegian lawmakers discuss Telegram.", {"Storting"}),
        ("Фирма с британских Виргинских островов не явилась в суд.", {"Суд"}),
        ("Индийские пользователи жалуются на WhatsApp.", set()),
        ("Макрон назвал дело Telegram независимым.", {"President of France"}),
        ("Талибы запретили чиновникам WhatsApp.", {"Government of Afghanistan"}),
        ("Генштаб ВСУ запретил Telegram.", {"General Staff of the Armed Forces of Ukraine"}),
        ("The Turkish government blocked WhatsApp.", {"Government of Turkey"}),
        ("Nigeria's consumer watchdog fined WhatsApp.", {"Federal Competition and Consumer Protection Commission (Nigeria)"}),
        ("Iraqi Ministry of Communications blocked Telegram.", {"Ministry of Communications (Iraq)"}),
        ("Pakistan's IT ministry launched a messenger.", {"Ministry of Information Technology and Telecommunication (Pakistan)"}),
        ("The Turkish Competition Authority fined WhatsApp.", {"Competition Board (Turkey)"}),
        ("The Jordanian Competition Authority fined WhatsApp.", {"Jordanian Competition Authority"}),
        ("Kenya's regulator was silent on WhatsApp.", set()),
        ("Polls in Kenya: users leave WhatsApp.", set()),
    ],
)
def test_foreign(article: Make, sentence: str, names: set[str]) -> None:
    """By kind, short name or head, under the English name that the country gives it."""
    assert _names(article("", sentence)) == names


def test_what_another_country_does_after_russia_is_its_own(article: Make) -> None:
    """Russia as the example does not make the minister Russian."""
    given = article(
        "Вслед за Россией Discord отключили в Турции",
        "Суд в Анкаре закрыл Discord. Министр юстиции сослался на защиту детей.",
    )
    assert _names(given) == {"Ankara court", "Ministry of Justice (Turkey)"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Ватсап и вацап перестали открываться, телега тоже.", {"WhatsApp", "Telegram"}),
        ("Зелёный мессенджер больше не открывается.", {"WhatsApp"}),
        ("WhatsApp, Telegram and Messenger were limited.", {"WhatsApp", "Telegram", "Facebook Messenger"}),
        ("В реестре Skype, Wire, Element, Session, KakaoTalk и Keybase.", {"Skype", "Wire", "Element", "Session", "KakaoTalk", "Keybase"}),
        ("Ministers install Olvid and Tchap.", {"Olvid", "Tchap"}),
        ("Iranian apps Eitaa, Rubika, Soroush and Bale.", {"Eitaa", "Rubika", "Soroush", "Bale"}),
        ("WhatsApp, the popular messenger, is blocked.", {"WhatsApp"}),
        ("The session, an element of the plan, was held; they wire money.", set()),
        ("Roblox заблокирован, зум камеры улучшен.", set()),
    ],
)
def test_messengers(article: Make, sentence: str, names: set[str]) -> None:
    """By nicknames and in lists; words of the language are no messenger."""
    seen = features.view(text.page(article("", sentence)))
    assert {mention.name for row in seen.messengers for mention in row} == names


@pytest.mark.parametrize(
    ("title", "sentence", "names"),
    [
        ("Чиновников Ставрополья перевели в MAX", "В краевом Минцифры сослались на опыт Грузии.", set()),
        ("Чаты школ переедут в MAX", "В областном Минцифры напомнили об опыте Грузии.", set()),
        ("Тбилиси ограничил Telegram", "В Минцифры подтвердили запрет.", {"Ministry of Digital Development (Georgia)"}),
    ],
)
def test_a_part_of_russia_has_no_foreign_ministry(article: Make, title: str, sentence: str, names: set[str]) -> None:
    """Another country named beside does not make a region's own ministry foreign."""
    assert _names(article(title, sentence)) == names


@pytest.mark.parametrize(
    ("sentence", "touched"),
    [
        ("Госорганы, суды и прокуратура обязаны перейти в MAX.", True),
        ("Перейти в MAX обязаны министерства, суды и школы.", True),
        ("Закон обяжет суды перейти в MAX.", True),
        ("Ministries, courts and schools of Russia must move to MAX.", True),
        ("Суды обязали Telegram удалить запрещенное.", False),
        ("Суды и полиция признали переписку в WhatsApp доказательством.", False),
        ("Суд обязал банки и школы уйти из WhatsApp.", False),
    ],
)
def test_courts_among_those_who_are_obliged(article: Make, sentence: str, *, touched: bool) -> None:
    """Whom a duty touches does not act in it."""
    assert bystanders.bystander(features.view(text.page(article("", sentence))), "Суд", "active") is touched


@pytest.mark.parametrize(
    ("sentence", "name", "stage", "aside"),
    [
        ("В Минцифры на запрос о запрете звонков в WhatsApp не ответили.", "Минцифры", "planned", True),
        ("Минцифры ответило на запрос: звонки в WhatsApp запретят.", "Минцифры", "planned", False),
        ("Roskomnadzor did not immediately respond to questions about Telegram.", "Роскомнадзор", "planned", True),
        ("Президент поручил правительству ограничить мессенджеры.", "Правительство РФ", "planned", True),
        ("Правительство поручило ограничить мессенджеры.", "Правительство РФ", "planned", False),
        ("Сервисы из реестра Роскомнадзора хранят переписку.", "Роскомнадзор", "active", True),
        ("Роскомнадзор внес Telegram в реестр.", "Роскомнадзор", "active", False),
        ("Суд отклонил иск жителей к Роскомнадзору об ограничении WhatsApp.", "Роскомнадзор", "active", True),
        ("Суд удовлетворил иск Роскомнадзора и разрешил заблокировать Telegram.", "Роскомнадзор", "active", False),
        ("В Госдуме предложили список мессенджеров-иноагентов, законопроекта пока нет.", "Госдума", "planned", True),
        ("В Госдуме внесли законопроект о мессенджерах-иноагентах.", "Госдума", "planned", False),
        ("Совет Федерации одобрил закон о мессенджере. Госдума приняла его 10 июня.", "Госдума", "adopted", True),
        ("Госдума приняла закон о мессенджере 10 июня. Совет Федерации рассмотрит его 18 июня.", "Госдума", "passing", False),
        ("The European Commission put WhatsApp under the rules of the EU.", "Евросоюз", "active", True),
        ("Евросоюз запретил WhatsApp на служебных телефонах.", "Евросоюз", "active", False),
    ],
)
def test_who_stands_aside(article: Make, sentence: str, name: str, stage: str, *, aside: bool) -> None:
    """Who is silent, told, sued, only keeps a register, or had its turn before does not act in this article."""
    assert bystanders.bystander(features.view(text.page(article("", sentence))), name, stage) is aside


def test_forms_that_begin_alike_are_found_alike() -> None:
    """The longest form at a place counts, whatever the order of the forms and of the letters they are filed by."""
    for forms in (["eu", "eu council", "eu c"], ["eu council", "eu c", "eu"], ["e(?:u council|u)", "eu c", "eu"]):
        assert Index({"union": forms, "other": ["council"]}).spans("eu council eu") == [
            ("union", 0, 10),
            ("other", 3, 10),
            ("union", 11, 13),
        ]
