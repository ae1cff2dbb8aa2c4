// What counts by itself between two pictures: how long until a session begins (data-session), and how long an item of the agenda
// takes already (data-since, data-minutes). By the room's clock; the browser's where no pulse has said it yet.
import { every, now, roomTime, setRoomTime } from "./clock.js";

const DAY = 86_400_000, MINUTE = 60_000;
const shown = (minutes) => (minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`);

export function until(begins, at) {
  const left = Date.parse(begins) - at;
  if (left >= DAY) return null;
  return left > 0 ? `session in ${shown(Math.ceil(left / MINUTE))}` : "session due now";
}

export function taken(since, minutes, at) {
  const passed = Math.max(0, Math.floor((at - Date.parse(since)) / MINUTE));
  return { words: `${shown(passed)} of ${minutes} min`, isOver: passed >= Number(minutes) };
}

export function count() {
  const at = roomTime() ?? now();
  document.querySelectorAll("[data-session]").forEach((place) => {
    const words = until(place.dataset.session, at);
    if (words && place.textContent !== words) place.textContent = words;
  });
  document.querySelectorAll("[data-since]").forEach((place) => {
    const { words, isOver } = taken(place.dataset.since, place.dataset.minutes, at);
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("alert", isOver);
  });
}

addEventListener("room:answered", ({ detail }) => setRoomTime(detail.at));
every(1000, count);
