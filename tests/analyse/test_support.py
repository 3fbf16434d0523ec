"""What a language model writes, held against the sentences that it is taken from: true retellings pass, true pieces put together falsely do not."""

from __future__ import annotations

import pytest

from bot.analyse.language.text import sentences_of
from bot.analyse.verify.refusal import refusal

FINE = (
    "Viber оштрафовали на 4 млн рублей\n"
    "Таганский суд Москвы 14 марта оштрафовал мессенджер Viber на 4 млн рублей за отказ удалить запрещённые материалы, сообщила пресс-служба суда. "
    "Протокол на компанию составил Роскомнадзор. Годом ранее сервис наказали на 1,5 млн рублей. Telegram тот же суд оштрафовал на 6 млн рублей. "
    "Заплатить нужно в течение 60 дней. Представители Viber решение не комментировали."
)
BILL = (
    "Банкам хотят запретить переписку в WhatsApp\n"
    "Минцифры предложило с 1 сентября 2027 года запретить банкам и страховщикам переписываться с клиентами в WhatsApp и других иностранных мессенджерах. "
    "Законопроект опубликовали 3 февраля. Нарушителям грозят штрафы до 500 тыс. рублей. Роскомнадзор инициативу поддержал. "
    "Министр Максим Орлов сообщил, что школ новые правила не коснутся. Депутат Ирина Светлова выступила против запрета."
)
DENIAL = (
    "Роскомнадзор не будет блокировать Telegram\n"
    "Роскомнадзор не планирует блокировать Telegram, заявил 5 июня замглавы ведомства Пётр Жилин. Замедлять звонки в мессенджере служба начала 20 мая. "
    "По словам чиновника, Telegram удалил около 120 тысяч сообщений. Депутат Олег Рыбин предложил заблокировать Discord. "
    "В Кремле допустили, что WhatsApp ограничат, если он не исполнит закон."
)
LAW = (
    "Госдума приняла закон о хранении переписки в первом чтении\n"
    "Госдума 18 ноября приняла в первом чтении законопроект о хранении переписки в мессенджерах. Второе чтение назначено на 2 декабря. "
    "Документ вступит в силу 1 марта 2027 года. Мессенджеры обяжут хранить сообщения 6 месяцев и передавать их ФСБ по запросу. "
    "Первым могут наказать Signal, считает юрист Анна Громова. Совет Федерации документ ещё не рассматривал."
)
COURT = (
    "Lagos court fines WhatsApp $2.5 million\n"
    "A Lagos court on Monday fined WhatsApp $2.5 million for sharing user data without consent. The prosecutors had sought $10 million. "
    "WhatsApp said it would appeal the ruling. In 2023 the same court fined Telegram $800,000. The company has 30 days to pay. "
    "The ruling does not affect Signal, the judge said."
)
ORDER = (
    "Nepal orders operators to block Telegram\n"
    "Nepal's telecommunications authority has ordered internet providers to block Telegram from July 18 over fraud and money laundering. "
    "The authority will not restrict Viber, its spokesman Ram Thapa said. Officials may unblock Telegram if the company appoints a local representative. "
    "About 3 million people use the messenger in Nepal. Providers have five days to comply. Rights groups criticised the order."
)
VOTE = (
    "Norway's parliament approves age checks for messengers\n"
    "Lawmakers in Oslo voted on March 12 to approve a bill that requires messengers to verify the age of their users. The law takes effect on January 1, 2028. "
    "Companies could be fined up to 4% of their annual turnover. Signal said it would leave Norway rather than comply. "
    "The data protection authority opposed the bill. Telegram did not respond to a request for comment."
)
LIFTED = (
    "Суд отменил блокировку Signal\n"
    "Верховный суд 7 апреля отменил блокировку мессенджера Signal, введённую 9 августа 2024 года. Роскомнадзор должен вернуть доступ до 1 мая. "
    "Ведомство намерено обжаловать решение. Discord остаётся заблокированным. За разблокировку выступала Ассоциация электронных коммуникаций. "
    "Сервисом пользовались более 2 млн россиян."
)
PARTLY = (
    "Роскомнадзор частично ограничил звонки в WhatsApp и Telegram\n"
    "Роскомнадзор частично ограничил звонки в WhatsApp и Telegram для борьбы с мошенниками. По данным Банка России, в июле через мессенджеры похитили 1,2 млрд рублей. "
    "Минцифры заявило, что звонки вернут, если сервисы выполнят требования. МВД зафиксировало 8 тысяч преступлений. Сообщения и видео продолжают работать. "
    "WhatsApp назвал меру попыткой лишить россиян права на защищённую связь."
)

