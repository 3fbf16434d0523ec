# Everything that people read in English. Sections are marked; messages stand in the order of ru.ftl.

## Dates and numbers

date-since = from { $date }
date-since-second = from { $date }
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
conjunction = and
and-more = { $first } and { $count } more
count-stories-more = more than { $count } stories
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
field-scope = whether it touches business
scope-business = yes
scope-state = authorities only

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

messenger-vk = VK Messenger
messenger-sferum = Sferum
messenger-tamtam = TamTam

## Digest

digest-title = Messengers: what changed { $period }
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
digest-lead-messengers = { $measure ->
    [blocking] the blocking of { $names }
    [slowdown] the slowdown of { $names }
    [fine] a fine of { $penalty } for { $names }
   *[restriction] restrictions on { $names }
}
digest-lead-whom = { $measure ->
    [ban] a ban
    [restriction] a restriction
    [blocking] a blocking
    [slowdown] a slowdown
    [fine] a fine
    [obligation] an obligation
   *[other] { $label }
} for { $whom }
# "a ban for banks, planned from 1 September 2026"
digest-lead-done = { $stage ->
    [planned] { $what }, planned { $since }
    [passing] { $what }, under consideration { $since }
    [adopted] { $what }, adopted { $since }
   *[active] { $measure ->
        [fine] { $what }
       *[other] { $what }, in force { $since }
    }
}
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
digest-empty-profile = This shows only what matches your settings.

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
facts-penalty = Fine: { $penalty }
facts-territory = Where: { $territory }
payer-individuals = individuals
payer-officials = officials
payer-companies = companies
payer-sole-traders = sole traders
payer-advertisers = advertisers
payer-operators = carriers
payer-bloggers = bloggers
facts-disagree = sources disagree: { $fields }

button-details = Details
button-details-of = { $number } · Details
button-follow = Follow
button-unfollow = Unfollow
button-mute = Hide similar
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
news-sources = { $count ->
    [one] { $count } outlet reports it by now
   *[other] { $count } outlets report it by now
}
news-retracted = the story was withdrawn: it was not confirmed
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
card-stated = stated officially: { $who }
card-related = Earlier.
card-evidence = How this is known
card-evidence-of = { $field }: { $value }
card-evidence-summary = The summary was made from these sentences
card-retracted = This story was withdrawn: it was not confirmed.
card-updated = Updated { $when }
card-empty = The sources give no details.

reading-irrelevant = This is not about the regulation of messengers.
reading-of = { $headline } — { $reasons }.
reading-why = Why it is in scope:
reading-known = What else is known:
reading-others = also reported by { $outlets }
reading-retell = Summarise it anyway?
reading-story = This story is already in the feed: { $headline }
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
correction-no-date = We gave a date before: { $before }. There is none yet.
retraction-title = Withdrawn
retraction-body = This was not confirmed. We have removed the story from the feed.
reminder-title = A date is near
reminder-shifted = A date has changed
reminder-cancelled = The measure is cancelled; the date given before: { $before }.
weekly-title = The week in messengers
weekly-part = { $section } — { $count }
weekly-figures = { $stories }: { $parts }

## Errors

error-ours = Something broke on my side, not on yours. I have told the administrator.
error-bad-input = I do not know what to do with this. Send a link or the text of an article.
error-busy = This does not work now: the store does not answer. Try again in a minute, nothing is lost.
error-unreadable = I could not read the page. Send me the text and I will summarise it.
error-address = I do not open such addresses.
error-not-article = There is no article behind this link. Send a link to the article itself, or its text.
error-text-short = The text is too short: there is nothing to summarise.
error-pdf-pictures = This PDF holds no text, only pictures. Send the text of the article or a link to it.
error-pdf-broken = I could not read this PDF: it is damaged, locked with a password or too complex. Send the text of the article or a link to it.
error-file-no-article = There is no article in this file. Send another file, a text or a link.
error-file-lost = The file did not come through. Send it again, or send the text.
file-refused = The file cannot be sent now. Try again in a minute; if that fails too, write to the administrators of the bot.
error-file-kind = I cannot read this file. Text, HTML and PDF with text will do.

