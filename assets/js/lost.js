// The line of a screen that lost the room, or whose pictures do not arrive: since when, with the day, and how old its facts are.
import { now, roomTime, setRoomTime } from "./clock.js";
import { moments } from "./words.js";

const PATIENCE = 2, LATE = 60_000;
let failures = 0, isStore = false, last = null, newest = null, late = null;

function sentence() {
  const { moment, age } = moments(document.documentElement.lang, document.getElementById("board")?.dataset.zone || undefined, roomTime());
  const facts = () => (newest ? ` The newest fact here is ${age(newest)}.` : "");
  if (failures >= PATIENCE) {
    const who = isStore ? "The room cannot read its store" : "No answer from the room";
    return last ? `${who} since ${moment(last.at)}.${facts()}` : `${who}${isStore ? "" : " yet"}.`;
  }
  if (last?.slip || last?.gone) return last.slip || last.gone;
  return late && last ? `Newer pictures have not arrived since ${moment(roomTime() - (now() - late))}.${facts()}` : "";
}

function show() {
  const note = document.getElementById("lost");
  if (!note) return;
  const text = sentence();
  if (note.textContent !== text) note.textContent = text;
  note.hidden = !text;
}

addEventListener("room:answered", ({ detail }) => {
  failures = 0;
  last = { at: Date.parse(detail.at), gone: detail.gone, slip: detail.slip };
  setRoomTime(detail.at);
  if (detail.newest !== undefined) newest = detail.newest && Date.parse(detail.newest);
  show();
});
addEventListener("room:silent", ({ detail }) => {
  isStore = Boolean(detail?.store);
  failures = isStore ? PATIENCE : failures + 1;
  show();
});
addEventListener("room:late", ({ detail }) => {
  const first = Math.min(...detail);
  late = now() - first > LATE ? first : null;
  show();
});
