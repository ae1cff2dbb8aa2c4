// One touch on a number, on a panel's head or on the age of a scene opens what is behind it; Close, Escape or an idle minute goes back to the loop.
import { element } from "./element.js";
import { closeWhenIdle, touch } from "./idle.js";
import { board, ofScreen } from "./places.js";
import { put } from "./renderer.js";
import { json } from "./request.js";

const OPENS = "[data-metric], .frame > header, .frame.bare > .age, .question > .facts";
const OTHERS = "a, button, summary, input, select, textarea, audio, video, img.zoom";
let requests = 0, opener = null;

const sheet = () => document.getElementById("sheet");
const makeInert = (is) => [...(board()?.children || [])].forEach((part) => { part.inert = is && part !== sheet(); });
const isOpen = () => document.body.classList.contains("sheet-open");
const fill = (children) => put("sheet-content", children);
const sentence = (words) => ({ type: "P", namespace: "dash_html_components", props: { children: words, className: "waiting" } });

// Links and buttons within a panel keep their own meaning, unless the number itself is nearer.
function opening(target) {
  const near = target.closest?.(`${OPENS}, ${OTHERS}`);
  return near?.matches(OPENS) && frameOf(near) ? near : null;
}

// The panel that is meant: where the age of a whole scene is touched, its first.
const frameOf = (near) => near.closest(".board .frame") || near.closest(".board .question")?.parentElement.querySelector(".frame[id]");

async function open(target) {
  const mine = (requests += 1), query = ofScreen({ path: location.pathname });
  if (target.dataset.metric) query.set("metric", target.dataset.metric);
  opener = target;
  touch();
  fill([sentence("looking it up …")]);
  document.body.classList.add("sheet-open");
  makeInert(true);
  document.getElementById("sheet-content").scrollTop = 0;
  sheet().querySelector(".close").focus();
  const children = await answer(`/source/${frameOf(target).id}?${query}`);
  if (mine === requests && isOpen()) fill(children);
}

async function answer(address) {
  try {
    const { children, refusal } = await json(address, { limit: 20_000 });
    return children || [sentence(refusal)];
  } catch {
    return [sentence("The room does not answer just now. Try again in a moment.")];
  }
}

// Cells become text, never markup.
function lay(place) {
  const { head, numbers, rows } = JSON.parse(place.dataset.table);
  const line = (cells, kind) => element("tr", {}, ...cells.map((cell, n) =>
    element(kind, { scope: kind === "th" && "col", class: Boolean(numbers[n]) && "n" }, cell)));
  place.replaceChildren(element("table", {}, element("thead", {}, line(head, "th")), element("tbody", {}, ...rows.map((row) => line(row, "td")))));
}
new MutationObserver(() => {
  if (isOpen()) document.querySelectorAll("#sheet .table[data-table]:not(:has(table))").forEach(lay);
}).observe(document.documentElement, { childList: true, subtree: true });

function close() {
  if (!isOpen()) return;
  requests += 1;
  document.body.classList.remove("sheet-open");
  makeInert(false);
  fill([]);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  document.activeElement?.blur();
  dispatchEvent(new CustomEvent("room:closed"));
}

document.addEventListener("click", (event) => {
  if (isOpen()) {
    const jump = event.target.closest("#sheet [data-jump]");
    if (jump) document.getElementById(jump.dataset.jump)?.scrollIntoView({ behavior: "smooth" });
    return event.target.closest("#sheet .close") ? close() : undefined;
  }
  const target = opening(event.target);
  if (target) open(target);
});
addEventListener("keydown", (event) => {
  if (isOpen()) {
    event.stopPropagation();
    if (event.key === "Escape") close();
  } else if (event.key === "Enter" && event.target.matches?.(OPENS)) {
    event.preventDefault();
    open(event.target);
  }
}, true);
addEventListener("room:arrived", close);
closeWhenIdle(isOpen, close);

// What opens can be reached without a finger; only what is on show, for a hidden scene cannot have the focus.
const reachable = () => document.querySelectorAll(OPENS).forEach((mark) => {
  if (!frameOf(mark)) return;
  mark.tabIndex = 0;
  mark.setAttribute("aria-haspopup", "dialog");
});
addEventListener("room:painted", reachable);