## Reasons

## Dialogue

done = Done.
done-here = Done, this chat is subscribed.
schedule-line = The digest comes { $where ->
    [telegram] in Telegram{" "}
    [vk] in VK{" "}
   *[here] {""}
}{ $days } at { $times } ({ $city } time), next { $when }.
start =
    __Vestnik watches how messengers are regulated__ and once a day sends what matters: what changes, whom it touches and from when.
unsubscribed = I will send nothing more. Your settings stay in case you return; to delete them: { $forget }
not-subscribed = You were not subscribed: I send you nothing and keep nothing about you.
not-understood = I can do digests, search and summaries of links.
not-understood-found = { $stories } with the words “{ $words }”.
button-show-found = Show
cancelled = All right, nothing changes.
welcome = You are welcome.
old-button = This button is from an old message or from another chat, so I did nothing. Here is what there is now:
stale-button = This button is out of date. Open the section again.
channel-let-in = I am in the channel “{ $title }” now. To have the digests there, write /subscribe in it; the post with the command may be deleted afterwards.
only-admins = Only administrators of this chat change its settings.
not-admin-here = I cannot see who administers this chat. Make me one of its administrators and try again; then its settings can be changed.
story-gone = This story is no longer in the feed.

help =
    __What I can do__
    { $platform ->
        [telegram]
            /digest — the digest of a day; /digest 7d — of a week, /digest banks for a month, /digest new — since last time
            /search words — stories that have them. Narrow it: for banks, last month, stage: in force, messenger: MAX, most relevant first
            /calendar — what comes into force, and when
            /following — what you follow
            /settings — time, timezone, “touches me”, messengers, muted words, alerts, quiet hours, length, language
            /subscribe and /unsubscribe
            /link — link with your chat in VK: shared settings, the digest in one place
            { $bot } words — type it in any chat to put a story there
            /privacy — what I keep about you; /export — a copy; /forget — delete everything
       *[vk]
            Digest — of a day; Digest week, Digest banks for a month, Digest new — since last time
            Search and words — stories that have them. Narrow it: for banks, last month, stage: in force, messenger: MAX, most relevant first
            Calendar — what comes into force, and when
            Following — stories whose developments I tell at once
            Settings — time, timezone, “touches me”, messengers, muted words, alerts, quiet hours, length, language
            Subscribe and Unsubscribe
            Link — with your chat in Telegram: shared settings, the digest in one place
            Privacy — what I keep about you; My data — a copy; Delete my data — delete everything
    }

    Send a link, the text of a story, a txt, html or pdf file, and I will sum it up and say whom it touches. In a group I answer when I am called by name or replied to.
help-bot = name_of_the_bot
help-admin = You are an administrator: “Stats”, “Sources”, “Pause” and “Resume” with the name of a source, “Feedback”, “Errors”, “Correct”, “Retract”, “Announce”.
privacy =
    __What I keep.__ The number of this chat and your settings: times, timezone, profile, messengers, muted words, language. Which stories you follow, which chat you linked to this one, when you last looked at a digest. Your latest searches and counters against overload, for a day; which digests were sent to you, for a week. Earlier sets of settings, without your number by then, for up to three days.

    __Your messages__ are kept until they are answered: seconds as a rule, a day at most. Links and texts that you send are forgotten 15 minutes after the summary. If you mark something as wrong, the mark and the sentence it is about (it may be from your text) go to the administrators and stay in a list of the latest five hundred, without your number; when I delete your data I delete them from the list too.

    __What I do not keep.__ Your name, photo, phone, correspondence and location: it is used once, to learn the timezone.

    None of it is given to anyone. To get a copy: { $export }. To delete everything: { $forget }.
