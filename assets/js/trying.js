// Trying what customers must do. What is typed stays in this tab: only how long, how many errors and how far is ever sent.
import { wrong } from "./answers.js";
import { every, now } from "./clock.js";
import { element } from "./element.js";
import { storage } from "./places.js";
import { post } from "./request.js";
import { hours } from "./words.js";

const SILENT = "The room does not answer just now. Nothing is lost: try again in a moment.";
const NARROW = 700, LONGEST = 12 * 3_600_000, LEFT = 15 * 60_000;
let page = null, task = null, state = null, fields = [];

// What one person has typed is never shown to the next one at the same glass.
const key = () => `try:${task.me || "guest"}:${task.task}`;
const find = (selector) => page.querySelector(selector);
const all = (selector) => [...page.querySelectorAll(selector)];
function keep() {
  state.touched = now();
  storage.set(key(), JSON.stringify(state));
}
const forget = () => storage.set(key(), "");
function underWay() {
  let there = null;
  try { there = JSON.parse(storage.get(key())); } catch { /* nothing that can be read */ }
  const isOld = there && (now() - there.at > LONGEST || there.at > now() || (task.kind === "form" && now() - there.touched > LEFT));
  if (isOld) forget();
  return isOld ? null : there;
}

const made = (kind, name, words) => element(kind, { class: name || undefined }, words);

function refuse(words) {
  all(".refusal").forEach((element) => { element.textContent = words; element.hidden = !words; });
}

// ---- beginning and ending ----
async function start() {
  find(".start").disabled = true;
  refuse("");
  try {
    const answer = await post(`/try/${encodeURIComponent(task.task)}/start`, {});
    if (answer.refusal) refuse(answer.refusal);
    else {
      state = { at: now(), began: answer.began || "", errors: 0, values: {}, steps: [] };
      keep();
      work();
      scrollTo(0, 0);
    }
  } catch { refuse(SILENT); }
  find(".start").disabled = false;
}

async function end(outcome) {
  if (state.ending) return;
  state.ending = true;
  refuse("");
  const took = Math.round((now() - state.at) / 1000);
  const attempt = { began: state.began, outcome, errors: state.errors, filled: filled(), took };
  try {
    const answer = await post(`/try/${encodeURIComponent(task.task)}/end`, attempt);
    if (answer.to) {
      forget();
      return location.assign(answer.to);
    }
    if (answer.refusal) return again(answer.refusal);
    refuse(SILENT);
  } catch { refuse(SILENT); }
  state.ending = false;
  return undefined;
}

// An attempt that the room cannot take is over: it is begun anew.
function again(words) {
  forget();
  state = null;
  fields = [];
  find(".paper-form")?.replaceChildren();
  find(".before").hidden = false;
  find(".work").hidden = find(".clockwork").hidden = true;
  page.classList.remove("running");
  refuse(words);
  scrollTo(0, 0);
}

function work() {
  find(".before").hidden = true;
  find(".work").hidden = find(".clockwork").hidden = false;
  page.classList.add("running");
  if (task.kind === "form") form();
  if (task.kind === "steps") step();
  tell();
}

function tell() {
  if (!page?.isConnected || !state || find(".clockwork")?.hidden) return;
  find(".clock").textContent = hours(Math.max(0, Math.round((now() - state.at) / 1000)));
  find(".clockwork .errors").textContent = state.errors;
  const count = find(".clockwork .filled");
  if (count) count.textContent = filled();
}
every(500, tell);

function failed(many = 1) {
  state.errors += many;
  keep();
  tell();
}

const filled = () => (task.kind === "form" ? fields.filter((field) => says(field)).length : state.steps.filter(Boolean).length);

// ---- a form: its fields lie over the pictures of its pages ----
function form() {
  const place = find(".paper-form");
  if (place.childElementCount) return;
  fields = task.fields.map((field, number) => ({ ...field, number, inputs: [] }));
  const pictured = task.media && innerWidth >= NARROW;
  place.classList.toggle("listed", !pictured);
  if (pictured) sheets(place); else list(place);
  fields.forEach(restore);
  place.addEventListener("input", (event) => typed(event.target));
  place.addEventListener("change", (event) => typed(event.target));
}

function sheets(place) {
  const sharp = innerWidth * devicePixelRatio > 2400 ? 2800 : 1600;
  task.pages.forEach((ratio, n) => {
    const sheet = made("div", "sheet"), picture = new Image();
    sheet.style.aspectRatio = ratio;
    picture.alt = "";
    picture.addEventListener("error", () => plain(place));
    picture.src = `/media/${task.media}/page/${n + 1}?width=${sharp}`;
    sheet.append(picture);
    fields.forEach((field) => field.boxes.filter((box) => box.page === n + 1).forEach((box) => lay(field, box, sheet)));
    place.append(sheet);
  });
}

// Where the room has no picture of a page, its fields are listed by their names.
function plain(place) {
  if (place.classList.contains("listed")) return;
  place.classList.add("listed");
  place.replaceChildren();
  fields.forEach((field) => { field.inputs = []; });
  list(place);
  fields.forEach(restore);
}

