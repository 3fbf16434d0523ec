# Everything that people read in Russian. Sections are marked; messages stand in the order in which they are met.

## Dates and numbers

date-since = с { $date }
# «со 2 сентября»
date-since-second = со { $date }
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
conjunction = и
and-more = { $first } и ещё { $count }
count-stories-more = больше { $count } сюжетов
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
field-scope = касается ли бизнеса
scope-business = да
scope-state = только госорганов

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

messenger-vk = VK Мессенджер
messenger-sferum = Сферум
messenger-tamtam = ТамТам

## Digest

digest-title = Мессенджеры: что изменилось { $period }
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
digest-lead-messengers = { $measure ->
    [blocking] блокировку { $names }
    [slowdown] замедление { $names }
    [fine] штраф { $penalty } для { $names }
   *[restriction] ограничения для { $names }
}
digest-lead-whom = { $measure ->
    [blocking] блокировку
    [identification] проверку личности
    [registration] учёт
   *[other] { $label }
} для { $whom }
# «с 1 сентября 2026 хотят ввести запрет для банков»
digest-lead-done = { $stage ->
    [planned] { $since } хотят ввести { $what }
    [passing] рассматривают { $what } { $since }
    [adopted] { $since } решили ввести { $what }
   *[active] { $since } { $measure ->
        [fine] назначили
       *[other] ввели
    } { $what }
}
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
digest-empty-profile = Показываю только то, что подходит под ваши настройки.

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
facts-penalty = Штраф: { $penalty }
facts-territory = Где: { $territory }
payer-individuals = граждане
payer-officials = должностные лица
payer-companies = юрлица
payer-sole-traders = ИП
payer-advertisers = рекламодатели
payer-operators = операторы связи
payer-bloggers = блогеры
facts-disagree = источники расходятся: { $fields }

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
news-official = подтверждено официально: { $after }
news-official-plain = подтверждено официально
news-source = пишет и { $after }
news-sources = { $count ->
    [one] об этом пишет уже { $count } издание
    [few] об этом пишут уже { $count } издания
   *[other] об этом пишут уже { $count } изданий
}
news-retracted = сюжет снят, сведения не подтвердились
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
card-stated = заявлено официально: { $who }
card-related = Раньше по теме.
card-evidence = Откуда это известно
card-evidence-of = { $field }: { $value }
card-evidence-summary = Пересказ составлен по этим предложениям
card-retracted = Сюжет снят: сведения не подтвердились.
card-updated = Обновлено { $when }
card-empty = Подробностей в источниках нет.

reading-irrelevant = Это не о регулировании мессенджеров.
reading-of = { $headline } — { $reasons }.
reading-why = Почему это по теме:
reading-known = Что ещё известно:
reading-others = пишут и { $outlets }
reading-retell = Всё равно пересказать?
reading-story = Этот сюжет уже есть в ленте: { $headline }
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
correction-no-date = Раньше мы называли срок: { $before }. Срока пока нет.
retraction-title = Снимаем сообщение
retraction-body = Сведения не подтвердились. Мы убрали этот сюжет из ленты.
reminder-title = Скоро наступает срок
reminder-shifted = Срок изменился
reminder-cancelled = Мера отменена; раньше называли срок: { $before }.
weekly-title = Неделя в мессенджерах
weekly-part = { $section } — { $count }
weekly-figures = { $stories }: { $parts }

## Errors

error-ours = Что-то сломалось у меня, не у вас. Я уже сообщил администратору.
error-bad-input = Не понял, что с этим сделать. Пришлите ссылку или текст новости.
error-busy = Сейчас не получается: хранилище не отвечает. Попробуйте через минуту, ничего не потеряно.
error-unreadable = Не получилось прочитать страницу. Пришлите текст, и я перескажу его.
error-address = Такие адреса я не открываю.
error-not-article = По этой ссылке нет статьи. Пришлите ссылку на саму новость или её текст.
error-text-short = Текст слишком короткий: пересказывать нечего.
error-pdf-pictures = В этом PDF нет текста, одни картинки. Пришлите текст новости или ссылку на неё.
error-pdf-broken = Не получилось прочитать этот PDF: он повреждён, закрыт паролем или слишком сложен. Пришлите текст новости или ссылку на неё.
error-file-no-article = В этом файле нет текста новости. Пришлите другой файл, текст или ссылку.
error-file-lost = Файл не загрузился. Пришлите его ещё раз или пришлите текст.
file-refused = Файл сейчас не отправляется. Попробуйте через минуту; если не выйдет снова, напишите администраторам бота.
error-file-kind = Такой файл я не читаю. Подойдут текст, HTML и PDF с текстом.