word-forget = “Delete my data”
word-subscribe = “Subscribe”
inline-open = Open Vestnik
word-export = “My data”
forget-ask = Delete the subscription, the settings and all that I remember of you? This cannot be undone.
forget-ask-here = Delete the subscription, the settings and all that I remember of this chat? This cannot be undone.
forget-there = You are linked with { $platform }: I delete it there too.
forgotten-there = On { $platform } too.
forgotten = Everything is deleted: the subscription, the settings and what I remembered. If you write again, we start anew.
forgotten-here = All that I kept of this chat is deleted: the subscription, the settings and what I remembered.
exported = Here is everything I keep about you.
exported-here = Here is everything I keep about this chat. What I keep about you, ask me in private.

button-subscribe = Subscribe
button-unsubscribe = Unsubscribe
button-resubscribe = Subscribe again
button-today = Show today’s digest
button-all-settings = Settings
button-other-settings = Other settings
button-digest = Digest
button-help = Help
button-search = Search
button-privacy = Privacy
button-day = Day
button-week = Week
button-month = Month
button-since = Since last time
button-whom = For whom
button-everyone = For everyone
button-other-digest = Another digest
button-following = What I follow
button-export = Get a copy
button-forget = Delete my data
button-forget-yes = Yes, delete everything
button-cancel = Cancel
button-keep = Keep as it is
button-again = Start again
button-more = More
button-back = Back
button-page = Next

digest-unclear = For which period? Write “week”, “3 days”, or choose.
digests-ask = Which digest?
digests-whom = For whom? I will show a week.
digests-touching = Only what touches: { $groups }.
digest-wider = { $period }: { $stories }.
digest-nothing-new = Nothing important has appeared since you last looked.
followed = Following “{ $headline }”. I will write at once when it develops.
unfollowed = No longer following. What matters will still be in the digest.
following-title = __You follow__
following-nothing = You follow nothing yet. Every story has a “Follow” button.
muted = Hiding everything that has “{ $word }”. You can bring it back in the settings.
mute-ask = What shall I hide from digests?
mute-about = All about { $name }
mute-word = Write a word, and I will not show stories that have it.
search-ask = What shall I look for? Write the words, for example: Viber fines. You may add: for banks in the last month, stage: in force.
search-title = __Search: { $words }__ · { $stories }
search-all = all stories
search-instead = No story has these words as written; searching for { $words }.
search-nothing = Nothing found for “{ $words }”. Try fewer words or read the digest.
search-nothing-filtered = Nothing found like that. Take some of the filters away.
search-without = Without “{ $word }”
search-refine = Narrow
search-refine-title = __Narrow the search: { $words }__
search-clear = No filters
search-stage = Stage
search-audience = Touches
search-messenger = Messenger
search-days = When
search-any-stage = any
search-any-audience = anyone
search-any-messenger = any
search-any-days = any time
search-year = this year
search-hint = Choose, and only what fits remains.
search-order-newest = Newest first
search-order-best = Most relevant first
calendar-days = { $count ->
    [365] A year
   *[other] { $count } days
}

summary-reading = Reading { $name }…
summary-reading-text = Reading…
summary-ask = Send a link to a story or its text, at least two or three sentences.
summary-limit = Please wait a minute: I am already reading { $count ->
    [5] five
   *[other] { $count }
} of your links.
summary-limit-day = Enough for today: I have summarised { $count ->
    [one] { $count } text
   *[other] { $count } texts
} for you. Tomorrow we go on; digests and search still work.
summary-kind = I do not read such files. A txt, html or pdf will do; a link or a text is better.
summary-large = The file is too large: I read up to { $most } MB.
summary-unreadable = I could not read the page: { $problem ->
    [timeout] the site did not answer within 10 seconds
    [connection] the site is unreachable
    [robots] the site keeps robots out
    [redirects] the site redirects in circles
    [size] the page is too large
    [status] the site answered with an error
    [refused] the site does not let me in
    [captcha] the site asks me to prove that I am not a robot
    [paywall] it is open to subscribers of the site only
   *[other] the site did not give it
}. Send the text, and I will sum it up.