CALLS = (
    "Звонки в Telegram вернут в Якутии\n"
    "Минцифры 12 мая сообщило, что звонки в Telegram в Якутии возобновят до конца месяца. Ограничить их Роскомнадзор решил в январе из-за телефонных мошенников. "
    "Власти республики просили об исключении: в 40 посёлках нет другой связи. Сенатор Егор Борисов назвал решение своевременным. "
    "МВД выступило против послабления. Полностью отказываться от ограничений ведомство не намерено."
)
ADS = (
    "ФАС возбудила дело из-за рекламы в WhatsApp\n"
    "ФАС возбудила дело против сети салонов «Лотос» за рекламу в WhatsApp. Максимальный штраф для компании — 500 тыс. рублей, для её директора — 20 тыс. рублей. "
    "Заседание назначено на 3 октября. В компании сообщили, что объявления удалили. Роскомнадзор нашёл ещё 12 нарушителей. "
    "Закон, запрещающий такую рекламу, действует с 1 сентября 2025 года."
)
KIDS = (
    "Malaysia to bar children under 16 from messengers\n"
    "Malaysia's communications ministry said on Tuesday it would require WhatsApp, Telegram and Discord to verify the age of users from January 2027. "
    "Platforms that fail to comply face fines of up to 10 million ringgit. The parliament has not yet approved the rules. "
    "Telegram welcomed the talks, while Discord warned that small services would leave the market. About 9 million children use messengers in the country. "
    "Singapore adopted similar rules in March."
)
PROBE = (
    "EU regulators drop probe into Signal\n"
    "The Dutch privacy watchdog has closed its investigation into Signal after finding no breach of data rules. The inquiry began in June 2024 after a complaint by the group Bits Aware. "
    "The watchdog fined Viber 1.2 million euros in a separate case. Viber has six weeks to appeal. Signal's president Anna Keller said the decision was fair. "
    "The regulator may still examine WhatsApp."
)
SCHOOLS = (
    "Signal оспорил запрет в Дагестане\n"
    "Компания Signal 17 июня подала иск к Минцифры Дагестана из-за запрета мессенджера в школах. Министерство запретило его в феврале, сославшись на вербовку подростков. "
    "Суд рассмотрит иск 9 июля. Прокуратура республики поддержала ведомство. Учителям за переписку в сервисе грозит штраф от 3 до 5 тыс. рублей. Родителей запрет не затрагивает. Telegram в школах разрешён."
)
SCANNING = (
    "Czech parliament rejects chat scanning\n"
    "The Czech lower house voted 112 to 40 on Thursday to reject a plan that would have forced WhatsApp and Signal to scan private messages. Interior Minister Jan Novak had proposed the rules in April. "
    "Police chiefs supported the plan, and the data protection office warned against it. The senate may still revive the bill. Meta did not comment. Telegram is not mentioned in the text."
)

