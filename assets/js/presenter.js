// The presenter's tablet: where the walk stands, every move with one touch or key, marks, and who else leads or follows.
import { after, cancel, every, steady, wait } from "./clock.js";
import { element } from "./element.js";
import { json, post } from "./request.js";
import { count, minutes } from "./words.js";

const EVERY = 300, MARKS = 3000, LIMIT = 8000, GONE = "The room does not answer. Your last step is sent as soon as it does.";
const page = () => document.getElementById("walking");
const all = (selector) => [...(page()?.querySelectorAll(selector) || [])];
const find = (selector) => page()?.querySelector(selector);
let now = null, takenAt = 0, led = null, queue = [], sending = false, drawn = null, waiting = false, saying = 0, here = null;

const me = () => Number(page().dataset.me);
const leads = () => Boolean(now?.walk) && now.leader === me();
const position = () => (now?.item ? now.second + (now.playing ? (steady() - takenAt) / 1000 : 0) : 0);

// ---- sending: one after the other; what the room could not take is sent again, the newest step last ----

function move(verb, fields = {}) {
  if (verb === "go") queue = queue.filter((step, place) => step.verb !== "go" || (sending && place === 0));
  queue.push({ verb, fields });
  return flush();
}

async function flush() {
  if (sending) return;
  sending = true;
  while (queue.length) {
    const { verb, fields } = queue[0];
    try {
      const answer = await post(`/walk/do/${verb}`, fields, LIMIT);
      queue.shift();
      if (answer.ok) { take(answer.now); say(answer.message, true); } else say(answer.refusal);
    } catch {
      say(GONE);
      waiting = true;
      await wait(700);
    }
  }
  sending = false;
}

function say(words, good = false) {
  const place = find(".walking > header > .refusal") || find("header > .refusal");
  if (!place) return;
  waiting = false;
  place.hidden = !words;
  place.textContent = words || "";
  place.classList.toggle("well", good);
  cancel(saying);
  if (words && good) saying = after(5000, () => { place.hidden = true; });
}

// ---- what the page shows ----
function take(answer) {
  if (!answer || (now?.walk === answer.walk && now?.seq > answer.seq)) return;
  now = answer;
  takenAt = steady();
  draw();
}

const mode = () => (!now?.walk ? "none" : !leads() ? "follow" : now.held ? "lead" : "free");

function draw() {
  if (!page() || !now) return;
  const place = now.walk ? now.place : shownPlace(), [stage] = place.split("/");
  page().dataset.mode = mode();
  all("[data-place]").forEach((part) => { part.hidden = part.dataset.place !== stage; });
  all("[data-goes]").forEach((way) => {
    way.classList.toggle("here", way.dataset.goes === stage);
    if (way.dataset.goes === stage && way !== here) { here = way; way.scrollIntoView({ block: "nearest" }); }
  });
  all("[data-item]").forEach((thing) => {
    const isHere = thing.dataset.item === now.item;
    if (isHere && !thing.classList.contains("here")) thing.scrollIntoView({ block: "nearest" });
    thing.classList.toggle("here", isHere);
  });
  all("[data-view]").forEach((way) => way.classList.toggle("here", way.dataset.view === now.place));
  const sound = find("select[name=sounding]");
  if (sound && document.activeElement !== sound && now.walk) sound.value = now.sounding || "";
  page().classList.toggle("plays", Boolean(now.playing));
  const thing = playable(), play = find(".play");
  if (play) {
    play.disabled = !thing;
    play.textContent = now.playing ? "Pause" : "Play";
  }
  tick();
  who();
  drawn = page();
}