## Reasons

## Dialogue

done = Готово.
done-here = Готово, этот чат подписан.
schedule-line = Выпуск приходит { $where ->
    [telegram] в Telegram{" "}
    [vk] в VK{" "}
   *[here] {""}
}{ $days } в { $times } ({ $city }), ближайший — { $when }.
start =
    __Вестник следит за регулированием мессенджеров__ и раз в день присылает главное: что меняется, кого касается и с какого числа.
unsubscribed = Больше не пришлю. Настройки сохраню на случай, если вернётесь; удалить их: { $forget }
not-subscribed = Вы и не были подписаны: я ничего не присылаю и ничего о вас не храню.
not-understood = Я умею дайджест, поиск и пересказ ссылок.
not-understood-found = По словам «{ $words }» есть { $stories }.
button-show-found = Показать
cancelled = Хорошо, ничего не меняю.
welcome = Пожалуйста.
old-button = Эта кнопка — из старого или чужого сообщения, поэтому я ничего не сделал. Вот что есть сейчас:
stale-button = Эта кнопка устарела. Откройте раздел заново.
channel-let-in = Я теперь в канале «{ $title }». Чтобы выпуски выходили там, напишите в нём /subscribe; сам пост с командой потом можно удалить.
only-admins = Настройки этого чата меняют только его администраторы.
not-admin-here = Не вижу, кто здесь администратор. Сделайте меня администратором этого чата и повторите: тогда настройки можно будет менять.
story-gone = Этого сюжета больше нет в ленте.

help =
    __Что я умею__
    { $platform ->
        [telegram]
            /digest — дайджест за день; /digest 7d — за неделю, /digest банки за месяц, /digest новое — с прошлого раза
            /search слова — сюжеты, где они есть. Уточнить: для банков, за месяц, стадия: действует, мессенджер: MAX, сначала подходящие
            /calendar — что вступает в силу и когда
            /following — за чем вы следите
            /settings — время, часовой пояс, «касается меня», мессенджеры, скрытые слова, срочные, тихие часы, объём, язык
            /subscribe и /unsubscribe — подписаться и отписаться
            /link — связать с чатом во ВКонтакте: настройки общие, выпуск в одном месте
            { $bot } слова — наберите в любом чате, чтобы вставить туда сюжет
            /privacy — что я о вас храню; /export — копия; /forget — удалить всё
       *[vk]
            Дайджест — за день; Дайджест неделя, Дайджест банки за месяц, Дайджест новое — с прошлого раза
            Поиск и слова — сюжеты, где они есть. Уточнить: для банков, за месяц, стадия: действует, мессенджер: MAX, сначала подходящие
            Календарь — что вступает в силу и когда
            За чем слежу — сюжеты, о развитии которых пишу сразу
            Настройки — время, часовой пояс, «касается меня», мессенджеры, скрытые слова, срочные, тихие часы, объём, язык
            Подписаться и Отписаться
            Связать — с чатом в Telegram: настройки общие, выпуск в одном месте
            Приватность — что я о вас храню; Мои данные — копия; Удалить мои данные — удалить всё
    }

    Пришлите ссылку, текст новости, файл txt, html или pdf — перескажу и скажу, кого это касается. В группе и беседе я отвечаю, когда меня назвали по имени или ответили на моё сообщение.
help-bot = имя_бота
help-admin = Вы администратор: «Статистика», «Источники», «Приостановить» и «Возобновить» с именем источника, «Отзывы», «Сбои», «Исправить», «Отозвать», «Объявление».
privacy =
    __Что я храню.__ Номер этого чата и ваши настройки: время выпусков, часовой пояс, профиль, мессенджеры, скрытые слова, язык. За какими сюжетами вы следите, с каким чатом связали этот, когда в последний раз смотрели дайджест. Последние поиски и счётчики, чтобы не было перегрузки, — сутки; какие выпуски вам отправлены — неделю. Прежние наборы настроек, уже без вашего номера, — до трёх суток.

    __Ваши сообщения__ храню, пока не отвечу на них: обычно это секунды, самое большее сутки. Присланные ссылки и тексты забываю через 15 минут после пересказа. Если вы отметили «Неверно», отметка и предложение, к которому она относится (оно может быть из вашего текста), уходят администраторам и остаются в списке последних пятисот, без вашего номера; вместе с вашими данными удалю и их из списка.

    __Чего не храню.__ Имя, фото, телефон, переписку и местоположение: оно нужно один раз, чтобы узнать часовой пояс.

    Всё это никому не передаётся. Получить копию: { $export }. Удалить всё: { $forget }.
