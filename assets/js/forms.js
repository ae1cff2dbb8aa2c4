// The room's console: forms are sent from here, what the room says stands beside them, and nothing that was written is lost.
import { after, cancel } from "./clock.js";
import { element } from "./element.js";
import { bringBack, fill, keyed, leaves, sendAgain, taken, typed, waits } from "./outbox.js";
import { storage } from "./places.js";
import { json, post } from "./request.js";
import { toast } from "./toast.js";

const LONGEST = 20000; // a browser takes half a minute to find the direction of a million characters
const SILENT = "The room does not answer just now. Nothing was saved; what you wrote is still here.";
const KEPT = "The room does not answer just now. What you wrote is kept in this browser, and is sent when the room answers again.";

function written(form, button) {
  const fields = new URLSearchParams(new FormData(form)), picked = form.querySelector(".picked[data-source]");
  if (button?.name) fields.set(button.name, button.value);
  if (form.dataset.seen) fields.set("seen", form.dataset.seen);
  if (picked) ["source", "key"].forEach((name) => fields.set(`origin.${name}`, picked.dataset[name]));
  return fields;
}

async function send(form, button) {
  const buttons = form.querySelectorAll("button"), place = form.querySelector(":scope > .refusal");
  buttons.forEach((button) => { button.disabled = true; });
  place.hidden = true;
  const fields = written(form, button);
  keyed(form, fields);
  try {
    const answer = await post(form.action, fields);
    if (answer.ok) {
      if (form.matches(".leave")) leaves(); else taken(form);
      return done(answer);
    }
    refuse(form, place, answer);
  } catch {
    refuse(form, place, { refusal: waits(form, fields) ? KEPT : SILENT });
  }
  buttons.forEach((button) => { button.disabled = false; });
}

function done(answer) {
  document.body.classList.remove("is-writing");
  if (answer.message) storage.set("message", answer.message);
  if (answer.to && answer.to !== location.pathname) return location.assign(answer.to);
  storage.set("scroll", JSON.stringify([location.pathname, scrollY]));
  return location.reload();
}

const line = (kind, words, attributes = {}) => element(kind, { dir: "auto", ...attributes }, words);

// Somebody else was first: what changed is told in place, and the person decides again having seen it.
function refuse(form, place, answer) {
  place.replaceChildren(line("p", answer.refusal));
  if (answer.changed) {
    const steps = element("ul", {}, ...answer.changed.steps.map((step) => line("li", step)));
    const again = line("p", "Look at it. If you still want this, send it again; or ");
    again.append(line("a", "see the issue as it is now", { href: location.href, target: "_blank" }), ".");
    place.replaceChildren(line("p", "Somebody has moved this issue since you looked:"), steps, again);
    form.dataset.seen = answer.changed.seen;
  }
  place.hidden = false;
  place.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("main.console form.ask")) return;
  event.preventDefault();
  send(event.target, event.submitter);
}, true);

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.closest?.("main.console form")) return;
  typed(field.form);
  if (field.matches("textarea, input:not([type=checkbox], [type=radio], [type=search], [type=password])") && field.value) document.body.classList.add("is-writing");
  if (field.matches("textarea")) field.dir = field.value.length > LONGEST ? "ltr" : "auto";
  if (field.dataset.reads) later("read", () => read(field), 400);
  if (field.name === "search") later("search", () => search(field), 300);
  if (field.name?.startsWith("present.")) held();
});
addEventListener("beforeunload", (event) => { if (document.body.classList.contains("is-writing")) event.preventDefault(); });

const waiting = {};
function later(name, act, wait) {
  cancel(waiting[name]);
  waiting[name] = after(wait, act);
}

// Golden rule 4: an answer is read while it is written; the customer's wording is one touch away.
async function read(field) {
  const place = field.closest("form").querySelector(".reading"), text = field.value;
  if (!text.trim()) return place.replaceChildren();
  try {
    const { refusal, hits, ease } = await post("/room/read", { text }, 10_000);
    if (field.value !== text) return;
    place.replaceChildren(...(refusal ? [line("p", refusal)] : [...hits.map((hit) => hint(field, hit)), line("p", ease)]));
  } catch { /* the next letter asks again */ }
}

function hint(field, hit) {
  const isBanned = hit.kind === "banned term", [before, behind] = isBanned ? ["A customer would not say “", "”. "] : ["A customer may not know “", "”: say what it means. "];
  const offer = hit.instead && line("button", `Use “${hit.instead}”`, { type: "button", class: "btn btn-secondary", click: () => replace(field, hit) });
  return element("p", { class: "hit" }, element("span", {}, before, line("mark", hit.term), behind), offer || null);
}