settings-title = __Settings__
settings-line = { $name }: __{ $value }__
settings-inactive = No digest comes: you are not subscribed. To get them, write: { $subscribe }
settings-inactive-here = No digest comes: this chat is not subscribed. To subscribe it, write: { $subscribe }
settings-unclear = I did not understand. Please try again:
settings-everyone = everything
settings-any = all
settings-none = none
settings-on = On
settings-off = Off
language-own = English
settings-time-name = Time
settings-time-hint = Tick the hours or write your own, for example: 8:30 and 19.
settings-time-bounds = There must be from one to { $most } digests a day.
settings-days-name = Days
settings-days-hint = Choose, or write the days, for example: mon, wed, fri.
settings-days-daily = Every day
settings-days-weekdays = On weekdays
settings-days-weekends = At weekends
settings-days-mon = On Mondays
settings-days-fri = On Fridays
settings-days-monthly = Once a month
settings-days-week = Choose days
settings-week-name = Days
settings-week-hint = Tick the days of the week or write them, for example: mon, wed, fri.
settings-week-bounds = There must be at least one day.
settings-week-mon = Mon
settings-week-tue = Tue
settings-week-wed = Wed
settings-week-thu = Thu
settings-week-fri = Fri
settings-week-sat = Sat
settings-week-sun = Sun
settings-on-daily = every day
settings-on-weekdays = on weekdays
settings-on-weekends = at weekends
settings-on-monthly = on the first of each month
settings-on-days = on { $days }
settings-on-except = every day except { $day }
settings-except-mon = Monday
settings-except-tue = Tuesday
settings-except-wed = Wednesday
settings-except-thu = Thursday
settings-except-fri = Friday
settings-except-sat = Saturday
settings-except-sun = Sunday
settings-on-mon = Mondays
settings-on-tue = Tuesdays
settings-on-wed = Wednesdays
settings-on-thu = Thursdays
settings-on-fri = Fridays
settings-on-sat = Saturdays
settings-on-sun = Sundays
settings-timezone-name = Timezone
settings-timezone-hint = Choose, or write a city. You can send a location: I remember the timezone alone.
settings-place = By my location
settings-place-ask = Press the button below the input field: I work out the timezone from your location and do not keep the location itself. Or write a city.
place-away = I took the location button away.
settings-no-zone = I cannot tell the timezone there. Write a city.
settings-profile-name = Touches me
settings-profile-hint = Tick what applies to you. With nothing ticked, everything comes.
settings-messengers-name = Messengers
settings-messengers-hint = Tick those to read about. With nothing ticked, all of them.
settings-muted-name = Muted words
settings-muted-hint = Write words, separated by commas: stories that have them in any form do not come.
settings-muted-clear = Remove all
settings-muted-bounds = There can be no more than { $most } words.
settings-importance-name = Importance
settings-importance-hint = The higher, the shorter the digest.
settings-importance = { $level ->
    [0] Everything
    [3] Important only
    [6] Most important only
   *[other] From { $level } of 10
}
settings-language-name = Language
settings-language-hint = Which language I shall speak. Stories stay in the language of their sources.
settings-alerts-name = Alerts
settings-alerts-hint = What matters most comes at once, ahead of the digest.
settings-empty-name = Empty digests
settings-empty-hint = Whether to write a line when nothing important happened.
settings-reminders-name = Reminders
settings-reminders-hint = Of dates that touch you: 30 and 7 days ahead, and the day before.
settings-picture-name = Picture of the week
settings-picture-hint = The first edition of a week comes with a picture: what mattered in seven days, stages and dates.
settings-live-name = Update posts
settings-live-hint = In groups, channels and conversations: edit the post if its story changes within the day, instead of a new one.
settings-quiet-name = Quiet hours
settings-quiet-hint = In these hours I keep silent: alerts and developments of your stories come afterwards. You can write your own: 22:30–7.
settings-length-name = Length
settings-length-hint = How much to tell of each story.
settings-length-headlines = Headlines
settings-length-short = Short
settings-length-full = Full
now-profile = The digest will hold what touches: { $value }.
now-profile-off = The digest will hold everything, whomever it touches.
now-messengers = The digest will tell of these messengers: { $value }.
now-messengers-off = The digest will tell of all messengers.
now-muted = Hiding stories that have: { $value }.
now-muted-off = No words are muted any more.
now-importance = { $level ->
    [3] The digest will hold what is important only.
    [6] The digest will hold what is most important only.
   *[other] The digest will hold news of importance from { $level } of 10.
}
now-importance-off = The digest will hold everything, important or not.
now-language = I speak English now.
now-alerts = I will write at once about what matters most.
now-alerts-off = There will be no alerts, only digests.
now-empty = When nothing important happened, I will say so in one line.
now-empty-off = When nothing important happened, I will keep silent.
now-reminders = I will remind you of dates 30 and 7 days ahead, and the day before.
now-reminders-off = No reminders of dates.
now-picture = The first edition of a week will come with a picture.
now-picture-off = Editions will come without a picture.
now-live = If a story changes within the day, I will edit the post in place. This is for groups, channels and conversations.
now-live-off = If a story changes, I will write a new message.
now-quiet = From { $since } to { $until } I keep silent: alerts and developments of your stories come afterwards.
now-quiet-off = Alerts and developments of your stories come at any time.
now-length-headlines = The digest will hold headlines and the main facts only.
now-length-short = One or two sentences about each story.
now-length-full = Each story in full.

