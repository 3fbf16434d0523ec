// The page of the demonstration: two phones that follow the emulators by server-sent events.

import { say, speak } from "./words.js";
import { moment } from "./render.js";
import { post, tell } from "./net.js";
import { Chat, PLATFORMS } from "./chat.js";

const narrow = window.matchMedia("(max-width: 820px)");
const clock = document.getElementById("clock");
const morning = document.getElementById("morning");
const later = document.getElementById("later");
const chats = {};
let shown = "telegram";
let now = null;

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
  tell("");
  for (const chat of Object.values(chats)) chat.words();
  tick();
  try { localStorage.setItem("language", next); } catch { /* a private window keeps nothing */ }
  await post("/language", { language: next });
}

async function move(button, path, coming, came) {
  morning.disabled = later.disabled = true;
  tell(say(coming));
  if (await post(path, {})) tell(say(came));
  morning.disabled = later.disabled = false;
  button.focus();
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
    if (lost) tell(say("found"));
    lost = false;
  });
  source.addEventListener("change", (event) => {
    const { platform, kind, body, room } = JSON.parse(event.data);
    if (platform === "clock") { setClock(body.now); return; }
    if (kind === "state") { chats[platform].manners(body); chats[platform].words(); return; }
    chats[platform].take(kind, body, room);
  });
  source.addEventListener("error", () => { lost = true; tell(say("lost")); });
}

for (const name of Object.keys(PLATFORMS)) {
  chats[name] = new Chat(name, (platform) => { if (narrow.matches && shown !== platform) unread(platform, 1); });
  document.getElementById(`tab-${name}`).addEventListener("click", () => show(name));
}
document.getElementById("tabs").addEventListener("keydown", (event) => {
  if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) { event.preventDefault(); show(shown === "vk" ? "telegram" : "vk", true); }
});
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => language(button.dataset.language));
morning.addEventListener("click", () => move(morning, "/morning", "coming", "came"));
later.addEventListener("click", () => move(later, "/later", "passing", "passed"));
narrow.addEventListener("change", () => show(shown));
window.setInterval(tick, 10_000);
let wanted = (navigator.language ?? "ru").startsWith("ru") ? "ru" : "en";
try { wanted = localStorage.getItem("language") ?? wanted; } catch { /* a private window keeps nothing */ }
language(wanted);
show("telegram");
follow();
