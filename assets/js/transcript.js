// What is said in a call: as much of it as fits, following the voice; a touch on a sentence plays from there.
import { element } from "./element.js";
import { cut } from "./speech.js";

const written = new Map();

function pieces(cue, length) {
  const spoken = cue.getCueAsHTML(), speaker = spoken.querySelector("span[title], v")?.title || "";
  return cut({ start: cue.startTime, end: cue.endTime, speaker, text: spoken.textContent }, length);
}

// Before it plays one reads what the caller says first, not how the telephone was answered.
// From one sentence on, as many as fit; returns the last one shown.
function fill(box, lines, first) {
  box.replaceChildren();
  let turn = null, who = null;
  for (let n = first; n < lines.length; n += 1) {
    const line = lines[n], cue = element("span", { class: "cue", "data-line": n }, `${line.words} `), isNew = !turn || line.who !== who;
    if (isNew) {
      who = line.who;
      turn = element("p", { class: "speaker-turn" }, who ? element("span", { class: "speaker" }, who) : null);
      box.append(turn);
    }
    turn.append(cue);
    if (n > first && box.scrollHeight > box.clientHeight + 1) {
      (isNew ? turn : cue).remove();
      return n - 1;
    }
  }
  return lines.length - 1;
}

function follow(audio) {
  const clip = audio.closest(".clip"), box = clip?.querySelector(".transcript-words"), track = audio.textTracks[0];
  if (audio.dataset.followed || !box || !track) return;
  audio.dataset.followed = "yes";
  room.observe(box);
  let lines = [], first = 0, last = -1, here = -1;
  track.mode = "hidden";
  const length = () => (Number.isFinite(audio.duration) && audio.duration) || Number(clip.querySelector(".player").dataset.seconds) || 60;
  const write = (from) => { first = from; last = fill(box, lines, first); mark(); };
  const mark = () => box.querySelectorAll(".cue").forEach((line) => line.classList.toggle("here", Number(line.dataset.line) === here));
  function listen() {
    const now = audio.currentTime + 0.02;
    here = audio.currentTime > 0 ? lines.findLastIndex((line) => line.at <= now) : -1;
    if (here >= 0 && (here < first || here > last)) write(here); else mark();
  }
  function read() {
    if (!track.cues?.length) return;
    lines = [...track.cues].flatMap((cue) => pieces(cue, length()));
    if (audio.currentTime === 0) first = Math.max(0, lines.findIndex((line) => line.who !== lines[0].who));
    write(Math.max(0, Math.min(first, lines.length - 1)));
    listen();
  }
  audio.querySelector("track")?.addEventListener("load", read);
  audio.addEventListener("loadedmetadata", read);
  ["timeupdate", "seeked", "play"].forEach((name) => audio.addEventListener(name, listen));
  written.set(audio, () => { if (lines.length && clip.matches(".shown")) write(first); });
  box.addEventListener("click", (event) => {
    const line = lines[event.target.closest(".cue")?.dataset.line];
    if (!line) return;
    audio.currentTime = line.at + 0.03;
    audio.muted = false;
    audio.play().catch(() => null);
  });
  box.addEventListener("wheel", (event) => { if (lines.length) write(event.deltaY > 0 ? Math.min(last + 1, lines.length - 1) : Math.max(0, first - 3)); }, { passive: true });
  read();
}

// What fits changes with the room that there is: with the box's own size, whoever changed it.
function again() {
  written.forEach((write, audio) => { if (audio.isConnected) write(); else written.delete(audio); });
}
const later = () => requestAnimationFrame(again), room = new ResizeObserver(again);
["room:shown", "room:turned"].forEach((name) => addEventListener(name, later));
document.fonts?.ready.then(later);
addEventListener("room:painted", () => document.querySelectorAll(".player audio").forEach(follow));