command-digest = The digest of a day; /digest 7d of a week
command-summary = Sum up a link or a text
command-search = Find stories by words
command-calendar = What comes into force, and when
command-following = What you follow
command-settings = Time, timezone, “touches me”, language
command-link = Link with your chat in VK
command-subscribe = Subscribe
command-unsubscribe = Unsubscribe
command-help = What I can do
command-privacy = What I keep about you
command-forget = Delete my data

calendar-file = The dates of the year ahead are in the file: open it, and they are in your calendar.
calendar-address = The dates of the year ahead are in the file. For a calendar that keeps itself up to date, subscribe it to { $address }

platform-telegram = Telegram
platform-vk = VK
link-private = Only private chats can be linked.
link-code = Write to me in { $platform }: link { $code }
    The code works once, within 15 minutes. Settings will be shared, and the digest will come to one place.
link-wrong = This code does not fit: it was used or is out of date. Ask for a new one with “link”.
link-elsewhere = Write this code to me in { $platform }: it was given to you here.
link-enough = Too many wrong codes. Wait an hour and ask for a new one.
link-done = Done, the chats are linked: settings are shared, { $where ->
    [here] digests go on coming here
    [there] digests come in { $platform }
   *[nowhere] and no digests come yet: you are not subscribed
}.
link-is = Linked with { $platform }: settings are shared, the digest comes to one place.
link-here = Done. Digests come here; if that fails, in { $platform }.
link-gone = The link is gone. The settings stay on both sides.
link-none = This chat is not linked with anything.
button-here = Send them here
button-unlink = Unlink
button-link = Link

feedback-how = Open the card of a story and press “This is wrong”: the administrators get the fact and the sentence it was taken from.
feedback-ask = What is wrong here?
feedback-summary = the summary
feedback-thanks = Thank you. I passed it on to the administrators with the sentence it was taken from.
feedback-enough = That is enough for today: twenty reports were passed on.
feedback-line = A reader calls this wrong: { $headline }
    { $field }: { $value }
    Taken from: “{ $evidence }”

