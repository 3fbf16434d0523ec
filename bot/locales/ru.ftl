# Everything that people read in Russian. Sections are marked; messages stand in the order in which they are met.

## Dates and numbers

date-since = с { $date }
# «со 2 сентября»
date-since-second = со { $date }
date-until = до { $date }
date-today = сегодня
date-tomorrow = завтра
date-after-tomorrow = послезавтра
date-yesterday = вчера
date-at = { $day } в { $time }
date-from-to = с { $first } по { $last }
date-from-to-second = со { $first } по { $last }
sum-billion = { $amount } млрд { $currency }
sum-million = { $amount } млн { $currency }
sum-thousand = { $amount } тыс. { $currency }
sum-plain = { $amount } { $currency }
and-more = { $first } и ещё { $count }
count-stories = { $count ->
    [one] { $count } сюжет
    [few] { $count } сюжета
   *[other] { $count } сюжетов
}
count-sources = { $count ->
    [one] { $count } источник
    [few] { $count } источника
   *[other] { $count } источников
}
in-days = { $count ->
    [0] сегодня
    [1] завтра
    [one] через { $count } день
    [few] через { $count } дня
   *[other] через { $count } дней
}

## Vocabulary

measure-ban = запрет
measure-restriction = ограничение
measure-blocking = блокировка
measure-slowdown = замедление
measure-fine = штраф
measure-obligation = обязанность
measure-registration = учёт и реестр
measure-data-storage = хранение данных
measure-identification = проверка личности
measure-national-messenger = национальный мессенджер
measure-court-ruling = решение суда
measure-easing = смягчение
measure-statement = заявление
measure-other = другое

stage-planned = проект
stage-passing = рассматривается
stage-adopted = принят
stage-active = действует
stage-statement = заявлено
stage-cancelled = отменено

# The rungs of the ladder
rung-planned = проект
rung-passing = Госдума
rung-adopted = подписан
rung-active = действует
rung-statement = заявлено
rung-cancelled = отменено

status-proposed = предложено
status-draft = проект
status-bill-introduced = внесён в Госдуму
status-adopted-reading = принят в чтении
status-adopted = принят
status-signed = подписан
status-in-force = действует
status-enforced = применено
status-ruling = решение вынесено
status-statement = заявлено
status-cancelled = отменено

group-commerce = маркетплейсы и доставка
group-banks = банки
group-telecom = операторы связи
group-state = госслужащие
group-media = СМИ и блогеры
group-advertising = рекламодатели
group-education = школы и вузы
group-housing = управляющие компании и ТСЖ
group-military = военные
group-platforms = сами мессенджеры
group-devices = производители устройств
group-business = компании
group-users = пользователи

# «запрет для маркетплейсов и банков»
group-of-commerce = маркетплейсов и доставки
group-of-banks = банков
group-of-telecom = операторов связи
group-of-state = госслужащих
group-of-media = СМИ и блогеров
group-of-advertising = рекламодателей
group-of-education = школ и вузов
group-of-housing = управляющих компаний и ТСЖ
group-of-military = военных
group-of-platforms = самих мессенджеров
group-of-devices = производителей устройств
group-of-business = компаний
group-of-users = пользователей

stance-for = за
stance-against = против
stance-explains = поясняет

kind-stage = стадия
kind-effective_date = дата
kind-penalty = санкции
kind-source = новый источник
kind-official = официальное подтверждение
kind-disagreement = источники разошлись
kind-revision = текст изменён
kind-correction = поправка

field-regulators = кто решает
field-messengers = о каких мессенджерах речь
field-measure = что именно делают
field-audiences = кого касается
field-status = на какой стадии
field-stage = на какой стадии
field-effective_date = с какого числа
field-documents = в каком документе
field-penalties = какие санкции
field-territory = где действует

language-ru = на русском
language-en = на английском
language-uk = на украинском
language-be = на белорусском
language-kk = на казахском
language-de = на немецком
language-fr = на французском
language-es = на испанском
language-other = на другом языке

regulator-government-moscow = Правительство Москвы
regulator-eu = Евросоюз
regulator-commission = Европейская комиссия
regulator-court = Суд
regulator-rkn = Роскомнадзор
regulator-digital = Минцифры
regulator-duma = Госдума
regulator-council = Совет Федерации
regulator-government = Правительство РФ
regulator-president = Президент РФ
regulator-kremlin = Кремль
regulator-fsb = ФСБ
regulator-mvd = МВД
regulator-bank = Банк России
regulator-fas = ФАС
regulator-minfin = Минфин
regulator-minstroy = Минстрой
regulator-education = Минпросвещения
regulator-defence = Минобороны
regulator-prosecutor = Генпрокуратура

## Digest

digest-title = Мессенджеры: что изменилось { $period }
digest-title-empty = Мессенджеры
period-day = за сутки
period-days = { $count ->
    [one] за { $count } день
    [few] за { $count } дня
   *[other] за { $count } дней
}
period-hours = { $count ->
    [one] за { $count } час
    [few] за { $count } часа
   *[other] за { $count } часов
}
period-week = за неделю
period-month = за месяц
digest-main = Главное:
digest-lead-whom = { $measure } для { $whom }
digest-lead-messengers = { $measure }: { $messengers }
digest-of = { $number }. { $headline }
digest-was = (было: { $before })
digest-new = Новое:
digest-omitted = { $count ->
    [one] И ещё { $count } сюжет, менее важный.
    [few] И ещё { $count } сюжета, менее важных.
   *[other] И ещё { $count } сюжетов, менее важных.
}
digest-next = Следующий выпуск { $when }.
digest-empty-day = За сутки важного не было.
digest-empty-week = За неделю важного не было.
digest-empty-month = За месяц важного не было.
digest-empty-period = { $period } важного не было.
digest-empty-wider = { $period } — { $stories }.
digest-empty-profile = Показываю только то, что подходит под ваши настройки.
digest-source-language = { $language }

