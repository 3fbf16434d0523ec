# Everything that people read in English. Sections are marked; messages stand in the order of ru.ftl.

## Dates and numbers

date-since = from { $date }
date-since-second = from { $date }
date-until = until { $date }
date-today = today
date-tomorrow = tomorrow
date-after-tomorrow = the day after tomorrow
date-yesterday = yesterday
date-at = { $day } at { $time }
date-from-to = from { $first } to { $last }
date-from-to-second = from { $first } to { $last }
sum-billion = { $amount } billion { $currency }
sum-million = { $amount } million { $currency }
sum-thousand = { $amount } thousand { $currency }
sum-plain = { $amount } { $currency }
and-more = { $first } and { $count } more
count-stories = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
count-sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
in-days = { $count ->
    [0] today
    [1] tomorrow
   *[other] in { $count } days
}

## Vocabulary

measure-ban = ban
measure-restriction = restriction
measure-blocking = blocking
measure-slowdown = slowdown
measure-fine = fine
measure-obligation = obligation
measure-registration = registration
measure-data-storage = data storage
measure-identification = identification
measure-national-messenger = national messenger
measure-court-ruling = court ruling
measure-easing = easing
measure-statement = statement
measure-other = other

stage-planned = planned
stage-passing = in parliament
stage-adopted = adopted
stage-active = in force
stage-statement = statement
stage-cancelled = cancelled

# The rungs of the ladder
rung-planned = draft
rung-passing = State Duma
rung-adopted = signed
rung-active = in force
rung-statement = statement
rung-cancelled = cancelled

status-proposed = proposed
status-draft = draft
status-bill-introduced = bill introduced
status-adopted-reading = passed a reading
status-adopted = adopted
status-signed = signed
status-in-force = in force
status-enforced = enforced
status-ruling = ruling given
status-statement = statement
status-cancelled = cancelled

group-commerce = marketplaces and delivery
group-banks = banks
group-telecom = telecom operators
group-state = state employees
group-media = media and bloggers
group-advertising = advertisers
group-education = schools and universities
group-housing = housing managers
group-military = the military
group-platforms = the messengers themselves
group-devices = device makers
group-business = companies
group-users = users

# "a ban for marketplaces and banks"
group-of-commerce = marketplaces and delivery
group-of-banks = banks
group-of-telecom = telecom operators
group-of-state = state employees
group-of-media = media and bloggers
group-of-advertising = advertisers
group-of-education = schools and universities
group-of-housing = housing managers
group-of-military = the military
group-of-platforms = the messengers themselves
group-of-devices = device makers
group-of-business = companies
group-of-users = users

stance-for = for
stance-against = against
stance-explains = explains

kind-stage = stage
kind-effective_date = date
kind-penalty = penalty
kind-source = new source
kind-official = official confirmation
kind-disagreement = sources disagree
kind-revision = text changed
kind-correction = correction

field-regulators = who decides
field-messengers = which messengers
field-measure = what is done
field-audiences = whom it touches
field-status = which stage
field-stage = which stage
field-effective_date = from when
field-documents = which document
field-penalties = which penalty
field-territory = where

language-ru = in Russian
language-en = in English
language-uk = in Ukrainian
language-be = in Belarusian
language-kk = in Kazakh
language-de = in German
language-fr = in French
language-es = in Spanish
language-other = in another language

regulator-government-moscow = Moscow city government
regulator-eu = European Union
regulator-commission = European Commission
regulator-court = court
regulator-rkn = Roskomnadzor
regulator-digital = Ministry of Digital Development
regulator-duma = State Duma
regulator-council = Federation Council
regulator-government = Russian government
regulator-president = President of Russia
regulator-kremlin = the Kremlin
regulator-fsb = FSB
regulator-mvd = Interior Ministry
regulator-bank = Bank of Russia
regulator-fas = Federal Antimonopoly Service
regulator-minfin = Ministry of Finance
regulator-minstroy = Ministry of Construction
regulator-education = Ministry of Education
regulator-defence = Ministry of Defence
regulator-prosecutor = Prosecutor General’s Office

## Digest

digest-title = Messengers: what changed { $period }
digest-title-empty = Messengers
period-day = today
period-days = { $count ->
    [one] in the past { $count } day
   *[other] in the past { $count } days
}
period-hours = { $count ->
    [one] in the past { $count } hour
   *[other] in the past { $count } hours
}
period-week = this week
period-month = this month
digest-main = Main point:
digest-lead-whom = { $measure } for { $whom }
digest-lead-messengers = { $measure }: { $messengers }
digest-of = { $number }. { $headline }
digest-was = (was: { $before })
digest-new = New:
digest-omitted = { $count ->
    [one] And { $count } more story of less weight.
   *[other] And { $count } more stories of less weight.
}
digest-next = Next edition { $when }.
digest-empty-day = Nothing important today.
digest-empty-week = Nothing important this week.
digest-empty-month = Nothing important this month.
digest-empty-period = Nothing important { $period }.
digest-empty-wider = { $period } — { $stories }.
digest-empty-profile = This shows only what matches your settings.
digest-source-language = { $language }