word-forget = «Удалить мои данные»
word-subscribe = «Подписаться»
inline-open = Открыть Вестник
word-export = «Мои данные»
forget-ask = Удалить подписку, настройки и всё, что я о вас помню? Вернуть их будет нельзя.
forget-ask-here = Удалить подписку, настройки и всё, что я помню об этом чате? Вернуть их будет нельзя.
forget-there = Вы связаны с { $platform }: там удалю тоже.
forgotten-there = В { $platform } — тоже.
forgotten = Удалил всё: подписку, настройки и то, что помнил. Если напишете снова, начнём с начала.
forgotten-here = Удалил всё, что хранил об этом чате: подписку, настройки и то, что помнил.
exported = Вот всё, что я о вас храню.
exported-here = Вот всё, что я храню об этом чате. О вас самих спросите меня в личной переписке.

button-subscribe = Подписаться
button-unsubscribe = Отписаться
button-resubscribe = Подписаться снова
button-today = Показать сегодняшний выпуск
button-all-settings = Настройки
button-other-settings = Другие настройки
button-digest = Дайджест
button-help = Помощь
button-search = Поиск
button-privacy = Приватность
button-day = За день
button-week = За неделю
button-month = За месяц
button-since = С прошлого раза
button-whom = Кого касается
button-everyone = Для всех
button-other-digest = Другой выпуск
button-following = За чем слежу
button-export = Получить копию
button-forget = Удалить мои данные
button-forget-yes = Да, удалить всё
button-cancel = Отмена
button-keep = Оставить
button-again = Начать с начала
button-more = Ещё
button-back = Назад
button-page = Дальше

digest-unclear = За какой период? Напишите «неделя», «3 дня» или выберите.
digests-ask = Какой выпуск показать?
digests-whom = Кого касается? Покажу за неделю.
digests-touching = Только то, что касается: { $groups }.
digest-wider = { $period } — { $stories }.
digest-nothing-new = С прошлого раза ничего важного не появилось.
followed = Слежу: «{ $headline }». О развитии напишу сразу.
unfollowed = Больше не слежу. Важное всё равно попадёт в дайджест.
following-title = __Вы следите__
following-nothing = Вы пока ни за чем не следите. Под каждым сюжетом есть кнопка «Следить».
muted = Скрываю всё, где есть «{ $word }». Вернуть можно в настройках.
mute-ask = Что скрывать в дайджестах?
mute-about = Всё про { $name }
mute-word = Напишите слово, и я не буду показывать новости, где оно есть.
search-ask = Что искать? Напишите слова, например: штрафы Viber. Можно с уточнением: для банков за месяц, стадия: действует.
search-title = __Поиск: { $words }__ · { $stories }
search-all = все сюжеты
search-instead = Таких слов в сюжетах нет, ищу { $words }.
search-nothing = По словам «{ $words }» ничего не нашлось. Попробуйте короче или посмотрите дайджест.
search-nothing-filtered = Так ничего не нашлось. Уберите часть уточнений.
search-without = Без слова «{ $word }»
search-refine = Уточнить
search-refine-title = __Уточнить поиск: { $words }__
search-clear = Без уточнений
search-stage = Стадия
search-audience = Кого касается
search-messenger = Мессенджер
search-days = Когда
search-any-stage = любая
search-any-audience = кого угодно
search-any-messenger = любой
search-any-days = за всё время
search-year = за год
search-hint = Выберите, и найденное останется только такое.
search-order-newest = Сначала новые
search-order-best = Сначала подходящие
calendar-days = На { $count ->
    [365] год
   *[other] { $count } дней
}

summary-reading = Читаю { $name }…
summary-reading-text = Читаю…
summary-ask = Пришлите ссылку на новость или её текст, хотя бы два-три предложения.
summary-limit = Подождите минуту: уже читаю { $count ->
    [5] пять ваших ссылок
    [one] { $count } вашу ссылку
    [few] { $count } ваши ссылки
   *[other] { $count } ваших ссылок
}.
summary-limit-day = На сегодня хватит: я пересказал вам { $count ->
    [one] { $count } текст
    [few] { $count } текста
   *[other] { $count } текстов
}. Завтра продолжим, а дайджест и поиск работают.
summary-kind = Такие файлы я не читаю. Подойдёт txt, html или pdf, а лучше — ссылка или текст.
summary-large = Файл слишком велик: я читаю до { $most } МБ.
summary-unreadable = Не получилось прочитать страницу: { $problem ->
    [timeout] сайт не ответил за 10 секунд
    [connection] сайт недоступен
    [robots] сайт не пускает роботов
    [redirects] сайт пересылает по кругу
    [size] страница слишком велика
    [status] сайт ответил ошибкой
    [refused] сайт не пускает меня на неё
    [captcha] сайт просит доказать, что я не робот
    [paywall] она открыта только подписчикам сайта
   *[other] сайт не отдал её
}. Пришлите текст, и я перескажу его.