TRUE = [
    (FINE, "Таганский суд оштрафовал Viber на 4 млн рублей за отказ удалить запрещённые материалы."),
    (FINE, "Суд в Москве 14 марта назначил мессенджеру Viber штраф в 4 миллиона рублей; годом ранее сервис наказали на 1,5 млн рублей."),
    (FINE, "Viber оштрафован на 4 млн рублей. Заплатить компания должна в течение 60 дней."),
    (FINE, "Viber оштрафовали на четыре миллиона рублей по протоколу Роскомнадзора."),
    (FINE, "Московский суд оштрафовал Viber на 4 млн рублей, а Telegram — на 6 млн."),
    (BILL, "Минцифры предлагает с 1 сентября 2027 года запретить банкам и страховщикам переписку с клиентами в WhatsApp."),
    (
        BILL,
        "Банкам и страховщикам могут запретить писать клиентам в иностранных мессенджерах, нарушителям грозят штрафы до 500 тысяч рублей.",
    ),
    (
        BILL,
        "Минцифры хочет запретить банкам переписываться с клиентами в WhatsApp с 1 сентября 2027 года. Роскомнадзор поддержал инициативу, депутат Светлова выступила против.",
    ),
    (BILL, "По законопроекту Минцифры банкам запретят переписываться с клиентами в WhatsApp; школ правила не коснутся."),
    (DENIAL, "Роскомнадзор не собирается блокировать Telegram, заявил замглавы ведомства Жилин."),
    (DENIAL, "Роскомнадзор не будет блокировать Telegram, но с 20 мая замедляет звонки в мессенджере."),
    (DENIAL, "Депутат Рыбин предложил блокировку Discord."),
    (DENIAL, "WhatsApp могут ограничить, если он не исполнит закон, допустили в Кремле."),
    (LAW, "Госдума приняла в первом чтении законопроект о хранении переписки в мессенджерах. Второе чтение пройдёт 2 декабря."),
    (LAW, "Мессенджеры обяжут хранить сообщения 6 месяцев и передавать их ФСБ; закон вступит в силу 1 марта 2027 года."),
    (LAW, "Госдума 18 ноября приняла законопроект о хранении переписки в мессенджерах в первом чтении."),
    (COURT, "A court in Lagos fined WhatsApp $2.5 million on Monday for sharing user data without consent, and the company will appeal."),
    (COURT, "WhatsApp was fined $2.5 million by a Lagos court over sharing user data. The company has 30 days to pay."),
    (COURT, "WhatsApp said it would appeal the $2.5 million fine. Telegram was fined $800,000 by the same court in 2023."),
    (ORDER, "Nepal's telecommunications authority ordered providers to block Telegram from July 18 over fraud."),
    (ORDER, "Nepal has ordered a block of Telegram, citing fraud and money laundering; providers have 5 days to comply."),
    (ORDER, "Internet providers in Nepal must block Telegram from July 18. Viber will not be restricted."),
    (ORDER, "Nepal may lift the block if Telegram appoints a local representative."),
    (VOTE, "Norway's lawmakers approved a bill requiring messengers to verify the age of users from January 1, 2028."),
    (VOTE, "Messengers in Norway must verify the age of users. Companies could be fined up to 4% of annual turnover."),
    (VOTE, "Signal said it would leave Norway rather than comply with the law on age checks."),
    (LIFTED, "Верховный суд отменил блокировку Signal, Роскомнадзор намерен обжаловать решение."),
    (LIFTED, "Блокировка Signal отменена 7 апреля, доступ к мессенджеру должны вернуть до 1 мая."),
    (LIFTED, "Верховный суд отменил введённую в августе 2024 года блокировку Signal, которым пользовались более 2 млн россиян."),
    (PARTLY, "Роскомнадзор частично ограничил звонки в WhatsApp и Telegram, сославшись на борьбу с мошенниками."),
    (PARTLY, "Звонки в WhatsApp и Telegram частично ограничены; их вернут, если сервисы выполнят требования, заявило Минцифры."),
    (PARTLY, "Роскомнадзор частично ограничил звонки в WhatsApp и Telegram. Сообщения и видео работают."),
    (CALLS, "Звонки в Telegram в Якутии возобновят до конца месяца, сообщило Минцифры."),
    (CALLS, "Минцифры вернёт звонки в Telegram в Якутии; МВД против послабления."),
    (CALLS, "Власти Якутии просили вернуть звонки в Telegram: в 40 посёлках нет другой связи."),
    (ADS, "ФАС возбудила дело против сети салонов «Лотос» за рекламу в WhatsApp, заседание пройдёт 3 октября."),
    (ADS, "Реклама в WhatsApp запрещена с 1 сентября 2025 года. Роскомнадзор нашёл ещё 12 нарушителей."),
    (
        KIDS,
        "Malaysia will require WhatsApp, Telegram and Discord to verify users' age from January 2027. Platforms could be fined up to 10 million ringgit.",
    ),
    (
        KIDS,
        "Malaysia's communications ministry plans to make messengers such as WhatsApp verify the age of users; parliament has not approved the rules.",
    ),
    (KIDS, "Telegram welcomed the talks on age checks in Malaysia, and Discord warned that small services would leave."),
    (PROBE, "The Dutch privacy watchdog closed its investigation into Signal, finding no breach of data rules."),
    (PROBE, "The Dutch watchdog fined Viber 1.2 million euros; the company has six weeks to appeal."),
    (PROBE, "The investigation into Signal began in June 2024 after a complaint by Bits Aware."),
    (SCHOOLS, "Signal подал в суд на Минцифры Дагестана из-за запрета мессенджера в школах."),
    (SCHOOLS, "Министерство запретило Signal в школах в феврале; суд рассмотрит иск компании 9 июля."),
    (SCHOOLS, "Учителям за переписку в Signal грозит штраф от 3 до 5 тысяч рублей, родителей запрет не затрагивает."),
    (SCHOOLS, "Прокуратура Дагестана поддержала запрет Signal в школах."),
    (SCHOOLS, "Компания Signal 17 июня подала иск к Минцифры Дагестана из-за запрета мессенджера в школах. Суд рассмотрит его 9 июля."),
    (SCANNING, "The Czech lower house rejected a plan that would have forced WhatsApp and Signal to scan private messages."),
    (SCANNING, "Interior Minister Jan Novak proposed the rules on WhatsApp and Signal in April."),
    (SCANNING, "The senate may still revive the bill on scanning WhatsApp messages."),
    (SCANNING, "Police chiefs supported the plan to scan WhatsApp messages, while the data protection office warned against it."),
]

