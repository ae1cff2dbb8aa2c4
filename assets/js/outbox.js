// Forms without a network: what was typed comes back with its page, what was sent waits, and is sent once when the room answers again.
import { after, cancel, every } from "./clock.js";
import { draft, forget, newKey, sent, setDraft, wait, waiting } from "./drafts.js";
import { element } from "./element.js";
import { post } from "./request.js";

const AGAIN = 10_000, TYPING = 300, SHOWN = 80;
const TEXT = "textarea, input:not([type=checkbox], [type=radio], [type=search], [type=password], [type=hidden])";
const who = () => document.querySelector("main.console")?.dataset.me;
const isKept = (form) => Boolean(who()) && form.getAttribute("action")?.startsWith("/room/do/") && !form.querySelector("[type=password]") && form.querySelector(`${TEXT}, input[type=radio]`);

// Of several forms of one page with the same address, each is about another step.
const named = (form) => [form.getAttribute("action"), ...[...form.querySelectorAll("input[type=hidden]")].map((field) => field.value)].join("|");
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(`${TEXT}, select, input[type=radio], input[type=checkbox]`));

export function fill(field, value) {
  Object.getOwnPropertyDescriptor(field.constructor.prototype, "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

let typing = null;
export function typed(form) {
  if (!isKept(form)) return;
  cancel(typing);
  typing = after(TYPING, () => keep(form));
}

function keep(form) {
  const fields = fieldsOf(form).map((field) => [field.name, field.matches("[type=radio], [type=checkbox]") ? [field.value, field.checked] : field.value]);
  setDraft(who(), named(form), fields);
}

// What had been typed stands in its form again.
export function bringBack(main) {
  for (const form of main.querySelectorAll("form.ask")) {
    const fields = isKept(form) && draft(who(), named(form));
    if (!fields) continue;
    const here = fieldsOf(form);
    fields.forEach(([name, value], place) => {
      const field = here[place]?.name === name ? here[place] : here.find((other) => other.name === name);
      if (!field) return;
      if (Array.isArray(value)) { if (field.value === value[0] && field.checked !== value[1]) field.click(); }
      else if (field.matches("select")) field.value = [...field.options].some((option) => option.value === value) ? value : field.value;
      else if (field.value !== value) fill(field, value);
    });
    unfold(form);
  }
  show();
}

function unfold(form) {
  for (let up = form.closest(".fold"); up; up = up.parentElement.closest(".fold")) up.querySelector(".accordion-button.collapsed")?.click();
}

// The key of what a form holds now: the same as long as nothing in it has changed, so that the room takes it once.
export function keyed(form, body) {
  if (!isKept(form)) return;
  if (form.dataset.body !== body.toString()) Object.assign(form.dataset, { body: body.toString(), once: newKey() });
  body.set("once", form.dataset.once);
}

export function taken(form) {
  if (!isKept(form)) return;
  cancel(typing);
  setDraft(who(), named(form), null);
  sent(who(), form.dataset.once);
}

// Whether a form that got no answer waits for one now.
export function waits(form, body) {
  if (!isKept(form)) return false;
  keep(form);
  wait(who(), { form: named(form), address: form.getAttribute("action"), body: body.toString(), key: form.dataset.once, page: location.pathname + location.search, seen: body.get("seen") ?? "" });
  show();
  return true;
}

export const leaves = () => { if (who()) forget(who()); };

const wordsOf = ({ body }) => [...new URLSearchParams(body)].filter(([name]) => !["seen", "once", "user_id"].includes(name)).map(([, value]) => value).sort((left, right) => right.length - left.length)[0]?.slice(0, SHOWN) ?? "";

function show(refused = null) {
  const main = document.querySelector("main.console"), forms = who() ? waiting(who()) : [];
  let strip = main?.querySelector(":scope > .waiting");
  if (!main || (!forms.length && !refused && !strip)) return;
  if (!strip) main.prepend(strip = element("div", { class: "waiting alert alert-warning", role: "status" }));
  const lines = forms.map((form) => element("li", { dir: "auto" }, `“${wordsOf(form)}” `, act("Take it back", () => takeBack(form)), " ", act("Discard it", () => discard(form))));
  if (forms.length) strip.replaceChildren(element("p", {}, `Not sent yet, as the room does not answer: ${forms.length === 1 ? "1 form" : `${forms.length} forms`}. It is sent by itself when the room answers again.`), element("ul", {}, ...lines));
  else if (!refused) strip.replaceChildren();
  if (refused) strip.append(refused);
  strip.hidden = !strip.childNodes.length;
}

const act = (words, click) => element("button", { type: "button", class: "btn btn-secondary", click }, words);

// What waits is not sent: it stands in its form again, to be changed; or it is gone. What is on its way just now cannot be held.
function takeBack(form) {
  if (onTheWay === form.key) return;
  sent(who(), form.key);
  if (form.page !== location.pathname + location.search) return location.assign(form.page);
  show();
  const here = [...document.querySelectorAll("main.console form.ask")].find((other) => named(other) === form.form);
  if (!here) return;
  here.querySelector(":scope > .refusal").hidden = true;
  unfold(here);
  here.querySelector(TEXT)?.focus();
}

function discard(form) {
  if (onTheWay === form.key) return;
  sent(who(), form.key);
  setDraft(who(), form.form, null);
  cancel(typing);
  if (form.page !== location.pathname + location.search) return show();
  document.body.classList.remove("is-writing");
  location.reload();
}

// What waited was refused: nothing is lost, it stands in its form again, with what the room says to it.
function refuse(form, answer, refused) {
  sent(who(), form.key);
  const here = [...document.querySelectorAll("main.console form.ask")].find((other) => named(other) === form.form);
  if (here) {
    show();
    unfold(here);
    return refused(here, answer);
  }
  const link = element("a", { href: form.page }, "What you wrote stands in its form there.");
  show(element("p", { dir: "auto" }, `“${wordsOf(form)}” was not taken: ${answer.refusal} `, link));
}

let busy = false, onTheWay = null;
async function again({ done, refused }) {
  if (busy || !who() || !navigator.onLine) return;
  busy = true;
  try {
    for (const form of waiting(who())) {
      if (!waiting(who()).some((other) => other.key === form.key)) continue;
      onTheWay = form.key;
      const body = new URLSearchParams(form.body), answer = await post(form.address, body);
      if (answer.ok) {
        sent(who(), form.key);
        setDraft(who(), form.form, null);
        show();
        done(answer, form.page === location.pathname + location.search);
      } else if (answer.signed_out) break;
      else refuse(form, answer, refused);
    }
  } catch { /* the room is still silent */ }
  busy = false;
  onTheWay = null;
}

// `done` is told what the room has taken, and whether this is the page it was written on; `refused` what it refused, with its form.
export function sendAgain(acts) {
  addEventListener("online", () => again(acts));
  every(AGAIN, () => again(acts));
}