settings-title = __Настройки__
settings-line = { $name }: __{ $value }__
settings-inactive = Выпуски не приходят: вы не подписаны. Чтобы получать их, напишите: { $subscribe }
settings-inactive-here = Выпуски не приходят: этот чат не подписан. Чтобы подписать его, напишите: { $subscribe }
settings-unclear = Не понял. Попробуйте ещё раз:
settings-everyone = всё
settings-any = все
settings-none = нет
settings-on = Включено
settings-off = Выключено
language-own = русский
settings-time-name = Время
settings-time-hint = Отметьте часы или напишите свои, например: 8:30 и 19.
settings-time-bounds = Нужно от одного до { $most } выпусков в день.
settings-days-name = Дни
settings-days-hint = Выберите или напишите дни, например: пн, ср, пт.
settings-days-daily = Каждый день
settings-days-weekdays = По будням
settings-days-weekends = По выходным
settings-days-mon = По понедельникам
settings-days-fri = По пятницам
settings-days-monthly = Раз в месяц
settings-days-week = Выбрать дни
settings-week-name = Дни
settings-week-hint = Отметьте дни недели или напишите их, например: пн, ср, пт.
settings-week-bounds = Нужен хотя бы один день.
settings-week-mon = Пн
settings-week-tue = Вт
settings-week-wed = Ср
settings-week-thu = Чт
settings-week-fri = Пт
settings-week-sat = Сб
settings-week-sun = Вс
settings-on-daily = каждый день
settings-on-weekdays = по будням
settings-on-weekends = по выходным
settings-on-monthly = первого числа каждого месяца
settings-on-days = по { $days }
settings-on-except = каждый день кроме { $day }
settings-except-mon = понедельника
settings-except-tue = вторника
settings-except-wed = среды
settings-except-thu = четверга
settings-except-fri = пятницы
settings-except-sat = субботы
settings-except-sun = воскресенья
settings-on-mon = понедельникам
settings-on-tue = вторникам
settings-on-wed = средам
settings-on-thu = четвергам
settings-on-fri = пятницам
settings-on-sat = субботам
settings-on-sun = воскресеньям
settings-timezone-name = Часовой пояс
settings-timezone-hint = Выберите или напишите город. Можно прислать местоположение: запомню только часовой пояс.
settings-place = По моему местоположению
settings-place-ask = Нажмите кнопку под строкой ввода: по местоположению я определю часовой пояс, а само место хранить не буду. Или напишите город.
place-away = Кнопку с местоположением убрал.
settings-no-zone = Не понял, какой там часовой пояс. Напишите город.
settings-profile-name = Касается меня
settings-profile-hint = Отметьте, к кому вы относитесь. Без отметок приходит всё.
settings-messengers-name = Мессенджеры
settings-messengers-hint = Отметьте, о каких читать. Без отметок — обо всех.
settings-muted-name = Скрытые слова
settings-muted-hint = Напишите слова через запятую: новости, где они есть в любой форме, не приходят.
settings-muted-clear = Убрать все
settings-muted-bounds = Слов может быть не больше { $most }.
settings-importance-name = Важность
settings-importance-hint = Чем выше, тем короче выпуск.
settings-importance = { $level ->
    [0] Всё
    [3] Только важное
    [6] Только самое важное
   *[other] От { $level } из 10
}
settings-language-name = Язык
settings-language-hint = На каком языке мне говорить. Новости остаются на языке источника.
settings-alerts-name = Срочные
settings-alerts-hint = Самое важное — сразу, не дожидаясь выпуска.
settings-empty-name = Пустые выпуски
settings-empty-hint = Писать ли строку, когда важного не было.
settings-reminders-name = Напоминания
settings-reminders-hint = О сроках, которые вас касаются: за 30, за 7 дней и за день.
settings-picture-name = Картинка недели
settings-picture-hint = Первый выпуск недели приходит с картинкой: главное за семь дней, стадии и сроки.
settings-live-name = Обновлять посты
settings-live-hint = В группе, канале и беседе: если сюжет за день изменился, исправить пост, а не писать новый.
settings-quiet-name = Тихие часы
settings-quiet-hint = В эти часы молчу: срочное и развитие ваших сюжетов придут потом. Можно написать свои: 22:30–7.
settings-length-name = Объём
settings-length-hint = Сколько рассказывать о каждом сюжете.
settings-length-headlines = Заголовки
settings-length-short = Коротко
settings-length-full = Полностью
now-profile = В выпуск попадёт то, что касается: { $value }.
now-profile-off = В выпуск попадёт всё, кого бы оно ни касалось.
now-messengers = В выпуск попадут новости о мессенджерах: { $value }.
now-messengers-off = В выпуск попадут новости обо всех мессенджерах.
now-muted = Не показываю новости, где есть: { $value }.
now-muted-off = Скрытых слов больше нет.
now-importance = { $level ->
    [3] В выпуск попадёт только важное.
    [6] В выпуск попадёт только самое важное.
   *[other] В выпуск попадут новости важностью от { $level } из 10.
}
now-importance-off = В выпуск попадёт всё, важное и не очень.
now-language = Теперь говорю по-русски.
now-alerts = О самом важном напишу сразу.
now-alerts-off = Срочных сообщений не будет, только выпуски.
now-empty = Когда важного не было, напишу об этом одной строкой.
now-empty-off = Когда важного не было, промолчу.
now-reminders = О сроках напомню за 30, за 7 дней и за день.
now-reminders-off = О сроках напоминать не буду.
now-picture = Первый выпуск недели придёт с картинкой.
now-picture-off = Выпуски будут без картинки.
now-live = Если сюжет за день изменится, исправлю пост на месте. Это для групп, каналов и бесед.
now-live-off = Если сюжет изменится, напишу новое сообщение.
now-quiet = С { $since } до { $until } молчу: срочное и развитие ваших сюжетов придут потом.
now-quiet-off = Срочное и развитие ваших сюжетов присылаю в любое время.
now-length-headlines = В выпуске будут только заголовки и главные факты.
now-length-short = О каждом сюжете — одно-два предложения.
now-length-full = О каждом сюжете — подробно.