section-in-force = Вступает в силу
section-in-force-active = Действует
section-adopted = Принято
section-proposed = Предложено
section-proposed-passing = Предложено и рассматривается
section-passing = Рассматривается
section-blocking = Блокировки и ограничения
section-blocking-fines = Блокировки, ограничения и штрафы
section-fines = Штрафы и решения судов
section-statements = Заявления
section-statements-cancelled = Заявления и отмены
section-cancelled = Отменено
section-developments = Развитие

facts-whom = Кого касается: { $groups }
facts-penalty = Санкции: { $penalty }
facts-territory = Где: { $territory }
facts-disagree = источники расходятся: { $fields }
facts-official = подтверждено официально

button-details = Подробнее
button-details-of = { $number } · Подробнее
button-follow = Следить
button-unfollow = Не следить
button-mute = Скрыть такое
button-settings = Настроить
button-calendar = Календарь
button-show-week = Показать неделю
button-show-month = Показать месяц
button-facts = Факты и цитаты
button-retell = Пересказать
button-wrong = Неверно
button-ics = В мой календарь

## Developments

news-stage = стадия: { $after }
news-stage-before = была стадия «{ $before }», стала «{ $after }»
news-date = назван срок — { $after }
news-date-before = новый срок — { $after }, раньше называли { $before }
news-date-gone = срока больше нет, раньше называли { $before }
news-penalty = названы санкции: { $after }
news-penalty-before = санкции: { $after }, раньше — { $before }
news-official = появилось официальное подтверждение: { $after }
news-official-plain = появилось официальное подтверждение
news-source = пишет и { $after }
news-disagreement = источники разошлись: { $after }
news-revision = издание изменило текст: { $after }
news-revision-plain = издание изменило текст
news-correction = поправка: { $after }
news-correction-before = поправка: { $after }; раньше писали: { $before }

## Card

card-what = Что:
card-who = Кто:
card-whom = Кого касается:
card-from = С:
card-from-month = Срок:
card-stage = Стадия:
card-where = Где:
card-messengers = Мессенджеры:
card-documents = Документ:
card-penalties = Санкции:
card-ladder = Лестница:
card-positions = Позиции.
card-stance-for = За:
card-stance-against = Против:
card-stance-explains = Поясняет:
card-position = { $who }, { $role }, — «{ $sentence }»
card-position-plain = { $who } — «{ $sentence }»
card-disagreements = Расхождения.
card-disagreement = { $field }: { $values }
card-disagreement-value = { $value } — { $outlets }
card-sources = Источники ({ $count }).
card-confirmed = официально подтверждено
card-unconfirmed = официального подтверждения пока нет
card-related = Раньше по теме.
card-evidence = Откуда это известно
card-evidence-of = { $field }: { $value }
card-evidence-summary = Пересказ составлен по этим предложениям
card-retracted = Сюжет снят: сведения не подтвердились.
card-updated = Обновлено { $when }
card-empty = Подробностей в источниках нет.

reading-irrelevant = Это не о регулировании мессенджеров.
reading-irrelevant-why = { $headline } — меры или решения властей в этом тексте нет.
reading-retell = Всё равно пересказать?
reading-why = Почему:
reading-story = Этот сюжет уже есть в ленте: { $headline }
reading-outlet = { $outlet }, { $date }
reading-teaser = Страница не открылась целиком: пересказан анонс.

## Calendar

calendar-title = Календарь: что вступает в силу
calendar-until = до { $date }
calendar-empty = Дат вступления в силу в ближайшие { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
} нет.
calendar-entry-month = в течение месяца
calendar-discussed = Обсуждается, срок не назван
calendar-name = Вестник: регулирование мессенджеров
calendar-description = Когда вступают в силу меры, которые касаются мессенджеров

## Alerts and corrections

alert-title = Важное
alert-developed = Развитие
correction-title = Поправка
correction-body = Раньше мы писали: { $before }. Верно так: { $after }.
correction-line = { $field }: верно — { $after }, было — { $before }
retraction-title = Снимаем сообщение
retraction-body = Сведения не подтвердились. Мы убрали этот сюжет из ленты.
weekly-title = Неделя в мессенджерах
weekly-figures = { $stories }: { $parts }

## Errors

error-ours = Что-то сломалось у меня, не у вас. Я уже сообщил администратору.
error-bad-input = Не понял, что с этим сделать. Пришлите ссылку или текст новости.
error-busy = Сейчас не получается: хранилище не отвечает. Попробуйте через минуту, ничего не потеряно.
error-unreadable = Не получилось прочитать страницу. Пришлите текст, и я перескажу его.
error-address = Такие адреса я не открываю.
error-not-article = По этой ссылке нет статьи. Пришлите ссылку на саму новость или её текст.

## Reasons

## Dialogue

## Web