function who() {
  const names = (now.followers || []), guests = names.filter((name) => name.startsWith("guest")).length, walls = names.length - guests;
  const followers = [walls && count(walls, "wall", "walls"), guests && count(guests, "other screen", "other screens")].filter(Boolean).join(" and ");
  const lost = led && now.walk === led && !leads();
  find(".state .who").textContent = {
    none: "There is no walk just now.",
    lead: "You lead the walk.",
    free: now.alone ? "The room let the walls go: this tablet was silent." : "You lead the walk; the walls are in their loop.",
    follow: lost ? `${now.presenter} has taken over the walk.` : `${now.presenter} is leading a walk right now${now.held ? "" : "; the walls are in their loop"}.`,
  }[mode()];
  find(".state .followed").textContent = now.walk && now.held ? (followers ? `${followers} follow${walls + guests === 1 ? "s" : ""}.` : "No screen follows yet.") : "";
  if (leads()) led = now.walk;
}

function tick() {
  const bar = find(".position"), thing = item();
  if (!bar) return;
  const long = Number(thing?.dataset.seconds) || 0, at = Math.min(position(), long || Infinity);
  bar.classList.toggle("known", Boolean(thing?.dataset.sounds));
  bar.style.setProperty("--at", long ? at / long : 0);
  bar.querySelector(".at").textContent = minutes(at);
  bar.querySelector(".long").textContent = long ? minutes(long) : "";
  if (leads() && now.playing && long && position() > long + 0.5 && !queue.length) move("pause", { second: 0 });
}

const item = () => (now?.item ? all("[data-place]:not([hidden]) [data-item]").find((thing) => thing.dataset.item === now.item) : null);
const things = () => all("[data-place]:not([hidden]) [data-item]:not(:disabled)");
const playable = () => { const thing = item(); return thing ? (thing.dataset.sounds ? thing : null) : things().find((other) => other.dataset.sounds); };
const shownPlace = () => find("[data-goes].here")?.dataset.goes || find("[data-goes]")?.dataset.goes || "mission";

// ---- moves ----
function go(place) {
  if (!now?.walk) { all("[data-goes]").forEach((way) => way.classList.toggle("here", way.dataset.goes === place)); return draw(); }
  if (!leads()) return undefined;
  now = { ...now, place, item: null, playing: false };
  draw();
  return move("go", { place });
}

function step(by) {
  const ways = all("[data-goes]").map((way) => way.dataset.goes), here = ways.indexOf((now?.walk ? now.place : shownPlace()).split("/")[0]);
  if (ways[here + by]) go(ways[here + by]);
}

function turn(by) {
  const known = things(), here = known.indexOf(item());
  const next = known[here < 0 ? (by > 0 ? 0 : known.length - 1) : here + by];
  if (next) show(next);
}

const show = (thing) => leads() && move("go", { place: now.place.split("/")[0], item: thing.dataset.item });

function toggle() {
  const thing = playable();
  if (!thing || !leads()) return;
  if (now.playing) move("pause", { second: position().toFixed(2) });
  else move("play", { item: thing.dataset.item, second: now.item === thing.dataset.item ? position().toFixed(2) : 0 });
}

function act(button) {
  const verb = button.dataset.do;
  if (verb === "toggle") return toggle();
  if (verb === "begin") return move("begin", { sounding: find("select[name=sounding]")?.value || "", perimeter: page().dataset.part });
  return move(verb).then(() => { if (verb === "end") marks(); });
}

document.addEventListener("click", (event) => {
  if (!page()?.contains(event.target)) return;
  const button = event.target.closest("button");
  if (event.target.closest(".seek")) return seek(event);
  if (!button || button.disabled) return;
  if (event.detail) button.blur(); // a touched button would take the next space or enter for itself
  if (button.dataset.do) act(button);
  else if (button.dataset.view) go(button.dataset.view);
  else if (button.dataset.goes) go(button.dataset.goes);
  else if (button.dataset.item) show(button);
  else if (button.dataset.step) step(Number(button.dataset.step));
  else if (button.dataset.keep) keep(button);
});

function seek(event) {
  const thing = item(), long = Number(thing?.dataset.seconds), box = find(".seek").getBoundingClientRect();
  if (!long || !leads()) return;
  const second = (Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * long).toFixed(2);
  move(now.playing ? "play" : "pause", { item: thing.dataset.item, second });
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("#walking select[name=sounding]")) return;
  event.target.blur(); // the next key is a step again
  if (leads()) move("sound", { sounding: event.target.value });
});