function replace(field, hit) {
  const spelled = hit.spelled.map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const plain = field.value.replace(new RegExp(`(?<![\\p{L}\\p{N}_])(?:${spelled})(?![\\p{L}\\p{N}_])`, "gu"), () => hit.instead);
  fill(field, plain);
  read(field);
}

// Golden rule 1: the customer's words are looked for among what the sources have brought.
async function search(field) {
  const place = field.closest("form").querySelector(".search-results"), words = field.value.trim(), newest = place.parentElement.querySelector(".newest");
  if (newest) newest.hidden = words.length > 1;
  if (words.length < 2) return place.replaceChildren();
  try {
    const { refusal, voices } = await json(`/room/voices?${new URLSearchParams({ words })}`);
    if (field.value.trim() !== words) return;
    const none = [line("p", refusal || "Nobody has said these words. Try fewer of them, or write down what you heard.")];
    place.replaceChildren(...(voices?.length ? voices.map((voice) => choice(field.closest("form"), voice)) : none));
  } catch {
    place.replaceChildren(line("p", SILENT));
  }
}

const choice = (form, voice) =>
  element("button", { type: "button", role: "option", click: () => pick(form, voice) }, line("q", voice.words), line("small", voice.by));

function pick(form, voice) {
  const place = form.querySelector(".picked"), already = voice.issue ? [line("p", `Issue ${voice.issue} has this already.`)] : [];
  place.replaceChildren(line("blockquote", `“${voice.words}”`, { class: "words" }), line("p", voice.by), ...already);
  Object.assign(place.dataset, { source: voice.source, key: voice.key });
  chosen(form, true);
  ["perimeter", "stage", "touchpoint", "issue_type"].forEach((name) => {
    const field = form.elements[name];
    if (voice[name] && [...field.options].some((option) => option.value === voice[name])) field.value = voice[name];
  });
  const boxes = [...form.querySelectorAll('input[name^="function."]')];
  if (!boxes.some((box) => box.checked)) boxes.filter((box) => voice.functions.includes(box.name.slice(9))).forEach((box) => box.click());
  if (voice.title && !form.elements.title.value.trim()) fill(form.elements.title, voice.title);
}

function chosen(form, is) {
  form.querySelector(".picked").hidden = form.querySelector(".unpick").hidden = !is;
  form.querySelector(".ways-in").hidden = is;
}

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("main.console form"), offered = event.target.closest?.(".newest button");
  if (offered) pick(form, JSON.parse(offered.dataset.voice));
  if (event.target.matches?.(".unpick")) {
    const place = form.querySelector(".picked");
    delete place.dataset.source;
    delete place.dataset.key;
    place.replaceChildren();
    chosen(form, false);
  }
  if (event.target.matches?.(".one-more")) {
    const rows = [...form.querySelectorAll(".touched .row")], next = rows.find((row) => row.hidden);
    if (next) next.hidden = false;
    event.target.hidden = rows.every((row) => !row.hidden);
  }
});

// Golden rule 3: which affected function nobody in the room may decide for, said before anything is sent.
function held() {
  document.querySelectorAll("main.console form.decide").forEach((form) => {
    const here = new Set([...form.querySelectorAll('input[name^="present."]:checked')].map((box) => box.name.slice(8)));
    form.querySelectorAll(".held li").forEach((row) => {
      const holds = row.dataset.holders.split(",").some((holder) => here.has(holder));
      row.classList.toggle("missing", !holds);
      row.querySelector(".state").textContent = holds ? "somebody with its mandate is here" : "nobody with its mandate is here";
    });
  });
}

// A page that has just been drawn: the same place as before, and what was done.
let drawn = null;
function arrive() {
  const main = document.querySelector("main.console");
  if (!main || drawn === main) return;
  drawn = main;
  bringBack(main);
  held();
  const message = storage.get("message");
  if (message) {
    storage.set("message", "");
    toast(message);
  }
  const [path, top] = JSON.parse(storage.get("scroll") || "[]");
  storage.set("scroll", "");
  if (path === location.pathname) after(60, () => scrollTo(0, top));
}
sendAgain({
  done: (answer, isHere) => isHere ? done(answer) : toast(`Sent. ${answer.message}`),
  refused: (form, answer) => refuse(form, form.querySelector(":scope > .refusal"), answer),
});
queueMicrotask(arrive); // a page that came whole
new MutationObserver(arrive).observe(document.documentElement, { childList: true, subtree: true });
