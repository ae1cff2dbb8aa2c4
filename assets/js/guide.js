// A guided walk: walls and followers ask where it stands, go there in place, open what is shown, and return to their loop after it.
import { after, cancel, now, steady } from "./clock.js";
import { untouched } from "./idle.js";
import { board, isFollow, isJourney, isWall, storage, query } from "./places.js";
import { goTo, json, request } from "./request.js";

const OPENING = ["mission", "voice"], EVERY = 250, DRIFT = 3000, AGAIN = 3000, VISIT_S = 120;
const name = query().get("screen") || `guest ${Math.random().toString(36).slice(2, 8)}`;
const isTaken = () => isJourney() && (query().has("follow") || (query().has("screen") && Boolean(storage.get("home"))));
const follows = () => isFollow() || isWall() || isTaken();
let timer = null, walk = null, shown = "", wentTo = "", wentAt = 0;

// ---- from a place of the walk to the address that shows it ----
function address(place) {
  const [stage, part] = place.split("/");
  const path = OPENING.includes(stage) ? `/journey?scene=${stage}` : stage === "map" ? "/journey" : `/journey/${stage}`;
  const to = new URL(part ? `${path}?scene=${part}` : path, location.origin);
  ["screen", "perimeter"].forEach((key) => { if (query().has(key)) to.searchParams.set(key, query().get(key)); });
  if (!query().has("screen")) to.searchParams.set("follow", query().get("follow") || "1");
  return to;
}

const isAt = (to) => location.pathname === to.pathname && (query().get("scene") || "") === (to.searchParams.get("scene") || "");

function go(to) {
  if (wentTo === to.href && now() - wentAt < AGAIN) return;
  [wentTo, wentAt] = [to.href, now()];
  if (board()) dispatchEvent(new CustomEvent("room:go", { detail: `${to.pathname}${to.search}` }));
  else goTo(to);
}

function leave() {
  if (!isJourney()) storage.set("home", isFollow() ? "/follow" : `${location.pathname}${location.search}`);
  storage.set("visit", "");
}

async function back() {
  if (!walk?.walk) stop();
  if (!isTaken() || (storage.get("visit") && untouched() < 1000 * (Number(query().get("idle")) || VISIT_S))) return;
  const to = storage.get("home") || (query().has("follow") ? "/follow" : null);
  if (to && !(await goTo(to))) return;
  ["home", "visit"].forEach((key) => storage.set(key, ""));
}

// Somebody at a wall touches the way to a stage: the wall goes there as itself, and comes home when nobody touches it any more.
document.addEventListener("click", (event) => {
  const way = event.target.closest?.("a[href]"), to = way && new URL(way.href);
  if (!isWall() || !to || to.origin !== location.origin || !isJourney(to.pathname)) return;
  event.preventDefault();
  leave();
  storage.set("visit", "yes");
  ["screen", "idle"].forEach((key) => { if (query().has(key)) to.searchParams.set(key, query().get(key)); });
  goTo(to);
});

// ---- where the walk stands ----
async function ask() {
  try {
    const response = await request(`/walk/now?${new URLSearchParams({ from: name })}`, { limit: 4000 });
    if (!response.ok) throw new Error(response.status);
    walk = { ...await response.json(), at: steady() };
  } catch { return undefined; }
  if (!walk.held) return back();
  leave();
  const to = address(walk.place);
  if (isAt(to)) return show();
  shown = "";
  return go(to);
}

// What is shown is told once for each change, and again when the stage has been drawn anew.
function show() {
  const { seq, item, playing, sounding } = walk, sound = Boolean(sounding) && sounding === name;
  const state = [seq, sound, playing ? Math.floor(steady() / DRIFT) : ""].join(" ");
  if (state === shown) return;
  shown = state;
  if (!item && !document.querySelector("[data-media]")) return;
  const second = walk.second + (playing ? (steady() - walk.at) / 1000 : 0);
  dispatchEvent(new CustomEvent("room:item", { detail: { item, playing, second, sound } }));
}

const run = () => { timer = after(EVERY, () => ask().finally(() => { if (timer) run(); })); };
function stop() {
  cancel(timer);
  timer = walk = null;
  shown = "";
}

// The page that waits says who leads, or that nobody does.
async function wait() {
  try {
    const { held, walk: isOn, presenter } = await json("/walk/now", { limit: 4000 }), page = document.querySelector("main.follow");
    if (!page || held) return;
    page.querySelector("h1").textContent = isOn ? `${presenter} is leading a walk` : "No walk right now";
    page.querySelector("h1 + p").textContent = isOn
      ? "It is paused. This page follows as soon as it continues."
      : "Stay on this page: it follows as soon as somebody begins one.";
  } catch { /* the next pulse asks again */ }
}

addEventListener("room:walk", ({ detail: { walk: isOn, rests } }) => {
  if (!isOn && isFollow()) wait();
  if (isOn || rests) { if (!timer && follows()) run(); return; }
  walk = null;
  if (timer || isTaken()) back();
});
["room:painted", "room:arrived"].forEach((event) => addEventListener(event, () => { shown = ""; }));
