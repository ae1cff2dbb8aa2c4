// The walk: from stage to stage in place, by keys, touch, a presenter's clicker, or an order from afar (room:go).
// The neighbours are fetched ahead with their pictures; the old stage stays until the new one is ready.
import { after, cancel, now, wait } from "./clock.js";
import { swipe } from "./geometry.js";
import { board, isJourney, storage, query } from "./places.js";
import { put } from "./renderer.js";
import { goTo, request } from "./request.js";

const KEPT = ["screen", "follow", "perimeter"], OPENING = ["mission", "voice"];
const KEEP_MS = 120_000, PATIENCE_MS = 1500, SWIPE = 110;
const fetched = new Map();
let heading = null, steps = 0;
const walk = () => document.querySelector(".board.walk");

function address(wanted) {
  const to = new URL(wanted, location.href), here = query();
  KEPT.filter((name) => here.has(name) && !to.searchParams.has(name)).forEach((name) => to.searchParams.set(name, here.get(name)));
  return to;
}

// ---- fetched ahead ----
// What is seen at once: of an album its first thing; the small pictures of its buttons come when it stands there.
function* sources(part) {
  if (Array.isArray(part)) for (const child of part) yield* sources(child);
  else if (part?.props && part.type !== "Button" && (part.type !== "Figure" || /\bshown\b/.test(part.props.className))) {
    if (part.type === "Img" && part.props.src) yield part.props.src;
    yield* sources(part.props.children);
  }
}

const decoded = (source) => { const image = new Image(); image.src = source; return image.decode().then(() => image, () => null); };

async function whole(to) {
  const asked = new URLSearchParams(to.search);
  asked.set("path", to.pathname);
  const response = await request(`/board?${asked}`);
  if (!response.ok) throw new Error(response.status);
  const text = await response.text();
  if (JSON.parse(text).gone) return { gone: true };
  const images = Promise.all([...new Set(sources(JSON.parse(text).board))].map(decoded));
  await Promise.race([images, wait(PATIENCE_MS)]);
  return { text, images };
}

function ahead(to, most = KEEP_MS) {
  const known = fetched.get(to.href);
  if (known && now() - known.at < most) return known.promise;
  const promise = whole(to);
  fetched.set(to.href, { at: now(), promise });
  promise.catch(() => { if (fetched.get(to.href)?.promise === promise) fetched.delete(to.href); });
  return promise;
}

// ---- going ----
async function go(wanted, { push = true } = {}) {
  const to = address(wanted), step = (steps += 1);
  if (!board() || !isJourney(to.pathname)) return goTo(to);
  heading = to;
  try {
    const { text } = await ahead(to);
    if (step !== steps || !text) return undefined;
    if (push && to.href !== location.href) history.pushState({}, "", to);
    put("screen", JSON.parse(text).board);
    await stands(to);
  } catch { /* no such place, or no answer: the walk stays where it is */ }
  finally { if (step === steps) heading = null; }
  return undefined;
}

// React has put the board in place once a panel of it is there.
async function stands(to) {
  for (let frames = 0; frames < 120; frames += 1) {
    const place = board()?.dataset;
    if (place?.path === to.pathname && (place.pinned || "") === (to.searchParams.get("scene") || "")) break;
    await new Promise(requestAnimationFrame);
  }
  document.querySelectorAll("#board > .scene").forEach((scene) => scene.classList.add("shown"));
  dispatchEvent(new CustomEvent("room:arrived", { detail: to.pathname }));
  dispatchEvent(new CustomEvent("room:turned"));
  prepare();
}

// ---- where one can go from here ----
const scenes = () => (walk()?.dataset.scenes || "").split(" ").filter(Boolean);
function spine() {
  const opening = location.pathname === "/journey" ? OPENING.filter((name) => scenes().includes(name)) : [];
  const stages = [...document.querySelectorAll(".rail li a")].map((way) => new URL(way.href).pathname);
  return [...opening.map((name) => `/journey?scene=${name}`), "/journey", ...stages, "/journey/end"];
}

function along(step) {
  const ways = spine(), at = heading || new URL(location.href), scene = at.searchParams.get("scene");
  const here = OPENING.includes(scene) ? ways.indexOf(`/journey?scene=${scene}`) : ways.indexOf(at.pathname);
  return here < 0 ? null : ways[here + step];
}

function across(step) {
  const at = heading || new URL(location.href), names = scenes().filter((name) => !OPENING.includes(name));
  const name = names[Math.max(0, names.indexOf(at.searchParams.get("scene"))) + step];
  return name && `${at.pathname}${name === names[0] ? "" : `?scene=${name}`}`;
}

function underline() {
  const shown = query().get("scene") || scenes()[0];
  document.querySelectorAll(".tabs a").forEach((tab) => tab.classList.toggle("here", tab.dataset.tab === shown));
}

let preparing = 0;
function prepare() {
  cancel(preparing);
  preparing = after(120, async () => {
    for (const way of [along(1), along(-1), across(1), across(-1)]) if (way) await ahead(address(way), 20_000).catch(() => null);
  });
}

addEventListener("room:go", (event) => go(event.detail));
addEventListener("room:painted", () => { underline(); if (walk() && !document.querySelector(".scene.shown .waiting")) prepare(); });
addEventListener("popstate", (event) => {
  if (!walk()) return;
  if (!isJourney()) { goTo(); return; }
  event.stopImmediatePropagation(); // before Dash, which would draw the page anew
  go(location.href, { push: false });
}, true);

const STEPS = { ArrowRight: [along, 1], PageDown: [along, 1], ArrowLeft: [along, -1], PageUp: [along, -1], ArrowDown: [across, 1], ArrowUp: [across, -1] };
addEventListener("keydown", (event) => {
  const [way, step] = STEPS[event.key] || [];
  if (!way || !walk() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches?.("input, textarea, select, [role=slider]") && event.key.startsWith("Arrow")) return;
  if (document.body.matches(".sheet-open, .voices-open")) return;
  event.preventDefault();
  const to = way(step);
  if (to) go(to);
});

document.addEventListener("click", (event) => {
  const way = event.target.closest?.(".board.walk a[href]");
  if (!way || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || way.target) return;
  const to = new URL(way.href);
  if (to.origin !== location.origin || !isJourney(to.pathname)) return;
  event.preventDefault();
  go(to);
});

// A finger drawn across the stage turns to the next one; pictures, paper and sound keep their own touch.
document.addEventListener("dragstart", (event) => { if (walk()) event.preventDefault(); });
let from = null;
document.addEventListener("pointerdown", (event) => {
  const own = event.target.closest?.(".album .shown, .wave, .compare, input, button, #zoomed");
  from = walk() && !own && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
});
document.addEventListener("pointerup", (event) => {
  if (!from) return;
  const step = swipe(event.clientX - from.x, event.clientY - from.y, SWIPE, 2), to = step && along(step);
  from = null;
  if (to) go(to);
});

// Whoever tries something from here comes back to this very place, as the same screen.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('a[href^="/try/"]') && isJourney()) storage.set("try:from", location.pathname + location.search);
}, true);