admin-broke = A failure in a conversation: { $what }. Details: “errors”, and the log.
admin-stats = __Subscribers__
admin-stats-line = { $platform }: { $active } receive, { $inactive } unsubscribed, { $gone } unreachable
admin-stats-stories = The feed holds { $stories }.
admin-sources = __Sources: { $count }__, failing: { $failing }
admin-source-line = { $name }: since { $since } — { $error }
admin-feedback = __What readers called wrong__
admin-defects = __The last failures__
admin-nothing = Nothing.
admin-button-stats = Stats
admin-button-sources = Sources
admin-button-feedback = Feedback
admin-button-errors = Errors
admin-button-correct = Correct
admin-button-announce = Announce
admin-no-announce = Nothing can be announced here.
admin-announce-ask = Write the text of the announcement, at most { $most } characters.
admin-announce-preview = __This is what they will see.__ Recipients: { $count }.
admin-announce-yes = Send to all
admin-announce-no = Do not send
admin-announced = Sending. Recipients: { $count }.
admin-stats-queue = { $platform }: batches queued { $queued }, given up { $dead }
admin-source-paused = { $name }: paused since { $since }
admin-sources-how = In words: “pause” or “resume” and the name of a source.
admin-pause = Pause { $name }
admin-resume = Resume { $name }
admin-source-unknown = There is no such source. Similar ones: { $names }.
admin-source-unlike = There is no such source. Of { $count } sources, for example: { $names }.
admin-source-is-paused = { $name }: not polled until you resume it.
admin-source-is-resumed = { $name }: polled again.
admin-choose = __Which story is to be corrected or withdrawn?__
admin-amend = What is to be corrected?
admin-field-headline = Headline
admin-field-summary = Summary
admin-field-effective_date = Date
admin-retract-button = Withdraw the story
admin-ask-headline = Write the right headline.
admin-ask-summary = Write the right summary.
admin-ask-effective_date = Write the right date: 01.09.2026, 2026-09, or “none”.
admin-ask-now = Now: { $value }
admin-correct-date = A date is written 01.09.2026, 2026-09-01, 2026-09, or “none”.
admin-correct-long = A correction has 1 to { $most } characters.
admin-correct-same = It says so already.
admin-correct-yes = Correct and tell
admin-corrected = Corrected. Readers who will hear of it: { $count }.
admin-retract-yes = Withdraw and tell
admin-retracted = The story is withdrawn: { $headline }. Readers who will hear of it: { $count }.
admin-retracted-before = This story is withdrawn already: { $headline }

## Web

