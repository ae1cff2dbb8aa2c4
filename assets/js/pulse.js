// The pulse: every two seconds (more often while somebody works in the console) a screen asks what it should show, and fetches only the pictures that have changed.
import { after, now, roomTime } from "./clock.js";
import { others, slotAt, toAsk } from "./order.js";
import { board, isWall, storage, ofScreen, query } from "./places.js";
import { canPut, put } from "./renderer.js";
import { goTo, request } from "./request.js";

const EVERY = 2000, ROOT_MISSING = 5000, PICTURE_LIMIT = 20_000;
const shown = new Map(), asking = new Set(), tried = new Set(), due = new Map();
let every = EVERY, isLeaving = false, wanted = null, tokens = {}, state = "", answered = false, lastScene = null, missingSince = null, boardSeen = null, launch = null;
const build = document.documentElement.dataset.build;
const tell = (name, detail) => dispatchEvent(new CustomEvent(name, { detail }));

// One name for one launch of a browser (kiosk.sh gives one): another one that shows the same address is not mistaken for it.
function launchOf() {
  const name = query().get("launch") || storage.get("launch") || Math.random().toString(36).slice(2, 10);
  storage.set("launch", name);
  return name;
}

const anonymous = () => `${location.pathname.startsWith("/room") ? "console" : location.pathname.slice(1).replaceAll("/", " ") || "lobby"} (no name)`;
const about = (fields = {}) => ofScreen({ path: location.pathname, screen: query().get("screen") || anonymous(), ...fields });

async function pulse() {
  try {
    launch ??= launchOf();
    const response = await request(`/pulse?${about({ launch, ...(boardSeen === board() ? { state } : {}) })}`, { limit: 5000 });
    const answer = await response.json();
    if (!response.ok || !answer.build) throw Object.assign(new Error(response.status), { store: response.status === 503 && Boolean(answer.refusal) });
    answered = true;
    every = answer.every || EVERY;
    if (answer.build !== build && !document.body.classList.contains("is-writing")) return await goTo();
    tell("room:answered", answer);
    tell("room:walk", { walk: answer.walk, rests: answer.rests });
    if (board() && !answer.gone) follow(answer);
  } catch (problem) {
    answered = false;
    tell("room:silent", problem);
    turnOn();
  }
  return undefined;
}

function follow(answer) {
  if (boardSeen !== board()) adopt();
  // A touchpoint was added, or another one is the worst: the wall has other scenes now.
  if (answer.scenes && board().matches(".wall") && board().dataset.scenes !== answer.scenes) {
    if (isFree()) goTo();
    return;
  }
  if (answer.tokens) ({ tokens, state } = answer);
  document.querySelectorAll(".place").forEach((place) => { place.textContent = answer.place; });
  const scene = board().dataset.pinned || answer.scene;
  // A wall that is about to join a walk asks for nothing of its loop: the walk would wait behind it.
  [isLeaving, wanted] = [answer.walk && isWall() && board().matches(".wall"), scene];
  wait(outdated());
  tried.clear();
  paintNext();
  if (scene !== lastScene && ready(scene) && isFree()) turn(scene);
}

// A board that stands there with its pictures needs none of them, though it has not been adopted yet.
function isOutdated([id, token]) {
  const place = document.getElementById(id);
  return place && (shown.get(id) ?? place.dataset.token) !== token;
}

const outdated = () => (isLeaving ? [] : Object.entries(tokens).filter(isOutdated).map(([id]) => id));

// Each is asked for once in a pulse.
function paintNext() {
  const old = outdated().filter((id) => !asking.has(id) && !tried.has(id));
  const isHere = (id) => [undefined, wanted].includes(document.getElementById(id).closest(".scene")?.dataset.scene);
  toAsk(old, isHere, asking.size).forEach(paint);
}

// Since when each picture is older than the room's: what stays so is told.
function wait(old) {
  [...due.keys()].forEach((id) => { if (!old.includes(id)) due.delete(id); });
  old.forEach((id) => { if (!due.has(id)) due.set(id, now()); });
  tell("room:late", [...due.values()]);
}

// A scene is turned to only when its pictures are there: the old one stays until the new one is ready.
function ready(scene) {
  const next = document.querySelector(`.scene[data-scene="${scene}"]`);
  return next && (lastScene === null || isPainted(next));
}