command-digest = Дайджест за день; /digest 7d — за неделю
command-summary = Пересказать ссылку или текст
command-search = Найти сюжеты по словам
command-calendar = Что вступает в силу и когда
command-following = За чем вы следите
command-settings = Время, часовой пояс, «касается меня», язык
command-link = Связать с чатом в VK
command-subscribe = Подписаться
command-unsubscribe = Отписаться
command-help = Что я умею
command-privacy = Что я о вас храню
command-forget = Удалить мои данные

calendar-file = Даты на год вперёд — в файле: откройте его, и они попадут в ваш календарь.
calendar-address = Даты на год вперёд — в файле. А чтобы календарь обновлялся сам, подпишите его на адрес { $address }

platform-telegram = Telegram
platform-vk = VK
link-private = Связать можно только личные чаты.
link-code = Напишите мне в { $platform }: связать { $code }
    Код действует 15 минут и один раз. Настройки станут общими, а выпуск будет приходить в одно место.
link-wrong = Этот код не подходит: он уже использован или устарел. Попросите новый словом «связать».
link-elsewhere = Этот код нужно написать мне в { $platform }: здесь вы его получили.
link-enough = Слишком много неверных кодов. Подождите час и попросите новый.
link-done = Готово, чаты связаны: настройки общие, { $where ->
    [here] выпуски по-прежнему приходят сюда
    [there] выпуски приходят в { $platform }
   *[nowhere] а выпуски пока не приходят: вы не подписаны
}.
link-is = Связано с { $platform }: настройки общие, выпуск приходит в одно место.
link-here = Готово. Выпуски приходят сюда, а если сюда не выйдет — в { $platform }.
link-gone = Связи больше нет. Настройки остались и там, и тут.
link-none = Этот чат ни с чем не связан.
button-here = Присылать сюда
button-unlink = Разорвать связь
button-link = Связать

feedback-how = Откройте карточку сюжета и нажмите «Неверно»: администраторы получат и факт, и предложение, откуда он взят.
feedback-ask = Что здесь неверно?
feedback-summary = пересказ
feedback-thanks = Спасибо. Передал администраторам вместе с предложением, откуда это взято.
feedback-enough = На сегодня хватит: двадцать сообщений уже переданы.
feedback-line = Читатель пишет «неверно»: { $headline }
    { $field }: { $value }
    Взято из: «{ $evidence }»

