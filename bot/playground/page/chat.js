// One platform's phone: its chats with the bot, one of them shown.

import { say, current } from "./words.js";
import { element, keyboard, message } from "./render.js";
import { post } from "./net.js";
import { Composer, READER } from "./composer.js";

export const PLATFORMS = {
  telegram: { name: "Telegram", start: "/start", state: "online" },
  vk: { name: "VK", start: { ru: "Начать", en: "Start" }, state: "community" },
};
const TOAST = 2500;  // milliseconds that a platform's short answer stays

export class Chat {
  constructor(platform, heard) {
    this.platform = platform;
    this.heard = heard;
    this.rooms = [];
    this.room = { name: "private", kind: "private", title: "", joined: true };
    this.stored = { private: new Map() };
    this.unread = {};
    this.commands = [];
    const part = document.getElementById("chat").content.cloneNode(true);
    const find = (selector) => part.querySelector(selector);
    this.root = find("section");
    this.root.id = platform;
    this.root.classList.add(platform);
    this.root.setAttribute("aria-labelledby", `${platform}-name`);
    [this.title, this.log, this.state, this.toast, this.board, this.menu, this.list, this.door, this.tabs] = [
      "h2", ".log", ".state", ".toast", ".board", ".menu", ".commands", ".door", ".rooms",
    ].map(find);
    this.title.id = `${platform}-name`;
    this.composer = new Composer(this, part);
    document.getElementById("chats").append(part);
    this.listen();
  }

  get messages() { return this.stored[this.room.name]; }
  get name() { return `${this.room.title || "Вестник"} · ${PLATFORMS[this.platform].name}`; }

