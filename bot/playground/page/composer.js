// What is below a chat: the box, what may be attached, whom one answers, who writes, and the results of inline mode above it.

import { say } from "./words.js";
import { element } from "./render.js";
import { post, tell } from "./net.js";

const BIGGEST = 10 * 1024 * 1024;
const NAME = "@vestnik_bot";
const PAUSE = 250;  // milliseconds after the last letter before the bot is asked
export const READER = 700001;
export const GUEST = 700002;

export class Composer {
  constructor(chat, root) {
    this.chat = chat;
    this.who = READER;
    this.reply = null;
    this.asked = 0;
    const find = (selector) => root.querySelector(selector);
    [this.form, this.input, this.label, this.file, this.more, this.choices, this.offers, this.bar, this.people] = [
      "form", "textarea", ".field span", "input[type=file]", ".more", ".choices", ".offers", ".answering", ".people",
    ].map(find);
    this.input.id = `${chat.platform}-input`;
    this.offers.id = `${chat.platform}-offers`;
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.say(this.input.value); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => { this.grow(); this.ask(); });
    this.offers.addEventListener("keydown", (event) => this.walk(event));
    this.file.addEventListener("change", () => this.attach());
    this.more.addEventListener("click", () => this.open(this.choices.hidden));
    this.choices.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.open(false); this.more.focus(); } });
    this.bar.querySelector("button").addEventListener("click", () => { this.answer(null); this.input.focus(); });
    for (const button of this.choices.querySelectorAll("button")) button.addEventListener("click", () => this.choose(button.dataset.act));
    for (const button of this.people.querySelectorAll("button")) button.addEventListener("click", () => this.become(Number(button.dataset.who)));
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.form.requestSubmit(); }
    if (event.key === "ArrowUp" && !this.offers.hidden) { event.preventDefault(); [...this.offers.querySelectorAll("button")].at(-1)?.focus(); }
    if (event.key === "Escape") { this.offer(null); this.answer(null); }
  }

  walk(event) {
    const buttons = [...this.offers.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") { this.offer(null); this.input.focus(); }
    if (event.key === "ArrowUp" && at > 0) { event.preventDefault(); buttons[at - 1].focus(); }
    if (event.key === "ArrowDown") { event.preventDefault(); (buttons[at + 1] ?? this.input).focus(); }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }

  // Where and as whom something is done.
  here(more) {
    return { chat: this.chat.platform, room: this.chat.room.name, who: this.who, ...more };
  }

  async say(text) {
    this.chat.quiet();
    if (!text.trim()) return;
    const reply = this.reply;
    this.fill("");
    this.answer(null);
    if (!(await post("/say", this.here({ text, reply_to: reply?.message_id ?? 0 })))) { this.fill(text); this.answer(reply); }
  }

  fill(text) {
    this.input.value = text;
    this.grow();
    this.offer(null);
  }

  // A file goes with the words that stand in the box.
  async attach() {
    const [file] = this.file.files;
    this.open(false);
    if (!file) return;
    this.file.value = "";
    if (file.size > BIGGEST) { tell(say("big")); return; }
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    const caption = this.input.value;
    this.fill("");
    await post("/file", this.here({ name: file.name, content: btoa(binary), caption }));
  }

  open(open) {
    this.choices.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
    if (open) this.choices.querySelector("button:not([hidden]), input")?.focus();
  }

  async choose(act) {
    this.open(false);
    this.input.focus();
    if (act === "name") { this.fill(`${NAME} ${this.input.value}`); this.ask(); return; }
    const answer = await post(`/${act}`, this.here());
    if (act === "link" && answer) this.fill(`${this.input.value} ${answer.url}`.trim());
  }

  // ── inline mode ──

  ask() {
    this.chat.quiet();
    window.clearTimeout(this.waiting);
    const words = this.chat.platform === "telegram" && this.input.value.toLowerCase().startsWith(`${NAME} `) ? this.input.value.slice(NAME.length + 1) : null;
    this.asked += 1;
    if (words === null) { this.offer(null); return; }
    const mine = this.asked;
    this.waiting = window.setTimeout(async () => {
      const answer = await post("/inline", this.here({ query: words }));
      if (answer && mine === this.asked) this.offer(answer);
    }, PAUSE);
  }

  offer(answer) {
    if (!answer) { window.clearTimeout(this.waiting); this.asked += 1; }
    this.offers.hidden = !answer;
    this.offers.replaceChildren();
    if (!answer) return;
    if (!answer.results.length) this.offers.append(element("p", "", say("nothing")));
    for (const one of answer.results) {
      const button = element("button");
      button.type = "button";
      button.append(element("b", "", one.title), element("span", "", one.description));
      button.addEventListener("click", async () => {
        this.fill("");
        this.input.focus();
        await post("/insert", this.here({ id: one.id }));
      });
      this.offers.append(button);
    }
  }

  // ── whom one answers, who writes ──

  answer(message) {
    this.reply = message;
    this.bar.hidden = !message;
    this.bar.querySelector("span").textContent = message ? `${say("answering")}: ${message.text.slice(0, 80)}` : "";
    if (message) this.input.focus();
  }

  become(who) {
    this.who = who;
    this.chat.words();
  }

  words() {
    const { platform, room } = this.chat;
    const shared = room.kind !== "private";
    if (!shared) this.who = READER;
    const reads = room.kind === "channel" && this.who === GUEST;
    this.label.textContent = `${say("message")} · ${this.chat.name}`;
    this.input.placeholder = say(reads ? "reads" : shared ? `placeholder-${room.kind === "channel" ? "channel" : "shared"}` : "placeholder");
    this.input.disabled = this.file.disabled = reads;
    this.people.hidden = !shared;
    for (const button of this.people.querySelectorAll("button")) button.setAttribute("aria-pressed", String(Number(button.dataset.who) === this.who));
    for (const button of this.choices.querySelectorAll("[data-only]")) button.hidden = (button.dataset.only === "private") === shared || (button.dataset.only === "shared" && platform === "telegram" && room.kind === "channel");
  }
}