// Clickers send page keys, remotes send arrows and enter; what is being written stays with its field.
const KEYS = {
  PageDown: () => step(1), ArrowRight: () => step(1), MediaTrackNext: () => step(1), PageUp: () => step(-1), ArrowLeft: () => step(-1), MediaTrackPrevious: () => step(-1),
  ArrowDown: () => turn(1), ArrowUp: () => turn(-1), " ": toggle, ".": toggle, b: toggle, B: toggle, Enter: toggle, MediaPlayPause: toggle,
};
addEventListener("keydown", (event) => {
  if (!page() || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.matches?.("textarea, input, select")) return;
  if ([" ", "Enter"].includes(event.key) && event.target.matches?.("button, a, summary")) return;
  const does = KEYS[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}, true);

// ---- marks ----
document.addEventListener("submit", async (event) => {
  if (!event.target.matches?.("#walking form.mark")) return;
  event.preventDefault();
  const form = event.target, refusal = form.querySelector(".refusal"), words = form.elements.words;
  const [stage] = (now?.place || "").split("/"), isStage = Boolean(find(`[data-place="${stage}"][data-stage]`));
  const fields = { kind: event.submitter?.value || "", words: words.value, stage: isStage ? stage : "", media: (isStage && now?.item) || "" };
  try {
    const answer = await post(`/room/do/mark/${now?.walk || 0}`, fields, LIMIT);
    refusal.hidden = Boolean(answer.ok);
    refusal.textContent = answer.refusal || "";
    if (answer.ok) { words.value = ""; marks(); }
  } catch {
    refusal.hidden = false;
    refusal.textContent = "The room does not answer just now. Your words are still here.";
  }
}, true);

async function marks() {
  const list = find(".marked");
  if (!list || !now?.walk) return list?.replaceChildren();
  try {
    const { marks: made } = await json("/walk/marks");
    if (!made || list.dataset.count === `${now.walk} ${made.length}`) return undefined;
    list.dataset.count = `${now.walk} ${made.length}`;
    return list.replaceChildren(...made.toReversed().map(mark));
  } catch { return undefined; }
}

function mark({ kind, words, stage, by }) {
  const head = element("small", { class: kind }, [kind, stage && `“${stage}”`, by].filter(Boolean).join(" · "));
  return element("li", {}, head, element("span", { dir: "auto" }, words));
}

async function keep(button) {
  const { keep: kind, origin, stage } = button.dataset, place = button.closest(".offer");
  try {
    const answer = await post(`/room/do/keep/${now?.walk || 0}`, { kind, origin, stage }, LIMIT);
    if (!answer.ok) return say(answer.refusal);
    place.classList.add("kept");
    return button.parentElement.replaceWith(element("span", {}, answer.message));
  } catch { return say("The room does not answer just now. Nothing was kept."); }
}

// ---- asking ----
async function ask() {
  if (!page()) return;
  try {
    const answer = await json("/walk/now", { limit: 4000 });
    if (drawn !== page()) here = null;
    if (answer.walk === null) { now = answer; draw(); } else if (!queue.length) take(answer);
    if (waiting && !queue.length) say("");
  } catch {
    if (leads()) { say("The room does not answer."); waiting = true; }
  }
}

async function beat() {
  if (!page() || !leads() || document.visibilityState === "hidden") return;
  try { await post("/walk/beat", {}, LIMIT); } catch { /* the next beat tries again */ }
}

const again = (act, pause) => act().finally(() => after(pause(), () => again(act, pause)));
again(ask, () => EVERY);
again(async () => marks(), () => MARKS);
again(beat, () => (page() ? Number(page().dataset.beat) * 1000 : 1000));
every(250, () => { if (page() && now?.playing) tick(); });
