// A customer has just said yes: their words over the whole glass of a wall for some seconds, then the wall goes on. One at a time, and
// only what happens while this screen is on: what the first answer of the room brings is old.
import { after, cancel } from "./clock.js";
import { board, ofScreen } from "./places.js";
import { put } from "./renderer.js";
import { request } from "./request.js";

const SHOWN = 9000;
const seen = new Set();
let isOn = false, waiting = [], timer = null, close = null;

const isFree = () => !close && !document.body.matches(".sheet-open, .voices-open, .decks-open");

function follow({ moments = [] }) {
  if (!board()?.matches(".wall")) return;
  waiting = [...waiting.filter((each) => moments.includes(each)), ...(isOn ? moments.filter((each) => !seen.has(each)) : [])];
  moments.forEach((each) => seen.add(each));
  isOn = true;
  if (waiting.length && isFree()) show(waiting.shift());
}

async function show(of) {
  const place = document.getElementById("moment");
  if (!place) return;
  close = () => {
    cancel(timer);
    place.hidden = true;
    document.body.classList.remove("moment-open");
    close = null;
  };
  try {
    const answer = await request(`/picture/moment?${ofScreen({ path: location.pathname, of })}`);
    if (!answer.ok) return close();
    put("moment", (await answer.json()).children);
    place.hidden = false;
    document.body.classList.add("moment-open");
    timer = after(SHOWN, () => close?.());
  } catch { close(); }
  return undefined;
}

addEventListener("room:answered", ({ detail }) => follow(detail));
["pointerdown", "keydown"].forEach((name) => addEventListener(name, () => close?.()));