section-in-force = Comes into force
section-in-force-active = In force
section-adopted = Adopted
section-proposed = Proposed
section-proposed-passing = Proposed and in parliament
section-passing = In parliament
section-blocking = Blocking and restrictions
section-blocking-fines = Blocking, restrictions and fines
section-fines = Fines and court rulings
section-statements = Statements
section-statements-cancelled = Statements and cancellations
section-cancelled = Cancelled
section-developments = Developments

facts-whom = Touches: { $groups }
facts-penalty = Penalty: { $penalty }
facts-territory = Where: { $territory }
facts-disagree = sources disagree: { $fields }
facts-official = officially confirmed

button-details = Details
button-details-of = { $number } · Details
button-follow = Follow
button-unfollow = Unfollow
button-mute = Hide such
button-settings = Settings
button-calendar = Calendar
button-show-week = Show the week
button-show-month = Show the month
button-facts = Facts and quotes
button-retell = Summarise
button-wrong = This is wrong
button-ics = To my calendar

## Developments

news-stage = stage: { $after }
news-stage-before = the stage was “{ $before }” and is now “{ $after }”
news-date = a date is named: { $after }
news-date-before = the date is now { $after }; before, { $before }
news-date-gone = there is no date any more; before, { $before }
news-penalty = a penalty is named: { $after }
news-penalty-before = penalty: { $after }; before, { $before }
news-official = officially confirmed: { $after }
news-official-plain = officially confirmed
news-source = { $after } reports it too
news-disagreement = the sources now disagree: { $after }
news-revision = the outlet changed its text: { $after }
news-revision-plain = the outlet changed its text
news-correction = correction: { $after }
news-correction-before = correction: { $after }; it said before: { $before }

## Card

card-what = What:
card-who = Who:
card-whom = Touches:
card-from = From:
card-from-month = When:
card-stage = Stage:
card-where = Where:
card-messengers = Messengers:
card-documents = Document:
card-penalties = Penalty:
card-ladder = Ladder:
card-positions = Positions.
card-stance-for = For:
card-stance-against = Against:
card-stance-explains = Explains:
card-position = { $who }, { $role }: “{ $sentence }”
card-position-plain = { $who }: “{ $sentence }”
card-disagreements = Disagreements.
card-disagreement = { $field }: { $values }
card-disagreement-value = { $value } — { $outlets }
card-sources = Sources ({ $count }).
card-confirmed = officially confirmed
card-unconfirmed = no official confirmation yet
card-related = Earlier.
card-evidence = How this is known
card-evidence-of = { $field }: { $value }
card-evidence-summary = The summary was made from these sentences
card-retracted = This story was withdrawn: it was not confirmed.
card-updated = Updated { $when }
card-empty = The sources give no details.

reading-irrelevant = This is not about the regulation of messengers.
reading-irrelevant-why = { $headline } — the text names no measure or decision of an authority.
reading-retell = Summarise it anyway?
reading-why = Why:
reading-story = This story is already in the feed: { $headline }
reading-outlet = { $outlet }, { $date }
reading-teaser = The page could not be opened in full: this is a summary of its teaser.

## Calendar

calendar-title = Calendar: what comes into force
calendar-until = until { $date }
calendar-empty = Nothing comes into force in the next { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
calendar-entry-month = some time in the month
calendar-discussed = Under discussion, no date yet
calendar-name = Vestnik: regulation of messengers
calendar-description = When measures that touch messengers come into force

## Alerts and corrections

alert-title = Important
alert-developed = Development
correction-title = Correction
correction-body = We wrote: { $before }. What is right: { $after }.
correction-line = { $field }: the right value is { $after }, it was { $before }
retraction-title = Withdrawn
retraction-body = This was not confirmed. We have removed the story from the feed.
weekly-title = The week in messengers
weekly-figures = { $stories }: { $parts }

## Errors

error-ours = Something broke on my side, not on yours. I have told the administrator.
error-bad-input = I do not know what to do with this. Send a link or the text of an article.
error-busy = This does not work now: the store does not answer. Try again in a minute, nothing is lost.
error-unreadable = I could not read the page. Send me the text and I will summarise it.
error-address = I do not open such addresses.
error-not-article = There is no article behind this link. Send a link to the article itself, or its text.

## Reasons

## Dialogue

## Web