function lay(field, box, sheet) {
  if (field.inputs.length && !["checkbox", "radio"].includes(field.kind)) return;
  const input = control(field, box);
  const ticked = input.type === "checkbox" || input.type === "radio";
  const spot = ticked ? made("label", "spot tick") : made("span", "spot");
  const percent = (share) => `${share * 100}%`;
  Object.assign(spot.style, { left: percent(box.left), top: percent(box.top), width: percent(box.width), height: percent(box.height) });
  input.setAttribute("aria-label", field.label);
  input.title = field.label;
  spot.style.setProperty("--high", field.lines ? 0.022 : Math.min(box.height, 0.034));
  spot.append(input);
  sheet.append(spot);
}

function list(place) {
  fields.forEach((field) => {
    const several = field.kind === "radio", row = made(several ? "fieldset" : "label", `row ${field.kind}`);
    row.append(made(several ? "legend" : "span", "asked", field.label + (field.required ? " (required)" : "")));
    (several ? field.boxes : field.boxes.slice(0, 1)).forEach((box) => {
      const input = control(field, box);
      if (!several) return row.append(input);
      const choice = made("label", "option");
      choice.append(input, box.value);
      return row.append(choice);
    });
    place.append(row);
  });
}

function control(field, box) {
  const kind = field.kind === "choice" ? "select" : field.lines ? "textarea" : "input", input = made(kind);
  if (kind === "select") input.append(...["", ...field.choices].map((words) => new Option(words, words)));
  else if (kind === "input") input.type = ["checkbox", "radio"].includes(field.kind) ? field.kind : "text";
  if (input.type === "checkbox" || input.type === "radio") input.value = box.value;
  else input.dir = "auto";
  input.name = `f${field.number}`;
  input.autocomplete = "off";
  input.spellcheck = false;
  if (field.required) input.setAttribute("aria-required", "true");
  field.inputs.push(input);
  return input;
}

const ticks = (field) => field.kind === "checkbox" || field.kind === "radio";
const says = (field) => (ticks(field) ? field.inputs.find((input) => input.checked)?.value || "" : field.inputs[0]?.value.trim() || "");

function restore(field) {
  const value = state.values[field.number];
  if (value === undefined) return;
  field.inputs.forEach((input) => { if (ticks(field)) input.checked = input.value === value; else input.value = value; });
}

function typed(input) {
  const field = fields[Number(input.name?.slice(1))];
  if (!field) return;
  state.values[field.number] = ticks(field) ? says(field) : input.value;
  if (!wrong(field, says(field))) field.inputs.forEach((input) => input.removeAttribute("aria-invalid"));
  keep();
  tell();
}

function send() {
  const troubles = fields.map((field) => [field, wrong(field, says(field))]).filter(([, why]) => why), place = find(".troubles");
  const empty = !troubles.length && !filled();
  place.hidden = !troubles.length && !empty;
  if (place.hidden) return end("done");
  fields.forEach((field) => field.inputs.forEach((input) => input.removeAttribute("aria-invalid")));
  troubles.forEach(([field]) => field.inputs.forEach((input) => input.setAttribute("aria-invalid", "true")));
  failed(empty ? 1 : troubles.length);
  const many = troubles.length === 1 ? "1 thing is wrong" : `${troubles.length} things are wrong`;
  const listed = made("ul");
  listed.append(...troubles.map(([field, why]) => trouble(field, why)));
  place.replaceChildren(made("p", "", empty ? "It was not sent: nothing is filled in." : `It was not sent: ${many}.`), listed);
  place.scrollIntoView({ block: "center" });
  return undefined;
}

function trouble(field, why) {
  const line = made("li"), there = made("button", "calm", field.label);
  there.type = "button";
  there.addEventListener("click", () => {
    field.inputs[0].scrollIntoView({ block: "center" });
    field.inputs[0].focus({ preventScroll: true });
  });
  line.append(there, ` ${why}`);
  return line;
}

// ---- steps, one after the other ----
function step() {
  const steps = all(".to-do > li");
  steps.forEach((row, n) => {
    row.classList.toggle("now", n === state.steps.length);
    row.classList.toggle("could", state.steps[n] === true);
    row.classList.toggle("could-not", state.steps[n] === false);
  });
  steps[state.steps.length]?.scrollIntoView({ block: "nearest" });
}

function next(could) {
  state.steps.push(could);
  failed(could ? 0 : 1);
  if (state.steps.length < all(".to-do > li").length) return step();
  return end(filled() ? "done" : "gave up");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("main.trying button");
  if (!button || !task) return;
  const acts = {
    start, send, "give-up": () => end("gave up"), through: () => end("done"), wrong: () => failed(),
    "step-done": () => next(true), "step-cannot": () => next(false),
  };
  const name = Object.keys(acts).find((act) => button.classList.contains(act));
  if (name) acts[name]();
});

// Whoever comes from the walk goes back to the very place, as the same screen.
function wayBack() {
  const from = storage.get("try:from");
  if (from) all("a[data-back]").forEach((way) => { if (from.split("?")[0].startsWith(way.dataset.back)) way.href = from; });
}

// A page that has just been drawn: an attempt that was under way goes on.
function arrive() {
  const here = document.querySelector("main.trying");
  if (here === page) return;
  page = here;
  task = page?.dataset.try ? JSON.parse(page.dataset.try) : null;
  state = null;
  fields = [];
  if (page) wayBack();
  if (!task || task.over || !find(".work")) return;
  find(".peek")?.addEventListener("error", (event) => event.target.remove());
  state = underWay();
  if (state) { state.ending = false; work(); }
}
queueMicrotask(arrive); // a page that came whole
new MutationObserver(arrive).observe(document.documentElement, { childList: true, subtree: true });
