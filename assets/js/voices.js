// One touch on a bar leads to three real voices behind it, and a call that plays; Close, Escape or an idle minute goes back to the loop.
import { element } from "./element.js";
import { closeWhenIdle, touch } from "./idle.js";
import { board, ofScreen } from "./places.js";
import { json } from "./request.js";

const BARS = ".board .frame [data-voices]";
const NEARER = "[data-metric], a, button, summary, input, select, textarea, audio, video";
let asked = 0, opener = null;

const panel = () => document.getElementById("voices");
const makeInert = (is) => [...(board()?.children || [])].forEach((part) => { part.inert = is && part !== panel(); });
const sentence = (words) => element("p", { class: "waiting" }, words);

function built(title) {
  const demo = document.querySelector(".board > footer .demo") ? [element("span", { class: "demo" }, "Demo data")] : [];
  const head = element("header", {}, element("p", {}, "Behind this bar"), element("h2", {}, title), ...demo, element("button", { class: "close" }, "Close"));
  const named = { id: "voices", role: "dialog", "aria-modal": "true", "aria-label": "Three real voices" };
  return element("div", named, head, element("div", { class: "quotations" }, sentence("looking for them …")));
}

const voice = ({ words, language, provenance }) =>
  element("article", {}, element("blockquote", { dir: "auto", lang: language || undefined }, words), element("p", {}, provenance));

function call({ source, mime, captions, caption, where }) {
  const track = captions ? [element("track", { src: captions, kind: "captions", default: true })] : [];
  const audio = element("audio", { preload: "metadata" }, element("source", { src: source, type: mime }), ...track);
  const player = element("div", { class: "player", "data-peaks": `${source}/peaks` }, audio);
  return element("article", { class: "call clip shown" }, element("h3", {}, caption), element("p", {}, where), player, element("div", { class: "transcript-words" }));
}

async function answer(address) {
  try {
    return await json(address, { limit: 20_000 });
  } catch {
    return { refusal: "The room does not answer just now. Try again in a moment." };
  }
}

async function open(bar) {
  const mine = (asked += 1), over = built(bar.dataset.title);
  opener = bar;
  touch();
  board().append(over);
  document.body.classList.add("voices-open");
  makeInert(true);
  over.querySelector(".close").focus();
  const { refusal, nothing, voices = [], calls = [] } = await answer(`/voices?${ofScreen(bar.dataset.voices)}`);
  if (mine !== asked || !panel()) return;
  over.querySelector(".quotations").replaceChildren(...(refusal || nothing ? [sentence(refusal || nothing)] : []), ...voices.map(voice), ...calls.map(call));
  dispatchEvent(new CustomEvent("room:painted"));
}

function close() {
  if (!panel()) return;
  asked += 1;
  panel().querySelectorAll("audio").forEach((audio) => audio.pause());
  panel().remove();
  makeInert(false);
  document.body.classList.remove("voices-open");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  document.activeElement?.blur();
  dispatchEvent(new CustomEvent("room:closed"));
}

// A walk has gone on: the panel went with its board.
addEventListener("room:arrived", () => {
  close();
  asked += 1;
  document.body.classList.remove("voices-open");
});

// A number, a link or a button within a bar keeps its own meaning.
function barOf(target) {
  const near = target.closest?.(`[data-voices], ${NEARER}`);
  return near?.matches(BARS) ? near : null;
}

document.addEventListener("click", (event) => {
  if (panel()) return event.target.closest("#voices .close") ? close() : undefined;
  const bar = barOf(event.target);
  return bar ? open(bar) : undefined;
});
addEventListener("keydown", (event) => {
  if (panel()) {
    event.stopPropagation();
    if (event.key === "Escape") close();
  } else if (["Enter", " "].includes(event.key) && event.target.matches?.(BARS)) {
    event.preventDefault();
    open(event.target);
  }
}, true);

function isSilent() {
  const sounds = [...(panel()?.querySelectorAll("audio") || [])].some((audio) => !audio.paused);
  if (sounds) touch();
  return Boolean(panel());
}
closeWhenIdle(isSilent, close);