web-title = Vestnik
web-motto = what changes in the regulation of messengers, whom it touches and from when
web-description = The regulation of messengers: what changed, whom it touches, from when, and who says so. With links to the sources.
web-skip = To the content
web-nav = Sections
web-nav-today = Today
web-nav-archive = Archive
web-nav-calendar = Calendar
web-nav-messengers = Messengers
web-nav-audiences = Whom it touches
web-nav-overview = The year in pictures
web-nav-search = Search
web-nav-how = How it works
web-nav-sources = Sources
web-aside = Beside the edition
web-beside = Beside this
web-colophon = The stories are put together by a program from what outlets and authorities publish; every fact says where it comes from. This is not legal advice.
web-all-dates = All dates
web-all-sources = All sources
web-mine = What touches me
web-subscribe = Subscribe
web-subscribe-text = Once a day the bot sends the edition to Telegram and VK. The same can be read as a feed.
web-follow = Follow:
web-digest-of = Edition: { $when }
web-before = earlier
web-after = later
web-page-weightier = weightier
web-page-lighter = less weighty
web-quiet = No stories.
web-quiet-nearest = The nearest days with stories:
web-other-messengers = Other messengers
web-other-audiences = Whom else it touches
web-months-of = Months of { $year }
web-weeks-of = Weeks of the month
web-calendar-mine = Only mine
web-calendar-mine-text = A calendar to subscribe to: the dates appear in your phone by themselves.
web-look-elsewhere = You may look at:
web-search-try = For example:
web-archive-of = Archive: { $month }
web-week = Wk
web-card = The week in one picture
web-month-main = The month’s main stories
web-reached = { $count ->
    [one] { $count } of 4 steps taken
   *[other] { $count } of 4 steps taken
}
web-differ = sources differ
web-ladder = The way from proposal to entry into force
web-ahead = ahead
web-passed-unsaid = passed, the sources do not tell of it
web-reached-undated = reached, date not named
web-this-story = this story
web-later-story = later
web-stages = Stories by stage
web-facts = Facts
web-origin = Where this comes from
web-origin-of = Where sentence { $number } comes from
web-origin-summary = The summary was made from these sentences
web-positions = Positions
web-disagreements = Where the sources differ
web-sources-of = Sources ({ $count })
web-official = official
web-revisions = How the story changed
web-why = Why it matters
web-thread = The whole history of the measure
web-now = Now
web-thread-of = { $headline }: the whole history
web-thread-about = { $count ->
    [one] { $count } story on one measure, from its proposal to its entry into force.
   *[other] { $count } stories on one measure, from its proposal to its entry into force.
}
web-came-into-force = Came into force in the last three months
web-search-title = Search the stories
web-search-label = Words in any form: a messenger, an authority, a measure
web-search-button = Search
web-found = “{ $words }”: { $stories }, newest first
web-nothing = Nothing was found for “{ $words }”.
web-messengers-about = Messengers in the news now, and how many stories there are on each.
web-audiences-about = Choose where you belong: only the measures that touch you will stay.
web-of-messenger = { $name }: measures and decisions
web-of-audience = Touches: { $name }
web-more = { $count ->
    [one] { $count } more story in the archive.
   *[other] { $count } more stories in the archive.
}
web-overview-title = The year in pictures
web-overview-about = The last twelve months: { $stories }. A bar is a month; the higher, the more stories.
web-matrix = Messengers and measures
web-matrix-text = Messengers by row, measures by column; in a cell the number of stories by month: { $first } to { $last }. The table below the picture has the same numbers.
web-as-table = The same as a table
web-messenger = Messenger
web-how-collect-title = Where the news comes from
web-how-collect = The program reads the feeds of outlets and the sites of authorities, each no more often than it asks for. Menus, counters and advertising are removed from the pages. A source that has fallen silent shows on the page of sources.
web-how-read-title = How articles are chosen
web-how-read = Chosen are articles on what authorities or courts do to messengers and their users. App updates, outages, fraud and crime reports stay out. Facts are taken from the article: who decides, on what, for whom, from when and at which stage. Each fact keeps the sentence it was taken from; what the text does not say, we do not say.
web-how-story-title = How a story is made
web-how-story = Articles on one event are joined into a story, stories on one measure into its history from proposal to entry into force. Where sources differ, both versions are shown with who gives which. When an outlet changes its text, that is recorded.
web-how-digest-title = What goes into an edition
web-how-digest = First what is or will soon be in force, then what was adopted and proposed, blocking, and statements. Within a section by importance: breadth, nearness of the date, confirmation by an authority.
web-how-limits-title = What the program cannot do
web-how-limits = It can be wrong: take a rumour for a decision, or join different events. That is why every line has a source. Open the document before you act. This is not legal advice.
web-how-privacy-title = What we know of you
web-how-privacy = The site sets no cookies and carries no scripts or counters. Of a subscriber of the bot only the chat’s number and the settings are kept.
web-figures = Quality in figures
web-figures-about = The program is tried on articles labelled by people. “Known” are { $known } articles, each read by weights that were learned from other stories; “new” are { $unseen } articles from which nothing had been learned by that day: so it reads the news of tomorrow. 100 is without an error; for fields that hold a list it is the mean of precision and recall.
web-figure = What is tried
web-figure-known = Known
web-figure-unseen = New
web-figure-relevance = Whether it is our subject
web-figure-stories = Articles of one event together
web-figure-regulators = Who decides
web-figure-messengers = Which messengers
web-figure-audiences = Whom it touches
web-figure-measure = Which measure
web-figure-stage = Which stage
web-figure-date = From when
web-health = { $count ->
    [one] { $count } source is read
   *[other] { $count } sources are read
}, { $official } of them of authorities. { $failing ->
    [0] All are well.
    [one] { $failing } does not answer.
   *[other] { $failing } do not answer.
}
web-machines = For programs
web-machines-text = The same is served as feeds, as a calendar and through an open JSON API without a key:
web-sources-about = Authorities first. The time is that of the last successful reading.
web-source = Source
web-source-read = Read
web-source-state = State
web-source-well = well
web-source-unread = not read yet
web-source-fails = { $count ->
    [one] does not answer, { $count } attempt
   *[other] does not answer, { $count } attempts
}
web-sources-unknown = The list of sources is not available now.
web-missing = There is no such page
web-bad-request = The request cannot be understood
web-busy = Not possible now: the store does not answer
web-failed = The page could not be made