FALSE = [
    # a denial lost, or made
    (DENIAL, "Роскомнадзор будет блокировать Telegram, заявил замглавы ведомства Жилин."),
    (DENIAL, "Роскомнадзор планирует блокировать Telegram, заявил Пётр Жилин."),
    (DENIAL, "Telegram не удалил около 120 тысяч сообщений, по словам чиновника."),
    (FINE, "Viber оштрафовали на 4 млн рублей. Представители Viber решение комментировали."),
    (FINE, "Суд отказался штрафовать Viber на 4 млн рублей."),
    (BILL, "Минцифры предложило запретить банкам переписку в WhatsApp. Школ новые правила коснутся, сообщил министр Орлов."),
    (LAW, "Госдума не приняла в первом чтении законопроект о хранении переписки в мессенджерах."),
    (LIFTED, "Верховный суд подтвердил блокировку мессенджера Signal 7 апреля."),
    (ORDER, "The authority in Nepal will restrict Viber, its spokesman Ram Thapa said."),
    (ORDER, "Nepal's telecommunications authority has not ordered providers to block Telegram."),
    (COURT, "The ruling does affect Signal, the judge said in Lagos."),
    (VOTE, "Telegram responded to a request for comment in Norway."),
    (LIFTED, "Верховный суд не отменил блокировку мессенджера Signal."),
    # actors changed, or put for one another
    (FINE, "WhatsApp оштрафовал Таганский суд на 4 млн рублей."),
    (FINE, "Viber оштрафовал Таганский суд Москвы на 4 млн рублей."),
    (FINE, "Роскомнадзор оштрафовал Viber на 4 млн рублей за отказ удалить материалы."),
    (FINE, "Viber 14 марта составил протокол на Роскомнадзор."),
    (BILL, "Роскомнадзор предложил запретить банкам переписку в WhatsApp, Минцифры инициативу поддержало."),
    (BILL, "Депутат Ирина Светлова предложила запретить банкам переписку в WhatsApp."),
    (BILL, "Министр Максим Орлов выступил против запрета переписки в WhatsApp."),
    (BILL, "Минцифры и Роскомнадзор предложили запретить банкам переписку в WhatsApp."),
    (DENIAL, "Депутат Олег Рыбин не планирует блокировать Telegram."),
    (DENIAL, "Пётр Жилин предложил заблокировать Discord."),
    (LIFTED, "Роскомнадзор 7 апреля отменил блокировку мессенджера Signal."),
    (LIFTED, "Верховный суд намерен обжаловать решение о блокировке Signal."),
    (LAW, "Совет Федерации 18 ноября принял в первом чтении законопроект о хранении переписки в мессенджерах."),
    (LAW, "Госдума и Совет Федерации приняли законопроект о хранении переписки в мессенджерах."),
    (PARTLY, "Минцифры частично ограничило звонки в WhatsApp и Telegram для борьбы с мошенниками."),
    (PARTLY, "Банк России и МВД частично ограничили звонки в WhatsApp и Telegram."),
    (COURT, "WhatsApp fined a Lagos court $2.5 million for sharing user data without consent."),
    (COURT, "A Lagos court said it would appeal the ruling on WhatsApp."),
    (VOTE, "The data protection authority approved a bill that requires messengers to verify the age of users."),
    (VOTE, "Telegram said it would leave Norway rather than comply."),
    (ORDER, "Rights groups ordered internet providers to block Telegram from July 18."),
    # what is told of one messenger, told of another
    (FINE, "Таганский суд оштрафовал Viber на 6 млн рублей."),
    (FINE, "Таганский суд оштрафовал Telegram на 4 млн рублей."),
    (DENIAL, "Роскомнадзор не планирует блокировать Discord, заявил Пётр Жилин."),
    (DENIAL, "Депутат Олег Рыбин предложил заблокировать Telegram."),
    (DENIAL, "В Кремле допустили, что Telegram ограничат, если он не исполнит закон."),
    (LIFTED, "Верховный суд 7 апреля отменил блокировку мессенджера Discord."),
    (LIFTED, "Signal остаётся заблокированным, Роскомнадзор намерен обжаловать решение."),
    (COURT, "A Lagos court fined Telegram $2.5 million for sharing user data without consent."),
    (COURT, "In 2023 a Lagos court fined WhatsApp $800,000."),
    (COURT, "A Lagos court on Monday fined Signal $2.5 million."),
    (ORDER, "Nepal has ordered internet providers to block Viber from July 18."),
    # a number, a sum or a date of another deed
    (FINE, "Таганский суд Москвы 14 марта оштрафовал мессенджер Viber на 1,5 млн рублей."),
    (FINE, "Суд оштрафовал Viber на 60 млн рублей за отказ удалить запрещённые материалы."),
    (BILL, "Минцифры предложило с 3 февраля запретить банкам переписываться с клиентами в WhatsApp."),
    (BILL, "Законопроект Минцифры о запрете WhatsApp опубликовали 1 сентября 2027 года."),
    (LAW, "Закон о хранении переписки в мессенджерах вступит в силу 18 ноября."),
    (LAW, "Госдума 2 декабря приняла в первом чтении законопроект о хранении переписки в мессенджерах."),
    (LAW, "Госдума 1 марта 2027 года приняла законопроект о хранении переписки в мессенджерах."),
    (DENIAL, "Замедлять звонки в Telegram служба начала 5 июня."),
    (LIFTED, "Верховный суд 9 августа 2024 года отменил блокировку мессенджера Signal."),
    (LIFTED, "Роскомнадзор должен вернуть доступ к Signal до 7 апреля."),
    (COURT, "A Lagos court on Monday fined WhatsApp $10 million for sharing user data without consent."),
    (VOTE, "The law on age checks for messengers takes effect on March 12."),
    (PARTLY, "Через мессенджеры WhatsApp и Telegram в июле похитили 8 тысяч рублей."),
    # thought of, told as done; done, told as thought of
    (BILL, "Минцифры с 1 сентября 2027 года запретило банкам переписываться с клиентами в WhatsApp."),
    (BILL, "Минцифры запретило банкам и страховщикам переписываться с клиентами в WhatsApp."),
    (BILL, "Банкам запрещено переписываться с клиентами в WhatsApp."),
    (BILL, "Минцифры запретит банкам переписываться с клиентами в WhatsApp."),
    (DENIAL, "Депутат Олег Рыбин заблокировал Discord."),
    (DENIAL, "WhatsApp ограничен, сообщили в Кремле."),
    (DENIAL, "WhatsApp ограничат, сообщили в Кремле."),
    (LAW, "Первым наказали Signal, считает юрист Анна Громова."),
    (LAW, "Закон о хранении переписки в мессенджерах вступил в силу 1 марта 2027 года."),
    (FINE, "Таганский суд может оштрафовать Viber на 4 млн рублей."),
    (FINE, "Роскомнадзор предложил оштрафовать Viber на 4 млн рублей."),
    (LIFTED, "Верховный суд 7 апреля предложил отменить блокировку мессенджера Signal."),
    (LIFTED, "Роскомнадзор обжаловал решение об отмене блокировки Signal."),
    (COURT, "WhatsApp appealed the ruling of a Lagos court on sharing user data."),
    (ORDER, "Nepal unblocked Telegram after the company appointed a local representative."),
    (ORDER, "Internet providers in Nepal blocked Telegram over fraud and money laundering."),
    (VOTE, "Companies were fined up to 4% of their annual turnover in Norway, including Signal."),
    (VOTE, "Signal left Norway rather than comply with age checks."),
    # hedges and conditions lost
    (BILL, "Нарушителям запрета на WhatsApp грозят штрафы 500 тыс. рублей."),
    (BILL, "Нарушителям запрета на WhatsApp грозят штрафы более 500 тыс. рублей."),
    (DENIAL, "По словам чиновника, Telegram удалил 120 тысяч сообщений."),
    (LIFTED, "Сервисом Signal пользовались 2 млн россиян."),
    (LIFTED, "Роскомнадзор должен вернуть доступ к Signal с 1 мая."),
    (PARTLY, "Роскомнадзор ограничил WhatsApp и Telegram для борьбы с мошенниками."),
    (PARTLY, "Роскомнадзор заблокировал WhatsApp и Telegram для борьбы с мошенниками."),
    (PARTLY, "Минцифры заявило, что звонки в WhatsApp и Telegram вернули."),
    (VOTE, "Companies could be fined 4% of their annual turnover for messengers without age checks."),
    (ORDER, "Exactly 3 million people use Telegram in Nepal."),
    # money and units
    (FINE, "Таганский суд оштрафовал Viber на 4 млн долларов."),
    (FINE, "Таганский суд оштрафовал Viber на 4 тыс. рублей."),
    (FINE, "Таганский суд оштрафовал Viber на четыре миллиарда рублей."),
    (FINE, "Viber оштрафовали на 4 млн тенге."),
    (FINE, "Viber оштрафовали; заплатить нужно в течение 60 месяцев."),
    (LAW, "Мессенджеры обяжут хранить сообщения 6 лет и передавать их ФСБ."),
    (COURT, "A Lagos court fined WhatsApp 2.5 million euros for sharing user data."),
    (COURT, "WhatsApp was fined $2.5 billion by a Lagos court."),
    (VOTE, "Companies could be fined up to $4 of their annual turnover in Norway under the law on messengers."),
    (ORDER, "Providers in Nepal have five weeks to comply with the order on Telegram."),
    # the same kinds in other articles
    (CALLS, "МВД 12 мая сообщило, что звонки в Telegram в Якутии возобновят."),
    (CALLS, "Звонки в Telegram в Якутии возобновили."),
    (CALLS, "Звонки в Telegram в Якутии не возобновят до конца месяца."),
    (CALLS, "Роскомнадзор ограничил звонки в Telegram 12 мая."),
    (CALLS, "Минцифры намерено полностью отказаться от ограничений в Telegram."),
    (CALLS, "МВД поддержало послабление для Telegram в Якутии."),
    (CALLS, "Сенатор Егор Борисов выступил против возвращения звонков в Telegram."),
    (CALLS, "Сенатор Егор Борисов ограничил звонки в Telegram."),
    (CALLS, "Власти Якутии ограничили звонки в Telegram из-за мошенников."),
    (CALLS, "Звонки в Telegram возобновят в 40 посёлках до конца января."),
    (ADS, "ФАС оштрафовала сеть салонов «Лотос» на 500 тыс. рублей за рекламу в WhatsApp."),
    (ADS, "Директору компании за рекламу в WhatsApp грозит штраф до 500 тыс. рублей."),
    (ADS, "ФАС прекратила дело против сети салонов «Лотос» за рекламу в WhatsApp."),
    (ADS, "Роскомнадзор возбудил дело против сети салонов «Лотос» за рекламу в WhatsApp."),
    (ADS, "В компании отказались удалить объявления в WhatsApp."),
    (ADS, "Закон о рекламе в WhatsApp действует с 3 октября."),
    (ADS, "Закон разрешает рекламу в WhatsApp с 1 сентября 2025 года."),
    (ADS, "ФАС нашла ещё 12 нарушителей, которые рекламировали WhatsApp, и оштрафовала их."),
    (KIDS, "Malaysia's parliament approved rules requiring WhatsApp to verify the age of users."),
    (KIDS, "Malaysia has required WhatsApp and Telegram to verify the age of users since Tuesday."),
    (KIDS, "Singapore will require WhatsApp to verify the age of users from January 2027."),
    (KIDS, "Discord welcomed the talks, while Telegram warned that small services would leave the market."),
    (KIDS, "Discord left the market in Malaysia over age checks."),
    (KIDS, "Platforms such as WhatsApp face fines of 10 million ringgit."),
    (KIDS, "Platforms such as WhatsApp face fines of at least 10 million ringgit."),
    (KIDS, "Malaysia fined Telegram 10 million ringgit."),
    (KIDS, "Malaysia adopted rules for messengers in March."),
    (KIDS, "Malaysia will not require Telegram to verify the age of users."),
    (PROBE, "The Dutch privacy watchdog fined Signal 1.2 million euros."),
    (PROBE, "The Dutch privacy watchdog opened an investigation into Viber in June 2024."),
    (PROBE, "The Dutch watchdog found a breach of data rules by Signal."),
    (PROBE, "The regulator examined WhatsApp after a complaint."),
    (PROBE, "The regulator will not examine WhatsApp."),
    (PROBE, "Viber appealed the fine of 1.2 million euros."),
    (PROBE, "Signal has six weeks to appeal the decision of the Dutch watchdog."),
    (PROBE, "Bits Aware closed its investigation into Signal."),
    (PROBE, "Anna Keller fined Viber 1.2 million euros."),
    (PROBE, "Signal's president Anna Keller said the decision was unfair."),
    (SCHOOLS, "Минцифры Дагестана подало иск к Signal."),
    (SCHOOLS, "Суд запретил Signal в школах Дагестана."),
    (SCHOOLS, "Суд рассмотрел иск Signal 9 июля."),
    (SCHOOLS, "Прокуратура Дагестана запретила Signal в школах."),
    (SCHOOLS, "Учителям за переписку в Signal грозит штраф 5 тыс. рублей."),
    (SCHOOLS, "Учителей оштрафовали на 3–5 тыс. рублей за переписку в Signal."),
    (SCHOOLS, "Родителям за переписку в Signal грозит штраф от 3 до 5 тыс. рублей."),
    (SCHOOLS, "Запрет Signal затрагивает родителей."),
    (SCHOOLS, "Telegram в школах запрещён."),
    (SCHOOLS, "Министерство запретило Telegram в школах в феврале."),
    (SCHOOLS, "Министерство запретило Signal 17 июня."),
    (SCHOOLS, "Signal отозвал иск к Минцифры Дагестана."),
    (SCHOOLS, "Минцифры Дагестана разрешило Signal в школах."),
    (SCANNING, "The Czech lower house voted to force WhatsApp and Signal to scan private messages."),
    (SCANNING, "The Czech senate voted to reject the plan on WhatsApp and Signal."),
    (SCANNING, "The lower house approved a plan to scan WhatsApp messages."),
    (SCANNING, "Police chiefs warned against the plan to scan WhatsApp messages."),
    (SCANNING, "The data protection office supported the plan to scan WhatsApp messages."),
    (SCANNING, "Interior Minister Jan Novak rejected the rules on WhatsApp."),
    (SCANNING, "Jan Novak proposed the rules on WhatsApp on Thursday."),
    (SCANNING, "The senate revived the bill on WhatsApp."),
    (SCANNING, "Meta commented on the WhatsApp vote."),
    (SCANNING, "The plan would have forced Telegram to scan private messages."),
    (SCANNING, "WhatsApp and Signal scan private messages in the Czech Republic."),
    (SCANNING, "The lower house voted in April to reject a plan on WhatsApp and Signal."),
    (SCANNING, "The senate will revive the bill on WhatsApp."),
]


