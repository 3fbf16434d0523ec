// The page of the demonstration: two chats that follow the emulators by server-sent events.

import { say, speak, current } from "./words.js";
import { element, keyboard, message, moment } from "./render.js";

const PLATFORMS = {
  telegram: { name: "Telegram", start: "/start", state: "online" },
  vk: { name: "VK", start: { ru: "Начать", en: "Start" }, state: "community" },
};
const TOAST = 2500;  // milliseconds that a platform's short answer stays
const BIGGEST = 10 * 1024 * 1024;
const narrow = window.matchMedia("(max-width: 820px)");
const notice = document.getElementById("notice");
const clock = document.getElementById("clock");
const morning = document.getElementById("morning");
const chats = {};
let shown = "telegram";
let now = null;

async function post(path, body) {
  try {
    const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error((await response.json()).error ?? response.statusText);
    return true;
  } catch (error) {
    notice.textContent = say("failed") + error.message;
    return false;
  }
}

class Chat {
  constructor(platform) {
    this.platform = platform;
    this.messages = new Map();
    this.commands = [];
    this.blocked = false;
    const part = document.getElementById("chat").content.cloneNode(true);
    const find = (selector) => part.querySelector(selector);
    this.root = find("section");
    this.root.id = platform;
    this.root.classList.add(platform);
    this.root.setAttribute("aria-labelledby", `${platform}-name`);
    find("h2").id = `${platform}-name`;
    find("h2").append("Вестник", element("span", "", ` · ${PLATFORMS[platform].name}`));
    [this.log, this.state, this.toast, this.board, this.input, this.menu, this.list, this.block, this.form, this.label] = [
      ".log", ".state", ".toast", ".board", "textarea", ".menu", ".commands", ".block", "form", ".field span",
    ].map(find);
    this.input.id = `${platform}-input`;
    this.file = find("input[type=file]");
    document.getElementById("chats").append(part);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.say(this.input.value); });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.form.requestSubmit(); }
    });
    this.input.addEventListener("input", () => this.grow());
    this.file.addEventListener("change", () => this.attach());
    this.menu.addEventListener("click", () => this.openMenu(this.list.hidden));
    this.list.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.openMenu(false); this.menu.focus(); } });
    this.block.addEventListener("click", () => post("/block", { chat: this.platform, blocked: !this.blocked }));
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }

  async say(text) {
    this.toast.hidden = true;
    if (!text.trim()) return;
    this.input.value = "";
    this.grow();
    if (!(await post("/say", { chat: this.platform, text }))) this.input.value = text;
  }

  async attach() {
    const [file] = this.file.files;
    if (!file) return;
    this.file.value = "";
    if (file.size > BIGGEST) { notice.textContent = say("big"); return; }
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    await post("/file", { chat: this.platform, name: file.name, content: btoa(binary) });
  }

  openMenu(open) {
    this.list.hidden = !open;
    this.menu.setAttribute("aria-expanded", String(open));
    if (open) this.list.querySelector("button")?.focus();
  }

  words() {
    this.label.textContent = `${say("message")} · ${PLATFORMS[this.platform].name}`;
    this.input.placeholder = say("placeholder");
    this.log.setAttribute("aria-label", `${say("conversation")} · ${PLATFORMS[this.platform].name}`);
    this.board.setAttribute("aria-label", say("keyboard"));
    this.block.textContent = say(this.blocked ? "unblock" : "block");
    this.block.setAttribute("aria-pressed", String(this.blocked));
    this.status(this.blocked ? "blocked" : PLATFORMS[this.platform].state);
    this.draw();
  }

  status(key) {
    this.state.textContent = say(key);
    this.state.classList.toggle("typing", key === "typing");
  }

  reset(state) {
    this.messages = new Map(state.messages.map((one) => [one.message_id, one]));
    this.commands = state.commands;
    this.blocked = state.blocked;
    this.words();
  }

  draw() {
    this.log.replaceChildren(...[...this.messages.values()].map((one) => this.made(one)));
    this.days();
    this.hello();
    this.keys();
    this.menuItems();
    this.log.scrollTop = this.log.scrollHeight;
  }

  made(one) {
    return message(one, (node, row, column) => this.press(node, one, row, column));
  }

  days() {
    for (const old of this.log.querySelectorAll(".day")) old.remove();
    let last = "";
    for (const item of this.log.querySelectorAll(".message")) {
      if (item.dataset.day !== last) item.before(element("p", "day", item.dataset.day));
      last = item.dataset.day;
    }
  }

  hello() {
    this.log.querySelector(".hello")?.remove();
    if (this.messages.size) return;
    const box = element("div", "hello");
    const button = element("button", "primary start", say("start"));
    button.type = "button";
    const { start } = PLATFORMS[this.platform];
    button.addEventListener("click", () => { this.input.focus(); this.say(typeof start === "string" ? start : start[current()]); });
    box.append(element("p", "", say("empty")), button);
    this.log.append(box);
  }

  keys() {
    const boards = [...this.messages.values()].filter((one) => one.keyboard && !one.keyboard.inline);
    const last = boards.at(-1);
    const focused = this.board.contains(document.activeElement);
    this.board.replaceChildren();
    if (last?.keyboard.rows.length) this.board.append(keyboard(last.keyboard, (node, row, column) => this.press(node, last, row, column)));
    if (focused) (this.board.querySelector("button") ?? this.input).focus();
  }

  menuItems() {
    this.menu.hidden = !this.commands.length;
    this.list.replaceChildren(...this.commands.map(({ command, description }) => {
      const item = element("li");
      const button = element("button");
      button.type = "button";
      button.append(element("b", "", `/${command}`), element("span", "", description));
      button.addEventListener("click", () => { this.openMenu(false); this.input.focus(); this.say(`/${command}`); });
      item.append(button);
      return item;
    }));
  }

  async press(node, one, row, column) {
    node.setAttribute("aria-busy", "true");
    await post("/press", { chat: this.platform, message: one.message_id, row, column });
    window.setTimeout(() => node.removeAttribute("aria-busy"), 4000);
  }

  take(kind, one) {
    if (kind === "answer") { this.answered(one); return; }
    if (kind === "action") { this.status("typing"); return; }
    const old = this.log.querySelector(`.message[data-id="${one.message_id}"]`);
    if (kind === "delete") {
      this.messages.delete(one.message_id);
      old?.remove();
    } else {
      this.messages.set(one.message_id, one);
      this.place(one, old, kind);
    }
    this.days();
    this.hello();
    this.keys();
    if (one.sender === 0) this.status(this.blocked ? "blocked" : PLATFORMS[this.platform].state);
    if (kind === "message" && one.sender === 0 && narrow.matches && shown !== this.platform) unread(this.platform, 1);
    if (kind === "message") this.follow(one);
  }

  // A long answer is shown from its beginning; what comes right after it does not push it away.
  follow(one) {
    const item = this.log.querySelector(`.message[data-id="${one.message_id}"]`);
    if (one.sender !== 0 || !this.anchor?.isConnected || performance.now() - this.heard > 3000) this.anchor = item;
    this.heard = performance.now();
    this.log.scrollTop = Math.min(this.anchor.offsetTop - this.log.offsetTop - 12, this.log.scrollHeight);
  }

  // A press edits its own message: the focus stays on the button in the same place.
  place(one, old, kind) {
    const item = this.made(one);
    if (!old) { item.classList.add("new"); this.log.append(item); return; }
    const index = [...old.querySelectorAll(".key")].indexOf(document.activeElement);
    if (kind === "edit") item.classList.add("changed");
    old.replaceWith(item);
    if (index >= 0) (([...item.querySelectorAll(".key")][index] ?? item.querySelector(".key")) ?? this.input).focus({ preventScroll: true });
  }

  answered({ text, url }) {
    for (const node of this.root.querySelectorAll("[aria-busy]")) node.removeAttribute("aria-busy");
    if (url) window.open(url, "_blank", "noopener");
    if (!text) return;
    this.toast.textContent = text;
    this.toast.hidden = false;
    window.clearTimeout(this.hiding);
    this.hiding = window.setTimeout(() => { this.toast.hidden = true; }, TOAST);
  }
}