admin-broke = Сбой в разговоре: { $what }. Подробности — словом «ошибки» и в журнале.
admin-stats = __Подписчики__
admin-stats-line = { $platform }: получают { $active }, отписались { $inactive }, недоступны { $gone }
admin-stats-stories = В ленте { $stories }.
admin-sources = __Источники: { $count }__, с ошибками: { $failing }
admin-source-line = { $name }: с { $since } — { $error }
admin-feedback = __Что читатели назвали неверным__
admin-defects = __Последние сбои__
admin-nothing = Пусто.
admin-button-stats = Статистика
admin-button-sources = Источники
admin-button-feedback = Отзывы
admin-button-errors = Сбои
admin-button-correct = Исправить
admin-button-announce = Объявление
admin-no-announce = Здесь объявления отправить нельзя.
admin-announce-ask = Напишите текст объявления, не длиннее { $most } знаков.
admin-announce-preview = __Так это увидят.__ Получателей: { $count }.
admin-announce-yes = Отправить всем
admin-announce-no = Не отправлять
admin-announced = Отправляю. Получателей: { $count }.
admin-stats-queue = { $platform }: пачек в очереди — { $queued }, отложено после отказа — { $dead }
admin-source-paused = { $name }: на паузе с { $since }
admin-sources-how = Словами: «приостановить» или «возобновить» и имя источника.
admin-pause = Приостановить { $name }
admin-resume = Возобновить { $name }
admin-source-unknown = Такого источника нет. Похожие: { $names }.
admin-source-unlike = Такого источника нет. Всего источников { $count }, например: { $names }.
admin-source-is-paused = { $name }: не опрашиваю, пока не возобновите.
admin-source-is-resumed = { $name }: опрашиваю снова.
admin-choose = __Какой сюжет исправить или снять?__
admin-amend = Что исправить?
admin-field-headline = Заголовок
admin-field-summary = Пересказ
admin-field-effective_date = Срок
admin-retract-button = Снять сюжет
admin-ask-headline = Напишите верный заголовок.
admin-ask-summary = Напишите верный пересказ.
admin-ask-effective_date = Напишите верный срок: 01.09.2026, 2026-09 или «нет».
admin-ask-now = Сейчас: { $value }
admin-correct-date = Срок пишется так: 01.09.2026, 2026-09-01, 2026-09 или «нет».
admin-correct-long = Поправка — от 1 до { $most } знаков.
admin-correct-same = Там так и написано.
admin-correct-yes = Исправить и сообщить
admin-corrected = Исправлено. Поправку получат: { $count }.
admin-retract-yes = Снять и сообщить
admin-retracted = Сюжет снят: { $headline }. Об этом узнают: { $count }.
admin-retracted-before = Этот сюжет уже снят: { $headline }

## Web