  listen() {
    this.menu.addEventListener("click", () => this.openMenu(this.list.hidden));
    this.list.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.openMenu(false); this.menu.focus(); } });
    this.door.addEventListener("click", () => post("/invite", this.composer.here({ out: this.room.joined })));
    this.tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = this.rooms.findIndex((room) => room.name === this.room.name);
      this.enter(this.rooms[(at + step + this.rooms.length) % this.rooms.length].name, true);
    });
  }

  openMenu(open) {
    this.list.hidden = !open;
    this.menu.setAttribute("aria-expanded", String(open));
    if (open) this.list.querySelector("button")?.focus();
  }

  // ── the chats ──

  manners({ rooms, commands }) {
    this.rooms = rooms;
    this.commands = commands;
    this.room = rooms.find((room) => room.name === this.room.name) ?? rooms[0];
  }

  reset(state) {
    this.manners(state);
    for (const [name, messages] of Object.entries(state.messages)) this.stored[name] = new Map(messages.map((one) => [one.message_id, one]));
    this.words();
  }

  enter(name, focus = false) {
    this.room = this.rooms.find((room) => room.name === name);
    this.unread[name] = 0;
    this.composer.answer(null);
    this.composer.fill("");
    this.words();
    if (focus) this.tabs.querySelector("[aria-selected=true]").focus();
  }

  doors() {
    this.tabs.replaceChildren(...this.rooms.map((room) => {
      const on = room.name === this.room.name;
      const tab = element("button", "", say(`room-${room.kind}`));
      tab.type = "button";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      tab.addEventListener("click", () => this.enter(room.name));
      if (this.unread[room.name]) tab.append(element("span", "badge", String(this.unread[room.name])));
      return tab;
    }));
  }

  words() {
    const { kind, joined } = this.room;
    this.title.replaceChildren(this.room.title || "Вестник", element("span", "", ` · ${PLATFORMS[this.platform].name}`));
    this.log.setAttribute("aria-label", `${say("conversation")} · ${this.name}`);
    this.board.setAttribute("aria-label", say("keyboard"));
    this.tabs.setAttribute("aria-label", `${say("chats")} · ${PLATFORMS[this.platform].name}`);
    this.door.textContent = say(kind === "private" ? (joined ? "block" : "unblock") : (joined ? "out" : "in"));
    this.door.setAttribute("aria-pressed", String(kind === "private" && !joined));
    this.resting();
    this.doors();
    this.composer.words();
    this.draw();
  }

  resting() {
    const { kind, joined } = this.room;
    this.status(kind === "private" ? (joined ? PLATFORMS[this.platform].state : "blocked") : (joined ? `state-${kind}` : "absent"));
  }

  status(key) {
    this.state.textContent = say(key);
    this.state.classList.toggle("typing", key === "typing");
  }

  // ── the log ──

  draw() {
    this.log.replaceChildren(...[...this.messages.values()].map((one) => this.made(one)));
    this.days();
    this.hello();
    this.keys();
    this.menuItems();
    this.log.scrollTop = this.log.scrollHeight;
  }

  made(one) {
    return message(one, {
      me: this.composer.who,
      shared: this.room.kind !== "private",
      author: !["private", "channel"].includes(this.room.kind),
      original: this.messages.get(one.reply_to),
      address: `/file/${this.platform}/${this.room.name}/${one.message_id}`,
      onPress: (node, row, column) => this.press(node, one, row, column),
      onReply: this.room.kind === "channel" ? null : () => this.composer.answer(one),
    });
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
    const { kind, joined } = this.room;
    if (this.messages.size && (joined || kind === "private")) return;
    const box = element("div", "hello");
    box.append(element("p", "", say(kind === "private" ? "empty" : joined ? `empty-${kind}` : `invite-${kind}`)));
    const { start } = PLATFORMS[this.platform];
    if (kind === "private") box.append(this.offer("start", () => this.composer.say(typeof start === "string" ? start : start[current()])));
    else if (!joined) box.append(this.offer(kind === "channel" ? "in-channel" : "in", () => post("/invite", this.composer.here())));
    else box.append(this.offer("subscribe", () => this.composer.say(this.platform === "vk" ? "@vestnik_bot подписаться" : "/subscribe")));
    this.log.append(box);
  }

  offer(key, act) {
    const button = element("button", "primary start", say(key));
    button.type = "button";
    button.addEventListener("click", () => { this.composer.input.focus(); act(); });
    return button;
  }

  keys() {
    const boards = [...this.messages.values()].filter((one) => one.keyboard && !one.keyboard.inline);
    const last = boards.at(-1);
    const focused = this.board.contains(document.activeElement);
    this.board.replaceChildren();
    if (last?.keyboard.rows.length) this.board.append(keyboard(last.keyboard, (node, row, column) => this.press(node, last, row, column)));
    if (focused) (this.board.querySelector("button") ?? this.composer.input).focus();
  }

  menuItems() {
    this.menu.hidden = !this.commands.length || this.room.kind === "channel";
    this.list.replaceChildren(...this.commands.map(({ command, description }) => {
      const item = element("li");
      const button = element("button");
      button.type = "button";
      button.append(element("b", "", `/${command}`), element("span", "", description));
      button.addEventListener("click", () => { this.openMenu(false); this.composer.input.focus(); this.composer.say(`/${command}`); });
      item.append(button);
      return item;
    }));
  }

  async press(node, one, row, column) {
    node.setAttribute("aria-busy", "true");
    await post("/press", this.composer.here({ message: one.message_id, row, column }));
    window.setTimeout(() => node.removeAttribute("aria-busy"), 4000);
  }

  // ── what happens ──

  take(kind, one, name) {
    if (kind === "answer") { this.answered(one); return; }
    const here = name === this.room.name;
    if (kind === "action") { if (here) this.status("typing"); return; }
    if (kind === "delete") this.stored[name].delete(one.message_id);
    else this.stored[name].set(one.message_id, one);
    const news = kind === "message" && one.sender === 0;
    if (news) this.heard(this.platform);
    if (!here) {
      if (news) { this.unread[name] = (this.unread[name] ?? 0) + 1; this.doors(); }
      return;
    }
    const old = this.log.querySelector(`.message[data-id="${one.message_id}"]`);
    if (kind === "delete") old?.remove();
    else this.place(one, old, kind);
    this.days();
    this.hello();
    this.keys();
    if (one.sender === 0) this.resting();
    if (kind === "message") this.follow(one);
  }

  // A long answer is shown from its beginning; what comes right after it does not push it away.
  follow(one) {
    const item = this.log.querySelector(`.message[data-id="${one.message_id}"]`);
    if (one.sender !== 0 || !this.anchor?.isConnected || performance.now() - this.spoken > 3000) this.anchor = item;
    this.spoken = performance.now();
    this.log.scrollTop = Math.min(this.anchor.offsetTop - this.log.offsetTop - 12, this.log.scrollHeight);
  }

  // A press edits its own message: the focus stays on the button in the same place.
  place(one, old, kind) {
    const item = this.made(one);
    if (!old) { item.classList.add("new"); this.log.append(item); return; }
    const index = [...old.querySelectorAll(".key")].indexOf(document.activeElement);
    if (kind === "edit") item.classList.add("changed");
    old.replaceWith(item);
    if (index >= 0) (([...item.querySelectorAll(".key")][index] ?? item.querySelector(".key")) ?? this.composer.input).focus({ preventScroll: true });
  }

  quiet() { this.toast.hidden = true; }

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