@pytest.mark.parametrize(("source", "text"), TRUE)
def test_a_true_retelling_passes(source: str, text: str) -> None:
    """Other words for the same deed, done as far, by the same, with the same figures."""
    assert refusal(text, [source]) == ""


@pytest.mark.parametrize(("source", "text"), FALSE)
def test_true_pieces_put_together_falsely_are_refused(source: str, text: str) -> None:
    """Each word, name and number stands somewhere in the source, yet no place of it says this."""
    assert refusal(text, [source])


@pytest.mark.parametrize(
    ("source", "text", "why", "near"),
    [
        (
            DENIAL,
            "Роскомнадзор планирует блокировать Telegram, заявил Пётр Жилин.",
            "denial",
            "Роскомнадзор не планирует блокировать Telegram",
        ),
        (BILL, "Минцифры запретило банкам переписываться с клиентами в WhatsApp.", "stage", "Минцифры предложило с 1 сентября 2027 года"),
        (FINE, "Таганский суд оштрафовал Viber на 6 млн рублей.", "number", "Таганский суд Москвы 14 марта оштрафовал"),
        (
            LIFTED,
            "Верховный суд 7 апреля отменил блокировку мессенджера Discord.",
            "messenger",
            "Верховный суд 7 апреля отменил блокировку",
        ),
        (LAW, "Закон о хранении переписки в мессенджерах вступит в силу 18 ноября.", "date", "Документ вступит в силу 1 марта 2027 года"),
        (COURT, "WhatsApp fined a Lagos court $2.5 million for sharing user data without consent.", "actor", "A Lagos court"),
        (PROBE, "The Dutch privacy watchdog closed its investigation into Signal and praised Viber.", "deed", ""),
    ],
)
def test_the_reason_names_the_sentence(source: str, text: str, why: str, near: str) -> None:
    """What is wrong, the clause that is wrong, and the sentence that says otherwise."""
    reason = refusal(text, [source])
    assert reason.startswith(why)
    assert "\n" not in reason
    assert near in reason


def test_each_sentence_of_an_article_tells_itself() -> None:
    """What is copied letter for letter is never refused for what it says."""
    for source in (FINE, BILL, DENIAL, LAW, COURT, ORDER, VOTE, LIFTED, PARTLY, CALLS, ADS, KIDS, PROBE, SCHOOLS, SCANNING):
        for part in sentences_of(source.partition("\n")[2]):
            assert refusal(part.text, [source]) in ("", "says nothing of a messenger")


def test_two_articles_are_not_one_place() -> None:
    """The sum of one article is not put to the deed of another."""
    fined = ["Суд оштрафовал Viber на 4 млн рублей.", "Суд оштрафовал Telegram на 7 млн рублей."]
    assert refusal("Суд оштрафовал Viber на 4 млн рублей, а Telegram — на 7 млн рублей.", fined) == ""
    assert refusal("Суд оштрафовал Viber на 7 млн рублей.", fined).startswith("number")