## Reasons of the analysis

reason-same-story = tells an event that other outlets report
reason-no-messenger = no messenger is named, or no measure
reason-no-measure = no measure or decision of an authority in the text
reason-messenger = it is about a messenger: { $detail }
reason-messengers-at-large = it is about messengers at large
reason-authority = an authority acts or speaks: { $detail }
reason-cue-block = a blocking is spoken of
reason-cue-access = limited access is spoken of
reason-cue-full = a full cut-off is spoken of
reason-cue-restrict = restrictions are spoken of
reason-cue-slow = throttling is spoken of
reason-cue-fine = a fine or a charge is spoken of
reason-cue-fined = a fine is named
reason-cue-forbid = a ban is spoken of
reason-cue-duty = a duty is spoken of
reason-cue-national = a national messenger is spoken of
reason-cue-register = a registry is spoken of
reason-cue-storage = data storage is spoken of
reason-cue-ident = a check of identity, age or number is spoken of
reason-cue-court = a court is spoken of
reason-cue-preinstall = pre-installation is spoken of
reason-cue-scan = scanning of messages is spoken of
reason-cue-antitrust = competition rules are spoken of
reason-cue-draft = a bill is spoken of
reason-cue-threat = a threat of a measure is spoken of
reason-cue-calls = calls are spoken of
reason-against-outage = it is about an outage
reason-against-numbers = it is about user numbers
reason-against-feature = it is about features
reason-against-crime = it is about a crime
reason-against-durov = it is about the founder, not about a measure
reason-against-vpn = it is about VPN
reason-against-other_reg = it is about other regulation
reason-against-market = it is about money and markets
reason-against-war = it is about warfare
reason-against-promo = it is an announcement
reason-against-poll = it is a poll
reason-against-howto = it is advice
reason-outlets = outlets: { $detail }
reason-confirmed = officially confirmed
reason-stage = stage: { $detail }
reason-measure = measure: { $detail }
reason-breadth = it touches many: { $detail }
reason-widely-used = many use the app: { $detail }
reason-soon = days until it takes effect: { $detail }

# ── delivery: to the administrator ───────────────────────────────────────────────────────────────────────────────────

admin-slot-missed = An edition was not made in time ({ $detail }). Is the role scheduler running? vestnik doctor tells.
admin-queue-aged = The queue { $queue } stands still ({ $detail }). Is the role sender running? vestnik doctor tells.
admin-sources-dark = The sources have gone silent ({ $detail }). vestnik sources check says why.
admin-store-full = The store is short of memory ({ $detail }). Give it more, or lower VESTNIK_RETENTION_DAYS.
admin-well-again = { $what ->
    [slot-missed] Editions are made in time again.
    [queue-aged] The queue { $queue } moves again.
    [sources-dark] The sources answer again.
   *[store-full] The store has memory enough again.
}
admin-source-silent = The source { $name } has been silent since { $since } UTC: { $error }. To look at it: vestnik sources try { $id }
admin-source-back = The source { $name } ({ $id }) answers again.
admin-edition-refused = Edition { $edition } is refused by the platform ({ $platform }): { $reason }. Its other parts and other editions go on.
