// What the page says around the chats; the chats' own words come from the bot.

export const WORDS = {
  ru: {
    title: "Вестник — попробовать",
    skip: "К переписке",
    site: "Сайт",
    tagline: "Что меняется в регулировании мессенджеров, кого касается и с какого числа",
    clock: "Здесь сейчас",
    morning: "Следующее утро",
    coming: "Наступает утро…",
    came: "Настало утро. Выпуск придёт тем, кто подписан.",
    menu: "Команды",
    attach: "Приложить файл",
    send: "Отправить",
    message: "Сообщение",
    placeholder: "Команда, слово или ссылка",
    start: "Начать",
    empty: "Так бота видит подписчик. Нажмите «Начать» или напишите что-нибудь.",
    typing: "печатает…",
    online: "бот",
    community: "сообщество",
    block: "Запретить писать",
    unblock: "Разрешить писать",
    blocked: "Боту запрещено писать сюда",
    edited: "изменено",
    more: "Показать целиком",
    less: "Свернуть",
    you: "Вы",
    bot: "Вестник",
    keyboard: "Кнопки под полем ввода",
    lost: "Связь с программой прервалась. Пробую снова…",
    found: "Связь восстановлена.",
    failed: "Не получилось: ",
    big: "Файл больше 10 МБ.",
    place: "Место на карте",
    conversation: "Переписка",
  },
  en: {
    title: "Vestnik — try it",
    skip: "To the conversation",
    site: "Site",
    tagline: "What changes in the regulation of messengers, whom it touches and from when",
    clock: "The time here is",
    morning: "Next morning",
    coming: "Morning is coming…",
    came: "It is morning. Subscribers get their digest.",
    menu: "Commands",
    attach: "Attach a file",
    send: "Send",
    message: "Message",
    placeholder: "A command, a word or a link",
    start: "Start",
    empty: "This is what a subscriber sees. Press “Start” or write something.",
    typing: "typing…",
    online: "bot",
    community: "community",
    block: "Block",
    unblock: "Unblock",
    blocked: "The bot may not write here",
    edited: "edited",
    more: "Show all",
    less: "Show less",
    you: "You",
    bot: "Vestnik",
    keyboard: "Buttons below the input",
    lost: "The connection to the program was lost. Trying again…",
    found: "Connected again.",
    failed: "That did not work: ",
    big: "The file is larger than 10 MB.",
    place: "A place on the map",
    conversation: "Conversation",
  },
};

let language = "ru";

export const say = (key) => WORDS[language][key] ?? key;
export const current = () => language;

export function speak(next) {
  language = next in WORDS ? next : "ru";
  document.documentElement.lang = language;
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}