web-title = Вестник
web-motto = что меняется в регулировании мессенджеров, кого касается и с какого числа
web-description = Регулирование мессенджеров: что изменилось, кого касается, с какого числа и кто это говорит. Со ссылками на источники.
web-skip = К содержанию
web-nav = Разделы
web-nav-today = Сегодня
web-nav-archive = Архив
web-nav-calendar = Календарь
web-nav-messengers = Мессенджеры
web-nav-audiences = Кого касается
web-nav-overview = Картина года
web-nav-search = Поиск
web-nav-how = Как это устроено
web-nav-sources = Источники
web-aside = Рядом с выпуском
web-beside = Рядом
web-colophon = Сюжеты составлены программой из сообщений изданий и ведомств; у каждого факта указано, откуда он взят. Это не юридическая консультация.
web-all-dates = Все даты
web-all-sources = Все источники
web-mine = Касается меня
web-subscribe = Подписаться
web-subscribe-text = Раз в день бот присылает выпуск в Telegram и ВКонтакте. То же можно читать лентой.
web-follow = Следить:
web-digest-of = Выпуск: { $when }
web-before = раньше
web-after = позже
web-page-weightier = более важные
web-page-lighter = менее важные
web-quiet = Сюжетов нет.
web-quiet-nearest = Ближайшие выпуски со сюжетами:
web-other-messengers = Другие мессенджеры
web-other-audiences = Кого ещё касается
web-months-of = Месяцы { $year } года
web-weeks-of = Недели месяца
web-calendar-mine = Только моё
web-calendar-mine-text = Календарь по подписке: даты появятся в телефоне сами.
web-look-elsewhere = Можно посмотреть:
web-search-try = Например:
web-archive-of = Архив: { $month }
web-week = Нед.
web-card = Неделя одной картинкой
web-month-main = Главное за месяц
web-reached = { $count ->
    [one] пройдена { $count } ступень из 4
    [few] пройдены { $count } ступени из 4
   *[other] пройдено { $count } ступеней из 4
}
web-differ = источники расходятся
web-ladder = Путь от предложения до вступления в силу
web-ahead = впереди
web-passed-unsaid = пройдено, источники об этом не говорят
web-reached-undated = пройдено, дата не названа
web-this-story = этот сюжет
web-later-story = позже
web-stages = Сюжеты по стадиям
web-facts = Факты
web-origin = Откуда это известно
web-origin-of = Откуда предложение { $number }
web-origin-summary = По этим предложениям составлен пересказ
web-positions = Позиции
web-disagreements = Расхождения источников
web-sources-of = Источники ({ $count })
web-official = официально
web-revisions = Как менялся сюжет
web-why = Почему это важно
web-thread = Вся история меры
web-now = Сейчас
web-thread-of = { $headline }: вся история
web-thread-about = { $count ->
    [one] { $count } сюжет об одной мере, от предложения до вступления в силу.
    [few] { $count } сюжета об одной мере, от предложения до вступления в силу.
   *[other] { $count } сюжетов об одной мере, от предложения до вступления в силу.
}
web-came-into-force = Вступило в силу за последние три месяца
web-search-title = Поиск по сюжетам
web-search-label = Слова в любой форме: мессенджер, ведомство, мера
web-search-button = Найти
web-found = «{ $words }»: { $stories }, сначала новые
web-nothing = По запросу «{ $words }» ничего не нашлось.
web-messengers-about = Мессенджеры, о которых сейчас пишут, и сколько сюжетов о каждом.
web-audiences-about = Выберите, к кому вы относитесь: останутся только меры, которые вас касаются.
web-of-messenger = { $name }: меры и решения
web-of-audience = Касается: { $name }
web-more = { $count ->
    [one] Ещё { $count } сюжет — в архиве.
    [few] Ещё { $count } сюжета — в архиве.
   *[other] Ещё { $count } сюжетов — в архиве.
}
web-overview-title = Картина года
web-overview-about = По последним двенадцати месяцам: { $stories }. Столбик — месяц; чем выше, тем больше сюжетов.
web-matrix = Мессенджеры и меры
web-matrix-text = По строкам мессенджеры, по столбцам меры; в клетке число сюжетов по месяцам: { $first } — { $last }. Те же числа есть в таблице под рисунком.
web-as-table = То же таблицей
web-messenger = Мессенджер
web-how-collect-title = Откуда новости
web-how-collect = Программа читает ленты изданий и сайты ведомств, у каждого источника — не чаще, чем он просит. Страницы очищаются от меню, счётчиков и рекламы. Если источник замолчал, это видно на странице источников.
web-how-read-title = Как отбираются статьи
web-how-read = Берутся статьи о том, что власти или суды делают с мессенджерами и их пользователями. Обновления приложений, сбои, мошенники и криминальная хроника остаются за бортом. Из статьи берутся факты: кто решает, о чём, для кого, с какого числа и на какой стадии. У каждого факта хранится предложение, из которого он взят; чего в тексте нет, того нет и у нас.
web-how-story-title = Как складывается сюжет
web-how-story = Статьи об одном событии соединяются в сюжет, сюжеты об одной мере — в её историю от предложения до вступления в силу. Если источники расходятся, показаны обе версии и кто какую даёт. Если издание изменило текст, это записано.
web-how-digest-title = Что попадает в выпуск
web-how-digest = Сначала то, что действует или скоро начнёт действовать, затем принятое, предложенное, блокировки и заявления. Внутри раздела — по важности: широта, близость срока, подтверждение ведомством.
web-how-limits-title = Чего программа не умеет
web-how-limits = Она может ошибиться: принять слух за решение или соединить разные события. Поэтому у каждой строки есть источник. Перед тем как действовать, откройте документ. Это не юридическая консультация.
web-how-privacy-title = Что мы знаем о вас
web-how-privacy = Сайт не ставит cookies, не содержит скриптов и счётчиков. О подписчике бота хранятся только номер чата и настройки.
web-figures = Качество в числах
web-figures-about = Программу проверяют на статьях, размеченных людьми. «Знакомые» — { $known } статей, которые она читает весами, выученными на других сюжетах; «новые» — { $unseen } статей, из которых к тому дню не было выучено ничего: так она читает завтрашние новости. 100 — без ошибок, у полей со списком — среднее точности и полноты.
web-figure = Что проверяется
web-figure-known = Знакомые
web-figure-unseen = Новые
web-figure-relevance = Та ли это тема
web-figure-stories = Статьи одного события вместе
web-figure-regulators = Кто решает
web-figure-messengers = О каких мессенджерах речь
web-figure-audiences = Кого касается
web-figure-measure = Какая мера
web-figure-stage = На какой стадии
web-figure-date = С какого числа
web-health = { $count ->
    [one] Сейчас читается { $count } источник
    [few] Сейчас читаются { $count } источника
   *[other] Сейчас читаются { $count } источников
}, из них ведомств — { $official }. { $failing ->
    [0] Все в порядке.
    [one] Не отвечает { $failing }.
    [few] Не отвечают { $failing }.
   *[other] Не отвечают { $failing }.
}
web-machines = Для программ
web-machines-text = Те же сведения отдаются лентами, календарём и открытым JSON API без ключа:
web-sources-about = Сначала источники ведомств. Время — последнее успешное чтение.
web-source = Источник
web-source-read = Прочитан
web-source-state = Состояние
web-source-well = в порядке
web-source-unread = ещё не читали
web-source-fails = { $count ->
    [one] не отвечает, { $count } попытка
    [few] не отвечает, { $count } попытки
   *[other] не отвечает, { $count } попыток
}
web-sources-unknown = Список источников сейчас недоступен.
web-missing = Такой страницы нет
web-bad-request = Запрос непонятен
web-busy = Сейчас не получается: хранилище не отвечает
web-failed = Страница не собралась