const isPainted = (scene) => [...scene.querySelectorAll(".frame")].every((frame) => shown.has(frame.id));

const isFree = () => !document.body.matches(".sheet-open, .voices-open, .decks-open");

function turn(scene) {
  lastScene = scene;
  document.querySelectorAll(".scene").forEach((each) => each.classList.toggle("shown", each.dataset.scene === scene));
  underline();
  tell("room:turned");
}

// Without the room a wall turns on by the programme that it was told last and by the room's time: all screens alike.
function turnOn() {
  const { slots = "", begins } = document.querySelector(".board.wall:not([data-pinned]) .turn")?.dataset || {};
  const turns = slots.split(" ").map((slot) => slot.split(":")).map(([scene, seconds]) => ({ scene, seconds: Number(seconds) }));
  if (lastScene === null || turns.length < 2 || !roomTime() || !isFree()) return;
  const at = slotAt(turns, (roomTime() - Date.parse(begins)) / 1000);
  const next = [turns[at], ...others(turns, at)].find(({ scene }) => scene === lastScene || ready(scene));
  if (next && next.scene !== lastScene) turn(next.scene);
}

function underline() {
  const stage = document.querySelector(".scene.shown")?.dataset.stage;
  document.querySelectorAll(".rail [data-stage]").forEach((each) => each.classList.toggle("here", each.dataset.stage === stage));
  const shownScene = document.querySelector(".scene.shown")?.dataset.scene, marks = document.querySelectorAll(".turn [data-of]");
  marks.forEach((mark) => mark.classList.toggle("here", mark.dataset.of === shownScene));
  board().dataset.shown = shownScene || "";
  board().toggleAttribute("data-news", Boolean(document.querySelector(".scene.shown .why-now")));
}

async function paint(id) {
  asking.add(id);
  tried.add(id);
  try {
    const response = await request(`/picture/${id}?${about()}`, { limit: PICTURE_LIMIT });
    if (response.status === 200) {
      const picture = await response.json();
      Object.entries(picture.parts || { [id]: picture.children }).forEach(([part, children]) => { if (document.getElementById(part)) put(part, children); });
      document.getElementById(id).dataset.state = picture.state;
      shown.set(id, picture.token);
      // The spine and the heads of scenes take room from every panel: all are fitted again.
      after(60, () => { underline(); tell("room:painted", picture.parts ? "board" : id); });
    }
  } catch { /* a later pulse asks again */ } finally { asking.delete(id); }
  paintNext();
  if (tokens[id] === shown.get(id)) due.delete(id);
}

// A layout that failed at page load says so for ever: the page is loaded again once it is known to answer.
function watchRoot() {
  const root = document.getElementById("screen");
  if (root && root.childElementCount) { missingSince = null; return; }
  missingSince ??= now();
  if (now() - missingSince > ROOT_MISSING && answered) goTo();
}

const beat = () => pulse().finally(() => { watchRoot(); after(document.querySelector(".frame .waiting") ? 300 : every, beat); });
addEventListener("room:closed", pulse);
// A board may come with its pictures: then only what differs from them is asked for.
function adopt() {
  boardSeen = board();
  Object.entries({ "on-board": true, "on-wall": boardSeen.matches(".wall") }).forEach(([name, is]) => document.documentElement.classList.toggle(name, is));
  document.title = [boardSeen.dataset.label, document.title.split(": ").at(-1)].filter(Boolean).join(": ");
  shown.clear();
  due.clear();
  lastScene = null;
  state = "";
  document.querySelectorAll("[data-token]").forEach((picture) => shown.set(picture.id, picture.dataset.token));
  if (!shown.size) return;
  const scene = document.querySelector(".board.wall .scene.shown");
  if (scene && isPainted(scene)) lastScene = scene.dataset.scene; // a wall that came with its scene is not turned to it
  underline();
  tell("room:painted", "board");
}
addEventListener("room:arrived", () => { adopt(); pulse(); });
const isNew = () => board() && board() !== boardSeen && canPut();
queueMicrotask(() => { if (isNew()) adopt(); }); // a board that came with its page, as soon as every module listens
new MutationObserver(() => { if (isNew()) { adopt(); pulse(); } }).observe(document.documentElement, { childList: true, subtree: true });
after(0, beat); // not before what stands there already is fitted: the first look into the tab's storage waits for another process
document.documentElement.classList.add("runs"); // what again.js looks for
