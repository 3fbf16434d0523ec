// A message as DOM nodes. Text from the bot only ever becomes text nodes.

import { say, current } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const ZONE = "Europe/Moscow";

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function link(url) {
  let parsed = null;
  try { parsed = new URL(url.includes("://") ? url : `https://${url}`); } catch { /* an address that is none stays text */ }
  if (!parsed || !["http:", "https:", "tg:", "mailto:"].includes(parsed.protocol)) return element("span");
  const anchor = element("a");
  anchor.href = parsed.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function wrapper(entity, text) {
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(text.slice(entity.offset, entity.offset + entity.length));
  if (entity.type === "expandable_blockquote") return element("blockquote", "expandable");
  if (entity.type === "spoiler") return element("span", "spoiler");
  return element(TAGS[entity.type] ?? "span");
}

// Offsets are UTF-16 units, which is what a string here counts in.
export function formatted(text, entities) {
  const fragment = document.createDocumentFragment();
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const stack = [{ node: fragment, end: text.length }];
  let at = 0;
  const write = (until) => {
    if (until > at) stack.at(-1).node.append(text.slice(at, until));
    at = Math.max(at, until);
  };
  for (const entity of ordered) {
    while (stack.length > 1 && stack.at(-1).end <= entity.offset) {
      write(stack.at(-1).end);
      stack.pop();
    }
    write(entity.offset);
    const node = wrapper(entity, text);
    stack.at(-1).node.append(node);
    stack.push({ node, end: Math.min(entity.offset + entity.length, stack.at(-1).end) });
  }
  while (stack.length) { write(stack.at(-1).end); stack.pop(); }
  for (const quote of fragment.querySelectorAll("blockquote.expandable")) quote.after(expander(quote));
  return fragment;
}

function expander(quote) {
  const button = element("button", "expander", say("more"));
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    button.textContent = say(open ? "less" : "more");
    button.setAttribute("aria-expanded", String(open));
  });
  return button;
}

export function time(iso) {
  return new Intl.DateTimeFormat(current(), { hour: "2-digit", minute: "2-digit", timeZone: ZONE }).format(new Date(iso));
}

export function day(iso) {
  return new Intl.DateTimeFormat(current(), { day: "numeric", month: "long", timeZone: ZONE }).format(new Date(iso));
}

export function moment(iso) {
  return new Intl.DateTimeFormat(current(), {
    weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: ZONE,
  }).format(new Date(iso));
}

function key(button, onPress) {
  if (button.url) {
    const anchor = link(button.url);
    anchor.classList.add("key", "away");
    anchor.textContent = button.text;
    return anchor;
  }
  const node = element("button", `key ${button.color}`, button.text);
  node.type = "button";
  node.addEventListener("click", () => onPress(node, button));
  return node;
}

export function keyboard(keys, onPress) {
  const board = element("div", "keys");
  board.setAttribute("role", "group");
  keys.rows.forEach((row, y) => {
    const line = element("div", "row");
    row.forEach((button, x) => line.append(key(button, (node) => onPress(node, y, x, button))));
    board.append(line);
  });
  return board;
}

const PEOPLE = { 0: "bot", 700001: "reader", 700002: "guest" };

// VK writes a name that was picked from its list as [club1|@name].
const named = (text) => text.replace(/\[club\d+\|([^\]]+)\]/g, "$1");

function attached(file, address) {
  if (file.kind === "photo") {
    const picture = element("img", "picture");
    picture.src = address;
    picture.alt = say("picture");
    return picture;
  }
  const line = element("p", "file");
  const anchor = element("a", "", `${file.name} · ${Math.max(1, Math.round(file.size / 1024))} ${say("kilobytes")}`);
  anchor.href = address;
  anchor.download = file.name;
  line.append(anchor);
  return line;
}

// `me` is whose phone it is; in a shared chat the others are named and may be answered.
export function message(given, { me, shared, author, original, address, onPress, onReply }) {
  if (shared && !given.text && !given.file) {
    const notice = element("p", "message notice-of-platform", say("service"));
    notice.dataset.id = given.message_id;
    notice.dataset.day = day(given.at);
    return notice;
  }
  const mine = given.sender === me;
  const item = element("article", `message ${mine ? "mine" : given.sender ? "others" : "theirs"}`);
  item.dataset.id = given.message_id;
  item.dataset.day = day(given.at);
  const bubble = element("div", "bubble");
  const name = say(mine ? "you" : PEOPLE[given.sender] ?? "bot");
  bubble.append(author && !mine ? element("span", "author", name) : element("span", "hidden", `${name}: `));
  if (given.via) bubble.append(element("span", "via", `${say("via")} @vestnik_bot`));
  if (given.forwarded) bubble.append(element("span", "via", say("forwarded")));
  if (original) bubble.append(element("p", "quoted", named(original.text).slice(0, 120) || say("place")));
  if (given.file) bubble.append(attached(given.file, address));
  const body = element("div", "text");
  const text = given.sender ? named(given.text) : given.text;
  body.append(formatted(text || (given.file ? "" : say("place")), given.entities));
  bubble.append(body);
  const foot = element("p", "foot");
  if (given.reactions.length) foot.append(element("span", "reaction", given.reactions.join(" ")));
  if (shared && onReply) {
    const reply = element("button", "reply", say("reply"));
    reply.type = "button";
    reply.addEventListener("click", onReply);
    foot.append(reply);
  }
  if (given.edits) foot.append(element("span", "", say("edited")));
  const stamp = element("time", "", time(given.at));
  stamp.dateTime = given.at;
  foot.append(stamp);
  bubble.append(foot);
  item.append(bubble);
  if (given.keyboard?.inline) item.append(keyboard(given.keyboard, onPress));
  return item;
}