## Reasons of the analysis

reason-same-story = рассказывает о событии, о котором пишут другие издания
reason-no-messenger = мессенджер не назван или о мерах речи нет
reason-no-measure = меры или решения властей в тексте нет
reason-messenger = речь о мессенджере: { $detail }
reason-messengers-at-large = речь о мессенджерах вообще
reason-authority = действует или высказывается орган власти: { $detail }
reason-cue-block = говорится о блокировке
reason-cue-access = говорится об ограничении доступа
reason-cue-full = говорится о полном отключении
reason-cue-restrict = говорится об ограничениях
reason-cue-slow = говорится о замедлении
reason-cue-fine = говорится о штрафе или протоколе
reason-cue-fined = назван штраф
reason-cue-forbid = говорится о запрете
reason-cue-duty = говорится об обязанности
reason-cue-national = говорится о национальном мессенджере
reason-cue-register = говорится об учёте или реестре
reason-cue-storage = говорится о хранении данных
reason-cue-ident = говорится о проверке личности, возраста или номера
reason-cue-court = говорится о суде
reason-cue-preinstall = говорится о предустановке
reason-cue-scan = говорится о проверке переписки
reason-cue-antitrust = говорится о правилах конкуренции
reason-cue-draft = говорится о законопроекте
reason-cue-threat = говорится об угрозе меры
reason-cue-calls = говорится о звонках
reason-against-outage = это о сбое
reason-against-numbers = это об аудитории
reason-against-feature = это о функциях приложения
reason-against-crime = это о преступлении
reason-against-durov = это об основателе, а не о мере
reason-against-vpn = это о VPN
reason-against-other_reg = это о другом регулировании
reason-against-market = это о деньгах и рынке
reason-against-war = это о военных действиях
reason-against-promo = это объявление
reason-against-poll = это опрос
reason-against-howto = это советы
reason-outlets = изданий: { $detail }
reason-confirmed = подтверждено официально
reason-stage = стадия: { $detail }
reason-measure = мера: { $detail }
reason-breadth = касается многих: { $detail }
reason-widely-used = приложением пользуются многие: { $detail }
reason-soon = дней до вступления в силу: { $detail }

# ── доставка: администратору ─────────────────────────────────────────────────────────────────────────────────────────

admin-slot-missed = Выпуск не собран в срок ({ $detail }). Проверьте, работает ли роль scheduler: vestnik doctor.
admin-queue-aged = Очередь { $queue } стоит ({ $detail }). Проверьте, работает ли роль sender: vestnik doctor.
admin-sources-dark = Источники замолчали ({ $detail }). Почему — скажет vestnik sources check.
admin-store-full = Хранилищу не хватает памяти ({ $detail }). Увеличьте память или уменьшите VESTNIK_RETENTION_DAYS.
admin-well-again = { $what ->
    [slot-missed] Выпуски снова собираются в срок.
    [queue-aged] Очередь { $queue } снова движется.
    [sources-dark] Источники снова отвечают.
   *[store-full] Хранилищу снова хватает памяти.
}
admin-source-silent = Источник { $name } молчит с { $since } UTC: { $error }. Проверить: vestnik sources try { $id }
admin-source-back = Источник { $name } ({ $id }) снова отвечает.
admin-edition-refused = Выпуск { $edition } отвергнут платформой ({ $platform }): { $reason }. Остальные части и другие выпуски отправляются.