function unread(platform, more) {
  const badge = document.querySelector(`#tab-${platform} .badge`);
  const count = more ? Number(badge.textContent || 0) + more : 0;
  badge.textContent = count || "";
  badge.hidden = !count;
}

function show(platform, focus = false) {
  shown = platform;
  for (const name of Object.keys(PLATFORMS)) {
    const tab = document.getElementById(`tab-${name}`);
    const on = name === platform;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    chats[name].root.hidden = narrow.matches && !on;
    if (on && focus) tab.focus();
  }
  unread(platform, 0);
  chats[platform].log.scrollTop = chats[platform].log.scrollHeight;
}

function tick() {
  if (!now) return;
  const iso = new Date(now.at + (performance.now() - now.seen)).toISOString();
  clock.dateTime = iso;
  clock.textContent = moment(iso);
}

function setClock(iso) {
  now = { at: Date.parse(iso), seen: performance.now() };
  tick();
}

async function language(next) {
  speak(next);
  for (const chat of Object.values(chats)) chat.words();
  tick();
  try { localStorage.setItem("language", next); } catch { /* a private window keeps nothing */ }
  await post("/language", { language: next });
}

function follow() {
  const source = new EventSource("/events");
  let lost = false;
  source.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    setClock(state.now);
    const site = document.getElementById("site");
    site.hidden = !state.site;
    if (state.site) site.href = state.site;
    for (const [name, chat] of Object.entries(chats)) chat.reset(state[name]);
    document.body.dataset.ready = "true";
    if (lost) notice.textContent = say("found");
    lost = false;
  });
  source.addEventListener("change", (event) => {
    const { platform, kind, body } = JSON.parse(event.data);
    if (platform === "clock") { setClock(body.now); return; }
    if (kind === "state") { chats[platform].blocked = body.blocked; chats[platform].commands = body.commands; chats[platform].words(); return; }
    chats[platform].take(kind, body);
  });
  source.addEventListener("error", () => { lost = true; notice.textContent = say("lost"); });
}

for (const name of Object.keys(PLATFORMS)) {
  chats[name] = new Chat(name);
  document.getElementById(`tab-${name}`).addEventListener("click", () => show(name));
}
document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) { event.preventDefault(); show(shown === "vk" ? "telegram" : "vk", true); }
});
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => language(button.dataset.language));
morning.addEventListener("click", async () => {
  morning.disabled = true;
  notice.textContent = say("coming");
  if (await post("/morning", {})) notice.textContent = say("came");
  morning.disabled = false;
  morning.focus();
});
narrow.addEventListener("change", () => show(shown));
window.setInterval(tick, 10_000);
let wanted = (navigator.language ?? "ru").startsWith("ru") ? "ru" : "en";
try { wanted = localStorage.getItem("language") ?? wanted; } catch { /* a private window keeps nothing */ }
language(wanted);
show("telegram");
follow();
